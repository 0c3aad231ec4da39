"""The pack's tables as open data: CSV files, each with its CSV on the Web description beside it.

No free text, no shorthand: a marker becomes the state and a column for each flag, and a number
that is not shown is an empty field. RFC 4180, UTF-8 without a mark, and ASCII values alone.
"""

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from scorecard.packs import ranges
from scorecard.packs.content import PackContent
from scorecard.packs.spans import OF_QUARTER, OF_YEAR, THIS_QUARTER, THIS_YEAR
from scorecard.packs.tables import NONE, Cell, Sheet
from scorecard.packs.words import STATE_MARKERS, markers_in

FOLDER = "data"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
STATE = "state"
# The column of each flag, and the marker that stands for it in the other formats.
FLAGS = {
    "is_restated": "[r]",
    "is_estimated": "[e]",
    "has_small_numbers": "[u]",
    "is_baseline": "baseline",
    "is_rounded_to_zero": "[low]",
    "is_new_version": "[b]",
}
_STATES = {marker: state for state, marker in STATE_MARKERS.items() if marker}
_PERIOD = {"base": "string", "format": "[0-9]{4}-[0-9]{2}(-Q[1-4](-YTD|-R12)?)?"}
_ASCII = {"\N{POUND SIGN}": "GBP ", "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\u2019": "'",
          "\u2082": "2"}  # fmt: skip
_EXPLAINED = ("Direction of travel", "Variation")
_OF_NUMBERS = "0123456789.-"


@dataclass(frozen=True)
class Table:
    """One file: the sheet it is of, its columns by their headings, and what names a row."""

    name: str
    sheet: str
    key: tuple[str, ...]
    text: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()  # numbers without decimals
    has_state: bool = True


TABLES = (
    Table("kpi_summary", "Summary", ("KPI id",),
          ("KPI", "Theme", "Unit", "Better is", "RAG", "Forecast RAG", "Direction of travel",
           "Variation", "Assurance"),
          (THIS_QUARTER, *OF_QUARTER, THIS_YEAR, *OF_YEAR, "Target", *ranges.COLUMNS)),
    Table("kpi_figures", "KPI_figures", ("KPI id", "Directorate", "Period"),
          ("KPI", "Unit", "RAG", "Direction of travel"),
          ("Numerator", "Denominator", "Value", "Target"), ("Version",)),
    Table("kpi_series", "KPI_series", ("KPI id", "Month"), ("KPI", "Unit", "Variation"),
          ("Value", "Mean", "Lower process limit", "Upper process limit", "Target from",
           "Target to")),
    Table("tickets", "Tickets", ("Month", "Directorate", "Type"), (), (),
          ("Opened", "Resolved", "Resolved within SLA", "Open at month end")),
    Table("budget", "Budget", ("Month", "Directorate"), (),
          ("Revised budget (GBP)", "Profile to date (GBP)", "Actual to date (GBP)",
           "Commitments (GBP)", "Variance to date (GBP)", "Forecast outturn (GBP)")),
    Table("printing", "Printing", ("Month", "Directorate"), (), (),
          ("Pages", "Colour pages", "Duplex pages", "Sheets (A4 equivalent)")),
    Table("remote_working", "Remote_working", ("Month", "Directorate"), (),
          ("Home FTE-days", "Office FTE-days", "Unknown FTE-days", "Remote share (percent)",
           "Strong evidence (percent)", "Weak evidence (percent)", "Agreed pattern (percent)",
           "Unknown (percent)", "Conflicting (percent)", "Evidence coverage (percent)")),
    Table("carbon", "Carbon", ("Period", "Directorate", "Component"), (),
          ("Kilograms CO2e", "Lower bound", "Upper bound", "Activity effect", "Factor effect"),
          ("Factor year",)),
    Table("factors", "Factors", ("Factor id", "Publication year"),
          ("Description", "Unit", "Publisher", "Version", "Used for"), ("Value",),
          has_state=False),
    Table("revisions", "Revisions", ("KPI id", "Directorate", "Period"),
          ("Type", "First shown in"), ("Previous value", "Revised value"), has_state=False),
)  # fmt: skip


def write(content: PackContent) -> dict[str, bytes]:
    """Each table of the pack and its description, by their path in the pack's folder."""
    files = {}
    for table, sheet in tables_of(content):
        files[f"{FOLDER}/{table.name}.csv"] = _csv(table, sheet)
        files[f"{FOLDER}/{table.name}.csv-metadata.json"] = _description(table, sheet, content)
    return files


def titles(content: PackContent) -> dict[str, tuple[str, str]]:
    """The title and the type of each table's file, by its path in the pack's folder."""
    return {
        f"{FOLDER}/{table.name}.csv": (sheet.title, "CSV") for table, sheet in tables_of(content)
    }


