-- What was printed, not refunded and not cancelled.
-- One row per London day, directorate, paper size and duplex setting.
-- `pages` are impressions: pages of one copy times copies.
with

jobs as (
    select
        hours.day,
        hours.month,
        accepted_print_jobs.paper_size,
        accepted_print_jobs.duplex,
        coalesce(
            accepted_print_jobs.directorate, clean_staff.directorate, 'UNKNOWN'
        ) as directorate,
        accepted_print_jobs.pages * accepted_print_jobs.copies as pages,
        accepted_print_jobs.colour_pages * accepted_print_jobs.copies as colour_pages,
        -- A row for a user's day does not tell its jobs: all its pages count.
        accepted_print_jobs.pages >= 2
        or accepted_print_jobs.grain = 'user_day' as is_multi_page,
        accepted_print_jobs.pages as pages_of_one_copy,
        accepted_print_jobs.copies,
        accepted_print_jobs.duplex_pages as duplex_pages_of_one_copy,
        accepted_print_jobs.duplex_pages * accepted_print_jobs.copies as counted_duplex,
        accepted_print_jobs.sheets as reported_sheets
    from accepted_print_jobs
    inner join hours
        on hours.hour_no = epoch_us(accepted_print_jobs.job_at) // 3600000000
    left join clean_staff
        on
            accepted_print_jobs.user_pseud = clean_staff.person_pseud
            and hours.month = clean_staff.month
    where
        accepted_print_jobs.printed is not false
        and accepted_print_jobs.refunded is not true
        and accepted_print_jobs.cancelled is not true
),

counted as (
    select
        jobs.*,
        coalesce(jobs.counted_duplex, if(jobs.duplex, jobs.pages, 0)) as duplex_pages,
        jobs.pages is not null
        and (jobs.counted_duplex is not null or jobs.duplex is not null) as is_duplex_known,
        -- As the device reports; else two pages to a sheet, the odd last page alone.
        coalesce(
            jobs.reported_sheets,
            (
                jobs.pages_of_one_copy - jobs.duplex_pages_of_one_copy
                + (jobs.duplex_pages_of_one_copy + 1) // 2
            )
            * jobs.copies,
            if(jobs.duplex, (jobs.pages_of_one_copy + 1) // 2, jobs.pages_of_one_copy)
            * jobs.copies
        ) as sheets
    from jobs
),

by_day as (
    select
        day,
        month,
        directorate,
        paper_size,
        duplex,
        count(*) as jobs,
        cast(coalesce(sum(pages), 0) as bigint) as pages,
        cast(coalesce(sum(colour_pages), 0) as bigint) as colour_pages,
        cast(
            coalesce(sum(pages) filter (where colour_pages is not null), 0) as bigint
        ) as pages_of_known_colour,
        cast(
            coalesce(sum(pages) filter (where is_multi_page and is_duplex_known), 0)
            as bigint
        ) as multi_page_pages,
        cast(
            coalesce(
                sum(duplex_pages) filter (where is_multi_page and is_duplex_known), 0
            ) as bigint
        ) as duplex_pages,
        cast(coalesce(sum(sheets), 0) as bigint) as sheets
    from counted
    group by day, month, directorate, paper_size, duplex
)

select
    days.starts_at as day_starts_at,
    by_day.day,
    by_day.month,
    by_day.directorate,
    by_day.paper_size,
    by_day.duplex,
    by_day.jobs,
    by_day.pages,
    by_day.colour_pages,
    by_day.pages_of_known_colour,
    by_day.multi_page_pages,
    by_day.duplex_pages,
    by_day.sheets,
    by_day.sheets * if(by_day.paper_size = 'A3', 2, 1) as sheets_a4
from by_day
inner join days on by_day.day = days.day
