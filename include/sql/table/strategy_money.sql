-- Strategy money: what was given or costed, and spent of it. Kinds are never added to one another.
-- One row per quarter, strategy and kind of money that is spent, from its first year on.
-- Amounts are for all years together. A gross cost holds its new money and its existing budget.
-- Forecast: earlier years as they were, this year's forecast, and the profile of years to come.
with

quarters as (
    select
        period,
        max(newest_year) as fin_year
    from project_spend
    group by period
),

spent as (
    select
        project_spend.period,
        strategy_projects.strategy,
        strategy_projects.kind,
        sum(if(project_spend.is_capital, 0, project_spend.actual_gbp)) as revenue_gbp,
        sum(if(project_spend.is_capital, project_spend.actual_gbp, 0)) as capital_gbp,
        sum(project_spend.commitments_gbp) as commitments_gbp,
        sum(project_spend.forecast_gbp) as forecast_gbp
    from strategy_projects
    inner join strategy_lines
        on
            strategy_projects.strategy = strategy_lines.strategy
            and strategy_projects.kind = strategy_lines.kind
    inner join project_spend
        on
            strategy_projects.project_code = project_spend.project_code
            and strategy_lines.first_year <= project_spend.fin_year
            and strategy_lines.last_year >= project_spend.fin_year
    group by project_spend.period, strategy_projects.strategy, strategy_projects.kind
),

to_come as (
    select
        quarters.period,
        strategy_profile.strategy,
        strategy_profile.kind,
        count(*) = count(strategy_profile.profile_gbp) as is_known,
        sum(strategy_profile.profile_gbp) as profile_gbp
    from quarters
    inner join strategy_profile on quarters.fin_year < strategy_profile.fin_year
    group by quarters.period, strategy_profile.strategy, strategy_profile.kind
)

select
    quarters.period,
    strategy_lines.strategy,
    strategy_lines.kind,
    strategy_lines.funding_source,
    strategy_lines.years,
    strategy_lines.amount_gbp,
    coalesce(spent.revenue_gbp, 0) as revenue_gbp,
    coalesce(spent.capital_gbp, 0) as capital_gbp,
    coalesce(spent.commitments_gbp, 0) as commitments_gbp,
    strategy_lines.amount_gbp
    - coalesce(spent.revenue_gbp + spent.capital_gbp + spent.commitments_gbp, 0)
        as left_gbp,
    if(
        coalesce(to_come.is_known, true),
        coalesce(spent.forecast_gbp, 0) + coalesce(to_come.profile_gbp, 0),
        null
    ) as forecast_gbp
from quarters
inner join strategy_lines on quarters.fin_year >= strategy_lines.first_year
left join spent
    on
        quarters.period = spent.period
        and strategy_lines.strategy = spent.strategy
        and strategy_lines.kind = spent.kind
left join to_come
    on
        quarters.period = to_come.period
        and strategy_lines.strategy = to_come.strategy
        and strategy_lines.kind = to_come.kind
where
    (strategy_lines.strategy, strategy_lines.kind) in (
        select
            strategy_projects.strategy,
            strategy_projects.kind
        from strategy_projects
    )
order by quarters.period, strategy_lines.place
