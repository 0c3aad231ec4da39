-- Where working days were spent: at home, in the office, on leave, or not known.
-- One row per month, directorate, persona, remote capability, place, evidence, confidence, and
-- whether the day was split and its place is evidenced.
-- Each person of the staff list has one day per day of their working week. A month of them is
-- worth FTE, at most 1, times the council's working days. The first of these tells a day's place:
-- 1. a desk check-in or badge: the office (strong);
-- 2. VPN from outside, 2 hours or more in all: home (strong). Both, with 2 hours of VPN within
--    working hours: the day was split, half of it home, half of it office;
-- 3. leave on that day, as the HR list dates it: a sign-in does not turn it into work;
-- 4. a sign-in from outside: home (weak); 5. from the corporate network: the office (weak);
-- 6. the agreed pattern, else the persona: home or office (modelled). Else it is not known.
-- Leave without dates is taken off the days without a trace, at home and in the office alike.
-- A place is evidenced by a trace, or by a role that HR says cannot be done from home. What a
-- pattern agrees for a role that can is a plan, and evidence of nothing.
-- A day conflicts if traces point to two places, or one was left on a day of leave.
-- A person's month is a row of bits, the first day's the lowest: what is true of a day is its bit.
with

-- Numbers instead of long pseudonyms: grouping many events is twice as fast.
people as (
    select
        clean_staff.person_pseud,
        row_number() over (order by clean_staff.person_pseud) as person_no
    from clean_staff
    group by clean_staff.person_pseud
),

calendar as (
    select
        day,
        month,
        starts_at,
        cast(isodow(day) as varchar) as weekday_text,
        strftime(day, '%d') as day_text,
        is_working_day,
        cast(1 as bigint) << (day(day) - 1) as day_bit
    from days
),

months as (
    select
        month,
        min(starts_at) as month_starts_at,
        coalesce(bit_or(day_bit) filter (where is_working_day), 0) as working
    from calendar
    group by month
),

-- Traces other than VPN, by person and month.
traces as (
    select
        people.person_no,
        hours.month,
        cast(1 as bigint) << (day(hours.day) - 1) as day_bit,
        case
            when
                accepted_presence_events.evidence = 'desk'
                and accepted_presence_events.outcome = 'checked_in'
                then 'desk'
            when accepted_presence_events.evidence = 'badge' then 'badge'
            when accepted_presence_events.evidence = 'entra'
                then accepted_presence_events.network
        end as trace
    from accepted_presence_events
    inner join people on accepted_presence_events.person_pseud = people.person_pseud
    inner join hours
        on hours.hour_no = epoch_us(accepted_presence_events.event_at) // 3600000000
    where
        accepted_presence_events.evidence != 'vpn'
        and (
            accepted_presence_events.outcome is null
            or accepted_presence_events.outcome in ('success', 'checked_in')
        )
),

signs as (
    select
        person_no,
        month,
        coalesce(bit_or(day_bit) filter (where trace = 'desk'), 0) as desk,
        coalesce(bit_or(day_bit) filter (where trace = 'badge'), 0) as badge,
        coalesce(bit_or(day_bit) filter (where trace = 'other'), 0) as outside,
        coalesce(bit_or(day_bit) filter (where trace = 'corporate'), 0) as inside
    from traces
    group by person_no, month
),

opening_hours as (
    select
        hours.day,
        working_time.opens_us,
        working_time.closes_us,
        count(*) over (partition by hours.day) as times_open
    from working_time
    inner join hours on hours.hour_no = working_time.opens_us // 3600000000
),

-- How long somebody was connected on a day, and how long of that within working hours. A day that
-- is open several times has each connection as often.
connected as (
    select
        clean_vpn_stretches.person_no as vpn_person_no,
        clean_vpn_stretches.day,
        sum(clean_vpn_stretches.ends_us - clean_vpn_stretches.starts_us)
        // coalesce(any_value(opening_hours.times_open), 1) as connected_us,
        sum(
            greatest(
                least(clean_vpn_stretches.ends_us, opening_hours.closes_us)
                - greatest(clean_vpn_stretches.starts_us, opening_hours.opens_us),
                0
            )
        ) filter (where opening_hours.times_open > 0) as at_work_us
    from clean_vpn_stretches
    left join opening_hours on clean_vpn_stretches.day = opening_hours.day
    group by clean_vpn_stretches.person_no, clean_vpn_stretches.day
),

