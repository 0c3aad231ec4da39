-- Printing emissions avoided.
-- One row per period and directorate, and one per period for COUNCIL.
-- A4 sheets, over worked FTE-days of all staff (contracted less leave).
with

printed as (
    select
        periods.period,
        clean_print_jobs.directorate,
        clean_print_jobs.sheets_a4 as printed,
        0 as fte_days
    from clean_print_jobs
    inner join periods
        on
            clean_print_jobs.day_starts_at >= periods.starts_at
            and clean_print_jobs.day_starts_at < periods.ends_at
    where periods.kind = 'quarter'
),

staffed as (
    select
        periods.period,
        clean_workforce.directorate,
        0 as printed,
        clean_workforce.worked_fte_days as fte_days
    from clean_workforce
    inner join periods
        on
            clean_workforce.month_starts_at >= periods.starts_at
            and clean_workforce.month_starts_at < periods.ends_at
    where periods.kind = 'quarter'
),

together as (
    select
        printed.period,
        printed.directorate,
        printed.printed,
        printed.fte_days
    from printed
    union all
    select
        staffed.period,
        staffed.directorate,
        staffed.printed,
        staffed.fte_days
    from staffed
)

-- A period without either feed has no figure.
select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(printed) as numerator,
    sum(fte_days) as denominator
from together
where
    period in (select printed.period from printed)
    and period in (select staffed.period from staffed)
group by grouping sets ((period, directorate), (period))
order by period, directorate
