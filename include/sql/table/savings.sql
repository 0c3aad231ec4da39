-- Savings by month: recurrent apart from one-off.
-- One row per month, directorate and recurrence, and one per month and recurrence for COUNCIL.
with

savings as (
    select
        periods.period as month,
        clean_savings.directorate,
        if(clean_savings.is_recurrent, 'recurrent', 'one-off') as recurrence,
        clean_savings.target,
        clean_savings.profiled_target_ytd,
        clean_savings.delivered,
        clean_savings.on_track,
        clean_savings.at_risk,
        clean_savings.unachievable,
        clean_savings.forecast
    from clean_savings
    inner join periods
        on
            clean_savings.month_starts_at >= periods.starts_at
            and clean_savings.month_starts_at < periods.ends_at
    where
        periods.kind = 'month'
        and clean_savings.is_current_year
)

select
    month,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    recurrence,
    sum(target) as target_gbp,
    sum(profiled_target_ytd) as profile_to_date_gbp,
    sum(delivered) as delivered_gbp,
    sum(on_track) as on_track_gbp,
    sum(at_risk) as at_risk_gbp,
    sum(unachievable) as unachievable_gbp,
    sum(forecast) as forecast_gbp
from savings
group by grouping sets ((month, directorate, recurrence), (month, recurrence))
order by month, directorate, recurrence
