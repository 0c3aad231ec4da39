-- What the council's groups of cost centres and subjectives cost, month by month; income negative.
-- One row per month of the ledger, cost group and directorate, revenue apart from capital.
-- The ledger is year to date: a month's own spend is what came on top of the month before. It is
-- not known where the ledger of the month before is missing.
with

coded as (
    select distinct
        fin_year,
        cost_centre,
        subjective
    from clean_ledger
),

-- A line that two rules of a group match is in the group once.
members as (
    select distinct
        cost_groups.cost_group,
        coded.fin_year,
        coded.cost_centre,
        coded.subjective
    from coded
    inner join cost_groups
        on
            coded.cost_centre glob cost_groups.cost_centre
            and coded.subjective glob cost_groups.subjective
            and coded.fin_year >= cost_groups.first_year
            and coded.fin_year <= coalesce(cost_groups.last_year, coded.fin_year)
),

to_date as (
    select
        clean_ledger.month,
        clean_ledger.fin_year,
        members.cost_group,
        clean_ledger.directorate,
        clean_ledger.is_capital,
        sum(clean_ledger.actual_ytd) as actual_ytd
    from clean_ledger
    inner join members
        on
            clean_ledger.fin_year = members.fin_year
            and clean_ledger.cost_centre = members.cost_centre
            and clean_ledger.subjective = members.subjective
    group by all
),

months as (
    select distinct
        month,
        month_starts_at,
        fin_year,
        least(period_no, 12) as period_no
    from clean_ledger
),

cells as (
    select distinct
        fin_year,
        cost_group,
        directorate,
        is_capital
    from to_date
),

-- A group that has no line yet in a month of its year has spent nothing by then.
every_month as (
    select
        months.month,
        months.month_starts_at,
        months.fin_year,
        months.period_no,
        cells.cost_group,
        cells.directorate,
        cells.is_capital,
        coalesce(to_date.actual_ytd, 0) as actual_ytd
    from months
    inner join cells on months.fin_year = cells.fin_year
    left join to_date
        on
            months.month = to_date.month
            and cells.cost_group = to_date.cost_group
            and cells.directorate = to_date.directorate
            and cells.is_capital = to_date.is_capital
)

select
    month,
    month_starts_at,
    fin_year,
    cost_group,
    directorate,
    is_capital,
    actual_ytd,
    case
        when period_no = 1 then actual_ytd
        when
            lag(period_no) over (
                partition by fin_year, cost_group, directorate, is_capital
                order by period_no
            ) = period_no - 1
            then actual_ytd - lag(actual_ytd) over (
                partition by fin_year, cost_group, directorate, is_capital
                order by period_no
            )
    end as spent_gbp
from every_month
