-- The savings register, under the headings of its export.
-- One row per saving and strategy that lists it, as at the month.
-- Made by the database's team: a view with these columns, and with landed_month, the month in
-- whose extract a row belongs, such as 2025-04.
select
    "Saving ref",
    "Strategy",
    "Financial year",
    "As at month",
    "Type",
    "Recurrent",
    "Target",
    "Profiled target to date",
    "Delivered",
    "Forecast",
    "On track",
    "At risk",
    "Unachievable",
    "Directorate"
from scorecard_savings_register
where landed_month = :month
order by
    "Saving ref",
    "Strategy",
    "Financial year",
    "As at month"
