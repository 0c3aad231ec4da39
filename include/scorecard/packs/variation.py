"""What a pack says of process limits, in fixed wording: verdicts, special causes, resets."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from scorecard import spc
from scorecard.decisions import Event, ProcessControl
from scorecard.kpis import KpiDefinition
from scorecard.packs.records import PackRecords
from scorecard.packs.series import Mark, Point
from scorecard.packs.shown import Shown, shown_for
from scorecard.packs.words import counted, day, listed, month_name
from scorecard.period import FinancialQuarter

NOT_RATED = "Not rated"

_STALE = 12  # months on end beyond chance, after which limits say nothing of the present
_MOST_NAMED = 8  # months that a chart leaves out; its table has all
_WORSE = "More than chance, for the worse"
_SHAPES = "A triangle or a square marks a month that is more than chance; the table says why."

# Where the rating and the limits tell a reader different things: by rating and verdict.
_CAUSE = "Rated {rag}, yet the months show {kind}: {month} is {cause}."
_USUALLY_MISSED = (
    "Rated Green, yet the limits say that chance alone would miss the target every month: the "
    "process has changed since they were set, and a reset of its baseline is to be considered."
)
_USUALLY_MET = (
    "Rated {rag}, yet the limits say that chance alone would meet the target every month: "
    "something has changed since they were set."
)


class HasDetails(Protocol):
    """A figure with what process limits say of it, of the register or on its way there."""

    @property
    def kpi_id(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def directorate(self) -> str: ...
    @property
    def details(self) -> Mapping[str, Any]: ...


def verdict(shown: Shown) -> tuple[str, str]:
    """Variation and assurance of the latest month of a figure's quarter."""
    told = shown.record.details if shown.record else {}
    return str(told.get("variation") or NOT_RATED), str(told.get("assurance") or NOT_RATED)


def of_quarter(records: PackRecords, kpi: str) -> tuple[str, str]:
    """Variation and assurance of a quarter's latest month; and what its other months showed.

    A quarter whose latest month is common cause may have had a month beyond chance before it.
    """
    quarter = records.quarter
    variation, assurance = verdict(shown_for(records, kpi, str(quarter)))
    if variation != spc.COMMON:
        return variation, assurance
    months = ((str(m), records.figures.get(kpi, str(m))) for m in quarter.months)
    found = [
        f"{month_name(month).split()[0]} {str(figure.details['variation']).lower()}"
        for month, figure in months
        if figure and figure.details.get("special_cause")
    ]
    return (f"{variation}: {listed(found)}" if found else variation), assurance


def concerns(figures: Iterable[HasDetails], quarter: str) -> Iterator[tuple[str, str, str]]:
    """KPI, directorate and why of each special cause for the worse in a quarter's latest month.

    Each is an exception, whatever its RAG.
    """
    for figure in figures:
        told = figure.details
        if figure.period == quarter and str(told.get("variation", "")).startswith("Concern"):
            month = month_name(str(told["verdict_month"]))
            why = f"{_WORSE}: {month} is {told['special_cause']}"
            yield figure.kpi_id, figure.directorate, why


def at_odds(shown: Shown) -> str:
    """A sentence where the rating and the process limits say different things; else empty."""
    record = shown.record
    if record is None or record.rag not in ("green", "amber", "red"):
        return ""
    variation, assurance = verdict(shown)
    is_green = record.rag == "green"
    if variation.startswith("Concern" if is_green else "Improvement"):
        told = record.details
        return _CAUSE.format(
            rag=shown.rag,
            kind=variation.split()[0].lower(),
            month=month_name(str(told["verdict_month"])),
            cause=told["special_cause"],
        )
    if assurance != (spc.MISSING if is_green else spc.MEETING):
        return ""
    return _USUALLY_MISSED if is_green else _USUALLY_MET.format(rag=shown.rag)


