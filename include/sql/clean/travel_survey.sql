-- How staff travel to work, by their own answers.
-- One row per wave, directorate, mode and fuel.
-- An answer without a weight counts once; one without a distance is left out.
with

months as (
    select
        days.month,
        min(days.starts_at) as month_starts_at
    from days
    group by days.month
),

answers as (
    select
        accepted_travel_survey.wave,
        months.month_starts_at as holds_from,
        coalesce(accepted_travel_survey.directorate, 'UNKNOWN') as directorate,
        accepted_travel_survey.mode,
        if(accepted_travel_survey.mode = 'car', accepted_travel_survey.fuel, null)
            as fuel,
        accepted_travel_survey.one_way_km,
        coalesce(accepted_travel_survey.weight, 1) as weight
    from accepted_travel_survey
    inner join months on accepted_travel_survey.surveyed_month = months.month
    where
        accepted_travel_survey.mode is not null
        and accepted_travel_survey.one_way_km is not null
)

select
    wave,
    holds_from,
    directorate,
    mode,
    fuel,
    count(*) as answers,
    cast(sum(weight) as decimal(18, 6)) as weight,
    cast(sum(cast(weight * one_way_km as decimal(30, 12))) as decimal(18, 6))
        as weighted_km
from answers
group by wave, holds_from, directorate, mode, fuel
