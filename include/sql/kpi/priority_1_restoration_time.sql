-- Time to restore priority 1, in hours by day and night; time on hold counts.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
with

restored as (
    select
        periods.period,
        clean_tickets.directorate,
        epoch_us(clean_tickets.resolved_at) - epoch_us(clean_tickets.opened_at) as took_us
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where
        clean_tickets.type = 'incident'
        and clean_tickets.priority = 'P1'
)

-- Microseconds over 3600 are millionths of an hour.
select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    cast(0.000001 * (sum(took_us) // 3600) as decimal(18, 6)) as numerator,
    count(*) as denominator
from restored
group by grouping sets ((period, directorate), (period))
order by period, directorate
