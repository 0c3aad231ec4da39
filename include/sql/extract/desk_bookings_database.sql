-- Desk bookings, from a view that the booking system's team makes.
-- One row per booking of the month, by its beginning; both moments on the clock of London.
select
    booking_id,
    status,
    booked_by,
    building,
    starts_at,
    ends_at
from scorecard_desk_bookings
where
    starts_at >= :from_local
    and starts_at < :until_local
order by booking_id, starts_at, ends_at, status, booked_by, building
