"""What one directorate did in one quarter, as the KPIs' SQL measured it; None is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, NamedTuple

COUNCIL = "COUNCIL"
PRINT_GRADE = "A"  # print logs measure what is printed
MEASURED_FROM = Decimal("0.8")  # coverage from which home days count as measured

# What a KPI's SQL returns as numerator and denominator, for the carbon lines to read.
ACTIVITY: dict[str, tuple[str, str]] = {
    "pages_printed": ("impressions", ""),
    "printing_emissions_avoided": ("sheets", "worked_fte_days"),
    "commute_trips_avoided": ("home_fte_days", "placed_fte_days"),
    "commuting_emissions_avoided": ("", "remote_fte_days"),
    "home_working_emissions_added": ("contract_hours", "contract_days"),
    "net_emissions_avoided": ("fte_months", "months"),
    "remote_evidence_coverage": ("evidenced_fte_days", "due_fte_days"),
}
# What belongs together: an average of a year takes the quarters of which all of it is known.
_PRINTING = ("impressions", "sheets", "worked_fte_days")
_HOME = ("home_fte_days", "placed_fte_days")


class Volumes(NamedTuple):
    """A quarter's printing, all of it known."""

    impressions: Decimal
    sheets: Decimal
    days: Decimal


@dataclass(frozen=True)
class Activity:
    """What one directorate did in one quarter; None is not known."""

    impressions: Decimal | None = None
    sheets: Decimal | None = None  # A4 equivalent
    worked_fte_days: Decimal | None = None  # all staff, leave taken off
    home_fte_days: Decimal | None = None  # remote-capable roles
    placed_fte_days: Decimal | None = None  # at home or in the office
    remote_fte_days: Decimal | None = None  # worked in remote-capable roles, place known or not
    contract_hours: Decimal | None = None
    contract_days: Decimal | None = None
    fte_months: Decimal | None = None
    months: Decimal | None = None
    evidenced_fte_days: Decimal | None = None
    due_fte_days: Decimal | None = None
    averaged: tuple[str, ...] = ()  # what is the average of a year, for want of the quarter

    @property
    def home_share(self) -> Decimal | None:
        return ratio(self.home_fte_days, self.placed_fte_days)

    @property
    def fte(self) -> Decimal | None:
        return ratio(self.fte_months, self.months)

    @property
    def hours_per_day(self) -> Decimal | None:
        return ratio(self.contract_hours, self.contract_days) or None

    @property
    def volumes(self) -> Volumes | None:
        """The quarter's printing and worked days; None if any of them is not known."""
        impressions, sheets, days = self.impressions, self.sheets, self.worked_fte_days
        if impressions is None or sheets is None or days is None:
            return None
        return Volumes(impressions, sheets, days)

    @property
    def grade(self) -> str:
        """A: most days are seen in logs. B: most are the HR pattern."""
        coverage = ratio(self.evidenced_fte_days, self.due_fte_days)
        return "A" if coverage is not None and coverage >= MEASURED_FROM else "B"


def ratio(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    """One number over another; None if either is not known or the lower one is zero."""
    return None if above is None or not below else above / below


def home_days_gained(now: Activity, then: Activity) -> Decimal | None:
    """FTE-days at home beyond the baseline's share of them; negative if there were fewer."""
    if now.home_share is None or then.home_share is None or now.remote_fte_days is None:
        return None
    return now.remote_fte_days * (now.home_share - then.home_share)


def why_no_home_days(where: str, now: Activity) -> str:
    """Which activity is missing for the two lines of home working."""
    if now.home_share is None or now.remote_fte_days is None:
        return f"no days at home or in the office are known for {where}"
    return f"no days at home or in the office are known for the baseline of {where}"


def activities(
    measured: Mapping[tuple[str, str], tuple[Decimal | None, Decimal | None]],
) -> dict[str, Activity]:
    """The activity of each directorate, from what was measured for one quarter.

    `measured`: (KPI id, directorate) to numerator and denominator. KPIs that ACTIVITY does not
    name are passed over, and so is COUNCIL, which is the sum of its directorates.
    """
    found: dict[str, dict[str, Any]] = {}
    for (kpi_id, directorate), pair in measured.items():
        if directorate != COUNCIL and kpi_id in ACTIVITY:
            named = zip(ACTIVITY[kpi_id], pair, strict=True)
            found.setdefault(directorate, {}).update({name: n for name, n in named if name})
    return {directorate: Activity(**known) for directorate, known in sorted(found.items())}


def in_place_of(missing: Activity, year: Sequence[Activity]) -> Activity:
    """A baseline quarter whose gaps are filled by the average of its year, and which says so.

    Counterfactuals are per worked FTE-day, so that the sums of the year's quarters do.
    """
    found = missing
    if not _has_printing(missing):
        found = _filled(found, _PRINTING, [a for a in year if _has_printing(a)], "printing")
    if missing.home_share is None:
        known = [a for a in year if a.home_share is not None]
        found = _filled(found, _HOME, known, "home working")
    return found


def _has_printing(activity: Activity) -> bool:
    """Whether all of a quarter's printing is known, and somebody worked in it."""
    return activity.volumes is not None and bool(activity.volumes.days)


def _filled(
    activity: Activity, names: tuple[str, ...], known: Sequence[Activity], what: str
) -> Activity:
    if not known:
        return activity
    sums = {name: sum(getattr(each, name) for each in known) for name in names}
    if what == "home working":  # its evidence is that of the quarters it comes from
        sums |= {
            field.name: _sum([getattr(each, field.name) for each in known])
            for field in fields(Activity)
            if field.name in ("evidenced_fte_days", "due_fte_days")
        }
    return replace(activity, **sums, averaged=(*activity.averaged, what))


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    return None if None in values else sum((v for v in values if v is not None), Decimal(0))