def chart_note(points: Iterable[Point]) -> str:
    """Where a chart's limits come from, or why it has none, and what its shapes mean."""
    points = tuple(points)
    known = [point for point in points if point.value is not None]
    if not known:
        return _left_out(points)
    begins = max((n for n, point in enumerate(known) if point.is_reset), default=0)
    notes = [known[-1].limits_note or _where_from(known[begins:])]
    if any(point.is_trial for point in known[:begins]):
        notes.append(f"Before {month_name(known[begins].period)} there are trial limits only.")
    notes.append(_stale(known[begins:]))
    if any(point.is_special for point in known):
        notes.append(_SHAPES)
    notes.append(_left_out(points))
    return " ".join(note for note in notes if note)


def _left_out(points: Iterable[Point]) -> str:
    """Which months a chart leaves out because they rest on few cases; empty if it has all."""
    few = [month_name(point.period) for point in points if point.is_few]
    if not few:
        return ""
    named = few[:_MOST_NAMED]
    more = [counted(len(few) - len(named), "other month")] if len(few) > len(named) else []
    return f"Left out, with too few cases for a figure: {listed([*named, *more])}."


def _stale(stretch: list[Point]) -> str:
    """That limits no longer describe the process, if every month for a year is beyond chance."""
    usual = [place for place, point in enumerate(stretch) if not point.is_special]
    since = usual[-1] + 1 if usual else 0
    if len(stretch) - since < _STALE:
        return ""
    return (
        f"Every month since {month_name(stretch[since].period)} is more than chance, so these "
        "limits are stale: they describe the process as it was. A recorded reset makes new ones."
    )


def _where_from(stretch: list[Point]) -> str:
    """From which months the limits of a stretch come; empty if it has none."""
    drawn = [point for point in stretch if point.mean is not None]
    if not drawn:
        return ""
    count = drawn[0].baseline_points
    first, last = month_name(drawn[0].period), month_name(drawn[:count][-1].period)
    return f"Mean and limits are those of {counted(count, 'month')}, {first} to {last}."


def marks_of(
    events: Iterable[Event], definition: KpiDefinition, months: Iterable[str]
) -> Iterator[Mark]:
    """The dated events of a chart in order, and where its limits start again and why."""
    found = [
        (f"{event.day:%Y-%m}", _event_title(event))
        for event in sorted(events, key=lambda e: (e.day, e.title))
        if event.concerns(definition.theme, definition.id)
    ]
    oldest = min(version.version for version in definition.versions)
    for version in definition.versions:
        if version.version > oldest:
            month = FinancialQuarter.parse(version.starts).months[0]
            title = f"Version {version.version} of the definition; limits start again"
            found.append((str(month), f"{title} ({version.why.rstrip('.')})"))
    drawn = set(months)
    return (Mark(*one) for one in sorted(found, key=lambda one: one[0]) if one[0] in drawn)


def _event_title(event: Event) -> str:
    if event.kind != "baseline_reset":
        return event.title
    return f"{event.title}, {day(event.day)}; limits start again ({event.reason.rstrip('.')})"


def notes_of(chosen: ProcessControl) -> tuple[str, ...]:
    """How limits are set and read, for the pack's notes."""
    screen = (
        "Moving ranges of 3.267 times their average or more are left out, once."
        if chosen.screen_moving_ranges
        else "Moving ranges are not screened."
    )
    return (
        "Process limits follow the XmR chart of NHS England's Making Data Count: the mean of the "
        f"first {chosen.baseline_points} months of a series, plus and minus 2.66 times their "
        f"average moving range. {screen} With fewer months there is no verdict, and limits are "
        "called trial limits. They start again where a definition changed, or where the council "
        "recorded a reset and its reason. They are not cut at 0% or 100%.",
        "Variation is that of the latest month. It is more than chance if the month lies outside "
        "the limits; if it is one of 7 that rise or fall without a break; one of 2 in 3 in the "
        "outer third between mean and limit; or one of 7 in a row on one side of the mean. The "
        "first of these that holds is named. Improvement or concern follow the side on which the "
        "KPI is better; where it should stay in a range, a special cause is neutral.",
        "Assurance says whether the limits lie wholly on one side of the target in force for the "
        "latest month. It does not apply without a target, or where the target is a range.",
        "There are no limits for cumulative figures, for shares whose median month has few cases, "
        "or for shares of which half the months or more are at 0% or 100%.",
    )
