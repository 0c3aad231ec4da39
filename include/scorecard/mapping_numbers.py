"""Numbers, signs and durations as SQL: a text that was not agreed gives no value."""

from scorecard.mapping_rules import ColumnRule, Side
from scorecard.sources import STORED_AS

NUMBERS = {"int": r"[-+]?\d+", "gbp": r"[-+]?\d+(\.\d{1,2}0*)?", "dec": r"[-+]?\d+(\.\d+)?"}


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def number_of(cell: str, rule: ColumnRule, kind: str) -> str:
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
    # DuckDB's own cast would round 3.7 to 4 and read 1e3: only agreed digits reach it. Most whole
    # numbers are written as DuckDB writes them, and telling that is quicker than a pattern.
    cast = f"try_cast({plain} as {STORED_AS[kind]})"
    agreed = f"regexp_full_match({plain}, {text(NUMBERS[kind])})"
    as_is = f"when {cast}::varchar = {plain} then {cast} " if kind == "int" else ""
    return f"case {as_is}when {agreed} then {cast} end"


def signed(number: str, side: str, named: Side) -> str:
    """An amount by its side: a credit is a minus; nothing if the side is neither."""
    credit, debit = (", ".join(map(text, sides)) for sides in (named.credit, named.debit))
    turned = f"when {side} in ({credit}) then -({number})"
    return f"case {turned} when {side} in ({debit}) then {number} end"


# For each way of writing a duration: its seconds, if a cell is written so.
_SECONDS = {
    way: f"case when regexp_full_match({{cell}}, {text(pattern)}) then {seconds} end"
    for way, pattern, seconds in (
        ("seconds", r"\d+", "try_cast({cell} as bigint)"),
        ("milliseconds", r"\d+", "try_cast({cell} as bigint) // 1000"),
        ("minutes", r"\d+(\.\d+)?", "floor(try_cast({cell} as decimal(18, 6)) * 60)::bigint"),
        ("hours", r"\d+(\.\d+)?", "floor(try_cast({cell} as decimal(18, 6)) * 3600)::bigint"),
        (
            "clock", r"\d{{1,6}}:[0-5]\d:[0-5]\d",
            "split_part({cell}, ':', 1)::bigint * 3600 + split_part({cell}, ':', 2)::bigint * 60"
            " + split_part({cell}, ':', 3)::bigint",
        ),
        (
            "letters", r"(\d{{1,5}}d )?\d{{1,6}}h:\d{{1,2}}m:\d{{1,2}}s",
            r"coalesce(nullif(regexp_extract({cell}, '(\d+)d', 1), '')::bigint, 0) * 86400"
            r" + regexp_extract({cell}, '(\d+)h', 1)::bigint * 3600"
            r" + regexp_extract({cell}, '(\d+)m', 1)::bigint * 60"
            r" + regexp_extract({cell}, '(\d+)s', 1)::bigint",
        ),
    )
}  # fmt: skip


def seconds_in(cell: str, ways: tuple[str, ...]) -> str:
    """A duration in whole seconds; null if it is written in none of the ways that were agreed."""
    return f"coalesce({', '.join(_SECONDS[way].format(cell=cell) for way in ways)}, null)"
