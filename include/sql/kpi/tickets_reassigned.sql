-- Tickets reassigned twice or more.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- A ticket of which the moves are not known is no case.
with

resolved as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.reassignment_count
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where clean_tickets.reassignment_count is not null
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where reassignment_count >= 2) as numerator,
    count(*) as denominator
from resolved
group by grouping sets ((period, directorate), (period))
order by period, directorate
