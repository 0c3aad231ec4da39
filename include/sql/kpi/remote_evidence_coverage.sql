-- Evidence coverage.
-- One row per period and directorate, and one per period for COUNCIL.
with

spent as (
    select
        periods.period,
        clean_remote_days.directorate,
        clean_remote_days.is_evidenced,
        clean_remote_days.fte_days,
        0 as due_fte_days
    from clean_remote_days
    inner join periods
        on
            clean_remote_days.month_starts_at >= periods.starts_at
            and clean_remote_days.month_starts_at < periods.ends_at
),

staffed as (
    select
        periods.period,
        clean_workforce.directorate,
        false as is_evidenced,
        0 as fte_days,
        clean_workforce.worked_fte_days as due_fte_days
    from clean_workforce
    inner join periods
        on
            clean_workforce.month_starts_at >= periods.starts_at
            and clean_workforce.month_starts_at < periods.ends_at
),

together as (
    select
        spent.period,
        spent.directorate,
        if(spent.is_evidenced, spent.fte_days, 0) as evidenced_fte_days,
        spent.due_fte_days
    from spent
    union all
    select
        staffed.period,
        staffed.directorate,
        0 as evidenced_fte_days,
        staffed.due_fte_days
    from staffed
)

-- A period without either feed has no figure.
select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(evidenced_fte_days) as numerator,
    sum(due_fte_days) as denominator
from together
where
    period in (select spent.period from spent)
    and period in (select staffed.period from staffed)
group by grouping sets ((period, directorate), (period))
order by period, directorate
