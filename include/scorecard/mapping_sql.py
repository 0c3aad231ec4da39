"""A mapping as SQL: text columns of a file to typed columns of a table, and each row's fault.

The relation `raw` has `_file` and `_control_total`, and the file's cells as c1, c2, ... in their
order. Where rows are disordered on their way, such as those of an event log, of which the last of
each ticket is told, it has `_row` as well, which counts them. c0 is the period of a wide row.
Three steps of columns: `r_<column>` the text as read, `<column>` the value, then `_rule` and
`_why`, which say why a row is set aside. Persons and look-ups stay text here: they are resolved
once per distinct value, in `intake`.
"""

from scorecard.broken_cells import is_broken
from scorecard.mapping import Mapping
from scorecard.mapping_cells import (
    Received,
    cell_of,
    latest_first,
    london_of,
    own_text,
    said_elsewhere,
    seconds_of,
    side_of,
    text_of,
    value_of,
    written,
)
from scorecard.mapping_groups import TOGETHER, grouped, several
from scorecard.mapping_numbers import number_of, text
from scorecard.mapping_rules import ColumnRule, Filter
from scorecard.sources import Column

UNNAMED = "key_unknown"  # a row whose file is refused: nobody named the key
OTHER_LINE = "other_line"  # a line of a log that is made otherwise, as the mapping expects
_NOT_MADE = "the line is not made as the mapping's patterns say"
_NOT_KEYS = "the line is not made of keys and values, or has a key that is read twice"
_EPOCHS = {"epoch_s": "seconds since 1970", "epoch_ms": "milliseconds since 1970"}
_WORDS = {
    "int": "a whole number",
    "gbp": "an amount in pounds and pence",
    "dec": "a number",
    "moment": "a moment",
    "date": "a date",
    "month": "a month such as 2025-04",
    "flag": "one of the values that the mapping names",
    "code": "one of the values that the mapping names",
}


def staged(mapping: Mapping, file: Received) -> str:
    """The select that turns `raw` into the table's columns with `_month`, `_rule` and `_why`."""
    columns = mapping.of.columns
    rules = mapping.columns
    cells = _texts(mapping, file)
    values = ", ".join(f"{value_of(mapping, c)} as {c.name}" for c in columns)
    clocks = "".join(
        f", {written(mapping, c)}"
        for c in columns
        if c.type in ("moment", "date") and c.name in rules
    )
    derived = ", ".join(_derived(mapping))
    replaced = f" replace ({derived})" if derived else ""
    kept = ", ".join(
        f"r_{c.name} as {c.name}" if c.name in mapping.looked_up else c.name for c in columns
    )
    row = "_row, " if mapping.is_numbered else ""
    faults = _faults(mapping, file)
    rule = " ".join(f"when {condition} then {text(name)}" for name, condition, _ in faults)
    why = " ".join(f"when {text(name)} then {words}" for name, _, words in faults)
    return f"""
        with cells as (select _file, {_control(mapping, file)} {cells} from raw),
        read as (select *{clocks} from cells),
        typed as (select *, {values} from read),
        derived as (select *{replaced} from typed),
        dated as (select *, {_month(mapping)} as _month from derived),
        judged as (select *, case {rule} end as _rule from dated),
        whole as ({grouped(mapping)})
        select _file, {row}{kept}, _alike, _month, _rule, case _rule {why} end as _why from whole
        {_begun(mapping, file)}
    """


def _texts(mapping: Mapping, file: Received) -> str:
    """What every column is read from: its text, and what else its value depends on."""
    rules = mapping.columns
    cells = ", ".join(
        f"{text_of(mapping, rules[c.name], file, c.type)} as r_{c.name}"
        for c in mapping.of.columns
        if c.name in rules and not rules[c.name].minutes_between
    )
    cells += "".join(
        f", {seconds_of(mapping, rule, file)} as s_{name}"
        for name, rule in rules.items()
        if rule.less_seconds
    )
    cells += "".join(
        f", {own_text(mapping, rule, file)} as h_{name}"
        for name, rule in rules.items()
        if rule.highest
    )
    return cells + "".join(f", {side_of(r, file)} as d_{n}" for n, r in rules.items() if r.side)


def _begun(mapping: Mapping, file: Received) -> str:
    """The periods of a wide row that had begun when it was received; its first at any rate."""
    if mapping.unpivot is None:
        return ""
    first = "_period = 1"
    return f"where {first} or _month is null or _month <= {_received_month(file)}"


def _derived(mapping: Mapping) -> list[str]:
    """The columns that are told from other columns."""
    between = [
        f"date_sub('minute', {a}, {b}) as {name}"
        for name, rule in mapping.columns.items()
        if rule.minutes_between
        for a, b in [rule.minutes_between]
    ]
    told = [said_elsewhere(name, rule) for name, rule in mapping.columns.items()]
    return [*between, *filter(None, told)]


def _control(mapping: Mapping, file: Received) -> str:
    """What is asked of the raw cells about the row as a whole."""
    parts = [f"{_alike(mapping, file)} as _alike"]
    if mapping.is_numbered:
        parts.append("_row")
    if mapping.unpivot:
        parts.append("c0 as _period")
    if last := mapping.keep_last:
        per, by = cell_of(file, last.per), cell_of(file, last.by)
        parts.append(
            f"row_number() over (partition by {per} "
            f"order by try_cast({by} as bigint) desc nulls last, {latest_first(mapping, by)}"
            f"{by} desc, _row desc) > 1 "
            f"and {per} <> '' as _superseded"
        )
    if nameless := _nameless(file):
        parts.append(f"trim(concat({', '.join(nameless)})) <> '' as _nameless")
    if mapping.file.format == "key_value":
        parts.append("_unnamed, _misshapen")
    if mapping.file.format == "pattern":
        own = mapping.file.own_lines
        is_own = f"regexp_matches(c{file.cells}, {text(own)})" if own else "false"
        parts.append(f"_misshapen, {is_own} as _is_own")
    for number, heading in enumerate(mapping.one_value):
        parts.append(f"coalesce({cell_of(file, heading)}, '') as _one_{number}")
    for number, rule in enumerate(mapping.set_aside):
        if rule.heading:
            parts.append(f"{_listed(cell_of(file, rule.heading), rule)} as _filter_{number}")
    return "".join(f"{part}, " for part in parts)


