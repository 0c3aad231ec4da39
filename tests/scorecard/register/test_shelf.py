"""Packs and figures are found as published, in the order in which they were."""

from datetime import timedelta
from decimal import Decimal

import pytest
from record import KPI, NOW, Q, a_figure, a_measurement, done

from scorecard.packs.records import FigureRecord
from scorecard.register import packs, published, shelf
from scorecard.register.packs import PackRow
from scorecard.register.published import Publication

HASH = "c" * 64


@pytest.fixture
def two(register):
    """Two revisions for officers and a draft for the public."""
    a_measurement(register, "one", [])
    for variant, revision in (("officer", 1), ("officer", 2), ("public", 1)):
        row = PackRow(Q, variant, revision, "draft", "one", HASH, HASH, "x", "", NOW, "schedule")
        packs.write(register, row)
        if variant == "officer":
            at = NOW + timedelta(hours=revision)
            figures = [a_figure(f"7{revision}.0"), a_figure("1.0", "2025-04"),
                       a_figure("2.0", directorate="ICT")]  # fmt: skip
            rows = [FigureRecord(**{**f, "flags": tuple(f["flags"]), "lower": None, "upper": None})
                    for f in figures]  # fmt: skip
            told = done(row, "published", at)
            published.write(register, row, Publication("approver", at, HASH), rows, set(), told)
    return register


BOTH = [(Q, "officer", 1), (Q, "officer", 2)]


def test_every_pack_is_on_the_shelf_the_newest_revision_first(two):
    found = [(row.variant, row.revision, row.state) for row in shelf.every(two)]

    assert found == [
        ("officer", 2, "published"),
        ("officer", 1, "published"),
        ("public", 1, "draft"),
    ]


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ({"periods": [Q], "directorates": ["COUNCIL"]}, ["71.0", "72.0"]),
        ({"kind": "month"}, ["1.0", "1.0"]),
        ({"directorates": ["ICT"]}, ["2.0", "2.0"]),
        ({"kpis": ["another"]}, []),
        ({"kpis": []}, []),
        ({"kpis": [KPI]}, ["1.0", "71.0", "2.0", "1.0", "72.0", "2.0"]),
    ],
)
def test_figures_are_found_by_what_they_are_about(two, asked, values):
    found = shelf.figures(two, BOTH, **asked)

    assert [str(each.record.value) for each in found] == values
    assert shelf.count(two, BOTH, **asked) == len(values)


def test_only_the_named_packs_are_looked_into_and_pages_follow_each_other(two):
    second = shelf.figures(two, BOTH[1:])

    assert {each.revision for each in second} == {2}
    assert shelf.figures(two, []) == ()
    assert shelf.figures(two, BOTH[1:], limit=2) == second[:2]
    assert shelf.figures(two, BOTH[1:], limit=2, offset=2) == second[2:]
    assert second[1].record.value == Decimal("72.0")
