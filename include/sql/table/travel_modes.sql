-- How staff travel to work, by the survey wave in force.
-- One row per quarter, directorate, mode and fuel, and one per quarter, mode and fuel for COUNCIL.
with

answers as (
    select
        periods.period,
        clean_travel_survey.wave,
        clean_travel_survey.directorate,
        clean_travel_survey.mode,
        clean_travel_survey.fuel,
        clean_travel_survey.answers,
        clean_travel_survey.weight,
        clean_travel_survey.weighted_km
    from clean_travel_survey
    inner join periods on clean_travel_survey.holds_from < periods.ends_at
    where periods.kind = 'quarter'
    qualify dense_rank() over (
        partition by periods.period order by clean_travel_survey.holds_from desc
    ) = 1
)

select
    period,
    max(wave) as wave,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    mode,
    fuel,
    sum(answers) as answers,
    sum(weight) as weight,
    sum(weighted_km) as weighted_km
from answers
group by grouping sets ((period, directorate, mode, fuel), (period, mode, fuel))
order by period, directorate, mode, fuel