def _nameless(file: Received) -> list[str]:
    """The cells that stand under no heading."""
    named = set(file.headings.values())
    return [f"c{n}" for n in range(1, file.cells + 1) if n not in named]


def _listed(cell: str, rule: Filter) -> str:
    """Whether a cell is one of those that a filter names, or none of those that it keeps."""
    nothing = ("",) if rule.filled or not (rule.in_ or rule.not_in) else ()
    held = ", ".join(map(text, (*rule.in_, *rule.not_in, *nothing)))
    return f"coalesce({cell}, '') {'not in' if rule.not_in or rule.filled else 'in'} ({held})"


def _alike(mapping: Mapping, file: Received) -> str:
    """A number that rows have in common if they are one row sent twice; null if that is unknown."""
    if mapping.alike == "kept":
        return "null::ubigint"
    if mapping.alike_by:
        cells = [cell_of(file, heading) for heading in mapping.alike_by]
        are_there = " and ".join(f"{cell} <> ''" for cell in cells)
        return f"case when {are_there} then hash({', '.join(cells)}) end"
    if mapping.file.format in ("key_value", "pattern"):
        return f"hash(c{file.cells})"  # the last cell of a log is the whole line
    return f"hash({', '.join(f'c{cell}' for cell in file.headings.values())})"


def _month(mapping: Mapping) -> str:
    """The month that a row belongs to, as London's calendar or the ledger's periods have it."""
    if len(mapping.month_from) == 2:
        year, period = mapping.month_from
        first = f"make_date(try_cast(left({year}, 4) as integer), 4, 1)"
        return f"strftime({first} + to_months(least({period}, 12)::integer - 1), '%Y-%m')"
    (name,) = mapping.month_from
    column = mapping.of.column(name)
    if column.type == "month":
        return name
    return f"case when {name} is not null then strftime({london_of(mapping, column)}, '%Y-%m') end"


def _faults(mapping: Mapping, file: Received) -> list[tuple[str, str, str]]:
    """Every reason to set a row aside: rule, condition, words as SQL. The first that holds."""
    found: list[tuple[str, str, str]] = []
    if mapping.keep_last:
        newer = f"a later row of the same {mapping.keep_last.per} stands in the file"
        found.append(("superseded", "_superseded", text(newer)))
    if _nameless(file):
        found.append(("row_shape", "_nameless", text("a cell without a heading is not empty")))
    if mapping.file.format == "key_value":
        words = "'the key ''' || _unnamed || ''' is unknown'"
        found.append((UNNAMED, "_unnamed is not null", words))
        found.append(("row_shape", "_misshapen", text(_NOT_KEYS)))
    if mapping.file.format == "pattern":
        if others := mapping.file.other_lines:
            found.append((OTHER_LINE, "_misshapen and not _is_own", text(others)))
        found.append(("row_shape", "_misshapen", text(_NOT_MADE)))
    filtered = []
    for number, rule in enumerate(mapping.set_aside):
        named = f"_filter_{number}" if rule.heading else ""
        filtered.append(named or _listed(f"{rule.column}::varchar", rule))
        found.append((rule.rule, filtered[-1], text(rule.why)))
    found += several(mapping, filtered)
    for column in mapping.of.columns:
        found += _column_faults(mapping, column)
    words = "'the row belongs to ' || _month || ', after the extract was received'"
    found.append(("in_the_future", f"_month > {_received_month(file)}", words))
    found.append(("month_missing", "_month is null", text("no month can be told for the row")))
    return [*found, *TOGETHER] if mapping.group else found


def _received_month(file: Received) -> str:
    return f"strftime(timezone('Europe/London', {file.received}), '%Y-%m')"


def _column_faults(mapping: Mapping, column: Column) -> list[tuple[str, str, str]]:
    name = column.name
    rule = mapping.columns.get(name)
    if rule is None or rule.constant is not None or rule.minutes_between:
        return []
    found = []
    own, value = f"r_{name}", name
    if rule.highest:
        own, value = f"h_{name}", number_of(f"h_{name}", rule, column.type)
    if rule.empty == "refused":
        found.append((f"{name}_missing", f"{own} is null", text(f"{name} is empty")))
    may_fail = _may_fail(column, rule)
    unreadable = f"{own} is not null and {value} is null" if may_fail else is_broken(own)
    if not rule.lookup and (may_fail or mapping.file.format == "xlsx"):
        ways = rule.format or (mapping.moments.format if column.type == "moment" else ())
        like = f" written like {' or '.join(_EPOCHS.get(w, w) for w in ways)}" if ways else ""
        after = text(f"' is not {_WORDS.get(column.type, 'a text')}{like}")
        words = " || ".join((text(f"{name}: '"), own, after))
        found.append((f"{name}_unreadable", unreadable, words))
    return found


def _may_fail(column: Column, rule: ColumnRule) -> bool:
    """Texts, persons and codes without a list of values are taken as they are."""
    return column.type not in ("text", "person", "code") or bool(rule.values)
