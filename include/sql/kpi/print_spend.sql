-- Print spend: leases, clicks and paper.
-- One row per period, for COUNCIL alone: print is paid for centrally.
-- A month whose cost is not known leaves the period without a figure.
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
)

select
    period,
    'COUNCIL' as directorate,
    if(is_known, spent_gbp, null) as numerator,
    1 as denominator
from spent
order by period
