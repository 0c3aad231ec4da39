"""One column of a mapping as SQL: the text that it is read from, and the value of that text.

The file's cells are c1, c2, ...; `r_<column>` is a column's text. A text that was not agreed gives
no value: nothing is rounded, guessed or moved to make it fit.
"""

from dataclasses import dataclass

from scorecard.mapping import Mapping, heading_key
from scorecard.mapping_numbers import NUMBERS, number_of, seconds_in, signed, text
from scorecard.mapping_rules import EPOCHS, ColumnRule
from scorecard.sources import STORED_AS, Column

# A year of two digits is read as one of the first century: no moment of a council's.
_CENTURY = "timestamp '1900-01-01'"


@dataclass(frozen=True)
class Received:
    """What the reader found out about the file before its rows are mapped."""

    headings: dict[str, int]  # heading as compared, to the number of its cell
    cells: int  # of a row, those without a heading included
    received: str  # the moment of receipt, as an SQL literal


def cell_of(file: Received, heading: str) -> str:
    """The cell under a heading, without the spaces around it."""
    return f"trim({_raw(file, heading)})"


def _raw(file: Received, heading: str) -> str:
    return f"c{file.headings[heading_key(heading)]}"


def text_of(mapping: Mapping, rule: ColumnRule, file: Received, kind: str = "gbp") -> str:
    """The text that a column of a type is read from, null if it is not known."""
    if rule.constant is not None:
        return text(rule.constant)
    if rule.control_total:
        return "_control_total"
    if rule.running_sum:
        return _running_sum(mapping, rule, file)
    if rule.highest:
        own = number_of(own_text(mapping, rule, file), rule, "int")
        return f"cast(max({own}) over () as varchar)"
    found = _added(mapping, rule, file, kind) if rule.add else _written(mapping, rule, file)
    if rule.only:
        listed = ", ".join(text(value) for value in rule.only.in_)
        found = f"case when {cell_of(file, rule.only.heading)} in ({listed}) then {found} end"
    return _in_full(found, rule.fin_year) if rule.fin_year else found


def _written(mapping: Mapping, rule: ColumnRule, file: Received) -> str:
    """The text of cells: of the first that is known, of all together, or of a part of one."""
    nulls = (*mapping.nulls, *rule.nulls)
    known = [_known(_raw(file, heading), nulls) for heading in rule.from_ + rule.join]
    if rule.join:
        between = " " if rule.joined_by == "space" else rule.joined_by
        parts = " || ".join([f" || {text(between)} || ".join(known)])
        return f"{parts} || {text(rule.suffix)}" if rule.suffix else parts
    found = known[0] if len(known) == 1 else f"coalesce({', '.join(known)})"
    if rule.split:
        found = f"nullif(trim(split_part({found}, {text(rule.split.by)}, {rule.split.part})), '')"
    return found


def _in_full(year: str, fin_year: str) -> str:
    """A financial year such as 2025, 2025/26 or 2025/2026 as 2025-26; any other text as it is."""
    first = f"try_cast({year} as integer)" + (" - 1" if fin_year == "ends" else "")
    last = f"lpad((({first} + 1) % 100)::varchar, 2, '0')"
    in_full = f"({first})::varchar || '-' || {last}"
    begins = f"try_cast(left({year}, 4) as integer)"
    both = f"left({year}, 4) || '-' || lpad((({begins} + 1) % 100)::varchar, 2, '0')"
    ways = f"replace({both}, '-', '/'), left({year}, 4) || '/' || ({begins} + 1)::varchar"
    one = f"when regexp_full_match({year}, '\\d{{4}}') then {in_full}"
    return f"case {one} when {year} in ({ways}) then {both} else {year} end"


