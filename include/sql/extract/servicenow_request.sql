-- Requests, under the headings of ServiceNow's export.
-- One row per ticket that was opened or changed in the month.
-- Made by the database's team: a view with these columns, and with landed_month, the month in
-- whose extract a row belongs, such as 2025-04.
-- What Scorecard drops is never fetched: its columns are there, and empty.
select
    "number",
    priority,
    state,
    opened_at,
    u_first_response_at,
    resolved_at,
    closed_at,
    u_reopened_at,
    u_on_hold_minutes,
    made_sla,
    u_survey_sent,
    reopen_count,
    reassignment_count,
    u_first_group,
    assignment_group,
    contact_type,
    cat_item,
    requested_for,
    "requested_for.vip",
    u_csat_score,
    "requested_for.department",
    null as short_description
from scorecard_servicenow_request
where landed_month = :month
order by
    "number"
