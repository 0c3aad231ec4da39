-- Committed budget: spent and ordered, of the year's budget for expenditure.
-- One row per period and directorate that has a case, and one per period for COUNCIL.
with

lines as (
    select
        periods.period,
        clean_ledger.directorate,
        clean_ledger.actual_ytd + clean_ledger.commitments as committed_gbp,
        clean_ledger.revised_budget
    from clean_ledger
    inner join periods
        on
            clean_ledger.month_starts_at >= periods.starts_at
            and clean_ledger.month_starts_at < periods.ends_at
    where
        not clean_ledger.is_capital
        and not clean_ledger.is_income
        and clean_ledger.actual_ytd is not null
        and clean_ledger.commitments is not null
        and clean_ledger.revised_budget is not null
    -- Amounts are year to date: the last month of the period holds them all.
    qualify dense_rank() over (
        partition by periods.period order by clean_ledger.month_starts_at desc
    ) = 1
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(committed_gbp) as numerator,
    sum(revised_budget) as denominator
from lines
group by grouping sets ((period, directorate), (period))
order by period, directorate
