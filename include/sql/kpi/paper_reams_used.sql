-- Paper used, in reams of 500 sheets of A4.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- Quarters and years to date only.
with

printed as (
    select
        periods.period,
        clean_print_jobs.directorate,
        clean_print_jobs.sheets_a4
    from clean_print_jobs
    inner join periods
        on
            clean_print_jobs.day_starts_at >= periods.starts_at
            and clean_print_jobs.day_starts_at < periods.ends_at
    where periods.kind != 'month'
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(sheets_a4) as numerator,
    500 as denominator
from printed
group by grouping sets ((period, directorate), (period))
order by period, directorate
