-- The staff list with work patterns, under the headings of its export.
-- One row per person and month.
-- Made by the database's team: a view with these columns, and with landed_month, the month in
-- whose extract a row belongs, such as 2025-04.
select
    "Month",
    "Employee",
    "Persona",
    "Remote capable",
    "FTE",
    "Work days",
    "Home days",
    "Leave days",
    "Leave on",
    "Directorate"
from scorecard_work_patterns
where landed_month = :month
order by
    "Month",
    "Employee"
