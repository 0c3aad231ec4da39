-- Cost per page: the ledger's print cost over the pages printed.
-- One row per period, for COUNCIL alone: print is paid for centrally.
-- Numerator in pounds. A month whose cost is not known leaves the period without a figure.
with

spent as (
    select
        periods.period,
        sum(group_costs.spent_gbp) as spent_gbp,
        count(*) = count(group_costs.spent_gbp) as is_known
    from group_costs
    inner join periods
        on
            group_costs.month_starts_at >= periods.starts_at
            and group_costs.month_starts_at < periods.ends_at
    where
        group_costs.cost_group = 'print'
        and not group_costs.is_capital
        and periods.kind != 'month'
    group by periods.period
),

printed as (
    select
        periods.period,
        sum(clean_print_jobs.pages) as pages
    from clean_print_jobs
    inner join periods
        on
            clean_print_jobs.day_starts_at >= periods.starts_at
            and clean_print_jobs.day_starts_at < periods.ends_at
    where periods.kind != 'month'
    group by periods.period
)

select
    spent.period,
    'COUNCIL' as directorate,
    if(spent.is_known, spent.spent_gbp, null) as numerator,
    printed.pages as denominator
from spent
inner join printed on spent.period = printed.period
order by spent.period