vpn_people as (
    select
        clean_vpn_stretches.person_no as vpn_person_no,
        people.person_no
    from clean_vpn_stretches
    inner join people on clean_vpn_stretches.person_pseud = people.person_pseud
    group by clean_vpn_stretches.person_no, people.person_no
),

-- Two hours are 7,200 million microseconds.
vpn as (
    select
        vpn_people.person_no,
        strftime(connected.day, '%Y-%m') as month,
        bit_or(cast(1 as bigint) << (day(connected.day) - 1)) as vpn,
        coalesce(
            bit_or(cast(1 as bigint) << (day(connected.day) - 1)) filter (
                where connected.at_work_us >= 7200000000
            ),
            0
        ) as vpn_at_work
    from connected
    inner join vpn_people on connected.vpn_person_no = vpn_people.vpn_person_no
    where connected.connected_us >= 7200000000
    group by vpn_people.person_no, strftime(connected.day, '%Y-%m')
),

listed as (
    select
        people.person_no,
        clean_staff.month,
        clean_staff.directorate,
        clean_staff.persona,
        coalesce(clean_staff.remote_capable, false) as remote_capable,
        coalesce(not clean_staff.remote_capable, false) as is_fixed_place,
        least(clean_staff.fte, 1) as fte,
        coalesce(clean_staff.leave_days, 0) as leave_days,
        coalesce(clean_staff.work_weekdays, '') as work_weekdays,
        coalesce(clean_staff.home_weekdays, '') as home_weekdays,
        coalesce(clean_staff.leave_on, '') as leave_on
    from clean_staff
    inner join people on clean_staff.person_pseud = people.person_pseud
    where
        clean_staff.is_listed
        and clean_staff.fte > 0
),

-- Every text that describes days of a month: weekdays, or days of leave.
said as (
    select
        month,
        work_weekdays as days_said
    from listed
    union
    select
        month,
        home_weekdays as days_said
    from listed
),

weekdays as (
    select
        said.month,
        said.days_said,
        coalesce(
            bit_or(calendar.day_bit) filter (
                where contains(said.days_said, calendar.weekday_text)
            ),
            0
        ) as bits
    from said
    inner join calendar on said.month = calendar.month
    group by said.month, said.days_said
),

leave_dates as (
    select
        said_leave.month,
        said_leave.leave_on,
        coalesce(
            bit_or(calendar.day_bit) filter (
                where contains(said_leave.leave_on, calendar.day_text)
            ),
            0
        ) as bits
    from (select distinct
        listed.month,
        listed.leave_on
    from listed) as said_leave
    inner join calendar on said_leave.month = calendar.month
    group by said_leave.month, said_leave.leave_on
),

-- A working week that is not known is every working day of the council.
weeks as (
    select
        listed.*,
        months.month_starts_at,
        months.working,
        if(
            months.working & work_days.bits = 0,
            months.working,
            months.working & work_days.bits
        ) as worked,
        home_days.bits as agreed_home,
        leave_dates.bits as on_leave
    from listed
    inner join months on listed.month = months.month
    inner join weekdays as work_days
        on
            listed.month = work_days.month
            and listed.work_weekdays = work_days.days_said
    inner join weekdays as home_days
        on
            listed.month = home_days.month
            and listed.home_weekdays = home_days.days_said
    inner join leave_dates
        on
            listed.month = leave_dates.month
            and listed.leave_on = leave_dates.leave_on
),

seen as (
    select
        weeks.*,
        coalesce(signs.desk, 0) & weeks.worked as desk,
        coalesce(signs.desk | signs.badge, 0) & weeks.worked as in_office,
        coalesce(vpn.vpn, 0) & weeks.worked as connected,
        coalesce(vpn.vpn_at_work, 0) as connected_at_work,
        coalesce(signs.outside, 0) & weeks.worked as outside,
        coalesce(signs.inside, 0) & weeks.worked as inside,
        cast(
            weeks.fte * bit_count(weeks.working) / bit_count(weeks.worked)
            as decimal(18, 6)
        ) as worth
    from weeks
    left join signs
        on
            weeks.person_no = signs.person_no
            and weeks.month = signs.month
    left join vpn
        on
            weeks.person_no = vpn.person_no
            and weeks.month = vpn.month
),

