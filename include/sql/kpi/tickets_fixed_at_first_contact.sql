-- Incidents fixed at first contact.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- Fixed: the desk says so, or, where it says nothing, the first group resolved it without
-- reassignment; and it was not reopened by the end of the fifth working day after.
-- Desks keep the last resolution and the last reopening only: a ticket reopened before its last
-- resolution was reopened too, however long before; so was one reopened more than once.
-- An incident of which neither the desk's word nor the reassignments are known is no case.
with

resolved as (
    select
        periods.period,
        clean_tickets.directorate,
        coalesce(
            clean_tickets.is_fcr,
            clean_tickets.reassignment_count = 0
            and coalesce(clean_tickets.first_group = clean_tickets.resolved_group, true)
        ) as is_fixed,
        if(
            clean_tickets.reopened_at > clean_tickets.resolved_at,
            coalesce(clean_tickets.reopen_count > 1, false)
            or clean_tickets.reopened_at < clean_tickets.reopen_counts_until,
            clean_tickets.reopened_at is not null
            or coalesce(clean_tickets.reopen_count, 0) > 0
        ) as is_reopened
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where clean_tickets.type = 'incident'
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where is_fixed and not is_reopened) as numerator,
    count(*) as denominator
from resolved
where is_fixed is not null
group by grouping sets ((period, directorate), (period))
order by period, directorate
