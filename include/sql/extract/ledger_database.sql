-- Budget monitoring, from a view that the ledger's team makes.
-- One row per cost centre, subjective, project and forecast version, as at the period.
-- Amounts are from April to the period, in pounds; control_total is the ledger's own total of
-- actual_ytd for the period, from its own report and not from these rows.
select
    fin_year,
    period_no,
    cost_centre,
    subjective,
    service,
    project_code,
    funding_source,
    capital_flag,
    income_flag,
    original_budget,
    revised_budget,
    profiled_ytd,
    actual_ytd,
    commitments,
    forecast_outturn,
    forecast_version,
    as_at,
    control_total,
    directorate
from scorecard_ledger
where
    fin_year = :fin_year
    and period_no = :period_no
order by cost_centre, subjective, project_code, forecast_version
