-- SLA flag mismatches: of the tickets resolved in the period, those where the vendor's verdict on
-- the resolution differs from ours. A ticket without either verdict is no case.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
with

judged as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.sla_resolve_met
        != (clean_tickets.resolved_at <= clean_tickets.sla_resolve_due) as is_mismatch
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where
        clean_tickets.sla_resolve_met is not null
        and clean_tickets.sla_resolve_due is not null
        and clean_tickets.excluded_from_sla is not true
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where is_mismatch) as numerator,
    count(*) as denominator
from judged
group by grouping sets ((period, directorate), (period))
order by period, directorate
