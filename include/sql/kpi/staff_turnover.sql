-- Staff turnover: leavers over the mean headcount of the months, to a whole person.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- Leavers that are not known are not zero.
with

staffed as (
    select
        periods.period,
        clean_workforce.directorate,
        clean_workforce.month,
        clean_workforce.leavers,
        clean_workforce.headcount
    from clean_workforce
    inner join periods
        on
            clean_workforce.month_starts_at >= periods.starts_at
            and clean_workforce.month_starts_at < periods.ends_at
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    if(count(*) = count(leavers), sum(leavers), null) as numerator,
    (2 * sum(headcount) + count(distinct month))
    // (2 * count(distinct month)) as denominator
from staffed
group by grouping sets ((period, directorate), (period))
order by period, directorate
