-- When each ticket was open, so that the backlog of any past day can be rebuilt.
-- One row per ticket and time for which it was open without a break; open_until is empty if it
-- still is.
-- A desk keeps a ticket's last resolution and last reopening only. Extracts of earlier months still
-- say what it said then, so every accepted row of a reopened ticket is read, not just its newest.
-- A resolution that no extract ever told leaves its ticket open until it was reopened.
with

reopened as (
    select
        clean_tickets.sender,
        clean_tickets.ticket_id,
        clean_tickets.reopened_at,
        clean_tickets.ended_at
    from clean_tickets
    where clean_tickets.reopened_at is not null
),

told as (
    select
        reopened.sender,
        reopened.ticket_id,
        every_tickets.reopened_at,
        every_tickets.resolved_at
    from every_tickets
    inner join reopened
        on
            every_tickets.ticket_id = reopened.ticket_id
            and every_tickets._sender is not distinct from reopened.sender
    union all
    select
        reopened.sender,
        reopened.ticket_id,
        reopened.reopened_at,
        reopened.ended_at as resolved_at
    from reopened
),

starts as (
    select
        clean_tickets.sender,
        clean_tickets.ticket_id,
        clean_tickets.opened_at as open_from
    from clean_tickets
    where clean_tickets.reopened_at is not null
    union
    select
        told.sender,
        told.ticket_id,
        told.reopened_at as open_from
    from told
    inner join reopened
        on
            told.sender is not distinct from reopened.sender
            and told.ticket_id = reopened.ticket_id
            and told.reopened_at <= reopened.reopened_at
),

followed as (
    select
        sender,
        ticket_id,
        open_from,
        lead(open_from) over (
            partition by sender, ticket_id order by open_from
        ) as reopened_next_at
    from starts
),

ended as (
    select
        followed.sender,
        followed.ticket_id,
        followed.open_from,
        coalesce(max(told.resolved_at), followed.reopened_next_at) as open_until
    from followed
    left join told
        on
            followed.sender is not distinct from told.sender
            and followed.ticket_id = told.ticket_id
            and followed.open_from <= told.resolved_at
            and followed.reopened_next_at > told.resolved_at
    where followed.reopened_next_at is not null
    group by
        followed.sender,
        followed.ticket_id,
        followed.open_from,
        followed.reopened_next_at
    union all
    select
        followed.sender,
        followed.ticket_id,
        followed.open_from,
        if(reopened.ended_at >= followed.open_from, reopened.ended_at, null) as open_until
    from followed
    inner join reopened
        on
            followed.sender is not distinct from reopened.sender
            and followed.ticket_id = reopened.ticket_id
    where followed.reopened_next_at is null
)

select
    clean_tickets.sender,
    clean_tickets.ticket_id,
    clean_tickets.directorate,
    clean_tickets.type,
    clean_tickets.opened_at,
    clean_tickets.sla_resolve_due,
    clean_tickets.excluded_from_sla,
    clean_tickets.opened_at as open_from,
    clean_tickets.ended_at as open_until
from clean_tickets
where clean_tickets.reopened_at is null
union all
select
    clean_tickets.sender,
    clean_tickets.ticket_id,
    clean_tickets.directorate,
    clean_tickets.type,
    clean_tickets.opened_at,
    clean_tickets.sla_resolve_due,
    clean_tickets.excluded_from_sla,
    ended.open_from,
    ended.open_until
from ended
inner join clean_tickets
    on
        ended.sender is not distinct from clean_tickets.sender
        and ended.ticket_id = clean_tickets.ticket_id
