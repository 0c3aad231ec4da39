-- Tickets by month.
-- One row per month, directorate and type with anything to count, and one per month and type for
-- COUNCIL.
-- Months for which no tickets were received are not there: their backlog is not known.
-- Resolved within SLA is counted among the resolved that have a due time of ours.
with

months as (
    select periods.*
    from periods
    inner join received_months
        on
            periods.period = received_months.month
            and received_months.table = 'tickets'
),

counted as (
    select
        months.period as month,
        clean_tickets.directorate,
        clean_tickets.type,
        coalesce(clean_tickets.opened_at >= months.starts_at, false) as is_opened,
        coalesce(
            clean_tickets.resolved_at >= months.starts_at
            and clean_tickets.resolved_at < months.ends_at,
            false
        ) as is_resolved,
        coalesce(
            clean_tickets.resolved_at <= clean_tickets.sla_resolve_due
            and clean_tickets.excluded_from_sla is not true,
            false
        ) as is_within_sla,
        false as is_open
    from clean_tickets
    inner join months on clean_tickets.opened_at < months.ends_at
    union all
    select
        months.period as month,
        ticket_spells.directorate,
        ticket_spells.type,
        false as is_opened,
        false as is_resolved,
        false as is_within_sla,
        true as is_open
    from ticket_spells
    inner join months
        on
            ticket_spells.open_from < months.ends_at
            and (
                ticket_spells.open_until is null
                or ticket_spells.open_until >= months.ends_at
            )
)

select
    month,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    type,
    count(*) filter (where is_opened) as opened,
    count(*) filter (where is_resolved) as resolved,
    count(*) filter (where is_resolved and is_within_sla) as resolved_within_sla,
    count(*) filter (where is_open) as open_at_month_end
from counted
where is_opened or is_resolved or is_open
group by grouping sets ((month, directorate, type), (month, type))
order by month, directorate, type
