"""A mapping as SQL: text columns of a file to typed columns of a table, and each row's fault.

The relation `raw` has `_row`, the row's number in the file, and the file's cells as c1, c2, ...
Three steps of columns: `r_<column>` the text as read, `<column>` the value, then `_rule` and
`_why`, which say why a row is set aside. Persons and look-ups stay text here: they are resolved
once per distinct value, in `intake`.
"""

from dataclasses import dataclass

from scorecard.mapping import ColumnRule, Mapping, heading_key
from scorecard.sources import STORED_AS, Column

_NUMBERS = {"int": r"[-+]?\d+", "gbp": r"[-+]?\d+(\.\d{1,2}0*)?", "dec": r"[-+]?\d+(\.\d+)?"}
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


@dataclass(frozen=True)
class Received:
    """What the reader found out about the file before its rows are mapped."""

    headings: dict[str, int]  # heading as compared, to the number of its cell
    control_total: str | None  # as the file states it, in plain digits
    received: str  # the moment of receipt, as an SQL literal


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def staged(mapping: Mapping, file: Received, salt: str) -> str:
    """The select that turns `raw` into the table's columns with `_month`, `_rule` and `_why`."""
    columns = mapping.of.columns
    rules = mapping.columns
    cells = ", ".join(
        f"{_text_of(mapping, rules[c.name], file, salt)} as r_{c.name}"
        for c in columns
        if c.name in rules and not rules[c.name].minutes_between
    )
    values = ", ".join(f"{_value(mapping, c)} as {c.name}" for c in columns)
    derived = ", ".join(
        f"date_diff('minute', {a}, {b}) as {name}"
        for name, rule in rules.items()
        if rule.minutes_between
        for a, b in [rule.minutes_between]
    )
    replaced = f" replace ({derived})" if derived else ""
    kept = ", ".join(
        f"r_{c.name} as {c.name}" if c.name in mapping.looked_up else c.name for c in columns
    )
    faults = _faults(mapping, file)
    rule = " ".join(f"when {condition} then {text(name)}" for name, condition, _ in faults)
    why = " ".join(f"when {text(name)} then {words}" for name, _, words in faults)
    return f"""
        with cells as (select _row, {_control(mapping, file)} {cells} from raw),
        typed as (select *, {values} from cells),
        derived as (select *{replaced} from typed),
        dated as (select *, {_month(mapping)} as _month from derived),
        judged as (select *, case {rule} end as _rule from dated)
        select _row, {kept}, _month, _rule, case _rule {why} end as _why from judged
    """


def _cell(file: Received, heading: str) -> str:
    return f"trim(c{file.headings[heading_key(heading)]})"


def _control(mapping: Mapping, file: Received) -> str:
    """What is asked of the raw cells about the row as a whole."""
    parts = []
    if last := mapping.keep_last:
        per, by = _cell(file, last.per), _cell(file, last.by)
        parts.append(
            f"row_number() over (partition by {per} "
            f"order by try_cast({by} as bigint) desc nulls last, _row desc) > 1 as _superseded"
        )
    for number, rule in enumerate(mapping.set_aside):
        if rule.heading:
            listed = ", ".join(text(value) for value in rule.in_)
            parts.append(f"{_cell(file, rule.heading)} in ({listed}) as _filter_{number}")
    return "".join(f"{part}, " for part in parts)


