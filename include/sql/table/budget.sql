-- Budget by month.
-- One row per month and directorate, and one per month for COUNCIL. Revenue, income negative.
with

lines as (
    select
        periods.period as month,
        clean_ledger.directorate,
        clean_ledger.revised_budget,
        clean_ledger.profiled_ytd,
        clean_ledger.actual_ytd,
        clean_ledger.commitments,
        clean_ledger.forecast_outturn
    from clean_ledger
    inner join periods
        on
            clean_ledger.month_starts_at >= periods.starts_at
            and clean_ledger.month_starts_at < periods.ends_at
    where
        periods.kind = 'month'
        and not clean_ledger.is_capital
)

select
    month,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(revised_budget) as revised_budget_gbp,
    sum(profiled_ytd) as profile_to_date_gbp,
    sum(actual_ytd) as actual_to_date_gbp,
    sum(commitments) as commitments_gbp,
    sum(actual_ytd - profiled_ytd) as variance_to_date_gbp,
    sum(forecast_outturn) as forecast_outturn_gbp
from lines
group by grouping sets ((month, directorate), (month))
order by month, directorate
