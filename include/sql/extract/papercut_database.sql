-- Print jobs of PaperCut's own database.
-- One row per job of the month by the server's clock, the jobs that PaperCut's reports leave out
-- among them: a job that is refunded later must be seen again.
-- PaperCut counts the pages of all copies together; they are told of one copy where they divide.
with

jobs as (
    select
        tbl_printer_usage_log.printer_usage_log_id,
        tbl_printer_usage_log.usage_date,
        tbl_user.user_name,
        tbl_user.department,
        tbl_printer.server_name,
        tbl_printer.printer_name,
        tbl_printer_usage_log.total_pages,
        tbl_printer_usage_log.total_color_pages,
        tbl_printer_usage_log.duplex_pages,
        tbl_printer_usage_log.copies,
        tbl_printer_usage_log.paper_size,
        tbl_printer_usage_log.usage_cost,
        tbl_printer_usage_log.usage_allowed,
        tbl_printer_usage_log.printed,
        tbl_printer_usage_log.refunded,
        case when tbl_printer_usage_log.copies > 1 then tbl_printer_usage_log.copies else 1 end
            as by_copies
    from tbl_printer_usage_log
    inner join tbl_user
        on tbl_printer_usage_log.used_by_user_id = tbl_user.user_id
    inner join tbl_printer
        on tbl_printer_usage_log.printer_id = tbl_printer.printer_id
    where
        tbl_printer_usage_log.usage_date >= :from_local
        and tbl_printer_usage_log.usage_date < :until_local
),

divided as (
    select
        jobs.*,
        cast(jobs.total_pages / jobs.by_copies as decimal(12, 0)) as pages,
        cast(jobs.total_color_pages / jobs.by_copies as decimal(12, 0)) as color_pages,
        cast(jobs.duplex_pages / jobs.by_copies as decimal(12, 0)) as sides
    from jobs
),

told as (
    select
        divided.*,
        case
            when
                divided.pages * divided.by_copies = divided.total_pages
                and divided.color_pages * divided.by_copies = divided.total_color_pages
                and divided.sides * divided.by_copies = divided.duplex_pages
                then 1
            else 0
        end as is_even
    from divided
)

select
    printer_usage_log_id,
    usage_date,
    user_name,
    department,
    server_name,
    printer_name,
    case when is_even = 1 then pages else total_pages end as pages,
    case when is_even = 1 then color_pages else total_color_pages end as color_pages,
    case when is_even = 1 then sides else duplex_pages end as duplex_pages,
    case when is_even = 1 then by_copies else 1 end as copies,
    paper_size,
    usage_cost,
    usage_allowed,
    printed,
    refunded
from told
order by printer_usage_log_id
