-- Colour rate.
-- One row per period and directorate, and one per period for COUNCIL.
with

printed as (
    select
        periods.period,
        clean_print_jobs.directorate,
        clean_print_jobs.colour_pages,
        clean_print_jobs.pages_of_known_colour
    from clean_print_jobs
    inner join periods
        on
            clean_print_jobs.day_starts_at >= periods.starts_at
            and clean_print_jobs.day_starts_at < periods.ends_at
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(colour_pages) as numerator,
    sum(pages_of_known_colour) as denominator
from printed
group by grouping sets ((period, directorate), (period))
order by period, directorate
