-- Failed remote connections.
-- One row per period and directorate, and one per period for COUNCIL.
-- An attempt begins with a try more than five minutes after the person's last one.
with

tries as (
    select
        person_pseud,
        event_at,
        outcome = 'success' as is_connected,
        lag(event_at) over (
            partition by person_pseud
            order by event_at, outcome
        ) as last_at
    from accepted_presence_events
    where
        evidence = 'vpn'
        and outcome in ('success', 'failure')
),

numbered as (
    select
        person_pseud,
        event_at,
        is_connected,
        count(*) filter (
            where last_at is null or event_at > last_at + interval 5 minutes
        ) over (
            partition by person_pseud
            order by event_at, is_connected
            rows between unbounded preceding and current row
        ) as attempt_no
    from tries
),

attempts as (
    select
        person_pseud,
        min(event_at) as begun_at,
        not bool_or(is_connected) as has_failed
    from numbered
    group by person_pseud, attempt_no
),

counted as (
    select
        periods.period,
        coalesce(clean_staff.directorate, 'UNKNOWN') as directorate,
        attempts.has_failed
    from attempts
    inner join periods
        on
            attempts.begun_at >= periods.starts_at
            and attempts.begun_at < periods.ends_at
    inner join hours on hours.hour_no = epoch_us(attempts.begun_at) // 3600000000
    left join clean_staff
        on
            attempts.person_pseud = clean_staff.person_pseud
            and hours.month = clean_staff.month
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where has_failed) as numerator,
    count(*) as denominator
from counted
group by grouping sets ((period, directorate), (period))
order by period, directorate
