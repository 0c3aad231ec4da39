-- Failed remote connections.
-- One row per period and directorate, and one per period for COUNCIL.
-- An attempt begins with a try more than five minutes after the person's last one.
with

people as (
    select distinct
        person_no,
        person_pseud
    from clean_vpn_events
),

tries as (
    select
        person_no,
        event_at,
        outcome = 'success' as is_connected
    from clean_vpn_events
    where outcome in ('success', 'failure')
),

begun as (
    select
        *,
        coalesce(
            event_at <= lag(event_at) over (
                partition by person_no order by event_at, is_connected
            ) + interval 5 minutes,
            false
        ) as is_again
    from tries
),

numbered as (
    select
        person_no,
        event_at,
        is_connected,
        count(*) filter (where not is_again) over (
            partition by person_no
            order by event_at, is_connected
            rows between unbounded preceding and current row
        ) as attempt_no
    from begun
),

attempts as (
    select
        person_no,
        min(event_at) as begun_at,
        not bool_or(is_connected) as has_failed
    from numbered
    group by person_no, attempt_no
),

by_person as (
    select
        attempts.person_no,
        hours.day,
        hours.month,
        count(*) filter (where attempts.has_failed) as failed,
        count(*) as attempts
    from attempts
    inner join hours on hours.hour_no = epoch_us(attempts.begun_at) // 3600000000
    group by attempts.person_no, hours.day, hours.month
),

by_day as (
    select
        by_person.day,
        coalesce(clean_staff.directorate, 'UNKNOWN') as directorate,
        sum(by_person.failed) as failed,
        sum(by_person.attempts) as attempts
    from by_person
    inner join people on by_person.person_no = people.person_no
    left join clean_staff
        on
            people.person_pseud = clean_staff.person_pseud
            and by_person.month = clean_staff.month
    group by by_person.day, clean_staff.directorate
),

counted as (
    select
        periods.period,
        by_day.directorate,
        by_day.failed,
        by_day.attempts
    from by_day
    inner join days on by_day.day = days.day
    inner join periods
        on
            days.starts_at >= periods.starts_at
            and days.starts_at < periods.ends_at
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    cast(sum(failed) as bigint) as numerator,
    cast(sum(attempts) as bigint) as denominator
from counted
group by grouping sets ((period, directorate), (period))
order by period, directorate
