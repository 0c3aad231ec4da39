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
        ticket_spells.directorate,
        ticket_spells.opened_at < periods.thirty_days_before
        or (
            ticket_spells.excluded_from_sla is not true
            and coalesce(ticket_spells.sla_resolve_due < periods.ends_at, false)
        ) as is_aged
    from ticket_spells
    inner join ends as periods
        on
            ticket_spells.open_from < periods.ends_at
            and (
                ticket_spells.open_until is null
                or ticket_spells.open_until >= periods.ends_at
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
