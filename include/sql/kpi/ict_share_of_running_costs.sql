-- ICT share of running costs, over a financial year.
-- One row per period, for COUNCIL alone: ICT serves every directorate.
-- It is computed for any twelve months; only whole financial years are figures.
with

spent as (
    select
        rolling_periods.period,
        sum(group_costs.spent_gbp) filter (where group_costs.cost_group = 'ict') as ict_gbp,
        sum(group_costs.spent_gbp) filter (
            where group_costs.cost_group = 'running'
        ) as running_gbp,
        count(*) = count(group_costs.spent_gbp)
        and count(distinct group_costs.month) = 12 as is_known
    from group_costs
    inner join rolling_periods
        on
            group_costs.month_starts_at >= rolling_periods.starts_at
            and group_costs.month_starts_at < rolling_periods.ends_at
    where
        group_costs.cost_group in ('ict', 'running')
        and not group_costs.is_capital
    group by rolling_periods.period
)

select
    period,
    'COUNCIL' as directorate,
    if(is_known, ict_gbp, null) as numerator,
    if(is_known, running_gbp, null) as denominator
from spent
order by period
