-- Median time to resolve incidents, in hours on the SLA clock, less time on hold.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- The clock of most priorities is the working calendar; of some it runs day and night.
-- Numerator: the median. Denominator: the incidents it rests on.
with

resolved as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.sla_hours_to_resolve
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where
        clean_tickets.type = 'incident'
        and clean_tickets.sla_hours_to_resolve is not null
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    median(sla_hours_to_resolve) as numerator,
    count(*) as denominator
from resolved
group by grouping sets ((period, directorate), (period))
order by period, directorate
