"""The sheets of activity: tickets, budget, savings, printing and remote working by month."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from scorecard.council import COUNCIL
from scorecard.packs.activities import Activity
from scorecard.packs.records import PackRecords
from scorecard.packs.shown import MISSING
from scorecard.packs.strategy_sheets import STRATEGY
from scorecard.packs.tables import Cell, Sheet, figure, sheet, words
from scorecard.packs.words import STATE_MARKERS
from scorecard.states import NOT_APPLICABLE, SHOWN, SUPPRESSED

_BY_MONTH = (("month", "Month"), ("directorate", "Directorate"))

ACTIVITIES = (
    Activity(
        "Tickets", "tickets", "Tickets by month", ("tickets",),
        "Tickets opened and resolved in the month, and open at its end.",
        (*_BY_MONTH, ("type", "Type")),
        (("opened", "Opened", 0), ("resolved", "Resolved", 0),
         ("resolved_within_sla", "Resolved within SLA", 0),
         ("open_at_month_end", "Open at month end", 0)),
    ),
    Activity(
        "Budget", "budget", "Budget by month", ("ledger",),
        "Pounds from April to the month. Variance is actual less profile; positive is overspent.",
        _BY_MONTH,
        (("revised_budget_gbp", "Revised budget (GBP)", 0),
         ("profile_to_date_gbp", "Profile to date (GBP)", 0),
         ("actual_to_date_gbp", "Actual to date (GBP)", 0),
         ("commitments_gbp", "Commitments (GBP)", 0),
         ("variance_to_date_gbp", "Variance to date (GBP)", 0),
         ("forecast_outturn_gbp", "Forecast outturn (GBP)", 0)),
    ),
    Activity(
        "Savings", "savings", "Savings by month", ("savings",),
        "Pounds of the financial year, recurrent apart from one-off. Delivered, on track, at risk "
        "and unachievable make the target.",
        (*_BY_MONTH, ("recurrence", "Recurrence")),
        (("target_gbp", "Target (GBP)", 0), ("profile_to_date_gbp", "Profile to date (GBP)", 0),
         ("delivered_gbp", "Delivered (GBP)", 0), ("on_track_gbp", "On track (GBP)", 0),
         ("at_risk_gbp", "At risk (GBP)", 0), ("unachievable_gbp", "Unachievable (GBP)", 0),
         ("forecast_gbp", "Forecast (GBP)", 0)),
    ),
    *STRATEGY,
    Activity(
        "Printing", "printing", "Printing by month", ("print_jobs",),
        "Pages are page sides that came out. Sheets count an A3 sheet as two of A4.",
        _BY_MONTH,
        (("pages", "Pages", 0), ("colour_pages", "Colour pages", 0),
         ("duplex_pages", "Duplex pages", 0), ("sheets_a4", "Sheets (A4 equivalent)", 0)),
    ),
    Activity(
        "Remote_working", "remote_working", "Remote working by month",
        ("presence_events", "staff"),
        "FTE-days of roles that can be done from home. Their place rests on strong evidence (a "
        "desk check-in, a badge, two hours of VPN), weak evidence (a sign-in) or the agreed "
        "pattern; an unknown day is in neither share. Conflicting: traces of two places, or of "
        "work on a day of leave. Coverage is of everybody's days.",
        _BY_MONTH,
        (("home_fte_days", "Home FTE-days", 1), ("office_fte_days", "Office FTE-days", 1),
         ("unknown_fte_days", "Unknown FTE-days", 1),
         ("remote_share_percent", "Remote share (percent)", 1),
         ("strong_percent", "Strong evidence (percent)", 1),
         ("weak_percent", "Weak evidence (percent)", 1),
         ("modelled_percent", "Agreed pattern (percent)", 1),
         ("unknown_percent", "Unknown (percent)", 1),
         ("conflicting_percent", "Conflicting (percent)", 1),
         ("evidence_coverage_percent", "Evidence coverage (percent)", 1)),
        people="staff",
    ),
)  # fmt: skip


def activity_sheet(records: PackRecords, activity: Activity) -> Sheet:
    """One sheet of activity. A month whose data were not received says [x], never 0."""
    rows = [_row(records, activity, row) for row in records.activity.get(activity.table, ())]
    rows += _missing_rows(records, activity)
    rows.sort(key=lambda row: tuple(_order(cell) for cell in row[: len(activity.keys)]))
    return sheet(
        activity.name, activity.title, activity.headings, _newest_first(rows), (activity.remark,)
    )


def _order(cell: Cell) -> tuple[bool, str]:
    return cell.text != COUNCIL, cell.text


def _newest_first(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Months from the newest back; within a month the council, then its directorates."""
    return sorted(rows, key=lambda row: row[0].text, reverse=True)


def _row(records: PackRecords, activity: Activity, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    said = dict(activity.said)
    codes = (str(row.get(column) or MISSING) for column, _ in activity.keys)
    keys = tuple(words(said.get(code, code.replace("_", " "))) for code in codes)
    withheld = _withheld(records, activity, row)
    if withheld:
        return (*keys, *(words(withheld) for _ in activity.numbers), words(withheld))
    gap = str(row.get("marker") or MISSING)
    numbers = tuple(_number(row.get(column), places, gap) for column, _, places in activity.numbers)
    gaps = any(not cell.is_number for cell in numbers)
    return (*keys, *numbers, words(gap if gaps or row.get("marker") else ""))


def _withheld(records: PackRecords, activity: Activity, row: Mapping[str, Any]) -> str:
    """The marker that stands for a row about people; empty if its numbers may be seen.

    They may where a KPI of the same people shows its figure of that month and directorate: then it
    was looked at whether the row tells too much. A row that no KPI answers for is not shown.
    """
    if not activity.people:
        return ""
    cell = str(row.get("month")), str(row.get("directorate"))
    every = records.whole or records  # also KPIs that a variant leaves out
    found = [
        every.figures.get(definition.id, *cell)
        for definition in every.definitions
        if definition.people and definition.people.group == activity.people
    ]
    states = {record.state for record in found if record is not None}
    if SUPPRESSED in states:
        return STATE_MARKERS[SUPPRESSED]
    return "" if states & {*SHOWN, NOT_APPLICABLE} else MISSING


def _number(value: Any, decimals: int, gap: str) -> Cell:
    """A number of the register as a cell; None is the gap's marker: [x] if it is not known."""
    if value is None:
        return words(gap)
    try:
        return figure(Decimal(str(value)), decimals)
    except InvalidOperation:
        return words(str(value))


def _missing_rows(records: PackRecords, activity: Activity) -> Iterable[tuple[Cell, ...]]:
    """A row for each month of the quarter for which a table it reads has no accepted rows."""
    if "month" not in dict(activity.keys):
        return
    given = {str(row.get("month")) for row in records.activity.get(activity.table, ())}
    for month in map(str, records.quarter.months):
        missing = any(month not in records.months.get(name, frozenset()) for name in activity.reads)
        if missing and month not in given:
            blanks = [words("All") for _ in activity.keys[2:]]
            markers = [words(MISSING) for _ in activity.numbers]
            yield (words(month), words(COUNCIL), *blanks, *markers, words(MISSING))
