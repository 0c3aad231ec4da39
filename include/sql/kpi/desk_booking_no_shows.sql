-- Desk bookings not taken up.
-- One row per period and directorate, and one per period for COUNCIL.
with

booked as (
    select
        periods.period,
        clean_desk_bookings.directorate,
        clean_desk_bookings.outcome,
        clean_desk_bookings.bookings
    from clean_desk_bookings
    inner join periods
        on
            clean_desk_bookings.day_starts_at >= periods.starts_at
            and clean_desk_bookings.day_starts_at < periods.ends_at
    where clean_desk_bookings.outcome in ('checked_in', 'no_show', 'booked')
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    coalesce(sum(bookings) filter (where outcome = 'no_show'), 0) as numerator,
    sum(bookings) as denominator
from booked
group by grouping sets ((period, directorate), (period))
order by period, directorate
