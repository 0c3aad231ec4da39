-- Every hour of UTC with the London day and month in which it lies.
-- One row per hour.
-- London's clock differs from UTC by whole hours, so an hour never lies in two days:
-- joining on `epoch_us(moment) // 3600000000` finds the day faster than converting each moment.
with

every_hour as (
    select unnest(
        range(
            timestamptz '2014-12-31 00:00:00+00',
            timestamptz '2031-01-02 00:00:00+00',
            interval 1 hour
        )
    ) as starts_at
),

on_the_clock as (
    select
        epoch_us(starts_at) // 3600000000 as hour_no,
        (starts_at at time zone 'Europe/London')::date as day
    from every_hour
)

select
    hour_no,
    day,
    strftime(day, '%Y-%m') as month
from on_the_clock
order by hour_no
