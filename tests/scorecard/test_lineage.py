"""Reorganisations: a merger, a split and a rename, at a quarter's end and in its middle."""

from datetime import date

import pytest

from scorecard.decisions import Directorate
from scorecard.lineage import Lineage
from scorecard.period import period_named

ALWAYS = date(2018, 4, 1)
APRIL, JUNE = date(2025, 4, 1), date(2025, 6, 1)  # a year's beginning, and the middle of a quarter


def directorates(*rows):
    """Directorates written `code from to successors`; `-` is empty."""
    made = []
    for code, begins, ends, after in (row.split() for row in rows):
        to = None if ends == "-" else date.fromisoformat(ends)
        since = ALWAYS if begins == "-" else date.fromisoformat(begins)
        successors = () if after == "-" else tuple(after.split("|"))
        made.append(Directorate(code, code.title(), since, to, succeeded_by=successors))
    return tuple(made)


RENAMED_IN_JUNE = directorates("RES - 2025-05-31 COR", "COR 2025-06-01 - -", "ASC - - -")
RENAMED_IN_APRIL = directorates("RES - 2025-03-31 COR", "COR 2025-04-01 - -")
TWICE = directorates("RES - 2025-03-31 COR", "COR 2025-04-01 2025-06-30 CEN", "CEN 2025-07-01 - -")
MERGED = directorates("HOU - 2025-03-31 PLH", "PLA - 2025-03-31 PLH", "PLH 2025-04-01 - -")
SPLIT = directorates("PLA - 2025-03-31 ENV|TRA", "ENV 2025-04-01 - -", "TRA 2025-04-01 - -")
ABSORBED = directorates("HOU - 2025-05-31 PLA", "PLA - - -")


@pytest.mark.parametrize(
    ("of", "code", "period", "then", "expected"),
    [
        (RENAMED_IN_APRIL, "COR", "2025-26-Q1", "2024-25-Q1", "RES"),
        (RENAMED_IN_APRIL, "COR", "2025-26-Q2", "2025-26-Q1", "COR"),
        (RENAMED_IN_APRIL, "COR", "2025-26-Q2-YTD", "2024-25-Q2-YTD", "RES"),
        (RENAMED_IN_APRIL, "RES", "2024-25-Q4", "2023-24-Q4", "RES"),
        (RENAMED_IN_JUNE, "COR", "2025-06", "2025-05", "RES"),
        (RENAMED_IN_JUNE, "COR", "2025-06", "2024-06", "RES"),
        (RENAMED_IN_JUNE, "RES", "2025-05", "2024-05", "RES"),
        (RENAMED_IN_JUNE, "COR", "2025-26-Q2", "2024-25-Q2", "RES"),
        (RENAMED_IN_JUNE, "ASC", "2025-26-Q1", "2024-25-Q1", "ASC"),
        (RENAMED_IN_JUNE, "COUNCIL", "2025-26-Q1", "2024-25-Q1", "COUNCIL"),
        (TWICE, "CEN", "2025-26-Q2", "2024-25-Q2", "RES"),
        (TWICE, "CEN", "2025-26-Q2", "2025-26-Q1", "COR"),
        (MERGED, "PLH", "2025-26-Q2", "2025-26-Q1", "PLH"),
        (ABSORBED, "PLA", "2025-26-Q1", "2024-25-Q1", JUNE),
        # A quarter of which one code had two months and the other one is a whole of neither.
        (RENAMED_IN_JUNE, "COR", "2025-26-Q1", "2024-25-Q1", JUNE),
        (RENAMED_IN_JUNE, "RES", "2025-26-Q1", "2024-25-Q1", JUNE),
        (RENAMED_IN_JUNE, "COR", "2025-26-Q2", "2025-26-Q1", JUNE),
        (RENAMED_IN_JUNE, "COR", "2026-27-Q1", "2025-26-Q1", JUNE),
        (RENAMED_IN_JUNE, "COR", "2025-26-Q2-YTD", "2024-25-Q2-YTD", JUNE),
        (MERGED, "PLH", "2025-26-Q1", "2024-25-Q1", APRIL),
        (MERGED, "PLH", "2025-04", "2025-03", APRIL),
        (SPLIT, "ENV", "2025-26-Q1", "2024-25-Q1", APRIL),
        (SPLIT, "TRA", "2025-26-Q4", "2024-25-Q4", APRIL),
        (SPLIT, "ENV", "2026-27-Q1", "2025-26-Q1", "ENV"),
    ],
)  # fmt: skip
def test_a_directorate_is_compared_with_its_one_like_or_with_nothing_since_a_day(
    of, code, period, then, expected
):
    lineage, about = Lineage(of), (code, period_named(period), period_named(then))
    found = lineage.counterpart(*about), lineage.broken_on(*about)

    assert found == ((expected, None) if isinstance(expected, str) else (None, expected))


@pytest.mark.parametrize(
    ("of", "kind", "before", "after"),
    [
        (RENAMED_IN_JUNE, "renamed", ("RES",), ("COR",)),
        (MERGED, "merged", ("HOU", "PLA"), ("PLH",)),
        (SPLIT, "split", ("PLA",), ("ENV", "TRA")),
        (ABSORBED, "merged", ("HOU", "PLA"), ("PLA",)),
        (directorates("A - 2025-03-31 C|D", "B - 2025-03-31 D", "C 2025-04-01 - -",
                      "D 2025-04-01 - -"), "reorganised", ("A", "B"), ("C", "D")),
    ],
)  # fmt: skip
def test_a_reorganisation_is_named_by_what_went_in_and_came_out(of, kind, before, after):
    assert [(e.kind, e.before, e.after) for e in Lineage(of).events] == [(kind, before, after)]


def test_two_reorganisations_of_one_day_are_two():
    of = directorates("A - 2025-03-31 C", "B - 2025-03-31 D", "C 2025-04-01 - -",
                      "D 2025-04-01 - -")  # fmt: skip

    assert [(e.before, e.after) for e in Lineage(of).events] == [(("A",), ("C",)), (("B",), ("D",))]


@pytest.mark.parametrize(
    ("of", "period", "then", "expected"),
    [
        (RENAMED_IN_APRIL, "2025-26-Q1", "2023-24-Q1", {"RES": "COR", "COR": "COR", "X": "X"}),
        (MERGED, "2025-26-Q1", "2023-24-Q1",
         {"HOU": "HOU+PLA+PLH", "PLA": "HOU+PLA+PLH", "PLH": "HOU+PLA+PLH"}),
        (SPLIT, "2025-26-Q1", "2023-24-Q1",
         {"PLA": "ENV+PLA+TRA", "ENV": "ENV+PLA+TRA", "TRA": "ENV+PLA+TRA"}),
        (RENAMED_IN_JUNE, "2025-26-Q1", "2023-24-Q1", {"RES": "COR+RES", "COR": "COR+RES"}),
        (RENAMED_IN_JUNE, "2025-26-Q2", "2023-24-Q2", {"RES": "COR", "COR": "COR"}),
        (SPLIT, "2024-25-Q4", "2023-24-Q4", {"PLA": "PLA"}),
    ],
)  # fmt: skip
def test_what_was_reorganised_is_reckoned_as_what_became_of_it_or_together(
    of, period, then, expected
):
    assert Lineage(of).units(period_named(period), period_named(then), expected) == expected
