-- Requests fulfilled within SLA.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- A request without a due time (no SLA time for its priority) is no case.
with

resolved as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.resolved_at <= clean_tickets.sla_resolve_due as is_within_sla
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where
        clean_tickets.type = 'request'
        and clean_tickets.sla_resolve_due is not null
        and clean_tickets.excluded_from_sla is not true
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where is_within_sla) as numerator,
    count(*) as denominator
from resolved
group by grouping sets ((period, directorate), (period))
order by period, directorate
