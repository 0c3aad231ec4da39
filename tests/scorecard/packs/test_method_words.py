"""How a figure becomes Green, in words, and that the words say what the rating does."""

from datetime import date
from decimal import Decimal

import pytest

from scorecard.decision_checks import METHODS as USABLE
from scorecard.decisions import Target
from scorecard.kpis import load, rounded
from scorecard.packs.method_words import METHODS, notes_of, rule_in_full, rule_in_words, wanted
from scorecard.rating import Case, Rule, rate
from scorecard.settings import INCLUDE

KPIS = load(INCLUDE / "sql" / "kpi")
HIGHER, LOWER = KPIS["incidents_resolved_within_sla"], KPIS["aged_open_tickets"]
BAND = KPIS["remote_working_share"]


def target(method, **given):
    texts = ("base_method", "relative_to", "reason")
    numbers = {name: v if name in texts else Decimal(v) for name, v in given.items()}
    return Target(
        kpi="a", directorate="*", effective_from=date(2023, 4, 1), method=method,
        decision="Cabinet, minute 9", **{"reason": "First", **numbers},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("definition", "decided", "expected"),
    [
        (HIGHER, target("abs_tolerance", target=90, tolerance=5),
         "Green at 90.0% or more; Amber down to 85.0%; Red below. Method: Tolerance in "
         "the KPI's unit, 5 percentage points."),
        (LOWER, target("abs_tolerance", target=10, tolerance=5),
         "Green at 10.0% or less; Amber up to 15.0%; Red above. Method: Tolerance in "
         "the KPI's unit, 5 percentage points."),
        (LOWER, target("abs_tolerance", target=0, tolerance=0),
         "Green at 0.0% or less; Red above. Method: Tolerance in the KPI's unit, 0 percentage "
         "points."),
        (HIGHER, target("pct_tolerance", target="87.5", tolerance=10),
         "Green at 87.5% or more; Amber down to 78.75%; Red below. Method: Tolerance "
         "in percent of the target, 10%."),
        (LOWER, target("pct_tolerance", target=-50, tolerance=10),
         "Green at −50.0% or less; Amber up to −45.0%; Red above. Method: Tolerance "
         "in percent of the target, 10%."),
        (HIGHER, target("floor_standard", target=80, floor=60),
         "Green at 80.0% or more; Amber down to 60.0%; Red below. Method: Target and floor."),
        (HIGHER, target("pct_tolerance_green_inside", target=90, tolerance=10),
         "Green down to 81.0%; Red below. Method: Green within a tolerance, 10%."),
        (LOWER, target("dot_conditional", target=90, tolerance=10),
         "Green up to 99.0%; above it Amber if no worse than in the same period last year, else "
         "Red. Method: Tolerance, then the same period last year, 10%."),
        (BAND, target("band", inner_low=-1, inner_high=1, outer_low=-3, outer_high=3),
         "Green from −1.0% to 1.0%; Amber from −3.0% to 3.0%; Red outside. Method: Target range."),
        (BAND, target("band", inner_high=10, outer_high=20, relative_to="funding_envelope"),
         "Green at most 10.0%; Amber at most 20.0%; Red outside. Each limit is added to the share "
         "of the time that has passed. Method: Target range."),
        (BAND, target("band", inner_low=1),
         "Green at least 1.0%; Red outside. Method: Target range."),
        (BAND, target("abs_tolerance", target=50, tolerance=5),
         "Green at 50.0%; Amber no further away than 5.0%; Red beyond. Method: Tolerance in "
         "the KPI's unit, 5 percentage points."),
        (HIGHER, target("savings", base_method="pct_tolerance", target=95, tolerance=10),
         "Green at 95.0% or more; Amber down to 85.5%; Red below. Method: Savings, by "
         "tolerance in percent of the target, 10%."),
        (HIGHER, target("none", reason="Judged by process limits."),
         "Not rated: Judged by process limits."),
        (HIGHER, None, "Not rated: no target has been set yet."),
    ],
)  # fmt: skip
def test_a_rule_says_where_green_amber_and_red_end(definition, decided, expected):
    assert rule_in_words(definition, decided) == expected


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("method", ["abs_tolerance", "pct_tolerance", "floor_standard"])
def test_the_limits_in_words_are_those_of_the_rating(better, method):
    definition = HIGHER if better == "higher" else LOWER
    sign = -1 if better == "higher" else 1
    decided = target(method, target=80, tolerance=5, floor=80 + sign * 5)
    edge = Decimal(80) + sign * (Decimal(4) if method == "pct_tolerance" else Decimal(5))
    rule = Rule(method, target=Decimal(80), floor=decided.floor, tolerance=Decimal(5))

    def rag(value):
        return rate(Case(value, rounded(value, 1), better), rule).rag

    assert f"{edge:.1f}%; Red" in rule_in_words(definition, decided)
    assert (rag(edge), rag(edge + sign * Decimal("0.1"))) == ("amber", "red")


def test_a_rule_in_full_names_who_decided_it():
    assert (
        rule_in_full(HIGHER, target("none")) == "Not rated: First. Decided by: Cabinet, minute 9."
    )


def test_every_method_has_its_words_and_a_pack_has_those_of_its_own():
    assert set(METHODS) == {*USABLE, "milestone"}
    assert [note.partition(":")[0] for note in notes_of({"band", "none"})[1:]] == [
        "Target range",
        "Not rated",
    ]


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        (target("abs_tolerance", target=90, tolerance=5), "90.0%"),
        (target("band", target=0, inner_low=-2, inner_high=2), "−2.0% to 2.0%"),
        (target("none", target=90), "no target"),
        (None, "no target"),
    ],
)
def test_what_is_wanted_of_a_figure(decided, expected):
    assert wanted(HIGHER, decided) == expected
