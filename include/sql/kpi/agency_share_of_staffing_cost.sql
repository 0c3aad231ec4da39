-- Agency share of staffing cost.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- A month whose cost is not known leaves the period without a figure.
with

spent as (
    select
        periods.period,
        group_costs.directorate,
        group_costs.spent_gbp,
        if(group_costs.cost_group = 'agency', group_costs.spent_gbp, 0) as agency_gbp
    from group_costs
    inner join periods
        on
            group_costs.month_starts_at >= periods.starts_at
            and group_costs.month_starts_at < periods.ends_at
    where
        group_costs.cost_group in ('pay', 'agency')
        and not group_costs.is_capital
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    if(count(*) = count(spent_gbp), sum(agency_gbp), null) as numerator,
    if(count(*) = count(spent_gbp), sum(spent_gbp), null) as denominator
from spent
group by grouping sets ((period, directorate), (period))
order by period, directorate
