-- Strategy savings delivered.
-- One row per period and directorate, and one per period for COUNCIL.
-- All years of a strategy: earlier years with their last month, this year to date.
-- A saving that left the list before its year's last month does not count, nor does one whose
-- profile is not known.
with

promised as (
    select
        strategy_finance.strategy,
        strategy_finance.first_year,
        strategy_finance.last_year
    from strategy_finance
    where strategy_finance.kind = 'saving'
),

-- A period in which no savings were reported has no figure.
reported as (
    select distinct
        periods.period,
        periods.ends_at
    from clean_savings
    inner join periods
        on
            clean_savings.month_starts_at >= periods.starts_at
            and clean_savings.month_starts_at < periods.ends_at
),

last_months as (
    select
        reported.period,
        clean_savings.year,
        max(clean_savings.month_starts_at) as month_starts_at
    from clean_savings
    inner join reported on clean_savings.month_starts_at < reported.ends_at
    where clean_savings.is_current_year
    group by reported.period, clean_savings.year
),

savings as (
    select
        last_months.period,
        clean_savings.directorate,
        clean_savings.delivered,
        clean_savings.profiled_target_ytd
    from clean_savings
    inner join last_months
        on
            clean_savings.year = last_months.year
            and clean_savings.month_starts_at = last_months.month_starts_at
    where
        clean_savings.delivered is not null
        and clean_savings.profiled_target_ytd is not null
        and exists (
            select 1
            from promised
            where
                list_contains(clean_savings.strategies, promised.strategy)
                and clean_savings.year >= promised.first_year
                and clean_savings.year <= promised.last_year
        )
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(delivered) as numerator,
    sum(profiled_target_ytd) as denominator
from savings
group by grouping sets ((period, directorate), (period))
order by period, directorate
