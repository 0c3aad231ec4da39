-- FortiGate's SSL VPN events, where a log server keeps them in a database.
-- One row per event of the month, under the keys of the log; landed_at is the moment in UTC.
-- eventtime tells two events of one second from one event that was sent twice.
select
    tunnelid,
    "date",
    "time",
    tz,
    duration,
    "user",
    remip,
    "action",
    eventtime
from scorecard_fortigate
where
    landed_at >= :from_utc
    and landed_at < :until_utc
order by
    "date",
    "time",
    tz,
    tunnelid,
    "user",
    "action",
    duration,
    remip,
    eventtime
