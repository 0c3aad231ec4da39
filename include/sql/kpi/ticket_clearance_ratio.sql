-- Clearance ratio: tickets resolved in the period to tickets opened in it.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- Cancelled tickets are on neither side.
with

moved as (
    select
        periods.period,
        clean_tickets.directorate,
        0 as resolved,
        1 as opened
    from clean_tickets
    inner join periods
        on
            clean_tickets.opened_at >= periods.starts_at
            and clean_tickets.opened_at < periods.ends_at
    where clean_tickets.is_cancelled is not true
    union all
    select
        periods.period,
        clean_tickets.directorate,
        1 as resolved,
        0 as opened
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(resolved) as numerator,
    sum(opened) as denominator
from moved
group by grouping sets ((period, directorate), (period))
order by period, directorate