def _added(mapping: Mapping, rule: ColumnRule, file: Received, kind: str) -> str:
    """The sum, as text, of some cells less others; the cells as written if one is no amount."""
    nulls = (*mapping.nulls, *rule.nulls)
    cells = [_known(_raw(file, heading), nulls) for heading in rule.add + rule.take]
    signs = ["+"] * len(rule.add) + ["-"] * len(rule.take)
    whole = [f"coalesce({cell}, '0')" if rule.some_empty == "allowed" else cell for cell in cells]
    amounts = [f"{s} {number_of(cell, rule, kind)}" for s, cell in zip(signs, whole, strict=True)]
    known = f"coalesce({', '.join(cells)}) is not null"
    total = f"case when {known} then cast(0 {' '.join(amounts)} as varchar) end"
    # One cell that is left over is a number, and no sum: what is not there is written out.
    listed = ", ".join(f"coalesce({cell}, 'nothing')" for cell in cells)
    as_written = f"when {known} then concat_ws(' and ', {listed})"
    return f"coalesce({total}, case {as_written} end)"


def seconds_of(mapping: Mapping, rule: ColumnRule, file: Received) -> str:
    """The text of the seconds by which a column's moment is earlier than the one written."""
    assert rule.less_seconds
    return _known(_raw(file, rule.less_seconds), (*mapping.nulls, *rule.nulls))


def own_text(mapping: Mapping, rule: ColumnRule, file: Received) -> str:
    """The number of a row's own, of which the file's highest counts."""
    assert rule.highest
    return _known(_raw(file, rule.highest), (*mapping.nulls, *rule.nulls))


def _known(cell: str, nulls: tuple[str, ...]) -> str:
    """A raw cell without the spaces around it; null if it is empty or says that it is not known.

    Most cells have no spaces around them, and telling that is quicker than trimming.
    """
    spaced = f"{cell} < '!' or ends_with({cell}, ' ')"
    known = f"case when {spaced} then nullif(trim({cell}), '') else {cell} end"
    if not nulls:
        return known
    listed = ", ".join(text(token) for token in nulls)
    return f"case when trim({cell}) not in ({listed}) then {known} end"


def _running_sum(mapping: Mapping, rule: ColumnRule, file: Received) -> str:
    """The sum, as text, of the numbered cells up to the row's number; null if one is missing."""
    assert rule.running_sum
    through = f"try_cast({cell_of(file, rule.running_sum.through)} as integer)"
    parts = []
    for number, heading in enumerate(rule.numbered, start=1):
        amount = number_of(_known(_raw(file, heading), mapping.nulls), rule, "gbp")
        parts.append(f"case when {number} <= {through} then {amount} else 0 end")
    return f"cast({' + '.join(parts)} as varchar)"


def value_of(mapping: Mapping, column: Column) -> str:
    """A column's value from its text; null if it cannot be read or is not there."""
    stored = STORED_AS[column.type]
    rule = mapping.columns.get(column.name)
    if rule is None or column.name in mapping.looked_up or rule.minutes_between:
        return f"null::{stored}"
    cell = f"r_{column.name}"
    if rule.values:
        pairs = [
            f"when {cell} = {text(a)} then {_meant(b, stored)}" for a, b in rule.values.items()
        ]
        if rule.otherwise:
            pairs.append(f"when {cell} is not null then {_meant(rule.otherwise, stored)}")
        return f"case {' '.join(pairs)} end"
    if column.type == "int" and rule.duration and not rule.less_seconds:
        return f"({seconds_in(cell, rule.duration)}) // 60"
    if column.type in NUMBERS:
        number = number_of(cell, rule, column.type)
        if rule.side:
            number = signed(number, f"d_{column.name}", rule.side)
        for sign, by in (("*", rule.times), ("+", rule.plus)):
            number = f"try(({number}) {sign} {by})" if by is not None else number
        return f"try(({number})::{stored})" if number.startswith("try(") else number
    if column.type == "date":
        return f"case when w_{column.name} >= {_CENTURY} then w_{column.name}::date end"
    if column.type == "moment":
        return _moment(zone_of(mapping, rule), column.name, rule)
    if column.type == "month":
        return f"case when regexp_full_match({cell}, '\\d{{4}}-(0[1-9]|1[0-2])') then {cell} end"
    return f"try_cast({cell} as {stored})" if stored != "varchar" else cell


