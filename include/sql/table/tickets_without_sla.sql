-- Tickets for whose type and priority the council has decided nothing. No sheet shows it.
-- One row per month in which they were opened or resolved, type and priority.
-- An SLA time of hours `none` is a decision: those tickets are judged by none, and are not here.
with

months as (
    select periods.*
    from periods
    inner join received_months
        on
            periods.period = received_months.month
            and received_months.table = 'tickets'
),

concerned as (
    select
        months.period as month,
        clean_tickets.type,
        clean_tickets.priority,
        (clean_tickets.opened_at at time zone 'Europe/London')::date as opened_on
    from clean_tickets
    inner join months
        on
            (
                clean_tickets.opened_at >= months.starts_at
                and clean_tickets.opened_at < months.ends_at
            )
            or (
                clean_tickets.resolved_at >= months.starts_at
                and clean_tickets.resolved_at < months.ends_at
            )
    where
        clean_tickets.priority is not null
        and clean_tickets.excluded_from_sla is not true
),

first_times as (
    select
        type,
        priority,
        min(effective_from) as decided_from
    from sla_times
    group by type, priority
)

select
    concerned.month,
    concerned.type,
    concerned.priority,
    count(*) as tickets
from concerned
left join first_times
    on
        concerned.type = first_times.type
        and concerned.priority = first_times.priority
where
    first_times.decided_from is null
    or concerned.opened_on < first_times.decided_from
group by concerned.month, concerned.type, concerned.priority
order by concerned.month, concerned.type, concerned.priority
