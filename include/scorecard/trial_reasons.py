"""Why rows of a tried file are set aside: one reason a line, with what to do about it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from scorecard.column_values import look_at
from scorecard.mapping import Mapping as SourceMapping
from scorecard.settings import REPOSITORY

_QUOTES = re.compile(r"(\w+: )'(.*?)'( is not .*)", re.DOTALL)
_ROW = re.compile(r"\brow [\d,]+")
_SHOWN = 12  # different values of a reason
_LONG = 60  # letters of one
_NAMES = "names of persons"
_FREE_TEXT = "free text"
_FEW = 15  # Transformation Unit, or On Hold, looks like Ruth Blenkinsop: so few may be no persons
_OPEN = re.compile(r"#(?:.*;)? \?(?:\s|$)")


def reasons(
    aside: Iterable[tuple[str, str, int, int]], mapping: SourceMapping, council: Path, using: str
) -> list[dict[str, Any]]:
    """One entry for each reason, that of most rows first.

    `aside` has rule, why, rows, and the first of them. Keys: rule, why (with … for a value), rows,
    first_row, values (rows by value, those of most rows; none if they look personal), more_values,
    look_like (of which personal things they look) and to_do.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for rule, why, rows, first in aside:
        quoted = _QUOTES.fullmatch(why)
        alike = f"{quoted[1]}'…'{quoted[3]}" if quoted else _ROW.sub("row …", why)
        one = found.setdefault(
            (rule, alike), {"rule": rule, "why": alike, "rows": 0, "first_row": first, "seen": {}}
        )
        one["rows"] += rows
        one["first_row"] = min(one["first_row"], first)
        if quoted:
            one["seen"][quoted[2]] = one["seen"].get(quoted[2], 0) + rows
    inner = [
        {**_values(one.pop("seen"), _may_be_names(one["rule"], mapping)), **one}
        for one in found.values()
    ]
    told = [{**one, "to_do": _to_do(one["rule"], mapping, council, using)} for one in inner]
    return sorted(told, key=lambda one: (-one["rows"], one["rule"], one["why"]))


def _may_be_names(rule: str, mapping: SourceMapping) -> bool:
    """Whether a rule's column holds names that are no person's: of codes and parts of a council."""
    column = rule.rpartition("_")[0]
    types = {each.name: each.type for each in mapping.of.columns}
    return types.get(column) == "code" or mapping.looked_up.get(column) == "directorates"


def _values(seen: Mapping[str, int], may_be_names: bool) -> dict[str, Any]:
    """The values of a reason, save those that look personal, each by itself or all together."""
    allowed = {None, *([_NAMES] if may_be_names and len(seen) <= _FEW else [])}
    together = look_at(seen).personal
    # One long value is no free text: a column of them is.
    alone = {v: kind for v in seen if (kind := look_at([v]).personal) != _FREE_TEXT}
    kinds = {kind for kind in (together, *alone.values()) if kind not in allowed}
    most = sorted(seen, key=lambda value: (-seen[value], value))
    shown = [] if together in kinds else [v for v in most if alone.get(v) not in kinds][:_SHOWN]
    values = Counter[str]()
    for value in shown:
        values[value[:_LONG]] += seen[value]
    return {
        "values": dict(values),
        "more_values": len(seen) - len(shown),
        "look_like": together
        if together in kinds
        else next(iter(sorted(filter(None, kinds))), None),
    }


def _to_do(rule: str, mapping: SourceMapping, council: Path, using: str) -> str:
    """What mends a reason, where a mapping or a list of the council may."""
    column, _, what = rule.rpartition("_")
    where = using or f"include/sources/{mapping.system}.yaml"
    if what == "unknown" and column in mapping.looked_up:
        listed = council / f"{mapping.looked_up[column]}.csv"
        inside = listed.is_relative_to(REPOSITORY)
        return f"Add the name to {listed.relative_to(REPOSITORY) if inside else listed}."
    if what == "unreadable" and column in mapping.columns:
        named = "Name its values" if mapping.columns[column].values else "Say how it is written"
        return f"{named} under {column} in {where}, or ask the sender to correct it."
    return ""


def in_words(told: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each reason, and one with what to do."""
    for one in told:
        rows = f"{one['rows']:,} row{'s, first row' if one['rows'] > 1 else ', row'}"
        values = ", ".join(f"'{value}' ({rows:,})" for value, rows in one["values"].items())
        if one["look_like"] and not values:
            values = f"{one['more_values']:,} values that look like {one['look_like']}"
        elif one["more_values"]:
            personal = f", of which some look like {one['look_like']}," if one["look_like"] else ""
            values += f" and {one['more_values']:,} more{personal}"
        why = one["why"].replace("'…'", values, 1) if values else one["why"]
        yield f"  {rows} {one['first_row']}: {why} ({one['rule']})"
        if one["to_do"]:
            yield f"    {one['to_do']}"


def undecided(text: str) -> list[dict[str, Any]]:
    """The lines of a mapping that still bear `# ?` as a comment, each with its number."""
    if not _OPEN.search(text):
        return []
    lines = zip(text.splitlines(), _without_texts(text).splitlines(), strict=True)
    return [
        {"line": number, "text": " ".join(line.split())}
        for number, (line, comment) in enumerate(lines, start=1)
        if _OPEN.search(comment)
    ]


def _without_texts(text: str) -> str:
    """A mapping with dots for the letters of keys and values: each # that is left is a comment."""
    parts, last = [], 0
    for token in yaml.scan(text, Loader=yaml.BaseLoader):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark.index, token.end_mark.index
            parts += [text[last:start], re.sub(r"\S", ".", text[start:end])]
            last = end
    return "".join([*parts, text[last:]])
