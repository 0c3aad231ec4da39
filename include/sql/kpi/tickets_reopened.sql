-- Tickets reopened: of those resolved in the period, reopened within 14 London days.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- Desks keep the last resolution and the last reopening only: a ticket reopened before its last
-- resolution was reopened too, however long before; so was one reopened more than once.
with

resolved as (
    select
        periods.period,
        clean_tickets.directorate,
        if(
            clean_tickets.reopened_at > clean_tickets.resolved_at,
            clean_tickets.reopen_count > 1
            or clean_tickets.reopened_at at time zone 'Europe/London'
            <= clean_tickets.resolved_at at time zone 'Europe/London' + interval 14 day,
            clean_tickets.reopened_at is not null
            or coalesce(clean_tickets.reopen_count, 0) > 0
        ) as is_reopened
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where is_reopened) as numerator,
    count(*) as denominator
from resolved
group by grouping sets ((period, directorate), (period))
order by period, directorate
