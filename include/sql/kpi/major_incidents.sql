-- Major incidents, by the service desk's own word.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
with

opened as (
    select
        periods.period,
        clean_tickets.directorate
    from clean_tickets
    inner join periods
        on
            clean_tickets.opened_at >= periods.starts_at
            and clean_tickets.opened_at < periods.ends_at
    where
        clean_tickets.type = 'incident'
        and clean_tickets.is_major
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) as numerator,
    1 as denominator
from opened
group by grouping sets ((period, directorate), (period))
order by period, directorate
