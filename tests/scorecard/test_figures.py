"""A figure beside the others of its KPI: direction, versions, small numbers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scorecard.decisions import Directorate
from scorecard.drafts import Draft
from scorecard.figures import finished
from scorecard.kpis import load
from scorecard.lineage import Lineage
from scorecard.period import period_named
from scorecard.rating import Rule
from scorecard.settings import INCLUDE
from scorecard.states import Standing

KPI = load(INCLUDE / "sql" / "kpi")["pages_printed_duplex"]
RULE = Rule("abs_tolerance", target=Decimal(70), tolerance=Decimal(5))


def draft(period, value, *, version=1, flags=(), rule=RULE, **changes):
    standing = Standing("final", "", Decimal(1), Decimal(1), Decimal(value), flags)
    kpi = replace(KPI, **changes)
    return Draft(kpi, version, period_named(period), "COUNCIL", standing, rule)


def all_of(*drafts):
    """The figures of these drafts, each beside the others."""
    return [finished(each, {d.key: d for d in drafts}) for each in drafts]


def direction(*drafts):
    """The direction of travel of the last of these drafts."""
    return finished(drafts[-1], {d.key: d for d in drafts}).direction


PREVIOUS = {"direction": "previous_period"}
WINDOW = {"direction": "regression_window"}
YEAR = {"direction": "same_period_last_year"}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (draft("2024-25-Q1", 60, **YEAR), draft("2025-26-Q1", 61, **YEAR), "better"),
        (draft("2024-25-Q4", 60, **YEAR), draft("2025-26-Q1", 61, **YEAR), "not_comparable"),
        (draft("2024-25-Q4", 60, **PREVIOUS), draft("2025-26-Q1", 61, **PREVIOUS), "better"),
        # What reads alike is the same: both print 60.0.
        (draft("2024-25-Q4", "60.01", **PREVIOUS), draft("2025-26-Q1", 60, **PREVIOUS), "same"),
        (
            draft("2024-25-Q4", 60, **PREVIOUS),
            draft("2025-26-Q1", 61, version=2, **PREVIOUS),
            "not_comparable",
        ),
        (
            draft("2024-25-Q4", 60, flags=("small_numbers",), **PREVIOUS),
            draft("2025-26-Q1", 61, **PREVIOUS),
            "not_comparable",
        ),
        (
            draft("2024-25-Q4", 60, accumulation="year_to_date", **PREVIOUS),
            draft("2025-26-Q1", 61, accumulation="year_to_date", **PREVIOUS),
            "not_comparable",
        ),
        (
            draft("2024-25-Q4", 60, rule=replace(RULE, target=Decimal(65)), **PREVIOUS),
            draft("2025-26-Q1", 61, **PREVIOUS),
            "not_comparable",
        ),
    ],
)
def test_a_figure_is_compared_only_with_its_like(before, now, expected):
    assert direction(before, now) == expected


def test_a_window_ends_with_the_figures_own_period_and_stops_at_a_gap():
    first = period_named("2024-04")
    months = [f"{2024 + (3 + n) // 12}-{(3 + n) % 12 + 1:02d}" for n in range(15)]
    assert months[0] == first.key
    rising = [draft(month, 50 + n, **WINDOW) for n, month in enumerate(months)]
    quarter = draft("2025-26-Q1", 64, **WINDOW)

    assert direction(*rising, quarter) == "better"
    assert direction(*rising[:5], *rising[6:], quarter) == "not_comparable"


def test_small_numbers_and_a_missing_target_leave_a_figure_unrated():
    small = finished(draft("2025-26-Q1", 50, flags=("small_numbers",)), {})
    new = finished(draft("2025-26-Q1", 50, rule=None), {})

    assert [(f.rag, f.rag_basis, f.flags) for f in (small, new)] == [
        ("not_rated", "small numbers: too few cases to rate", ("small_numbers",)),
        ("not_rated", "baseline: no target yet", ("baseline",)),
    ]


@pytest.mark.parametrize(("last", "until"), [(date(2025, 6, 30), "to 30 June 2025"), (None, "on")])
def test_a_target_that_has_ended_is_no_target_that_is_still_to_come(last, until):
    gap = (date(2025, 4, 1), last)
    figure = finished(replace(draft("2025-26-Q1", 50, rule=None), gap=gap), {})

    assert figure.rag_basis == f"gap: no target in force from 1 April 2025 {until}"
    assert (figure.rag, figure.flags) == ("not_rated", ())


OVERSPEND = Rule("band", target=Decimal(0), inner_low=Decimal(-2), inner_high=Decimal(2),
                 outer_low=Decimal(-5), outer_high=Decimal(5))  # fmt: skip
TIGHTER = replace(OVERSPEND, inner_low=Decimal(-1), inner_high=Decimal(1))
BASE = replace(OVERSPEND, method="forecast", base_method="band")


@pytest.mark.parametrize(
    ("rule", "ahead_rule", "ahead", "expected"),
    [
        (OVERSPEND, TIGHTER, "1", ("amber", "green")),
        # A figure has one colour: its own rule's, also beside another.
        (OVERSPEND, TIGHTER, "1.5", ("amber", "amber")),
        (BASE, TIGHTER, "1.5", ("amber", "amber")),
        # Without one of its own it is rated by the base rule of the method forecast.
        (BASE, Rule("none", reason="data only"), "1.5", ("amber", "green")),
        (BASE, None, "5.06", ("amber", "red")),
        (OVERSPEND, None, "1", ("amber", None)),
    ],
)
def test_a_forecast_stands_beside_the_colour_of_now(rule, ahead_rule, ahead, expected):
    names = {"better": "lower", "decimals": 1}
    now = draft("2025-26-Q1", "3", rule=rule, forecast="outturn", **names)
    outturn = draft("2025-26-Q1", ahead, rule=ahead_rule, id="outturn", **names)
    figure = all_of(now, outturn)[0]

    assert (figure.rag, figure.details.get("forecast_rag")) == expected


def test_a_forecast_of_another_period_or_of_too_few_cases_stands_beside_nothing():
    now = draft("2025-26-Q1", "3", rule=BASE, forecast="outturn")
    other = draft("2024-25-Q4", "1", rule=TIGHTER, id="outturn")
    few = draft("2025-26-Q1", "1", rule=TIGHTER, id="outturn", flags=("small_numbers",))

    assert [all_of(now, each)[0].details for each in (other, few)] == [{}, {}]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("70", ("green", None)),
        ("69", ("amber", "green")),
        ("64.94", ("red", "amber")),
        ("59.9", ("red", None)),
    ],
)
def test_the_colour_by_the_original_target_is_kept_where_it_is_another(value, expected):
    first = replace(RULE, target=Decimal(65))
    figure = all_of(replace(draft("2025-26-Q1", value), original=first))[0]

    assert (figure.rag, figure.details.get("original_rag")) == expected


def test_a_target_that_was_withdrawn_leaves_the_colour_by_the_first_one():
    none = Rule("none", reason="withdrawn")
    figure = all_of(replace(draft("2025-26-Q1", "10", rule=none), original=RULE))[0]

    assert (figure.rag, figure.details) == ("not_rated", {"original_rag": "red"})


def test_carbon_has_no_colour_while_its_interval_is_not_known():
    figure = all_of(draft("2025-26-Q1", 70, kind="carbon"))[0]

    assert (figure.rag, figure.rag_basis) == (
        "not_rated", "carbon: its interval is not known or includes zero",
    )  # fmt: skip


def estimate(period, value, *flags):
    """A draft of an estimate with its interval; `flags` say what it is in doubt of."""
    plain = draft(period, value, flags=("estimated", *flags), kind="carbon", **PREVIOUS)
    bounds = {"lower": Decimal(value) - 1, "upper": Decimal(value) + 1}
    return replace(plain, standing=replace(plain.standing, **bounds))


@pytest.mark.parametrize(
    ("flags", "rag", "way"),
    [
        ((), "green", "better"),
        (("factor_fallback",), "green", "better"),
        (("indistinguishable_from_zero",), "not_rated", "not_comparable"),
        (("too_small_to_estimate",), "not_rated", "not_comparable"),
    ],
)
def test_an_estimate_has_a_colour_and_an_arrow_only_if_it_can_be_told_from_none(flags, rag, way):
    before, now = estimate("2024-25-Q4", 70), estimate("2025-26-Q1", 71, *flags)
    figure = all_of(before, now)[1]

    assert (figure.rag, figure.direction) == (rag, way)
    assert (figure.lower, figure.upper) == (70, 72)


def test_a_band_that_varies_is_a_target_that_varies():
    before = draft("2024-25-Q4", 60, rule=OVERSPEND, **PREVIOUS)
    alike, other = (draft("2025-26-Q1", 61, rule=r, **PREVIOUS) for r in (OVERSPEND, TIGHTER))

    assert [direction(before, each) for each in (alike, other)] == ["better", "not_comparable"]


RENAMED = Lineage(
    (
        Directorate("RES", "Resources", date(2018, 4, 1), date(2025, 3, 31), succeeded_by=("COR",)),
        Directorate("COR", "Corporate", date(2025, 4, 1)),
    )
)
SPLIT = Lineage(
    (
        Directorate(
            "RES", "Resources", date(2018, 4, 1), date(2025, 3, 31), succeeded_by=("COR", "FIN")
        ),
        Directorate("COR", "Corporate", date(2025, 4, 1)),
        Directorate("FIN", "Finance", date(2025, 4, 1)),
    )
)


@pytest.mark.parametrize(
    ("lineage", "expected"),
    [
        (RENAMED, ("better", {})),
        (SPLIT, ("not_comparable", {"reorganised_on": "2025-04-01"})),
    ],
)
def test_a_successor_is_compared_with_the_one_it_followed_or_says_since_when_with_none(
    lineage, expected
):
    then = replace(draft("2024-25-Q1", 60, **YEAR), directorate="RES", lineage=lineage)
    now = replace(draft("2025-26-Q1", 61, **YEAR), directorate="COR", lineage=lineage)
    figure = all_of(then, now)[1]

    assert (figure.direction, figure.details) == expected
