-- Ledger reconciliation.
-- One row per period, for COUNCIL alone: a control total covers the whole ledger.
with

months as (
    select
        clean_ledger.month_starts_at,
        abs(
            sum(clean_ledger.actual_ytd_as_sent) - max(clean_ledger.control_total)
        ) as difference_gbp
    from clean_ledger
    group by clean_ledger.month_starts_at
    having max(clean_ledger.control_total) is not null
)

select
    periods.period,
    'COUNCIL' as directorate,
    sum(months.difference_gbp) as numerator,
    1 as denominator
from months
inner join periods
    on
        months.month_starts_at >= periods.starts_at
        and months.month_starts_at < periods.ends_at
group by periods.period
order by periods.period
