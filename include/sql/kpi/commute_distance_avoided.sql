-- Commute distance avoided.
-- One row per period and directorate, and one per period for COUNCIL.
-- Weighted kilometres over weights of the survey wave in force: the mean one-way distance.
with

answers as (
    select
        periods.period,
        clean_travel_survey.directorate,
        clean_travel_survey.weighted_km,
        clean_travel_survey.weight
    from clean_travel_survey
    inner join periods on clean_travel_survey.holds_from < periods.ends_at
    where
        periods.kind = 'quarter'
        and clean_travel_survey.mode != 'home'
    qualify dense_rank() over (
        partition by periods.period order by clean_travel_survey.holds_from desc
    ) = 1
)

select
    period,
    if(grouping(directorate) = 1, 'COUNCIL', directorate) as directorate,
    sum(weighted_km) as numerator,
    sum(weight) as denominator
from answers
group by grouping sets ((period, directorate), (period))
order by period, directorate
