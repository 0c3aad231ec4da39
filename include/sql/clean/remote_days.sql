-- Where working days were spent: at home, in the office, on leave, or not known.
-- One row per month, directorate, persona, remote capability, place, evidence and confidence.
-- Each person of the staff list has one day per working day, worth their FTE, at most 1.
-- A desk check-in or badge is the office; else 2 hours or more of VPN from outside is home; else
-- a sign-in from outside is home (weak), one from the corporate network the office (weak);
-- else the agreed pattern of work says (modelled); else the place is not known.
-- Leave comes as a number of days a month: it is taken off the days without a trace, from those at
-- home and in the office alike.
with

-- Numbers instead of long pseudonyms: grouping many events is twice as fast.
people as (
    select
        clean_staff.person_pseud,
        row_number() over (order by clean_staff.person_pseud) as person_no
    from clean_staff
    group by clean_staff.person_pseud
),

-- 5 desk, 4 badge, 3 VPN, 2 a sign-in from outside, 1 from the corporate network.
events as (
    select
        people.person_no,
        hours.day,
        case
            when
                accepted_presence_events.evidence = 'desk'
                and accepted_presence_events.outcome = 'checked_in'
                then 5
            when accepted_presence_events.evidence = 'badge' then 4
            when accepted_presence_events.evidence = 'entra'
                then case accepted_presence_events.network
                    when 'other' then 2
                    when 'corporate' then 1
                end
        end as trace,
        if(
            accepted_presence_events.evidence = 'vpn'
            and accepted_presence_events.network is distinct from 'corporate',
            coalesce(
                accepted_presence_events.minutes,
                date_diff(
                    'minute',
                    accepted_presence_events.event_at,
                    accepted_presence_events.ended_at
                )
            ),
            null
        ) as vpn_minutes
    from accepted_presence_events
    inner join people on accepted_presence_events.person_pseud = people.person_pseud
    inner join hours
        on hours.hour_no = epoch_us(accepted_presence_events.event_at) // 3600000000
    where
        accepted_presence_events.outcome is null
        or accepted_presence_events.outcome in ('success', 'checked_in')
),

traces as (
    select
        person_no,
        day,
        if(
            coalesce(max(trace), 0) < 3 and sum(vpn_minutes) >= 120, 3, max(trace)
        ) as trace
    from events
    group by person_no, day
),

staff as (
    select
        people.person_no,
        clean_staff.month,
        clean_staff.directorate,
        clean_staff.persona,
        coalesce(clean_staff.remote_capable, false) as remote_capable,
        least(clean_staff.fte, 1) as fte,
        coalesce(clean_staff.leave_days, 0) as leave_days,
        coalesce(clean_staff.home_weekdays, '') as home_weekdays
    from clean_staff
    inner join people on clean_staff.person_pseud = people.person_pseud
    where
        clean_staff.is_listed
        and clean_staff.fte > 0
),

traced as (
    select
        staff.person_no,
        staff.month,
        traces.trace,
        count(*) as traced_days,
        count(*) filter (
            where contains(staff.home_weekdays, cast(isodow(traces.day) as varchar))
        ) as traced_home_days
    from traces
    inner join days on traces.day = days.day
    inner join staff
        on
            traces.person_no = staff.person_no
            and days.month = staff.month
    where
        days.is_working_day
        and traces.trace is not null
    group by staff.person_no, staff.month, traces.trace
),

traced_in_all as (
    select
        person_no,
        month,
        sum(traced_days) as traced_days,
        sum(traced_home_days) as traced_home_days
    from traced
    group by person_no, month
),

-- The working days of each month, and how many of them a pattern of home days covers.
patterns as (
    select
        months.month,
        months.home_weekdays,
        count(*) as working_days,
        count(*) filter (
            where contains(months.home_weekdays, cast(isodow(days.day) as varchar))
        ) as home_days
    from (select distinct
        staff.month,
        staff.home_weekdays
    from staff) as months
    inner join days on months.month = days.month
    where days.is_working_day
    group by months.month, months.home_weekdays
),

untraced as (
    select
        staff.*,
        patterns.working_days - coalesce(traced_in_all.traced_days, 0) as untraced_days,
        patterns.home_days - coalesce(traced_in_all.traced_home_days, 0)
            as untraced_home_days
    from staff
    inner join patterns
        on
            staff.month = patterns.month
            and staff.home_weekdays = patterns.home_weekdays
    left join traced_in_all
        on
            staff.person_no = traced_in_all.person_no
            and staff.month = traced_in_all.month
),

-- Days worked at home to a hundredth, half up, in whole millionths of a day: what is left over is
-- the other place's, so nothing is lost.
without_leave as (
    select
        untraced.*,
        least(untraced.leave_days, untraced.untraced_days) as leave_taken,
        cast(
            coalesce(
                (
                    200 * untraced.untraced_home_days
                    * cast((untraced.untraced_days - leave_taken) * 1000000 as bigint)
                    + untraced.untraced_days * 1000000
                ) // nullif(untraced.untraced_days * 2000000, 0),
                0
            ) as decimal(18, 0)
        )
        * 0.01 as home_worked
    from untraced
),

places as (
    select
        staff.month,
        staff.directorate,
        staff.persona,
        staff.remote_capable,
        case traced.trace
            when 5 then 'office desk strong'
            when 4 then 'office badge strong'
            when 3 then 'home vpn strong'
            when 2 then 'home entra weak'
            else 'office entra weak'
        end as found,
        staff.fte * traced.traced_days as fte_days
    from traced
    inner join staff
        on
            traced.person_no = staff.person_no
            and traced.month = staff.month
    union all
    select
        month,
        directorate,
        persona,
        remote_capable,
        'leave hr_pattern modelled' as found,
        fte * leave_taken as fte_days
    from without_leave
    union all
    select
        month,
        directorate,
        persona,
        remote_capable,
        'home hr_pattern modelled' as found,
        fte * home_worked as fte_days
    from without_leave
    union all
    select
        month,
        directorate,
        persona,
        remote_capable,
        case
            when home_weekdays != '' then 'office hr_pattern modelled'
            when persona = 'home' then 'home hr_pattern modelled'
            when persona = 'fixed' or not remote_capable
                then 'office hr_pattern modelled'
            else 'unknown none none'
        end as found,
        fte * (untraced_days - leave_taken - home_worked) as fte_days
    from without_leave
),

months as (
    select
        days.month,
        min(days.starts_at) as month_starts_at
    from days
    group by days.month
)

select
    places.month,
    months.month_starts_at,
    places.directorate,
    places.persona,
    places.remote_capable,
    split_part(places.found, ' ', 1) as place,
    split_part(places.found, ' ', 2) as evidence,
    split_part(places.found, ' ', 3) as confidence,
    cast(sum(places.fte_days) as decimal(18, 6)) as fte_days
from places
inner join months on places.month = months.month
where places.fte_days > 0
group by
    places.month,
    months.month_starts_at,
    places.directorate,
    places.persona,
    places.remote_capable,
    places.found
