-- Tickets raised by self-service: the portal and its forms.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
with

opened as (
    select
        periods.period,
        clean_tickets.directorate,
        clean_tickets.channel
    from clean_tickets
    inner join periods
        on
            clean_tickets.opened_at >= periods.starts_at
            and clean_tickets.opened_at < periods.ends_at
    where clean_tickets.channel is not null
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    count(*) filter (where channel = 'portal') as numerator,
    count(*) as denominator
from opened
group by grouping sets ((period, directorate), (period))
order by period, directorate
