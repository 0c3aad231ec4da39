-- Cost per ticket: the service desk's cost over the tickets resolved.
-- One row per period, for COUNCIL alone: the service desk serves every directorate.
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
        group_costs.cost_group = 'service_desk'
        and not group_costs.is_capital
        and periods.kind != 'month'
    group by periods.period
),

resolved as (
    select
        periods.period,
        count(*) as tickets
    from clean_tickets
    inner join periods
        on
            clean_tickets.resolved_at >= periods.starts_at
            and clean_tickets.resolved_at < periods.ends_at
    where periods.kind != 'month'
    group by periods.period
)

select
    spent.period,
    'COUNCIL' as directorate,
    if(spent.is_known, spent.spent_gbp, null) as numerator,
    resolved.tickets as denominator
from spent
inner join resolved on spent.period = resolved.period
order by spent.period
