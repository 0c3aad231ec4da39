-- Strategy envelope spent.
-- One row per period, for COUNCIL alone: the envelope is the council's, not a directorate's.
-- Earlier years count with their last month's actuals; only the newest month has commitments.
with

envelopes as (
    select
        strategy_finance.project_code,
        strategy_finance.first_year,
        strategy_finance.last_year,
        strategy_finance.amount_gbp * if(
            strategy_finance.each_year,
            cast(left(strategy_finance.last_year, 4) as integer)
            - cast(left(strategy_finance.first_year, 4) as integer)
            + 1,
            1
        ) as amount_gbp
    from strategy_finance
    where strategy_finance.kind = 'funding_envelope'
),

-- The last month of each year that a period can see, and whether it is the newest of all.
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
    group by periods.period, periods.starts_at, clean_ledger.fin_year
),

-- A period in which no ledger was received has no figure, nor has one before the envelope.
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
        envelopes.project_code,
        sum(
            clean_ledger.actual_ytd
            + if(months.is_newest, coalesce(clean_ledger.commitments, 0), 0)
        ) as spent_gbp
    from clean_ledger
    inner join months
        on
            clean_ledger.fin_year = months.fin_year
            and clean_ledger.month_starts_at = months.month_starts_at
    inner join envelopes
        on
            clean_ledger.project_code = envelopes.project_code
            and clean_ledger.fin_year >= envelopes.first_year
            and clean_ledger.fin_year <= envelopes.last_year
    group by months.period, envelopes.project_code
)

select
    reported.period,
    'COUNCIL' as directorate,
    coalesce(sum(spent.spent_gbp), 0) as numerator,
    sum(envelopes.amount_gbp) as denominator
from reported
inner join envelopes on reported.fin_year >= envelopes.first_year
left join spent
    on
        reported.period = spent.period
        and envelopes.project_code = spent.project_code
group by reported.period
order by reported.period
