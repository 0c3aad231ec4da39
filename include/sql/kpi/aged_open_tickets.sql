-- Of the tickets open at the end of the period, those open for over 30 days or past their due time.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- Days are London's. A ticket outside the SLA has no due time to pass.
with

ends as (
    select
        periods.*,
        (periods.ends_at at time zone 'Europe/London' - interval 30 day)
        at time zone 'Europe/London' as thirty_days_before
    from periods
),

open_at_end as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.opened_at < periods.thirty_days_before
        or (
            clean_tickets.excluded_from_sla is not true
            and coalesce(clean_tickets.sla_resolve_due < periods.ends_at, false)
        ) as is_aged
    from clean_tickets
    inner join ends as periods
        on
            clean_tickets.opened_at < periods.ends_at
            and (
                clean_tickets.ended_at is null
                or clean_tickets.ended_at >= periods.ends_at
                or (
                    clean_tickets.reopened_at > clean_tickets.ended_at
                    and clean_tickets.reopened_at < periods.ends_at
                )
            )
            and not coalesce(
                clean_tickets.resolved_at < periods.ends_at
                and clean_tickets.reopened_at >= periods.ends_at,
                false
            )
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where is_aged) as numerator,
    count(*) as denominator
from open_at_end
group by grouping sets ((period, directorate), (period))
order by period, directorate
