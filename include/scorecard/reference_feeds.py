"""docs/feeds.md: what is read of each system, why, what is left behind, and how long it is kept.

The page that a data protection officer asks for.
"""

from collections.abc import Iterable
from pathlib import Path

from scorecard import reference_purposes
from scorecard.council import Council
from scorecard.governance import Feed
from scorecard.kpis import KpiDefinition
from scorecard.mapping import Mapping as SourceMapping
from scorecard.mapping_rules import ColumnRule
from scorecard.markdown import grid, joined, page
from scorecard.retention import Policy
from scorecard.settings import INCLUDE
from scorecard.sources import SOURCES, Column, tables_of

_ABOUT = (
    "For each source and system: which columns are read, why, what is dropped, what becomes "
    "pseudonymous, and how long it is kept. A heading that is neither read nor dropped by name "
    "stops the file, because it may be personal data. Systems that this council does not use are "
    "listed as well: their mappings are ready, and their files are refused until feeds.yaml lists "
    "them.\n\n"
    "Where it says *Nothing uses it yet*, a column is kept all the same as soon as a system in use "
    "sends it. To keep less, a council moves its heading to `may_drop` in a new version of "
    "the mapping, and may then leave it out of the export."
)
_PURPOSES = INCLUDE / "reference" / "purposes.yaml"
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
    lines = ["## How long", "", *_kept(policy), "", "## Who may see what", "", *_seen()]
    known, purposes = list(kpis), reference_purposes.read(_PURPOSES)
    for source in SOURCES:
        feed = decided.feeds[source]
        lines += ["", f"## {source}", "", f"Owner: {feed.owner}."]
        for table in tables_of(source):
            of_table = [m for m in mappings if m.table == table.name]
            told = purposes.get(table.name, {})
            why = reference_purposes.reasons(table, of_table, known, sql, told)
            codes = sorted(reference_purposes.resting_on(table, known, sql))
            lines += ["", f"### {table.name}", "", f"{table.grain.capitalize()}.", ""]
            lines += [f"KPIs that rest on it: {', '.join(codes) or 'none'}.", ""]
            if not any(mapping.system in feed.mappings for mapping in of_table):
                lines += ["No system of this table is in use: nothing of it is read here.", ""]
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
    raw = f"{policy.raw_extracts} months after it was last received"
    return [
        *grid(
            ("What", "Names persons", "Kept"),
            (
                ("The file as received, and the list of its rows that were set aside", "as the "
                 "system wrote it", raw),
                ("Accepted rows: the columns below", "no, but each person has a keyed hash, save a "
                 "supplier who trades under their own name. Pseudonymised data is still personal "
                 "data (UK GDPR, recital 26)",
                 f"{policy.accepted_rows} months after the end of their month; those of a baseline "
                 "in force stay"),
                ("Drafts that were never published", "no", f"{policy.drafts} months"),
                ("Airflow's logs", "who started a run, and a cell that was not understood",
                 f"{policy.logs} months"),
                ("Why a file was refused, and rules that rows broke (`v_extracts`)", "a cell that "
                 "was not understood may be repeated: take care who reads the register's views",
                 "for ever"),
                ("Who drafted, asked, approved and fetched what (the audit)", "user names of staff",
                 "for ever"),
                ("Figures, published packs, and the record of what was removed",
                 "no: counts, with few people withheld", "for ever"),
            ),
        ),
        "",
        "What is dropped goes no further than the file as received. There it stays until the file "
        f"is removed, {raw}: only a column that is left out of the export is never held.",
        "",
        "Whoever holds the key of the hashes can find a person whose name they know. It lies apart "
        "from the data, among the secrets (`docs/runbook.md`). A backup holds all this for as long "
        "as the backup itself is kept.",
    ]  # fmt: skip


def _seen() -> list[str]:
    """Which role sees rows, and which figures alone."""
    return grid(
        ("Who", "Sees"),
        (
            ("A reader of the officers' page", "published packs of public visibility. No row; "
             "figures about few people are withheld from everybody"),
            ("An officer, and a holder of the role `restricted`",
             "drafts and packs of their visibility. No row"),
            ("A steward (`roles.yaml`)", "which rows of a file were set aside: number, rule and "
             "reason, which may repeat the cell that was not understood"),
            ("Who may read the register's views (Power BI)", "counts and figures, and why a file "
             "was refused, which may repeat a cell. No row"),
            ("Who may read a task's log in Airflow", "names of files, headings, counts, and why a "
             "file was refused, which may repeat a cell. No row"),
            ("Who runs the machine", "everything: files as received, accepted rows, the key"),
        ),
    )  # fmt: skip


def _is_read(column: Column, mappings: Iterable[SourceMapping]) -> bool:
    return any(column.name in mapping.columns for mapping in mappings)


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
