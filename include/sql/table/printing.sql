-- Printing by month.
-- One row per month and directorate that printed, and one per month for COUNCIL.
with

printed as (
    select
        periods.period as month,
        clean_print_jobs.directorate,
        clean_print_jobs.pages,
        clean_print_jobs.colour_pages,
        clean_print_jobs.duplex_pages,
        clean_print_jobs.sheets_a4
    from clean_print_jobs
    inner join periods
        on
            clean_print_jobs.day_starts_at >= periods.starts_at
            and clean_print_jobs.day_starts_at < periods.ends_at
    where periods.kind = 'month'
)

select
    month,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(pages) as pages,
    sum(colour_pages) as colour_pages,
    sum(duplex_pages) as duplex_pages,
    sum(sheets_a4) as sheets_a4
from printed
group by grouping sets ((month, directorate), (month))
order by month, directorate
