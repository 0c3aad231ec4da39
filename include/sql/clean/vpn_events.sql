-- What the VPN's log says: sessions, and tries that failed.
-- One row per event.
-- The events of every system are read here once for all that rests on them. `person_no` stands for
-- the pseudonym: sorting many events by a number is twice as fast.
with

events as materialized (
    select
        person_pseud,
        event_at,
        ended_at,
        minutes,
        network,
        outcome
    from accepted_presence_events
    where evidence = 'vpn'
),

people as (
    select
        person_pseud,
        row_number() over (order by person_pseud) as person_no
    from events
    group by person_pseud
)

select
    people.person_no,
    events.*
from events
inner join people on events.person_pseud is not distinct from people.person_pseud
