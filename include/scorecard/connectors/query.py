"""A query of include/sql/extract/: one select that asks for a month, checked before it runs.

The check helps against slips. What keeps a database from harm is an account that may only read.
"""

import re
from datetime import datetime
from pathlib import Path

from scorecard.connectors import CannotFetch
from scorecard.period import LONDON, Month

# Comments, texts and quoted names: what stands in them is neither a command nor a parameter.
_APART = re.compile(r"(--[^\n]*|/\*.*?\*/)|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", re.S)
_PARAMETER = re.compile(r"(?<![:\w]):([A-Za-z]\w*)")
# One database reads these as the beginning of a text, name or comment, and the other does not, so
# that nobody can say what is apart. So is a backslash, within texts and names as well.
_READ_DIFFERENTLY = re.compile(r"`|#|\$\w*\$|\b(?:e|q|nq)'|\[[^\]]*['\"]", re.I)
# Functions that write, or reach files, other databases or other sessions.
_REACHING = re.compile(
    r"\b((?:dblink|lo|utl|dbms|xp|sp|pg_(?:read|write|ls|file|stat_file|terminate|cancel|reload))\w*"
    r"|setval|nextval|openquery|openrowset|opendatasource|load_file|httpuritype|sys_exec|sys_eval"
    r"|query_to_xml|set_config)\b[\w.\"]*\s*\(",
    re.I,
)
_COMMANDS = (
    "insert", "update", "delete", "merge", "truncate", "create", "alter", "drop", "grant",
    "revoke", "call", "exec", "execute", "into", "lock", "copy", "do", "begin", "commit", "set",
    "vacuum", "analyze", "use", "load", "attach", "shutdown", "kill",
)  # fmt: skip


def read(path: Path) -> str:
    """The query in a file, without its comments; CannotFetch if it is not one ordered select."""
    try:
        written = path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        raise CannotFetch(f"{path.name}: not there, or not UTF-8 text. Write the query.") from None
    query = _APART.sub(lambda part: " " if part[1] else part[0], written).strip()
    query = query.removesuffix(";").rstrip()
    if problem := _unclear(query) or _problem(_APART.sub("''", query)):
        raise CannotFetch(f"{path.name}: {problem}")
    return query


def _unclear(query: str) -> str:
    """Why nobody can say what a query does; empty if one can."""
    bare = _APART.sub(lambda part: part[0][0] * 2, query)
    found = re.search(r"\\", query) or _READ_DIFFERENTLY.search(bare)
    if found:
        return (
            f"databases read {found[0]} in different ways. Write texts as 'it''s', names as "
            '"name", and neither with a backslash.'
        )
    without_texts = _APART.sub(lambda part: part[0] if part[0][0] == '"' else "''", query)
    if found := _REACHING.search(without_texts):
        return f"the function {found[1].lower()} does more than read rows. Remove it."
    return ""


def _problem(written: str) -> str:
    """Why a query may not run, and what to do; empty if it may. Its texts are left out already."""
    bare = written.lower()
    words = re.findall(r"[a-z_]\w*", bare)
    if ";" in bare or not words or words[0] not in ("select", "with"):
        return "it is not one select. A connector only reads: write a single select statement."
    for word in (word for word in words if word in _COMMANDS):
        return f"'{word}' is no part of reading. Remove it, or quote it if it is a column's name."
    if "order by" not in _outermost(bare):
        return (
            "its rows come in no order, so the same answer would differ in its bytes. "
            "Add `order by` with the columns that identify a row."
        )
    unknown = sorted(set(_PARAMETER.findall(written)) - set(parameters_of(_ANY)))
    if unknown:
        known = ", ".join(f":{name}" for name in parameters_of(_ANY))
        return f"the parameter ':{unknown[0]}' is unknown. Use {known}."
    return ""


def _outermost(bare: str) -> str:
    """A query without all that stands in brackets, with single spaces."""
    while (shorter := re.sub(r"\([^()]*\)", " ", bare)) != bare:
        bare = shorter
    return " ".join(bare.split())


def parameters_in(query: str) -> set[str]:
    """The names of the parameters that a query has."""
    return set(_PARAMETER.findall(_APART.sub("''", query)))


def as_text(query: str) -> str:
    """The query as SQLAlchemy takes it: a colon in a text or a quoted name is no parameter."""
    return _APART.sub(lambda part: part[0].replace(":", "\\:"), query)


_ANY = Month(2025, 4)


def parameters_of(month: Month) -> dict[str, str | int | datetime]:
    """What a query may know of the month that it asks for.

    Moments have no zone, because databases differ in what they do with one: `_utc` are for columns
    in UTC, `_local` for columns that hold the clock of London. `until` is the first moment after.
    """
    starts, ends = month.starts_at, month.ends_at
    return {
        "from_utc": starts.replace(tzinfo=None),
        "until_utc": ends.replace(tzinfo=None),
        "from_local": starts.astimezone(LONDON).replace(tzinfo=None),
        "until_local": ends.astimezone(LONDON).replace(tzinfo=None),
        "month": str(month),
        "fin_year": month.quarter.financial_year,  # 2025-26
        "first_year": month.quarter.year,  # 2025: the year in which it begins
        "period_no": (month.number - 4) % 12 + 1,  # April is 1
    }
