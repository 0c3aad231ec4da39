"""The SQL's working time against a clock that is watched minute by minute."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2023, 2027))

WEEKDAYS = """
effective_from  weekday  opens_minute  closes_minute
2018-04-01      1        480           1080
2018-04-01      2        480           1080
2018-04-01      3        480           1080
2018-04-01      4        480           1080
2018-04-01      5        480           1080
"""
# A desk that works every day round the clock, the night of the clock change included, and from
# April 2025 on Sundays in the night and the afternoon only.
EVERY_HOUR_THEN_SUNDAYS = """
effective_from  weekday  opens_minute  closes_minute
2018-04-01      1        0             1440
2018-04-01      2        0             1440
2018-04-01      3        0             1440
2018-04-01      4        0             1440
2018-04-01      5        0             1440
2018-04-01      6        0             1440
2018-04-01      7        0             1440
2025-04-01      7        0             300
2025-04-01      7        780           1020
"""
# Nights and bank holidays on which a calendar goes wrong, each with a few days around it.
CLOCK_CHANGES_AND_HOLIDAYS = (
    date(2024, 3, 31),
    date(2024, 10, 27),
    date(2024, 12, 25),
    date(2025, 3, 30),
    date(2025, 4, 20),
    date(2025, 5, 26),
    date(2025, 10, 26),
    date(2026, 1, 1),
)


def is_worked(minute, calendar):
    """Whether the desk works in the minute that begins at a moment."""
    local = minute.astimezone(LONDON)
    if local.date() in BANK_HOLIDAYS and local.weekday() < 5:
        return False
    in_force = max(row[0] for row in calendar if row[0] <= local.date())
    now = local.hour * 60 + local.minute
    return any(
        since == in_force and weekday == local.isoweekday() and opens <= now < closes
        for since, weekday, opens, closes in calendar
    )


def minutes_worked(start, end, calendar):
    count = 0
    while start < end:
        count += is_worked(start, calendar)
        start += MINUTE
    return count


def due_after(start, minutes, calendar):
    """The end of the minute in which so many minutes have been worked."""
    while minutes:
        minutes -= is_worked(start, calendar)
        start += MINUTE
    return start


def tickets(seed, count):
    """Moments of opening and resolution, to the minute, around awkward days."""
    dice = random.Random(seed)
    for number in range(count):
        day = dice.choice(CLOCK_CHANGES_AND_HOLIDAYS)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        opened = midnight + dice.randrange(-4 * 1440, 3 * 1440) * MINUTE
        resolved = opened + dice.randrange(6 * 1440) * MINUTE
        yield f"T{number}", opened, resolved, dice.choice((0, 0, 15, 90))


def expected(name, opened, resolved, hold, calendar):
    """Due times and minutes worked less hold, by watching the clock."""
    worked = minutes_worked(opened, resolved, calendar)
    return (
        name,
        f"{due_after(opened, 45, calendar):%Y-%m-%d %H:%M:%S}",
        f"{due_after(opened, 600 + hold, calendar):%Y-%m-%d %H:%M:%S}",
        worked - hold if worked >= hold else None,
    )


@pytest.mark.parametrize("calendar", [WEEKDAYS, EVERY_HOUR_THEN_SUNDAYS])
def test_due_times_and_hours_agree_with_a_clock_watched_minute_by_minute(measure, calendar):
    watched = [
        (date.fromisoformat(since), int(weekday), int(opens), int(closes))
        for since, weekday, opens, closes in map(str.split, calendar.strip().splitlines()[1:])
    ]
    chosen = list(tickets(seed=20180401, count=60))
    rows = [
        f"{name}  incident  P2  {opened:%Y-%m-%d %H:%M:%S}  {resolved:%Y-%m-%d %H:%M:%S}  {hold}"
        for name, opened, resolved, hold in chosen
    ]
    header = "ticket_id  type  priority  opened_at  resolved_at  on_hold_minutes"
    measure.given("working_calendar", calendar)
    measure.given(
        "sla_times",
        """
        effective_from  type      priority  hours    respond_minutes  resolve_minutes
        2018-04-01      incident  P2        working  45               600
        """,
    )
    measure.given("accepted_tickets", "\n".join([header, *rows]))

    found = measure.clean(
        "tickets",
        *("ticket_id", "sla_response_due", "sla_resolve_due", "sla_hours_to_resolve"),
    )

    assert [
        (name, response, resolve, None if hours is None else round(float(hours) * 60, 1))
        for name, response, resolve, hours in found
    ] == sorted(expected(*ticket, watched) for ticket in chosen)
