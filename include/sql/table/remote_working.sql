-- Remote working by month, and how sure it is.
-- One row per month and directorate, and one per month for COUNCIL.
-- FTE-days, their shares by confidence and their conflicts are of remote-capable roles; coverage
-- is of everybody's days. `people` is the number of people in remote-capable roles: the size of
-- the group. A percentage is rounded half up to a tenth, in whole numbers.
with

spent as (
    select
        periods.period as month,
        clean_remote_days.directorate,
        if(clean_remote_days.remote_capable, clean_remote_days.place, 'not counted')
            as place,
        clean_remote_days.confidence,
        clean_remote_days.fte_days,
        clean_remote_days.conflicting_fte_days,
        if(clean_remote_days.is_evidenced, clean_remote_days.fte_days, 0)
            as evidenced_fte_days
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
        clean_workforce.worked_fte_days as due_fte_days
    from clean_workforce
    inner join periods
        on
            clean_workforce.month_starts_at >= periods.starts_at
            and clean_workforce.month_starts_at < periods.ends_at
    where periods.kind = 'month'
),

listed as (
    select
        periods.period as month,
        clean_staff.directorate,
        count(*) as people
    from clean_staff
    inner join periods on clean_staff.month = periods.period
    where
        clean_staff.is_listed
        and clean_staff.remote_capable
    group by periods.period, clean_staff.directorate
),

together as (
    select
        spent.month,
        spent.directorate,
        spent.place,
        spent.confidence,
        spent.fte_days,
        spent.conflicting_fte_days,
        spent.evidenced_fte_days,
        0 as due_fte_days,
        0 as people
    from spent
    union all
    select
        staffed.month,
        staffed.directorate,
        'not counted' as place,
        '' as confidence,
        0 as fte_days,
        0 as conflicting_fte_days,
        0 as evidenced_fte_days,
        staffed.due_fte_days,
        0 as people
    from staffed
    union all
    select
        listed.month,
        listed.directorate,
        'not counted' as place,
        '' as confidence,
        0 as fte_days,
        0 as conflicting_fte_days,
        0 as evidenced_fte_days,
        0 as due_fte_days,
        listed.people
    from listed
),

added as (
    select
        month,
        if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
        cast(sum(people) as bigint) as people,
        coalesce(sum(fte_days) filter (where place = 'home'), 0) as home,
        coalesce(sum(fte_days) filter (where place = 'office'), 0) as office,
        coalesce(sum(fte_days) filter (where place = 'unknown'), 0) as unplaced,
        coalesce(
            sum(fte_days) filter (
                where place in ('home', 'office') and confidence = 'strong'
            ),
            0
        ) as strong,
        coalesce(
            sum(fte_days) filter (where place in ('home', 'office') and confidence = 'weak'),
            0
        ) as weak,
        coalesce(
            sum(fte_days) filter (
                where place in ('home', 'office') and confidence = 'modelled'
            ),
            0
        ) as modelled,
        coalesce(
            sum(conflicting_fte_days) filter (where place != 'not counted'), 0
        ) as conflicting,
        sum(evidenced_fte_days) as evidenced,
        sum(due_fte_days) as due
    from together
    where month in (select spent.month from spent)
    group by grouping sets ((month, directorate), (month))
),

in_millionths as (
    select
        *,
        cast(home * 1000000 as hugeint) as home_m,
        cast((home + office) * 1000000 as hugeint) as placed_m,
        cast((home + office + unplaced) * 1000000 as hugeint) as worked_m,
        cast(strong * 1000000 as hugeint) as strong_m,
        cast(weak * 1000000 as hugeint) as weak_m,
        cast(modelled * 1000000 as hugeint) as modelled_m,
        cast(unplaced * 1000000 as hugeint) as unplaced_m,
        cast(conflicting * 1000000 as hugeint) as conflicting_m,
        cast(evidenced * 1000000 as hugeint) as evidenced_m,
        cast(due * 1000000 as hugeint) as due_m
    from added
)

select
    month,
    directorate,
    people,
    home as home_fte_days,
    office as office_fte_days,
    unplaced as unknown_fte_days,
    conflicting as conflicting_fte_days,
    cast(
        0.1 * ((home_m * 2000 + placed_m) // nullif(placed_m * 2, 0)) as decimal(9, 1)
    ) as remote_share_percent,
    cast(
        0.1 * ((strong_m * 2000 + worked_m) // nullif(worked_m * 2, 0)) as decimal(9, 1)
    ) as strong_percent,
    cast(
        0.1 * ((weak_m * 2000 + worked_m) // nullif(worked_m * 2, 0)) as decimal(9, 1)
    ) as weak_percent,
    cast(
        0.1 * ((modelled_m * 2000 + worked_m) // nullif(worked_m * 2, 0)) as decimal(9, 1)
    ) as modelled_percent,
    cast(
        0.1 * ((unplaced_m * 2000 + worked_m) // nullif(worked_m * 2, 0)) as decimal(9, 1)
    ) as unknown_percent,
    cast(
        0.1 * ((conflicting_m * 2000 + worked_m) // nullif(worked_m * 2, 0))
        as decimal(9, 1)
    ) as conflicting_percent,
    cast(
        0.1 * ((evidenced_m * 2000 + due_m) // nullif(due_m * 2, 0)) as decimal(9, 1)
    ) as evidence_coverage_percent
from in_millionths
order by month, directorate
