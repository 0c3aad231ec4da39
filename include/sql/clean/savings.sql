-- Savings as they stood at the end of a month.
-- One row per saving, year and month: a saving counts once, even if two strategies list it.
-- `strategies` are all that list it.
with

listed as (
    select
        accepted_savings.*,
        list_sort(
            list(accepted_savings.strategy) over (
                partition by
                    accepted_savings.saving_id,
                    accepted_savings.year,
                    accepted_savings.as_at_month
            )
        ) as strategies
    from accepted_savings
    qualify row_number() over (
        partition by
            accepted_savings.saving_id,
            accepted_savings.year,
            accepted_savings.as_at_month
        order by
            accepted_savings._extract_id desc,
            accepted_savings.strategy asc,
            accepted_savings._row asc
    ) = 1
),

months as (
    select
        days.month,
        min(days.starts_at) as month_starts_at
    from days
    group by days.month
)

select
    listed.saving_id,
    listed.strategies,
    listed.year,
    listed.as_at_month as month,
    months.month_starts_at,
    -- The year in which the month lies: 2025-03 lies in 2024-25.
    left(listed.year, 4) = strftime(
        cast(listed.as_at_month || '-01' as date) - to_months(3), '%Y'
    ) as is_current_year,
    coalesce(listed.directorate, 'UNKNOWN') as directorate,
    listed.type,
    listed.recurrent as is_recurrent,
    listed.target,
    listed.profiled_target_ytd,
    listed.delivered,
    listed.forecast,
    listed.on_track,
    listed.at_risk,
    listed.unachievable
from listed
inner join months on listed.as_at_month = months.month
