-- Every London day from 2015 to 2030: when it begins and ends, and whether it is worked.
-- One row per day.
-- A day of 23 or 25 hours is one day. A working day is in the council's calendar and is no bank
-- holiday.
with

london_days as (
    select unnest(
        range(date '2015-01-01', date '2031-01-01', interval 1 day)
    )::date as day
),

calendars_in_force as (
    select
        london_days.day,
        max(working_calendar.effective_from) as effective_from
    from london_days
    inner join working_calendar on london_days.day >= working_calendar.effective_from
    group by london_days.day
),

worked as (
    select distinct calendars_in_force.day
    from calendars_in_force
    inner join working_calendar
        on
            calendars_in_force.effective_from = working_calendar.effective_from
            and isodow(calendars_in_force.day) = working_calendar.weekday
    where calendars_in_force.day not in (select bank_holidays.day from bank_holidays)
)

select
    london_days.day,
    strftime(london_days.day, '%Y-%m') as month,
    london_days.day::timestamp at time zone 'Europe/London' as starts_at,
    (london_days.day + 1)::timestamp at time zone 'Europe/London' as ends_at,
    worked.day is not null as is_working_day
from london_days
left join worked on london_days.day = worked.day
order by london_days.day
