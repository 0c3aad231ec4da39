-- Remote working by month.
-- One row per month and directorate, and one per month for COUNCIL.
-- FTE-days and share are of remote-capable roles; coverage is of everybody's days. A percentage
-- is rounded half up to a tenth, in whole numbers.
with

spent as (
    select
        periods.period as month,
        clean_remote_days.directorate,
        if(clean_remote_days.remote_capable, clean_remote_days.place, 'not counted')
            as place,
        clean_remote_days.fte_days,
        if(
            clean_remote_days.confidence in ('strong', 'weak'),
            clean_remote_days.fte_days,
            0
        ) as evidenced_fte_days,
        0 as due_fte_days
    from clean_remote_days
    inner join periods
        on
            clean_remote_days.month_starts_at >= periods.starts_at
            and clean_remote_days.month_starts_at < periods.ends_at
    where periods.kind = 'month'
),

staffed as (
    select
        periods.period as month,
        clean_workforce.directorate,
        'not counted' as place,
        0 as fte_days,
        0 as evidenced_fte_days,
        clean_workforce.worked_fte_days as due_fte_days
    from clean_workforce
    inner join periods
        on
            clean_workforce.month_starts_at >= periods.starts_at
            and clean_workforce.month_starts_at < periods.ends_at
    where periods.kind = 'month'
),

together as (
    select
        spent.month,
        spent.directorate,
        spent.place,
        spent.fte_days,
        spent.evidenced_fte_days,
        spent.due_fte_days
    from spent
    union all
    select
        staffed.month,
        staffed.directorate,
        staffed.place,
        staffed.fte_days,
        staffed.evidenced_fte_days,
        staffed.due_fte_days
    from staffed
),

added as (
    select
        month,
        if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
        coalesce(sum(fte_days) filter (where place = 'home'), 0) as home,
        coalesce(sum(fte_days) filter (where place = 'office'), 0) as office,
        coalesce(sum(fte_days) filter (where place = 'unknown'), 0) as unplaced,
        sum(evidenced_fte_days) as evidenced,
        sum(due_fte_days) as due
    from together
    where month in (select spent.month from spent)
    group by grouping sets ((month, directorate), (month))
),

in_millionths as (
    select
        month,
        directorate,
        home,
        office,
        unplaced,
        cast(home * 1000000 as hugeint) as home_m,
        cast((home + office) * 1000000 as hugeint) as placed_m,
        cast(evidenced * 1000000 as hugeint) as evidenced_m,
        cast(due * 1000000 as hugeint) as due_m
    from added
)

select
    month,
    directorate,
    home as home_fte_days,
    office as office_fte_days,
    unplaced as unknown_fte_days,
    cast(
        0.1 * ((home_m * 2000 + placed_m) // nullif(placed_m * 2, 0)) as decimal(9, 1)
    ) as remote_share_percent,
    cast(
        0.1 * ((evidenced_m * 2000 + due_m) // nullif(due_m * 2, 0)) as decimal(9, 1)
    ) as evidence_coverage_percent
from in_millionths
order by month, directorate