def _text_of(mapping: Mapping, rule: ColumnRule, file: Received, salt: str) -> str:
    """The text that a column is read from, null if it is not known."""
    if rule.constant is not None:
        return text(rule.constant)
    if rule.control_total:
        return text(file.control_total) if file.control_total else "null::varchar"
    if rule.hash_of:
        cells = ", ".join(_cell(file, heading) for heading in rule.hash_of)
        return f"md5_number_lower(concat_ws(chr(31), {text(salt)}, {cells}))"
    if rule.row:
        every = ", ".join(f"c{n}" for n in sorted(set(file.headings.values())))
        line = f"concat_ws(chr(31), {text(salt)}, {every})"
        again = f"row_number() over (partition by md5_number_lower({line}) order by _row)"
        number = f" || chr(31) || {again}" if rule.row == "hash_and_occurrence" else ""
        return f"md5_number_lower({line}{number})"
    if rule.running_sum:
        return _running_sum(mapping, rule, file)
    nulls = (*mapping.nulls, *rule.nulls)
    known = [_known(_cell(file, heading), nulls) for heading in rule.headings]
    if rule.join:
        parts = " || ".join([f" || {text(rule.joined_by)} || ".join(known)])
        return f"{parts} || {text(rule.suffix)}" if rule.suffix else parts
    found = known[0] if len(known) == 1 else f"coalesce({', '.join(known)})"
    if rule.split:
        found = f"nullif(trim(split_part({found}, {text(rule.split.by)}, {rule.split.part})), '')"
    return found


def _known(cell: str, nulls: tuple[str, ...]) -> str:
    if not nulls:
        return f"nullif({cell}, '')"
    listed = ", ".join(text(token) for token in ("", *nulls))
    return f"case when {cell} not in ({listed}) then {cell} end"


def _running_sum(mapping: Mapping, rule: ColumnRule, file: Received) -> str:
    """The sum, as text, of the numbered cells up to the row's number; null if one is missing."""
    assert rule.running_sum
    through = f"try_cast({_cell(file, rule.running_sum.through)} as integer)"
    parts = []
    for number, heading in enumerate(rule.headings[:-1], start=1):
        amount = _number(_known(_cell(file, heading), mapping.nulls), rule, "gbp")
        parts.append(f"case when {number} <= {through} then {amount} else 0 end")
    return f"cast({' + '.join(parts)} as varchar)"


def _number(cell: str, rule: ColumnRule, kind: str) -> str:
    """A text as a number of its type; null if it is written in a way that was not agreed."""
    plain = cell
    if rule.zeros:
        listed = ", ".join(text(token) for token in rule.zeros)
        plain = f"case when {plain} in ({listed}) then '0' else {plain} end"
    if rule.unit:
        plain = f"rtrim(regexp_replace({plain}, {text('(?i)' + rule.unit + '$')}, ''))"
    if "currency" in rule.numbers:
        plain = f"regexp_replace({plain}, '^([-(]?)£', '\\1')"
    if "brackets" in rule.numbers:
        plain = f"regexp_replace({plain}, '^\\((.*)\\)$', '-\\1')"
    if "trailing_minus" in rule.numbers:
        plain = f"regexp_replace({plain}, '^([^-]*)-$', '-\\1')"
    if "thousands" in rule.numbers:
        plain = (
            f"case when regexp_full_match({plain}, '[-+]?\\d{{1,3}}(,\\d{{3}})+(\\.\\d+)?') "
            f"then replace({plain}, ',', '') else {plain} end"
        )
    # DuckDB's own cast would round 3.7 to 4 and read 1e3: only agreed digits reach it.
    agreed = f"regexp_full_match({plain}, {text(_NUMBERS[kind])})"
    return f"case when {agreed} then try_cast({plain} as {STORED_AS[kind]}) end"


def _value(mapping: Mapping, column: Column) -> str:
    """A column's value from its text; null if it cannot be read or is not there."""
    stored = STORED_AS[column.type]
    rule = mapping.columns.get(column.name)
    if rule is None or column.name in mapping.looked_up or rule.minutes_between:
        return f"null::{stored}"
    cell = f"r_{column.name}"
    if rule.values:
        pairs = " ".join(
            f"when {cell} = {text(written)} then {_meant(mapping, meant, stored)}"
            for written, meant in rule.values.items()
        )
        if rule.otherwise:
            pairs += f" when {cell} is not null then {_meant(mapping, rule.otherwise, stored)}"
        return f"case {pairs} end"
    if column.type in _NUMBERS:
        number = _number(cell, rule, column.type)
        for sign, by in (("*", rule.times), ("+", rule.plus)):
            number = f"({number}) {sign} {by}" if by is not None else number
        return f"({number})::{stored}"
    if column.type in ("moment", "date"):
        return _when(mapping, rule, cell, column.type)
    if column.type == "month":
        return f"case when regexp_full_match({cell}, '\\d{{4}}-(0[1-9]|1[0-2])') then {cell} end"
    return f"{cell}::{stored}" if stored != "varchar" else cell


