-- When somebody was connected by VPN from outside the council's network.
-- One row per person, London day and unbroken stretch of connection.
-- Several connections of one person at once are one stretch. A stretch that passes midnight in
-- London is parted there: each minute belongs to the day in which it passed.
-- A session that failed, was not ended, or came from the council's own network is none.
with

sessions as (
    select
        person_no,
        epoch_us(event_at) as starts_us,
        epoch_us(coalesce(ended_at, event_at + to_minutes(minutes))) as ends_us
    from clean_vpn_events
    where
        (outcome is null or outcome = 'success')
        and network is distinct from 'corporate'
),

dated as (
    select
        sessions.person_no,
        sessions.starts_us,
        sessions.ends_us,
        first_hours.day as first_day,
        last_hours.day as last_day
    from sessions
    inner join hours as first_hours
        on first_hours.hour_no = sessions.starts_us // 3600000000
    inner join hours as last_hours
        on last_hours.hour_no = (sessions.ends_us - 1) // 3600000000
    where sessions.ends_us > sessions.starts_us
),

pieces as (
    select
        person_no,
        first_day as day,
        starts_us,
        ends_us
    from dated
    where first_day = last_day
    union all
    select
        dated.person_no,
        days.day,
        greatest(dated.starts_us, epoch_us(days.starts_at)) as starts_us,
        least(dated.ends_us, epoch_us(days.ends_at)) as ends_us
    from dated
    inner join days
        on
            dated.first_day <= days.day
            and dated.last_day >= days.day
    where dated.first_day < dated.last_day
),

-- Until when the person's earlier connections of the day lasted.
in_order as (
    select
        *,
        max(ends_us) over (
            partition by person_no, day
            order by starts_us, ends_us
            rows between unbounded preceding and 1 preceding
        ) as connected_until_us
    from pieces
),

numbered as (
    select
        *,
        count(*) filter (
            where connected_until_us is null or starts_us > connected_until_us
        ) over (
            partition by person_no, day
            order by starts_us, ends_us
            rows between unbounded preceding and current row
        ) as stretch_no
    from in_order
),

stretches as (
    select
        person_no,
        day,
        min(starts_us) as starts_us,
        max(ends_us) as ends_us
    from numbered
    group by person_no, day, stretch_no
),

people as (
    select distinct
        person_no,
        person_pseud
    from clean_vpn_events
)

select
    people.person_no,
    people.person_pseud,
    stretches.day,
    strftime(stretches.day, '%Y-%m') as month,
    stretches.starts_us,
    stretches.ends_us
from stretches
inner join people on stretches.person_no = people.person_no
