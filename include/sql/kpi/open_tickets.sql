-- Tickets open at the end of the period, rebuilt from their moments.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- A ticket resolved before the end was open if it was reopened before the end, and not before.
with

open_at_end as (
    select
        periods.period,
        clean_tickets.directorate
    from clean_tickets
    inner join periods
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
    count(*) as numerator,
    1 as denominator
from open_at_end
group by grouping sets ((period, directorate), (period))
order by period, directorate
