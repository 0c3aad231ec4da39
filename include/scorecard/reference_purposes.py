"""Why each column of a table is read: the KPIs that count it, or a purpose in words."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scorecard.kpis import KpiDefinition
from scorecard.mapping import Mapping as SourceMapping
from scorecard.sources import Table
from scorecard.strict import WrongDefinition, record, yaml_of

NONE = "Nothing uses it yet"
_KEY = "Tells one row from another"
_SHOWN = "A table of activity in the pack"
_RELATIONS = {"clean": "clean_", "reference": ""}  # a folder's files, and how their names begin


@dataclass(frozen=True)
class Purpose:
    """Why a column is read, in words, and for which KPIs; none named: all that rest on it."""

    why: str
    codes: tuple[str, ...] | None = field(default=None, metadata={"key": "for"})


def read(path: Path) -> Mapping[str, Mapping[str, Purpose]]:
    """The purposes of a file, by table and column."""
    return {
        table: {
            name: record(Purpose, given, f"{path.name}: {table}: {name}")
            for name, given in columns.items()
        }
        for table, columns in yaml_of(path).items()
    }


def reasons(
    table: Table,
    mappings: Collection[SourceMapping],
    kpis: Iterable[KpiDefinition],
    sql: Path,
    purposes: Mapping[str, Purpose],
) -> Mapping[str, str]:
    """For each column of a table, why it is read; a KPI that does not rest on it is refused."""
    asked = resting_on(table, kpis, sql)
    reading = _reading(table, _relations(sql))
    pages = (_names_in(path) for path in sorted((sql / "table").glob("*.sql")))
    shown = {name for names in pages if names & reading for name in names}
    keys = {name for mapping in mappings for name in mapping.key}
    found = {}
    for column in (column.name for column in table.columns):
        codes = sorted(code for code, names in asked.items() if column in names)
        if column in purposes:
            found[column] = _in_words(table.name, column, purposes[column], sorted(asked))
        elif codes:
            found[column] = ", ".join(codes)
        else:
            found[column] = _SHOWN if column in shown else _KEY if column in keys else NONE
    return found


def _in_words(table: str, column: str, purpose: Purpose, resting: list[str]) -> str:
    codes = purpose.codes
    if codes is None:
        return f"{purpose.why}. For all of these KPIs"
    if wrong := sorted(set(codes) - set(resting)):
        raise WrongDefinition(
            f"purposes.yaml: {table}: {column}: {wrong[0]} does not rest on {table}. Name one of "
            f"{', '.join(resting) or 'none'}."
        )
    return f"{purpose.why}. For {', '.join(codes)}" if codes else purpose.why


def resting_on(table: Table, kpis: Iterable[KpiDefinition], sql: Path) -> dict[str, set[str]]:
    """The KPIs that rest on a table, by code, each with the names that its SQL uses."""
    reading = _reading(table, _relations(sql))
    named = {kpi: _names_in(sql / "kpi" / f"{kpi.id}.sql") for kpi in kpis}
    return {
        kpi.code: names
        for kpi, names in named.items()
        if table.name in kpi.tables or names & reading
    }


def _reading(table: Table, relations: Mapping[str, set[str]]) -> set[str]:
    """The relations that read a table's accepted rows, themselves or by way of others."""
    found = {f"accepted_{table.name}"}
    while more := {name for name, names in relations.items() if names & found} - found:
        found |= more
    return found


def _relations(sql: Path) -> dict[str, set[str]]:
    """The names in the SQL of each relation that KPIs read, by the relation's name."""
    return {
        begin + path.stem: _names_in(path)
        for folder, begin in _RELATIONS.items()
        for path in sorted((sql / folder).glob("*.sql"))
    }


def _names_in(path: Path) -> set[str]:
    """The names that an SQL file uses."""
    code = re.sub(r"--.*|'[^']*'", "", path.read_text(encoding="utf-8"))
    return set(re.findall(r"[a-z_][a-z0-9_]*", code))
