"""What one directorate did in one quarter, as the KPIs' SQL measured it; None is not known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, NamedTuple

COUNCIL = "COUNCIL"
PRINT_GRADE = "A"  # print logs measure what is printed
ASSUMED_SIDES = "C"  # of how many sides a sheet bears, where a log does not say
MEASURED_FROM = Decimal("0.8")  # coverage from which home days count as measured

# What a KPI's SQL returns as numerator and denominator, for the carbon lines to read.
ACTIVITY: dict[str, tuple[str, str]] = {
    "pages_printed": ("impressions", ""),
    "pages_printed_duplex": ("duplex_pages", "pages_of_known_sides"),
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
_EVIDENCE = {"printing": ("duplex_pages",), "home working": ("evidenced_fte_days", "due_fte_days")}


class Volumes(NamedTuple):
    """A quarter's printing, all of it known."""

    impressions: Decimal
    sheets: Decimal
    days: Decimal


@dataclass(frozen=True)
class Activity:
    """What one directorate did in one quarter; None is not known."""

    impressions: Decimal | None = None
    sheets: Decimal | None = None  # A4 equivalent; a page each where the log tells no sides
    duplex_pages: Decimal | None = None  # None: the log does not say which they are
    pages_of_known_sides: Decimal | None = None  # of jobs of two pages or more
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
    census_home_share: Decimal | None = None  # stands in where no home days are known
    sides_assumed: bool = False  # whether a log that tells no sides was given another's share
    averaged: tuple[str, ...] = ()  # what is the average of a year, for want of the quarter

    @property
    def home_share(self) -> Decimal | None:
        measured = ratio(self.home_fte_days, self.placed_fte_days)
        return self.census_home_share if measured is None else measured

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
    def duplex_share(self) -> Decimal | None:
        """The share of all pages that is printed on both sides; None if the log does not say."""
        return ratio(self.duplex_pages, self.impressions)

    @property
    def grade(self) -> str:
        """A: most days are seen in logs. B: most are the HR pattern. D: a share of the Census."""
        if self.census_home_share is not None:
            return "D"
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
    made = {directorate: Activity(**known) for directorate, known in sorted(found.items())}
    if _tells_sides(made.values()):
        return made
    return {code: replace(each, duplex_pages=None) for code, each in made.items()}


def _tells_sides(every: Iterable[Activity]) -> bool:
    """Whether a quarter's print log tells which pages are on both sides, for any directorate.

    The log either tells it of every job or of none, and a directorate may have one-page jobs only.
    A device that counts fewer sheets than pages tells it as well.
    """
    return any(
        each.pages_of_known_sides
        or (each.volumes and each.volumes.sheets < each.volumes.impressions)
        for each in every
    )


def with_the_same_sides(now: Activity, then: Activity) -> tuple[Activity, Activity]:
    """A quarter and its baseline, of which one borrows the duplex share of the other if it must.

    Where neither is known, every sheet bears one page in both (carbon method, section 11).
    """
    if now.duplex_share is None:
        return _on(then.duplex_share, now), then
    if then.duplex_share is None:
        return now, _on(now.duplex_share, then)
    return now, then


def _on(duplex_share: Decimal | None, unknown: Activity) -> Activity:
    """Printing on this share of both sides, of which a log has told a sheet for every page."""
    if duplex_share is None or unknown.sheets is None:
        return unknown
    return replace(unknown, sheets=unknown.sheets * (1 - duplex_share / 2))


def together(several: Sequence[Activity]) -> Activity:
    """The same quarter of several years as one; what is not known of one is not known of them."""
    if len(several) == 1:
        return several[0]
    alike = _with_sides_alike(several)
    names = [each.name for each in fields(Activity) if each.default is None]
    sums: dict[str, Any] = {name: _sum([getattr(each, name) for each in alike]) for name in names}
    return Activity(**sums, sides_assumed=any(each.sides_assumed for each in alike))


def _with_sides_alike(several: Sequence[Activity]) -> Sequence[Activity]:
    """Quarters to be added: those whose log tells no sides borrow the share of the others."""
    told = [each for each in several if each.duplex_share is not None]
    share = ratio(_sum([a.duplex_pages for a in told]), _sum([a.impressions for a in told]))
    if share is None or len(told) == len(several):
        return several
    return [
        each
        if each.duplex_share is not None or each.impressions is None
        else replace(_on(share, each), duplex_pages=share * each.impressions, sides_assumed=True)
        for each in several
    ]


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


def with_census_home_share(baseline: Activity, share: Decimal | None) -> Activity:
    """A baseline of which no home day is known, with the share that the council chose for it."""
    return replace(baseline, census_home_share=share) if baseline.home_share is None else baseline


def _has_printing(activity: Activity) -> bool:
    """Whether all of a quarter's printing is known, and somebody worked in it."""
    return activity.volumes is not None and bool(activity.volumes.days)


def _filled(
    activity: Activity, names: tuple[str, ...], known: Sequence[Activity], what: str
) -> Activity:
    if not known:
        return activity
    known = _with_sides_alike(known) if what == "printing" else known
    sums: dict[str, Decimal | None] = {
        name: sum(getattr(each, name) for each in known) for name in names
    }
    # Its evidence is that of the quarters it comes from: what one of them lacks is not known.
    sums |= {name: _sum([getattr(each, name) for each in known]) for name in _EVIDENCE[what]}
    assumed = what == "printing" and any(each.sides_assumed for each in known)
    return replace(
        activity,
        **sums,
        sides_assumed=activity.sides_assumed or assumed,
        averaged=(*activity.averaged, what),
    )


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    return None if None in values else sum((v for v in values if v is not None), Decimal(0))
