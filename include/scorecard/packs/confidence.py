"""How sure the place of a working day is, in words: for the report, and for the checks."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scorecard.council import COUNCIL
from scorecard.kpis import KpiDefinition
from scorecard.packs.records import PackRecords
from scorecard.packs.shown import NOT_APPLICABLE
from scorecard.packs.tables import Cell, words
from scorecard.packs.words import amount, month_name

_COVERAGE = "remote_evidence_coverage"
_TABLE = "remote_working"


def confidence(records: PackRecords, definition: KpiDefinition) -> str:
    """On what evidence the council's newest month of a remote-working KPI rests; else nothing."""
    newest = max(_of_council(records), key=lambda row: str(row["month"]), default=None)
    if definition.rests_on != _COVERAGE or newest is None:
        return ""
    shares = [_share(newest, name) for name in ("strong", "weak", "modelled", "unknown")]
    if "" in shares:
        return ""
    strong, weak, modelled, unknown = shares
    return (
        f"In {month_name(str(newest['month']))}, {strong} of the FTE-days rested on strong "
        f"evidence of their place, {weak} on weak evidence and {modelled} on the agreed pattern of "
        f"work; of {unknown} the place is not known."
    )


def conflict_rows(records: PackRecords) -> Iterator[tuple[Cell, ...]]:
    """A row of the checks for each month of the quarter: how many days had traces that disagree."""
    for row in _of_council(records):
        share = _share(row, "conflicting")
        if share:
            month = month_name(str(row["month"]))
            yield (
                words(f"The traces of a day agree with each other and with leave, {month}"),
                words(_TABLE),
                words("Information"),
                words(NOT_APPLICABLE),
                words(NOT_APPLICABLE),
                words(f"{share} of FTE-days conflict"),
                words("Decided by the order of evidence; no row is left out"),
            )


def _of_council(records: PackRecords) -> list[Mapping[str, Any]]:
    """The council's months of the quarter, as they were measured."""
    months = {str(month) for month in records.quarter.months}
    return [
        row
        for row in records.activity.get(_TABLE, ())
        if row["directorate"] == COUNCIL and str(row["month"]) in months
    ]


def _share(row: Mapping[str, Any], name: str) -> str:
    """A share of the month's FTE-days as a reader sees it; empty if it is not known."""
    value = row.get(f"{name}_percent")
    return "" if value is None else amount(Decimal(str(value)), "percent", 1)
