-- Every stretch of working time: when it opens and closes, and the microseconds worked before it.
-- One row per stretch.
-- Working time up to a moment is `before_us` of the last stretch that has opened, plus the part of
-- that stretch gone by. Opening hours are London's, so a stretch is as long in summer as in winter.
with

calendars_in_force as (
    select
        days.day,
        max(working_calendar.effective_from) as effective_from
    from days
    inner join working_calendar on days.day >= working_calendar.effective_from
    where days.is_working_day
    group by days.day
),

stretches as (
    select
        (calendars_in_force.day + to_minutes(working_calendar.opens_minute))
        at time zone 'Europe/London' as opens_at,
        (calendars_in_force.day + to_minutes(working_calendar.closes_minute))
        at time zone 'Europe/London' as closes_at
    from calendars_in_force
    inner join working_calendar
        on
            calendars_in_force.effective_from = working_calendar.effective_from
            and isodow(calendars_in_force.day) = working_calendar.weekday
),

in_microseconds as (
    select
        opens_at,
        closes_at,
        epoch_us(opens_at) as opens_us,
        epoch_us(closes_at) as closes_us
    from stretches
)

select
    opens_at,
    closes_at,
    opens_us,
    closes_us,
    coalesce(
        sum(closes_us - opens_us) over (
            order by opens_us
            rows between unbounded preceding and 1 preceding
        ),
        0
    )::bigint as before_us
from in_microseconds
order by opens_us
