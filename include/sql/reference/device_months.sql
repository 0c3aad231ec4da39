-- Pages of every printer by month, by the rules of clean_print_jobs.
-- One row per London month and printer that the log names.
with

printed as (
    select
        hours.month,
        accepted_print_jobs.device,
        cast(
            sum(accepted_print_jobs.pages * accepted_print_jobs.copies) as bigint
        ) as pages
    from accepted_print_jobs
    inner join hours
        on hours.hour_no = epoch_us(accepted_print_jobs.job_at) // 3600000000
    where
        accepted_print_jobs.device is not null
        and accepted_print_jobs.printed is not false
        and accepted_print_jobs.refunded is not true
        and accepted_print_jobs.cancelled is not true
    group by hours.month, accepted_print_jobs.device
),

months as (
    select
        days.month,
        min(days.starts_at) as month_starts_at
    from days
    group by days.month
)

select
    printed.month,
    months.month_starts_at,
    printed.device,
    printed.pages
from printed
inner join months on printed.month = months.month
