-- The monthly workforce file.
-- One row per month, directorate and persona.
-- Made by the database's team: a view with these columns, and with landed_month, the month in
-- whose extract a row belongs, such as 2025-04.
select
    month,
    persona,
    headcount,
    active_users,
    joiners,
    leavers,
    fte,
    remote_capable_fte,
    contracted_fte_days,
    leave_fte_days,
    hours_per_day,
    directorate
from scorecard_workforce_template
where landed_month = :month
order by
    month,
    directorate,
    persona
