-- Where working days were spent: at home, in the office, on leave, or not known.
-- One row per London day, directorate, persona, remote capability, place, evidence, confidence.
-- Each person of the staff list has one day per working day, worth their FTE, at most 1.
-- A desk check-in or badge is the office; else 2 hours or more of VPN from outside is home; else
-- a sign-in from outside is home (weak), one from the corporate network the office (weak);
-- else the HR pattern says (modelled); else the place is not known.
-- Leave comes as a number of days a month: as many days without a trace are leave, the earliest.
with

events as (
    select
        accepted_presence_events.person_pseud,
        hours.day,
        accepted_presence_events.evidence,
        accepted_presence_events.network,
        accepted_presence_events.outcome,
        coalesce(
            accepted_presence_events.minutes,
            date_diff(
                'minute',
                accepted_presence_events.event_at,
                accepted_presence_events.ended_at
            )
        ) as minutes
    from accepted_presence_events
    inner join hours
        on hours.hour_no = epoch_us(accepted_presence_events.event_at) // 3600000000
    where
        coalesce(accepted_presence_events.outcome, 'success')
        in ('success', 'checked_in')
),

-- 'booked' without a check-in proves nothing, so a desk needs its check-in.
traces as (
    select
        person_pseud,
        day,
        bool_or(evidence = 'desk' and outcome = 'checked_in') as has_desk,
        bool_or(evidence = 'badge') as has_badge,
        coalesce(
            sum(minutes) filter (
                where evidence = 'vpn' and network is distinct from 'corporate'
            ),
            0
        ) >= 120 as has_vpn,
        bool_or(evidence = 'entra' and network = 'other') as has_outside_sign_in,
        bool_or(evidence = 'entra' and network = 'corporate') as has_inside_sign_in
    from events
    where person_pseud is not null
    group by person_pseud, day
),

person_days as (
    select
        clean_staff.person_pseud,
        days.day,
        days.starts_at as day_starts_at,
        days.month,
        clean_staff.directorate,
        clean_staff.persona,
        coalesce(clean_staff.remote_capable, false) as remote_capable,
        least(clean_staff.fte, 1) as fte,
        coalesce(clean_staff.leave_days, 0) as leave_days,
        coalesce(clean_staff.home_weekdays, '') as home_weekdays
    from clean_staff
    inner join days on clean_staff.month = days.month
    where
        clean_staff.is_listed
        and clean_staff.fte > 0
        and days.is_working_day
),

-- Evidence, confidence and place of the strongest trace, in one text; none is empty.
traced as (
    select
        person_days.*,
        case
            when traces.has_desk then 'desk strong office'
            when traces.has_badge then 'badge strong office'
            when traces.has_vpn then 'vpn strong home'
            when traces.has_outside_sign_in then 'entra weak home'
            when traces.has_inside_sign_in then 'entra weak office'
        end as trace,
        case
            when
                contains(
                    person_days.home_weekdays,
                    cast(isodow(person_days.day) as varchar)
                )
                then 'hr_pattern modelled home'
            when person_days.home_weekdays != '' then 'hr_pattern modelled office'
            when person_days.persona = 'home' then 'hr_pattern modelled home'
            when person_days.persona = 'fixed' or not person_days.remote_capable
                then 'hr_pattern modelled office'
            else 'none none unknown'
        end as pattern
    from person_days
    left join traces
        on
            person_days.person_pseud = traces.person_pseud
            and person_days.day = traces.day
),

-- How much of a day is leave: the whole of the first days without a trace, part of the next.
with_leave as (
    select
        traced.*,
        if(
            traced.trace is null,
            greatest(
                0,
                least(
                    1,
                    traced.leave_days + 1 - row_number() over (
                        partition by
                            traced.person_pseud, traced.month, traced.trace is null
                        order by traced.day
                    )
                )
            ),
            0
        ) as leave_share
    from traced
),

places as (
    select
        day,
        day_starts_at,
        month,
        directorate,
        persona,
        remote_capable,
        coalesce(trace, pattern) as found,
        fte * (1 - leave_share) as fte_days
    from with_leave
    union all
    select
        day,
        day_starts_at,
        month,
        directorate,
        persona,
        remote_capable,
        'hr_pattern modelled leave' as found,
        fte * leave_share as fte_days
    from with_leave
)

select
    day,
    day_starts_at,
    month,
    directorate,
    persona,
    remote_capable,
    split_part(found, ' ', 3) as place,
    split_part(found, ' ', 1) as evidence,
    split_part(found, ' ', 2) as confidence,
    cast(sum(fte_days) as decimal(18, 6)) as fte_days
from places
where fte_days > 0
group by
    day, day_starts_at, month, directorate, persona, remote_capable, found
