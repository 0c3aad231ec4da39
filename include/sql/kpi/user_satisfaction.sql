-- User satisfaction of officers: the sum of scores on a scale from 0 to 100, over the responses.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- A response counts in the period in which its ticket was resolved. Members are left out.
with

responses as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.satisfaction
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where
        clean_tickets.satisfaction is not null
        and coalesce(clean_tickets.user_group, 'officer') != 'member'
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(satisfaction) as numerator,
    count(*) as denominator
from responses
group by grouping sets ((period, directorate), (period))
order by period, directorate
