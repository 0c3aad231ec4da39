"""docs/feeds.md: what is read of each system, why, what is left behind, and how long it is kept.

The page that a data protection officer asks for.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from scorecard.council import Council
from scorecard.governance import Feed
from scorecard.kpis import KpiDefinition
from scorecard.mapping import Mapping as SourceMapping
from scorecard.mapping_rules import ColumnRule
from scorecard.markdown import grid, joined, page
from scorecard.retention import Policy
from scorecard.sources import SOURCES, Column, Table, tables_of

_ABOUT = (
    "For each source and system: which columns are read, why, what is dropped, what becomes "
    "pseudonymous, and how long it is kept. A heading that is neither read nor dropped by name "
    "stops the file, because it may be personal data. Systems that this council does not use are "
    "listed as well: their mappings are ready, and their files are refused until feeds.yaml lists "
    "them."
)
_NONE = "No KPI reads it yet: a council may leave it out of the export"
_KEPT_AS = {
    "person": "a keyed hash (HMAC-SHA-256 cut to 128 bits): the same person is the same hash in "
    "every source, and nobody is named",
    "networks": "corporate, other or unknown: the address goes no further",
    "directorates": "the council's directorate",
    "cost_centres": "the council's directorate",
}


def feeds_page(
    decided: Council,
    policy: Policy,
    mappings: list[SourceMapping],
    kpis: Iterable[KpiDefinition],
    sql: Path,
) -> str:
    """Every source, its tables with the reason for each column, and its systems."""
    lines = ["## How long", "", *_kept(policy)]
    known = list(kpis)
    for source in SOURCES:
        feed = decided.feeds[source]
        lines += ["", f"## {source}", "", f"Owner: {feed.owner}."]
        for table in tables_of(source):
            of_table = [m for m in mappings if m.table == table.name]
            why = _reasons(table, of_table, known, sql)
            lines += ["", f"### {table.name}", "", f"{table.grain.capitalize()}.", ""]
            lines += grid(
                ("Column", "What it is", "Why it is read"),
                (
                    (f"`{c.name}`", c.meaning, why[c.name])
                    for c in table.columns
                    if _is_read(c, of_table)
                ),
            )
            for mapping in of_table:
                lines += _system(mapping, feed)
    return page("What is read of each system", _ABOUT, *lines)


def _kept(policy: Policy) -> list[str]:
    """How long what of a file is kept."""
    return grid(
        ("What", "Names persons", "Kept"),
        (
            ("The file as received, and the list of its rows that were set aside", "as the system "
             "wrote it", f"{policy.raw_extracts} months after it was last received"),
            ("Accepted rows: the columns below", "as keyed hashes only, save a supplier "
             "who trades under their own name",
             f"{policy.accepted_rows} months after the end of their month; those of a baseline in "
             "force stay"),
            ("Figures, published packs, and the record of what was removed",
             "no: counts, with few people withheld", "for ever"),
        ),
    )  # fmt: skip


def _is_read(column: Column, mappings: Iterable[SourceMapping]) -> bool:
    return any(column.name in mapping.columns for mapping in mappings)


def _reasons(
    table: Table, mappings: list[SourceMapping], kpis: list[KpiDefinition], sql: Path
) -> Mapping[str, str]:
    """For each column of a table, the KPIs whose SQL names it, or what else names it."""
    asked = {
        k.code: _names_in([sql / "kpi" / f"{k.id}.sql"]) for k in kpis if table.name in k.tables
    }
    clean = _names_in(sorted((sql / "clean").glob("*.sql")), f"accepted_{table.name}")
    shown = _names_in(sorted((sql / "table").glob("*.sql")))
    reasons = {}
    for column in table.columns:
        codes = sorted(code for code, names in asked.items() if column.name in names)
        if codes:
            reasons[column.name] = ", ".join(codes)
        elif column.name in clean:
            reasons[column.name] = "Prepares the rows that these KPIs count" if asked else _NONE
        elif column.name in shown:
            reasons[column.name] = "A table of activity in the pack"
        elif any(column.name in mapping.key for mapping in mappings):
            reasons[column.name] = "Tells one row from another"
        else:
            reasons[column.name] = _NONE
    return reasons


def _names_in(paths: Iterable[Path], reads: str = "") -> set[str]:
    """The names that SQL files use, those alone that read a relation if one is asked for."""
    texts = (path.read_text(encoding="utf-8") for path in paths)
    code = (re.sub(r"--.*", "", text) for text in texts if reads in text)
    return {name for text in code for name in re.findall(r"[a-z_]+", text)}


def _system(mapping: SourceMapping, feed: Feed) -> list[str]:
    """What one system's file gives, and what is left of it."""
    used = "in use" if mapping.system in feed.mappings else "ready, not in use"
    lines = ["", f"**{mapping.system}** ({used}): {mapping.product}.", ""]
    lines += grid(
        ("Column", "Read from", "Kept as"),
        (
            (f"`{name}`", _read_from(rule), _kept_as(mapping, name))
            for name, rule in mapping.columns.items()
        ),
    )
    dropped = [*mapping.drop, *(f"{heading}, if it is there" for heading in mapping.may_drop)]
    lines += ["", f"Dropped: {', '.join(dropped) or 'nothing'}."]
    if asked := sorted(_asked_only(mapping)):
        lines += ["", f"Read to sort rows out, and not kept: {', '.join(asked)}."]
    lines += [f"- Set aside as `{rule.rule}`: {rule.why}" for rule in mapping.set_aside]
    return lines


def _read_from(rule: ColumnRule) -> str:
    """The headings of a column, or that it comes from none."""
    if rule.constant is not None:
        return f"always `{rule.constant}`"
    if rule.minutes_between:
        return f"worked out from {joined(rule.minutes_between)}"
    if rule.running_sum:
        others = [heading for heading in rule.headings if heading not in rule.numbered]
        return ", ".join([f"{rule.numbered[0]} to {rule.numbered[-1]}", *others])
    return ", ".join(rule.headings) or "the file's own total"


def _kept_as(mapping: SourceMapping, name: str) -> str:
    """How a column's value is stored."""
    lookup = mapping.looked_up.get(name)
    if lookup:
        return _KEPT_AS[lookup]
    return {"text": "as written", "code": "a code"}.get(mapping.of.column(name).type, "a value")


def _asked_only(mapping: SourceMapping) -> set[str]:
    """The headings that say whether a row counts, and feed no column."""
    fed = {heading for rule in mapping.columns.values() for heading in rule.headings}
    return set(mapping.read.values()) - fed
