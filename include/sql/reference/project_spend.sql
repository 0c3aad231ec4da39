-- What each strategy project spent in each financial year, as at the end of every quarter.
-- One row per quarter, financial year, project and whether it is capital.
-- An earlier year counts with its last month; the newest with the last month that the quarter saw.
-- A quarter in which no ledger was received has no row.
with

seen as (
    select
        periods.period,
        periods.starts_at,
        clean_ledger.fin_year,
        max(clean_ledger.month_starts_at) as month_starts_at
    from clean_ledger
    inner join periods on clean_ledger.month_starts_at < periods.ends_at
    where periods.kind = 'quarter'
    group by periods.period, periods.starts_at, clean_ledger.fin_year
),

newest as (
    select
        period,
        max(fin_year) as fin_year
    from seen
    group by period
    having max(month_starts_at) >= max(starts_at)
),

-- Of a line that two rules of a group match, the group has it once.
kinds_of_cost as (
    select distinct
        cost_groups.cost_group,
        coded.cost_centre,
        coded.subjective,
        coded.fin_year
    from (
        select distinct
            clean_ledger.cost_centre,
            clean_ledger.subjective,
            clean_ledger.fin_year
        from clean_ledger
        where clean_ledger.project_code is not null
    ) as coded
    inner join cost_groups
        on
            coded.cost_centre glob cost_groups.cost_centre
            and coded.subjective glob cost_groups.subjective
            and coded.fin_year >= cost_groups.first_year
            and coded.fin_year <= coalesce(cost_groups.last_year, coded.fin_year)
    where cost_groups.cost_group in ('staff', 'technology', 'external')
),

lines as (
    select
        newest.period,
        newest.fin_year as newest_year,
        clean_ledger.fin_year,
        clean_ledger.project_code,
        clean_ledger.is_capital,
        clean_ledger.actual_ytd,
        -- No order is written as an empty cell.
        if(
            clean_ledger.fin_year = newest.fin_year,
            coalesce(clean_ledger.commitments, 0),
            0
        ) as commitments,
        if(
            clean_ledger.fin_year = newest.fin_year,
            clean_ledger.forecast_outturn,
            clean_ledger.actual_ytd
        ) as forecast,
        kinds_of_cost.cost_group
    from newest
    inner join seen on newest.period = seen.period
    inner join clean_ledger
        on
            seen.fin_year = clean_ledger.fin_year
            and seen.month_starts_at = clean_ledger.month_starts_at
    left join kinds_of_cost
        on
            clean_ledger.cost_centre = kinds_of_cost.cost_centre
            and clean_ledger.subjective = kinds_of_cost.subjective
            and clean_ledger.fin_year = kinds_of_cost.fin_year
    where clean_ledger.project_code is not null
)

select
    period,
    newest_year,
    fin_year,
    project_code,
    is_capital,
    sum(actual_ytd) as actual_gbp,
    sum(commitments) as commitments_gbp,
    sum(forecast) as forecast_gbp,
    coalesce(sum(actual_ytd) filter (where cost_group = 'staff'), 0) as staff_gbp,
    coalesce(sum(actual_ytd) filter (where cost_group = 'technology'), 0) as technology_gbp,
    coalesce(sum(actual_ytd) filter (where cost_group = 'external'), 0) as external_gbp
from lines
group by period, newest_year, fin_year, project_code, is_capital
