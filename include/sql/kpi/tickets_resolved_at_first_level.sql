-- Tickets resolved at first level: by the service desk itself.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- A ticket whose resolving group is not known is no case.
with

resolved as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.resolved_group = 'service_desk' as is_first_level
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where clean_tickets.resolved_group is not null
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where is_first_level) as numerator,
    count(*) as denominator
from resolved
group by grouping sets ((period, directorate), (period))
order by period, directorate
