-- Rows of directorates that did not exist in their month. No sheet shows it.
-- One row per table, month and directorate.
-- A row's directorate is that of the first day of its month, as when the row was accepted.
with

named as (
    select
        'tickets' as table_name,
        strftime(opened_at at time zone 'Europe/London', '%Y-%m') as month,
        directorate
    from clean_tickets
    union all
    select
        'ledger' as table_name,
        month,
        directorate
    from clean_ledger
    union all
    select
        'savings' as table_name,
        month,
        directorate
    from clean_savings
    union all
    select
        'workforce' as table_name,
        month,
        directorate
    from clean_workforce
    union all
    select
        'staff' as table_name,
        month,
        directorate
    from clean_staff
    where is_listed
),

counted as (
    select
        table_name,
        month,
        directorate,
        count(*) as rows_named
    from named
    where directorate != 'UNKNOWN'
    group by table_name, month, directorate
)

select
    counted.table_name,
    counted.month,
    counted.directorate,
    counted.rows_named
from counted
where
    not exists (
        select 1
        from directorates
        where
            directorates.code = counted.directorate
            and directorates.effective_from <= (counted.month || '-01')::date
            and (
                directorates.effective_to is null
                or directorates.effective_to >= (counted.month || '-01')::date
            )
    )
order by counted.table_name, counted.month, counted.directorate
