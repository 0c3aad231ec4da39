-- Strategy money by financial year, as at the newest quarter. Kinds are never added.
-- One row per strategy, kind of money that is spent, and financial year of it.
-- Earlier years count with their last month's actuals. A year to come has a profile only.
with

newest as (
    select
        period,
        max(newest_year) as fin_year
    from project_spend
    group by period
    qualify row_number() over (order by period desc) = 1
),

spent as (
    select
        strategy_projects.strategy,
        strategy_projects.kind,
        project_spend.fin_year,
        coalesce(
            sum(project_spend.actual_gbp) filter (where not project_spend.is_capital), 0
        ) as revenue_gbp,
        coalesce(
            sum(project_spend.actual_gbp) filter (where project_spend.is_capital), 0
        ) as capital_gbp,
        sum(project_spend.staff_gbp) as staff_gbp,
        sum(project_spend.technology_gbp) as technology_gbp,
        sum(project_spend.external_gbp) as external_gbp,
        sum(project_spend.commitments_gbp) as commitments_gbp,
        sum(project_spend.forecast_gbp) as forecast_gbp
    from strategy_projects
    inner join project_spend on strategy_projects.project_code = project_spend.project_code
    inner join newest on project_spend.period = newest.period
    group by strategy_projects.strategy, strategy_projects.kind, project_spend.fin_year
)

select
    newest.period,
    strategy_lines.strategy,
    strategy_lines.kind,
    strategy_lines.funding_source,
    strategy_profile.fin_year,
    strategy_profile.profile_gbp,
    spent.revenue_gbp,
    spent.capital_gbp,
    spent.staff_gbp,
    spent.technology_gbp,
    spent.external_gbp,
    spent.commitments_gbp,
    spent.forecast_gbp,
    if(strategy_profile.fin_year > newest.fin_year, '[z]', null) as marker
from newest
cross join strategy_lines
inner join strategy_profile
    on
        strategy_lines.strategy = strategy_profile.strategy
        and strategy_lines.kind = strategy_profile.kind
left join spent
    on
        strategy_lines.strategy = spent.strategy
        and strategy_lines.kind = spent.kind
        and strategy_profile.fin_year = spent.fin_year
where
    (strategy_lines.strategy, strategy_lines.kind) in (
        select
            strategy_projects.strategy,
            strategy_projects.kind
        from strategy_projects
    )
order by strategy_lines.place, strategy_profile.fin_year
