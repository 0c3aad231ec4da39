-- Forecast movement since the quarter before, without its sign.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
-- Quarters only. With the year's last period the outturn takes the forecast's place. The
-- movement of the council is that of its total: what cancels out between directorates did not move.
with

ends as (
    select
        periods.period,
        periods.starts_at,
        clean_ledger.fin_year,
        max(clean_ledger.month_starts_at) as month_starts_at
    from clean_ledger
    inner join periods
        on
            clean_ledger.month_starts_at >= periods.starts_at
            and clean_ledger.month_starts_at < periods.ends_at
    where periods.kind = 'quarter'
    group by periods.period, periods.starts_at, clean_ledger.fin_year
),

ends_before as (
    select
        ends.period,
        max(clean_ledger.month_starts_at) as month_starts_at
    from ends
    inner join clean_ledger
        on
            ends.fin_year = clean_ledger.fin_year
            and ends.starts_at > clean_ledger.month_starts_at
    group by ends.period
),

now as (
    select
        ends.period,
        clean_ledger.directorate,
        if(
            clean_ledger.period_no >= 12,
            clean_ledger.actual_ytd,
            clean_ledger.forecast_outturn
        ) as forecast_gbp,
        clean_ledger.revised_budget as budget_gbp
    from ends
    inner join clean_ledger on ends.month_starts_at = clean_ledger.month_starts_at
    where
        not clean_ledger.is_capital
        and clean_ledger.forecast_outturn is not null
        and clean_ledger.revised_budget is not null
),

earlier as (
    select
        ends_before.period,
        clean_ledger.directorate,
        -clean_ledger.forecast_outturn as forecast_gbp,
        0 as budget_gbp
    from ends_before
    inner join clean_ledger on ends_before.month_starts_at = clean_ledger.month_starts_at
    where
        not clean_ledger.is_capital
        and clean_ledger.forecast_outturn is not null
        and clean_ledger.revised_budget is not null
),

together as (
    select
        now.period,
        now.directorate,
        now.forecast_gbp,
        now.budget_gbp
    from now
    union all
    select
        earlier.period,
        earlier.directorate,
        earlier.forecast_gbp,
        earlier.budget_gbp
    from earlier
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    abs(sum(forecast_gbp)) as numerator,
    abs(sum(budget_gbp)) as denominator
from together
where
    period in (select now.period from now)
    and period in (select earlier.period from earlier)
group by grouping sets ((period, directorate), (period))
order by period, directorate
