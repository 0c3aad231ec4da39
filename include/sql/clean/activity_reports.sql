-- What people did in Microsoft 365 in the days of a report.
-- One row per person, last day and length of the window.
-- It tells no place, and no quarter: windows of 90 days overlap. Of two reports the later counts.
select
    accepted_activity_reports.window_end,
    accepted_activity_reports.window_days,
    accepted_activity_reports.person_pseud,
    accepted_activity_reports.chats,
    accepted_activity_reports.calls,
    accepted_activity_reports.meetings
from accepted_activity_reports
qualify
    row_number() over (
        partition by
            accepted_activity_reports.window_end,
            accepted_activity_reports.window_days,
            accepted_activity_reports.person_pseud
        order by
            accepted_activity_reports._extract_id desc,
            accepted_activity_reports._row desc
    ) = 1
