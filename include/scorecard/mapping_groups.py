"""What rows of a file are together, as SQL: parts of one row, or alike where all must be."""

from scorecard.mapping import SEVERAL, Mapping
from scorecard.mapping_numbers import text
from scorecard.sources import STORED_AS

_ONE_VALUE = "', where a file may hold one value: rows of two would be added up."
COUNTED = "counted_together"
# What may be said of a part, as rule, condition and words; the condition is told in `grouped`.
TOGETHER = [
    (COUNTED, "false", text("counted in the first row of the same parts")),
    ("part_unreadable", "false", text("another part of the same row cannot be read")),
    ("repeated_row", "false", text("the same as an earlier row")),
]


def expected(mapping: Mapping) -> list[str]:
    """The rules by which rows are set aside that the mapping expects: they are no faults."""
    filters = [rule.rule for rule in mapping.set_aside]
    return ["superseded", "repeated_row", "other_line", COUNTED, *filters]


def grouped(mapping: Mapping) -> str:
    """A select of `judged` in which the first row of each group has the sums of its parts."""
    if mapping.group is None:
        return "select * from judged"
    known = ", ".join(map(text, expected(mapping)))
    by = ", ".join(("_file", *mapping.group.by))
    moment = mapping.group.day_of
    day = f", timezone('Europe/London', {moment})::date" if moment else ""
    # The first row has what all parts have, the others nothing more: amounts add up to the file's.
    sums = ", ".join(
        f"case when bool_or(_rule is not null) over parts then {name}"
        f" when row_number() over (one order by _row) = 1 then sum({name}) over one"
        f" else 0 end::{STORED_AS[mapping.of.column(name).type]} as {name}"
        for name in mapping.group.sum
    )
    return f"""
        with once as (
            select * replace (case
                when _rule is null and _alike is not null and row_number() over (
                    partition by _file, _alike, _rule is null order by _row
                ) > 1 then 'repeated_row' else _rule end as _rule
            ) from judged
        ),
        parted as (select *, _rule is null or _rule not in ({known}) as _is_part from once)
        select * exclude (_is_part) replace ({sums}, null::ubigint as _alike, case
            when _rule is not null then _rule
            when bool_or(_rule is not null) over parts then 'part_unreadable'
            when row_number() over (one order by _row) > 1 then '{COUNTED}'
            end as _rule
        ) from parted window parts as (partition by _is_part, {by}),
            one as (partition by _is_part, {by}{day})
    """


def several(mapping: Mapping, filtered: list[str]) -> list[tuple[str, str, str]]:
    """That the rows that count hold several values where the whole file may hold one."""
    counted = f"filter (where not coalesce({' or '.join(filtered) or 'false'}, false)) over ()"
    differ, words = [], []
    for number, heading in enumerate(mapping.one_value):
        least, most = (f"{end}(_one_{number}) {counted}" for end in ("min", "max"))
        differ.append(f"{least} <> {most}")
        parts = [text(f"{heading} holds '"), least, text("' and '"), most, text(_ONE_VALUE)]
        words.append(f"when {differ[-1]} then {' || '.join(parts)}")
    return [(SEVERAL, " or ".join(differ), f"case {' '.join(words)} end")] if differ else []
