-- Net emissions avoided per FTE: the same activity as the net's.
-- One row per period and directorate, and one per period for COUNCIL.
-- FTE of each month added, over the number of months: the mean FTE.
with

staffed as (
    select
        periods.period,
        clean_workforce.directorate,
        clean_workforce.month,
        clean_workforce.fte
    from clean_workforce
    inner join periods
        on
            clean_workforce.month_starts_at >= periods.starts_at
            and clean_workforce.month_starts_at < periods.ends_at
    where periods.kind = 'quarter'
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(fte) as numerator,
    count(distinct month) as denominator
from staffed
group by grouping sets ((period, directorate), (period))
order by period, directorate