def side_of(rule: ColumnRule, file: Received) -> str:
    """The cell that says on which side a column's amount stands."""
    assert rule.side
    return cell_of(file, rule.side.heading)


def _meant(meant: str, stored: str) -> str:
    """What a listed value stands for; what another column says is not known yet."""
    return f"null::{stored}" if meant.startswith("=") else f"{text(meant)}::{stored}"


def said_elsewhere(name: str, rule: ColumnRule) -> str | None:
    """A column's value where its text says "as another column": once that column is known."""
    pairs = [
        f"when r_{name} = {text(written)} then {meant[1:]}"
        for written, meant in rule.values.items()
        if meant.startswith("=")
    ]
    return f"case {' '.join(pairs)} else {name} end as {name}" if pairs else None


def zone_of(mapping: Mapping, rule: ColumnRule) -> str:
    """The zone of a column's clock; `as written` where each cell says its own."""
    ways = rule.format or mapping.moments.format
    if set(ways) & set(EPOCHS):
        return "UTC"
    return "as written" if ways and ways[0].endswith("%z") else rule.zone or mapping.moments.zone


def _moment(zone: str, name: str, rule: ColumnRule) -> str:
    """The moment at which a zone's clocks showed a time, or so many seconds before it."""
    shown = _shown(zone, f"w_{name}")
    if rule.less_seconds is None:
        return shown
    whole = seconds_in(f"s_{name}", rule.duration or ("seconds",))
    return f"case when s_{name} is null then {shown} else try({shown} - to_seconds({whole})) end"


def _shown(zone: str, local: str) -> str:
    at = local if zone == "as written" else f"timezone({text(zone)}, {local})"
    if zone in ("UTC", "as written"):
        return f"case when {local} >= {_CENTURY} then {at} end"
    # Clocks leap forward at night: a time that they never showed is no moment, and is not moved.
    shown = f"hour({local}) >= 4 or timezone({text(zone)}, {at}) = {local}"
    return f"case when {local} >= {_CENTURY} and ({shown}) then {at} end"


def written(mapping: Mapping, column: Column) -> str:
    """What a clock or calendar showed, as it is written: `w_<column>` of `r_<column>`."""
    rule = mapping.columns[column.name]
    formats = rule.format or (mapping.moments.format if column.type == "moment" else ("%Y-%m-%d",))
    if set(formats) & set(EPOCHS):
        return f"{_since_1970(f'r_{column.name}', formats[0])} as w_{column.name}"
    ways = ", ".join(text(way) for way in formats)
    return f"try_strptime(r_{column.name}, [{ways}]) as w_{column.name}"


def _since_1970(cell: str, way: str) -> str:
    """What UTC's clock showed so many seconds, or thousandths of them, after 1970 began."""
    digits, each = ("9,10", 1_000_000) if way == "epoch_s" else ("12,13", 1000)
    whole = f"regexp_full_match({cell}, '\\d{{{digits}}}')"
    return f"case when {whole} then make_timestamp(try_cast({cell} as bigint) * {each}) end"


def latest_first(mapping: Mapping, cell: str) -> str:
    """How rows are ordered by a cell's moments: as a text, 09:00+0100 is after 08:30+0000."""
    ways = ", ".join(text(way) for way in mapping.moments.format if way not in EPOCHS)
    return f"try_strptime({cell}, [{ways}]) desc nulls last, " if ways else ""


def london_of(mapping: Mapping, column: Column) -> str:
    """What a London clock or calendar showed at a column's moment or date."""
    rule = mapping.columns[column.name]
    clock = column.type == "moment" and zone_of(mapping, rule) == "Europe/London"
    if column.type == "moment" and (not clock or rule.less_seconds):
        return f"timezone('Europe/London', {column.name})"
    return f"w_{column.name}"