def tables_of(content: PackContent) -> Iterator[tuple[Table, Sheet]]:
    """The tables that the pack has, each with its sheet."""
    sheets = {sheet.name: sheet for sheet in content.sheets}
    if content.ranges and content.ranges.name in sheets:
        sheets[content.ranges.name] = _joined(sheets[content.ranges.name], content.ranges)
    for table in TABLES:
        if table.sheet in sheets:
            yield table, sheets[table.sheet]


def _joined(table: Sheet, beside: Sheet) -> Sheet:
    """A table with the columns of one that has the same rows, without its key."""
    rows = zip(table.rows, beside.rows, strict=True)
    together = tuple((*row, *more[1:]) for row, more in rows)
    return replace(table, columns=(*table.columns, *beside.columns[1:]), rows=together)


def columns_of(table: Table, sheet: Sheet) -> list[str]:
    """The headings of the sheet that are columns of the file, in the sheet's order."""
    known = {*table.key, *table.text, *table.numbers, *table.whole}
    return [heading for heading in sheet.columns if heading in known]


def name_of(heading: str) -> str:
    """A heading as a column's name: Revised budget (GBP) is revised_budget_gbp."""
    spaced = "".join(c if c.isalnum() else " " for c in heading.lower())
    return "_".join(spaced.split())


def _csv(table: Table, sheet: Sheet) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    headings = columns_of(table, sheet)
    states = [STATE, *FLAGS] if table.has_state else []
    writer.writerow([*map(name_of, headings), *states])
    for row in sheet.rows:
        if not _is_none(row):
            cells = dict(zip(sheet.columns, row, strict=True))
            fields = [_field(table, heading, cells[heading]) for heading in headings]
            writer.writerow([*fields, *(_states(cells["Marker"]) if states else ())])
    return out.getvalue().encode("ascii")


def _is_none(row: tuple[Cell, ...]) -> bool:
    """Whether a row only says that there is none."""
    return row[0].text == NONE and all(cell.text == "[z]" for cell in row[1:])


def _field(table: Table, heading: str, cell: Cell) -> str:
    """A cell as a field: empty where a marker or a few words stand in a number's place."""
    if cell.is_number:  # as it is printed, without thousands separators and its unit
        return "".join(sign for sign in _ascii(cell.text) if sign in _OF_NUMBERS)
    is_number = heading in (*table.numbers, *table.whole)
    if markers_in(cell.text) or (is_number and not cell.text.isdecimal()):
        return ""
    # What follows a colon explains the word before it: "Not comparable: reorganised on ...".
    said = cell.text.partition(":")[0] if heading in _EXPLAINED else cell.text
    return _ascii(said)


def _ascii(text: str) -> str:
    """The text in ASCII: a spreadsheet may guess the encoding wrongly."""
    for sign, instead in _ASCII.items():
        text = text.replace(sign, instead)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(plain.split())


def _states(marker: Cell) -> list[str]:
    """What a marker says: the figure's state, and whether each flag is set."""
    found = markers_in(marker.text)
    state = next((_STATES[each] for each in found if each in _STATES), "final")
    return [state, *("true" if sign in found else "false" for sign in FLAGS.values())]


def _description(table: Table, sheet: Sheet, content: PackContent) -> bytes:
    """What the file holds, after the W3C's Metadata Vocabulary for Tabular Data."""
    columns = [_column(table, heading) for heading in columns_of(table, sheet)]
    if table.has_state:
        states = {"base": "string", "format": "|".join(STATE_MARKERS)}
        columns.append(_described(STATE, "State of the figure", states, required=True))
        columns += [
            _described(name, f"Flag shown elsewhere as {marker}", "boolean", required=True)
            for name, marker in FLAGS.items()
        ]
    told = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{table.name}.csv",
        "dc:title": _ascii(f"{content.council}: {sheet.title}, {content.period}"),
        "dc:publisher": _ascii(content.council),
        "dc:license": {"@id": LICENCE},
        "dc:identifier": content.pack_id,
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns, "primaryKey": [name_of(each) for each in table.key]},
    }
    return f"{json.dumps(told, indent=2)}\n".encode()


def _column(table: Table, heading: str) -> dict[str, Any]:
    special: dict[str, Any] = {"Month": "gYearMonth", "Period": _PERIOD}
    datatype: Any = special.get(heading, "string")
    if heading in table.numbers:
        datatype = "decimal"
    if heading in table.whole or heading == "Publication year":
        datatype = "integer"
    return _described(name_of(heading), heading, datatype, required=heading in table.key)


def _described(name: str, heading: str, datatype: Any, required: bool) -> dict[str, Any]:
    return {
        "name": name,
        "titles": name,
        "dc:description": heading,
        "datatype": datatype,
        "required": required,
    }
