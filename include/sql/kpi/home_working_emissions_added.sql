-- Home-working emissions added.
-- One row per period and directorate, and one per period for COUNCIL.
-- Contract hours of the days worked, over FTE-days worked: the hours of a day.
with

staffed as (
    select
        periods.period,
        clean_workforce.directorate,
        clean_workforce.worked_fte_days,
        clean_workforce.worked_fte_days * clean_workforce.hours_per_day as hours
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
    sum(hours) as numerator,
    sum(worked_fte_days) as denominator
from staffed
group by grouping sets ((period, directorate), (period))
order by period, directorate
