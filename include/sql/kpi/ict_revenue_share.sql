-- Revenue share of ICT spend.
-- One row per period, for COUNCIL alone: ICT serves every directorate.
-- A month whose cost is not known leaves the period without a figure.
with

spent as (
    select
        periods.period,
        sum(group_costs.spent_gbp) as spent_gbp,
        coalesce(sum(group_costs.spent_gbp) filter (where not group_costs.is_capital), 0)
            as revenue_gbp,
        count(*) = count(group_costs.spent_gbp) as is_known
    from group_costs
    inner join periods
        on
            group_costs.month_starts_at >= periods.starts_at
            and group_costs.month_starts_at < periods.ends_at
    where
        group_costs.cost_group = 'ict'
        and periods.kind != 'month'
    group by periods.period
)

select
    period,
    'COUNCIL' as directorate,
    if(is_known, revenue_gbp, null) as numerator,
    if(is_known, spent_gbp, null) as denominator
from spent
order by period