-- Each day is in one of these, but for a split one, which is in the office and at home.
placed as (
    select
        *,
        in_office & connected & connected_at_work as split,
        connected & ~in_office as home_vpn,
        on_leave & worked & ~in_office & ~connected as away,
        outside & ~in_office & ~connected & ~on_leave as home_entra,
        inside & ~outside & ~in_office & ~connected & ~on_leave as office_entra,
        worked & ~in_office & ~connected & ~on_leave & ~outside & ~inside as untraced,
        ((in_office | inside) & (connected | outside))
        | (on_leave & (in_office | connected | outside | inside)) as conflicting
    from seen
),

undated as (
    select
        *,
        least(
            greatest(leave_days - bit_count(on_leave & worked), 0), bit_count(untraced)
        ) as undated_leave
    from placed
),

-- Days worked at home to a hundredth, half up, in whole millionths of a day: what is left over is
-- the other place's, so nothing is lost.
spread as (
    select
        *,
        cast(
            coalesce(
                (
                    200 * bit_count(untraced & agreed_home)
                    * cast((bit_count(untraced) - undated_leave) * 1000000 as bigint)
                    + bit_count(untraced) * 1000000
                ) // nullif(bit_count(untraced) * 2000000, 0),
                0
            ) as decimal(18, 0)
        )
        * 0.01 as agreed_home_worked
    from undated
),

-- Half days in their numbers, since a split day is two halves.
found as (
    select
        month,
        month_starts_at,
        directorate,
        persona,
        remote_capable,
        is_fixed_place,
        worth,
        unnest(
            [
                {
                    'what': 'office desk strong',
                    'halves': bit_count(desk & ~split) * 2,
                    'conflicts': bit_count(desk & ~split & conflicting) * 2
                },
                {
                    'what': 'office badge strong',
                    'halves': bit_count(in_office & ~desk & ~split) * 2,
                    'conflicts': bit_count(in_office & ~desk & ~split & conflicting) * 2
                },
                {
                    'what': 'office desk strong split',
                    'halves': bit_count(split & desk),
                    'conflicts': bit_count(split & desk)
                },
                {
                    'what': 'office badge strong split',
                    'halves': bit_count(split & ~desk),
                    'conflicts': bit_count(split & ~desk)
                },
                {
                    'what': 'home vpn strong split',
                    'halves': bit_count(split),
                    'conflicts': bit_count(split)
                },
                {
                    'what': 'home vpn strong',
                    'halves': bit_count(home_vpn) * 2,
                    'conflicts': bit_count(home_vpn & conflicting) * 2
                },
                {
                    'what': 'leave hr_pattern modelled',
                    'halves': bit_count(away) * 2 + undated_leave * 2,
                    'conflicts': bit_count(away & conflicting) * 2
                },
                {
                    'what': 'home entra weak',
                    'halves': bit_count(home_entra) * 2,
                    'conflicts': bit_count(home_entra & conflicting) * 2
                },
                {
                    'what': 'office entra weak',
                    'halves': bit_count(office_entra) * 2,
                    'conflicts': 0
                },
                {
                    'what': 'home hr_pattern modelled',
                    'halves': agreed_home_worked * 2,
                    'conflicts': 0
                },
                {
                    'what': case
                        when home_weekdays != '' then 'office hr_pattern modelled'
                        when persona = 'home' then 'home hr_pattern modelled'
                        when persona = 'fixed' or not remote_capable
                            then 'office hr_pattern modelled'
                        else 'unknown none none'
                    end,
                    'halves': (bit_count(untraced) - undated_leave - agreed_home_worked) * 2,
                    'conflicts': 0
                }
            ],
            recursive := true
        ) as day_found
    from spread
)

select
    month,
    month_starts_at,
    directorate,
    persona,
    remote_capable,
    split_part(what, ' ', 1) as place,
    split_part(what, ' ', 2) as evidence,
    split_part(what, ' ', 3) as confidence,
    split_part(what, ' ', 4) = 'split' as is_split,
    split_part(what, ' ', 3) in ('strong', 'weak')
    or (is_fixed_place and split_part(what, ' ', 1) = 'office') as is_evidenced,
    cast(sum(worth * halves * 0.5) as decimal(18, 6)) as fte_days,
    cast(sum(worth * conflicts * 0.5) as decimal(18, 6))
        as conflicting_fte_days
from found
where halves > 0
group by
    month,
    month_starts_at,
    directorate,
    persona,
    remote_capable,
    is_fixed_place,
    what
