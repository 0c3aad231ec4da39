-- Answers to the staff travel survey, landed in the month of its first extract.
-- One row per answer.
-- Made by the database's team: a view with these columns, and with landed_month, the month in
-- whose extract a row belongs, such as 2025-04.
select
    wave,
    "mode",
    fuel,
    one_way_km,
    days_per_week,
    people_in_car,
    weight,
    directorate
from scorecard_travel_survey_template
where landed_month = :month
order by
    wave,
    "mode",
    fuel,
    one_way_km,
    days_per_week,
    people_in_car,
    weight,
    directorate
