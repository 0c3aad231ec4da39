-- Strategy money: what was promised or given, and spent. Kinds are never added to one another.
-- One row per quarter and row of strategy money that has a project, from its first year on.
-- `amount_gbp` is for all years together. Spent to date: earlier years with their last month's
-- actuals; commitments of the newest month alone.
with

months as (
    select
        periods.period,
        periods.starts_at,
        clean_ledger.fin_year,
        max(clean_ledger.month_starts_at) as month_starts_at,
        row_number() over (
            partition by periods.period order by clean_ledger.fin_year desc
        ) = 1 as is_newest
    from clean_ledger
    inner join periods on clean_ledger.month_starts_at < periods.ends_at
    where periods.kind = 'quarter'
    group by periods.period, periods.starts_at, clean_ledger.fin_year
),

reported as (
    select
        months.period,
        months.fin_year
    from months
    where months.is_newest and months.month_starts_at >= months.starts_at
),

spent as (
    select
        months.period,
        clean_ledger.fin_year,
        clean_ledger.project_code,
        sum(clean_ledger.actual_ytd) as actual_gbp,
        sum(if(months.is_newest, clean_ledger.commitments, 0)) as commitments_gbp
    from clean_ledger
    inner join months
        on
            clean_ledger.fin_year = months.fin_year
            and clean_ledger.month_starts_at = months.month_starts_at
    where clean_ledger.project_code is not null
    group by months.period, clean_ledger.fin_year, clean_ledger.project_code
)

select
    reported.period,
    strategy_finance.strategy,
    strategy_finance.kind,
    strategy_finance.funding_source,
    strategy_finance.amount_gbp * if(
        strategy_finance.each_year,
        cast(left(strategy_finance.last_year, 4) as integer)
        - cast(left(strategy_finance.first_year, 4) as integer)
        + 1,
        1
    ) as amount_gbp,
    coalesce(sum(spent.actual_gbp), 0) as actual_gbp,
    coalesce(sum(spent.commitments_gbp), 0) as commitments_gbp
from reported
inner join strategy_finance
    on
        reported.fin_year >= strategy_finance.first_year
        and strategy_finance.project_code is not null
left join spent
    on
        reported.period = spent.period
        and strategy_finance.project_code = spent.project_code
        and strategy_finance.first_year <= spent.fin_year
        and strategy_finance.last_year >= spent.fin_year
group by all
order by reported.period, strategy_finance.strategy, strategy_finance.kind
