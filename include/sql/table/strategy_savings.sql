-- Savings that the strategies promised, by financial year, as at the newest quarter.
-- One row per strategy that promised savings, and financial year of its promise.
-- A saving counts once, even if two strategies list it: under the first of them by name. Signs are
-- kept: a saving that costs before it saves is negative. A year to come has a profile only.
with

newest as (
    select
        periods.period,
        periods.ends_at,
        max(clean_savings.year) as fin_year
    from clean_savings
    inner join periods
        on
            clean_savings.month_starts_at >= periods.starts_at
            and clean_savings.month_starts_at < periods.ends_at
    where
        periods.kind = 'quarter'
        and clean_savings.is_current_year
    group by periods.period, periods.ends_at
    qualify row_number() over (order by periods.ends_at desc) = 1
),

promised as (
    select strategy_lines.*
    from strategy_lines
    where strategy_lines.kind = 'saving'
),

-- The last that was said of each saving and year by the end of the quarter.
savings as (
    select
        clean_savings.*,
        (
            select min(promised.strategy)
            from promised
            where list_contains(clean_savings.strategies, promised.strategy)
        ) as strategy
    from clean_savings
    inner join newest on clean_savings.month_starts_at < newest.ends_at
    qualify row_number() over (
        partition by clean_savings.saving_id, clean_savings.year
        order by clean_savings.month_starts_at desc
    ) = 1
),

by_year as (
    select
        strategy,
        year as fin_year,
        sum(target) as target_gbp,
        sum(profiled_target_ytd) as profile_to_date_gbp,
        coalesce(sum(delivered) filter (where is_recurrent), 0) as recurrent_gbp,
        coalesce(sum(delivered) filter (where is_recurrent is not true), 0) as one_off_gbp,
        sum(on_track) as on_track_gbp,
        sum(at_risk) as at_risk_gbp,
        sum(unachievable) as unachievable_gbp,
        sum(forecast) as forecast_gbp
    from savings
    where strategy is not null
    group by strategy, year
)

select
    newest.period,
    promised.strategy,
    promised.kind,
    promised.funding_source,
    strategy_profile.fin_year,
    strategy_profile.profile_gbp,
    by_year.target_gbp,
    by_year.profile_to_date_gbp,
    by_year.recurrent_gbp,
    by_year.one_off_gbp,
    by_year.on_track_gbp,
    by_year.at_risk_gbp,
    by_year.unachievable_gbp,
    by_year.forecast_gbp,
    if(strategy_profile.fin_year > newest.fin_year, '[z]', null) as marker
from newest
cross join promised
inner join strategy_profile
    on
        promised.strategy = strategy_profile.strategy
        and promised.kind = strategy_profile.kind
left join by_year
    on
        promised.strategy = by_year.strategy
        and strategy_profile.fin_year = by_year.fin_year
order by promised.place, strategy_profile.fin_year
