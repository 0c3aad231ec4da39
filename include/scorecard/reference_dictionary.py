"""The data dictionary: every stored and printed column, what feeds it, and what is left behind."""

from scorecard.council import Council
from scorecard.governance import Feed
from scorecard.mapping import Mapping
from scorecard.mapping_rules import ColumnRule
from scorecard.markdown import grid, joined, page
from scorecard.packs.headings import MEANINGS, SHEETS
from scorecard.register.views import VIEWS
from scorecard.sources import SOURCES, Table, tables_of


def dictionary_page(decided: Council, mappings: list[Mapping]) -> str:
    """Each source's tables and columns, what feeds them, and what is left behind."""
    lines = []
    for source in SOURCES:
        feed = decided.feeds[source]
        lines += ["", f"## {source}", "", f"Sent by: {feed.owner}, by working day "]
        lines[-1] += f"{feed.arrival_working_day} after the month, {_way_of(feed)}."
        for table in tables_of(source):
            lines += _dictionary_of(table, [m for m in mappings if m.table == table.name])
    lines += ["", "## The pack's columns", "", *grid(
        ("Column", "Meaning", "Sheets"),
        ((name, meaning, ", ".join(s for s, columns in SHEETS.items() if name in columns))
         for name, meaning in sorted(MEANINGS.items())),
    )]  # fmt: skip
    for view, (grain, columns) in VIEWS.items():
        meanings = ((f"`{name}`", meaning) for name, meaning in columns.items())
        lines += ["", f"## {view}", "", f"A view of the register. {grain}", ""]
        lines += grid(("Column", "Meaning"), meanings)
    about = "Every column that is stored, in which heading of which system it is found, and what "
    about += "is left behind. Empty means not known; it is never zero. Persons are stored as keyed "
    return page("Data dictionary", about + "hashes only.", *lines)


def _way_of(feed: Feed) -> str:
    """How a source comes in, in words."""
    if feed.connector == "folder":
        return f"into `inbox/{feed.folder}`"
    way = f"asked for by {feed.connector.upper()} through the connection `{feed.connection_id}`"
    asked = ", ".join(f"`{name}`" for name in feed.pull)
    return f"{asked} {way}; all else into `inbox/{feed.folder}`" if feed.pull else way


def _dictionary_of(table: Table, mappings: list[Mapping]) -> list[str]:
    """One table's part of the dictionary."""
    lines = ["", f"### {table.name}", "", f"{table.grain[0].upper()}{table.grain[1:]}.", ""]
    lines += grid(
        ("Column", "Type", "Meaning", *(m.system for m in mappings)),
        (
            (f"`{c.name}`", c.type, c.meaning, *(_fed_by(m, c.name) for m in mappings))
            for c in table.columns
        ),
    )
    for m in mappings:
        lines += ["", f"**{m.system}** (version {m.version}): {m.product}. {_meeting(m)}", ""]
        lines += [f"- `{name}` cannot be mapped: {why}" for name, why in m.cannot_map.items()]
        lines += [f"- Set aside as `{rule.rule}`: {rule.why}" for rule in m.set_aside]
        dropped = ", ".join(m.drop) or "nothing"
        lines.append(f"- Dropped at the door: {dropped}.")
    return lines


def _meeting(m: Mapping) -> str:
    if m.meets == "whole_month":
        return "The newest extract of a month replaces the month."
    repeats = "rows of one key are numbered" if m.key_repeats == "numbered" else "newest row wins"
    return f"Rows add up by {joined(m.key)}: {repeats}."


def _fed_by(m: Mapping, column: str) -> str:
    """Where a system has a column, in words."""
    rule = m.columns.get(column)
    return "–" if rule is None else _origin(rule)


def _origin(rule: ColumnRule) -> str:
    if rule.constant is not None:
        return f"always {rule.constant}"
    if rule.control_total:
        return "the file's own total"
    if rule.minutes_between:
        return "minutes between " + " and ".join(rule.minutes_between)
    if rule.running_sum:
        return f"sum of {rule.running_sum.headings.format('01')} to {rule.running_sum.through}"
    return (" + " if rule.join else ", else ").join(rule.headings)