def _meant(mapping: Mapping, meant: str, stored: str) -> str:
    """What a listed value stands for: a constant, or what another column says."""
    if meant.startswith("="):
        return _value(mapping, mapping.of.column(meant[1:]))
    return f"{text(meant)}::{stored}"


def _when(mapping: Mapping, rule: ColumnRule, cell: str, kind: str) -> str:
    formats = rule.format or (mapping.moments.format if kind == "moment" else ("%Y-%m-%d",))
    listed = ", ".join(text(way) for way in formats)
    local = f"try_strptime({cell}, [{listed}])"
    if kind == "date":
        return f"{local}::date"
    return f"timezone({text(rule.zone or mapping.moments.zone)}, {local})"


def _month(mapping: Mapping) -> str:
    """The month that a row belongs to, as London's calendar or the ledger's periods have it."""
    if len(mapping.month_from) == 2:
        year, period = mapping.month_from
        first = f"make_date(try_cast(left({year}, 4) as integer), 4, 1)"
        return f"strftime({first} + to_months(least({period}, 12)::integer - 1), '%Y-%m')"
    (name,) = mapping.month_from
    kind = mapping.of.column(name).type
    if kind == "month":
        return name
    local = f"timezone('Europe/London', {name})" if kind == "moment" else name
    return f"strftime({local}, '%Y-%m')"


def _faults(mapping: Mapping, file: Received) -> list[tuple[str, str, str]]:
    """Every reason to set a row aside: rule, condition, words as SQL. The first that holds."""
    found: list[tuple[str, str, str]] = []
    if mapping.keep_last:
        newer = f"a later row of the same {mapping.keep_last.per} stands in the file"
        found.append(("superseded", "_superseded", text(newer)))
    for number, rule in enumerate(mapping.set_aside):
        held = ", ".join(text(value) for value in rule.in_)
        condition = f"_filter_{number}" if rule.heading else f"{rule.column}::varchar in ({held})"
        found.append((rule.rule, condition, text(rule.why)))
    for column in mapping.of.columns:
        found += _column_faults(mapping, column)
    month = f"strftime(timezone('Europe/London', {file.received}), '%Y-%m')"
    words = "'the row belongs to ' || _month || ', after the extract was received'"
    found.append(("in_the_future", f"_month > {month}", words))
    found.append(("month_missing", "_month is null", text("no month can be told for the row")))
    return found


def _column_faults(mapping: Mapping, column: Column) -> list[tuple[str, str, str]]:
    name = column.name
    rule = mapping.columns.get(name)
    if rule is None or rule.constant is not None or rule.row or rule.hash_of:
        return []
    if rule.minutes_between:
        return []
    found = []
    if rule.empty == "refused":
        found.append((f"{name}_missing", f"r_{name} is null", text(f"{name} is empty")))
    if not rule.lookup and _may_fail(column, rule):
        ways = rule.format or (mapping.moments.format if column.type == "moment" else ())
        like = f" written like {' or '.join(ways)}" if ways else ""
        before, after = text(f"{name}: '"), text(f"' is not {_WORDS[column.type]}{like}")
        words = f"{before} || r_{name} || {after}"
        found.append((f"{name}_unreadable", f"r_{name} is not null and {name} is null", words))
    return found


def _may_fail(column: Column, rule: ColumnRule) -> bool:
    """Texts, persons and codes without a list of values are taken as they are."""
    return column.type not in ("text", "person", "hash", "code") or bool(rule.values)
