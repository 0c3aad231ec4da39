-- The ledger in force, with income negative throughout, so that an adverse variance is positive.
-- One row per month and ledger line; amounts are year to date where named so.
-- Of several forecast versions of a line the newest counts. Adjustments (period 13 and later)
-- take the place of March.
with

dated as (
    select
        accepted_ledger.*,
        strftime(
            make_date(cast(left(accepted_ledger.fin_year, 4) as integer), 4, 1)
            + to_months(cast(least(accepted_ledger.period_no, 12) - 1 as integer)),
            '%Y-%m'
        ) as month
    from accepted_ledger
    where accepted_ledger.period_no >= 1
),

newest as (
    select
        dated.*,
        coalesce(dated.income_flag, false) as is_income,
        -- A ledger that prints income as positive numbers is turned.
        if(
            sum(dated.revised_budget) filter (where dated.income_flag) over (
                partition by dated.fin_year, dated.period_no
            ) > 0,
            -1,
            1
        ) as income_sign
    from dated
    qualify
        dense_rank() over (
            partition by dated.month order by dated.period_no desc
        ) = 1
        and row_number() over (
            partition by
                dated.fin_year, dated.period_no, dated.cost_centre, dated.subjective,
                dated.project_code
            order by
                dated.as_at desc nulls last,
                dated.forecast_version desc nulls last,
                dated._extract_id desc,
                dated._row desc
        ) = 1
),

signed as (
    select
        newest.*,
        if(newest.is_income, newest.income_sign, 1) as sign
    from newest
),

months as (
    select
        days.month,
        min(days.starts_at) as month_starts_at
    from days
    group by days.month
)

select
    signed.month,
    months.month_starts_at,
    signed.fin_year,
    signed.period_no,
    coalesce(signed.directorate, 'UNKNOWN') as directorate,
    signed.cost_centre,
    signed.subjective,
    signed.service,
    signed.project_code,
    signed.funding_source,
    coalesce(signed.capital_flag, false) as is_capital,
    signed.is_income,
    cast(signed.sign * signed.original_budget as decimal(18, 2)) as original_budget,
    cast(signed.sign * signed.revised_budget as decimal(18, 2)) as revised_budget,
    -- No profile: a straight line over the year, to the penny, half up, in whole pence.
    cast(
        signed.sign * coalesce(
            signed.profiled_ytd,
            (
                cast(signed.revised_budget * 100 as bigint) * least(signed.period_no, 12) * 2
                + sign(signed.revised_budget) * 12
            ) // 24 * 0.01
        ) as decimal(18, 2)
    ) as profiled_ytd,
    signed.profiled_ytd is null as is_straight_line,
    cast(signed.sign * signed.actual_ytd as decimal(18, 2)) as actual_ytd,
    cast(signed.sign * signed.commitments as decimal(18, 2)) as commitments,
    cast(signed.sign * signed.forecast_outturn as decimal(18, 2)) as forecast_outturn,
    signed.actual_ytd as actual_ytd_as_sent,
    signed.control_total
from signed
inner join months on signed.month = months.month
