"""What the invented council of these tests decides: calendars and SLA times that change."""

import csv
from dataclasses import replace
from datetime import date, time

from scorecard.decisions import Directorate, Settled, SlaTime, WorkingHours
from scorecard.settings import INCLUDE
from scorecard.strict import record, rows_of, yaml_of

_ALL_WEEK = (1, 2, 3, 4, 5, 6, 7)
_SHIPPED = record(Settled, yaml_of(INCLUDE / "council" / "council.yaml"), "council.yaml")

HOURS = (
    WorkingHours(date(2018, 4, 1), (1, 2, 3, 4, 5), time(8), "18:00"),
    # Two rows of one day hold together: a longer week, and Saturday mornings.
    WorkingHours(date(2024, 7, 1), (1, 2, 3, 4, 5), time(7, 30), "18:00"),
    WorkingHours(date(2024, 7, 1), (6,), time(9), "13:00"),
    # Day and night over the night in which the clocks go forward.
    WorkingHours(date(2025, 3, 17), _ALL_WEEK, time(0), "24:00"),
    WorkingHours(date(2025, 4, 14), (1, 2, 3, 4, 5), time(8), "18:00"),
)
SLA = (
    *_SHIPPED.sla,
    SlaTime(date(2024, 10, 27), "incident", "P3", "working", 120, 900),
    SlaTime(date(2024, 10, 27), "incident", "P2", "all", 30, 480),
)
SETTLED = replace(_SHIPPED, working_calendar=HOURS, sla=SLA)
DIRECTORATES = rows_of(INCLUDE / "council" / "directorates.csv", Directorate)
HOLIDAYS_FILE = INCLUDE / "reference" / "bank_holidays.csv"


def bank_holidays():
    """The days of the bank holidays' file."""
    with HOLIDAYS_FILE.open(encoding="utf-8", newline="") as file:
        return [date.fromisoformat(row["date"]) for row in csv.DictReader(file)]
