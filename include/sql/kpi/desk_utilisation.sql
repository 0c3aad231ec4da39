-- Desk use.
-- One row per period for COUNCIL: desks belong to buildings, not to directorates.
-- Days at a desk in buildings whose desks are listed, over those desks times working days, in the
-- months for which bookings were sent.
with

working_days as (
    select
        periods.period,
        days.day
    from days
    inner join periods
        on
            days.starts_at >= periods.starts_at
            and days.starts_at < periods.ends_at
    where
        days.is_working_day
        and days.month in (select strftime(booked.day, '%Y-%m') from clean_desk_bookings as booked)
),

offered as (
    select
        working_days.period,
        working_days.day,
        desks.site,
        desks.desks
    from working_days
    inner join desks
        on
            working_days.day >= desks.effective_from
            and working_days.day <= desks.effective_to
),

used as (
    select
        clean_desk_bookings.day,
        clean_desk_bookings.site,
        sum(clean_desk_bookings.people) as people
    from clean_desk_bookings
    where clean_desk_bookings.outcome = 'checked_in'
    group by clean_desk_bookings.day, clean_desk_bookings.site
)

select
    offered.period,
    'COUNCIL' as directorate,
    coalesce(sum(used.people), 0) as numerator,
    sum(offered.desks) as denominator
from offered
left join used
    on
        offered.day = used.day
        and offered.site = used.site
group by offered.period
order by offered.period
