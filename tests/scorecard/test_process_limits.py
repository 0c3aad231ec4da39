"""Process limits of a KPI's months: which months count, where they start, what is told."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard import council
from scorecard.decisions import Event, ProcessControl, Target
from scorecard.figures import Figure
from scorecard.kpis import load
from scorecard.period import Month
from scorecard.process_limits import KEYS, with_limits
from scorecard.settings import INCLUDE

KPI = load(INCLUDE / "sql" / "kpi")["pages_printed_duplex"]  # a ratio in percent, higher is better
EXAMPLESHIRE = council.read(INCLUDE / "council")
AS_AT = datetime(2026, 7, 15, tzinfo=UTC)
FIRST = Month(2024, 4)
STEADY = [70, 72, 71, 73, 70, 72, 71, 73, 70, 72, 71, 73]  # mean 71.5, average range 21 / 11


def month(place, value, **given):
    """A final figure of the council for a month after April 2024."""
    told = given.pop("period", str(FIRST.shifted(place)))
    made = Figure(
        kpi_id=KPI.id,
        version=1,
        period=told,
        period_kind="month" if len(told) == 7 else "quarter",
        directorate="COUNCIL",
        numerator=Decimal(value),
        denominator=Decimal(100),
        value=Decimal(value),
        state="final",
        flags=(),
        why="",
        target=None,
        rag="not_rated",
        rag_basis="",
        direction="same",
    )
    return replace(made, **given)


def months(values):
    return [month(place, value) for place, value in enumerate(values)]


def decided(*events, spc=None, targets=()):
    settled = replace(EXAMPLESHIRE.settled, spc=spc or ProcessControl())
    return replace(EXAMPLESHIRE, settled=settled, events=events, targets=targets)


def told(figures, by=None, as_at=AS_AT, **changes):
    """The details of each figure, under a definition with these changes."""
    definition = replace(KPI, **changes)
    return [f.details for f in with_limits(figures, {KPI.id: definition}, by or decided(), as_at)]


def drawn(details):
    return [each.get("mean") for each in details]


def test_limits_come_from_the_first_twelve_months_and_every_month_is_judged_by_them():
    details = told(months([*STEADY, 71, 90]))

    assert details[0] == {
        "mean": "71.500000",
        "lower_limit": "66.421818",
        "upper_limit": "76.578182",
        "baseline_points": 12,
        "variation": "Common cause",
        "special_cause": "",
        "assurance": "Not applicable",
    }
    assert details[13] == {
        **details[0],
        "variation": "Improvement high",
        "special_cause": "above the upper limit",
    }


@pytest.mark.parametrize(
    ("points", "note", "is_drawn"),
    [
        (12, None, True),
        (11, "Trial limits, no verdict: 11 of the 12 months needed.", True),
        (6, "Trial limits, no verdict: 6 of the 12 months needed.", True),
        (5, "No process limits yet: 5 of the 12 months needed.", False),
    ],
)
def test_a_short_series_has_trial_limits_or_none_and_no_verdict(points, note, is_drawn):
    for details in told(months(STEADY[:points])):
        assert details.get("limits_note") == note
        assert ("mean" in details) is is_drawn
        assert details.get("is_trial", False) is (is_drawn and points < 12)
        assert ("variation" in details) is (points == 12)


def test_the_council_chooses_how_many_months_and_whether_ranges_are_screened():
    longer = decided(spc=ProcessControl(baseline_points=13))
    screened = decided(spc=ProcessControl(screen_moving_ranges=True))
    jumped = months([*STEADY[:11], 99])

    assert told(months(STEADY), longer)[0]["is_trial"]
    assert told(jumped)[0]["upper_limit"] > told(jumped, screened)[0]["upper_limit"]


@pytest.mark.parametrize(
    "left_out",
    [
        {"state": "awaiting"},
        {"state": "suppressed"},
        {"state": "not_applicable"},
        {"flags": ("small_numbers",)},
    ],
)
def test_a_month_that_is_not_shown_or_rests_on_few_cases_is_no_point(left_out):
    with_gap = [*months(STEADY[:6]), month(6, 1, **left_out)]
    with_gap += [month(place, value) for place, value in enumerate(STEADY[6:], start=7)]
    details = told(with_gap)

    assert details[6] == {}
    assert details[:6] + details[7:] == told(months(STEADY))


def test_a_provisional_month_is_a_point_and_one_that_is_not_over_is_none():
    provisional = [*months(STEADY[:11]), month(11, STEADY[11], state="provisional")]
    before_its_end = datetime(2025, 3, 31, 22, 59, tzinfo=UTC)
    at_its_end = datetime(2025, 3, 31, 23, tzinfo=UTC)

    assert drawn(told(provisional))[11] == "71.500000"
    assert drawn(told(provisional, as_at=at_its_end))[11] == "71.500000"
    assert drawn(told(provisional, as_at=before_its_end))[11] is None


@pytest.mark.parametrize(
    ("figures", "changes", "note"),
    [
        # Six months of 9 cases and six of 10: the median is 9.5, and of five and seven 10.
        (
            [month(n, v, denominator=Decimal(9 if n < 6 else 10)) for n, v in enumerate(STEADY)],
            {},
            "No process limits: the median month has 9.5 cases, under 10.",
        ),
        (
            [month(n, v, denominator=Decimal(9 if n < 5 else 10)) for n, v in enumerate(STEADY)],
            {},
            None,
        ),
        (
            [month(n, v, denominator=Decimal(1)) for n, v in enumerate(STEADY)],
            {"kind": "statistic"},
            "No process limits: the median month has 1 cases, under 10.",
        ),
        (
            [month(n, v, denominator=Decimal(1)) for n, v in enumerate(STEADY)],
            {"kind": "count"},
            None,
        ),
        (
            months([0, 100] * 3 + STEADY[:6]),
            {},
            "No process limits: half or more of the months are at 0% or 100%.",
        ),
        (months([0, 100] * 3 + STEADY[:7]), {}, None),
        (months([0, 100] * 6), {"unit": "ratio"}, None),
        (
            months(STEADY),
            {"accumulation": "year_to_date"},
            "No process limits: the months of a cumulative figure depend on one another.",
        ),
        (months(STEADY), {"accumulation": "snapshot"}, None),
    ],
)
def test_a_series_that_limits_do_not_fit_says_why_it_has_none(figures, changes, note):
    details = told(figures, **changes)[-1]

    assert details.get("limits_note") == note
    assert ("variation" in details) is (note is None)


def test_the_median_counts_months_of_few_cases_that_are_no_points():
    few = {"denominator": Decimal(9), "flags": ("small_numbers",)}
    figures = [month(n, v, **(few if n < 13 else {})) for n, v in enumerate(STEADY + STEADY)]

    assert "median" in told(figures)[-1]["limits_note"]
    assert "median" not in told(figures[2:])[-1].get("limits_note", "")


def reset(day, kind="baseline_reset", kpi=KPI.id):
    return Event(day, kind, KPI.theme, kpi, "New devices", "Another process")


@pytest.mark.parametrize(
    ("event", "starts"),
    [
        (reset(date(2025, 4, 1)), 12),
        (reset(date(2025, 4, 30)), 12),
        (reset(date(2025, 3, 31)), 11),
        (reset(date(2025, 4, 1), kpi="*"), 12),
        (reset(date(2025, 4, 1), kind="event"), None),
        (reset(date(2025, 4, 1), kpi="pages_printed"), None),
        # Before the first month nothing starts again.
        (reset(date(2024, 4, 1)), None),
    ],
)
def test_limits_start_again_in_the_month_of_a_recorded_reset(event, starts):
    details = told(months(STEADY + [value - 30 for value in STEADY]), decided(event))
    resets = [place for place, each in enumerate(details) if each.get("is_reset")]

    assert resets == ([] if starts is None else [starts])
    if starts == 12:
        assert {each["mean"] for each in details[:12]} == {"71.500000"}
        assert {each["mean"] for each in details[12:]} == {"41.500000"}
        assert {each["variation"] for each in details} == {"Common cause"}


def test_after_a_reset_limits_are_trial_limits_until_there_are_twelve_months():
    details = told(months(STEADY + STEADY[:6]), decided(reset(date(2025, 4, 1))))

    assert [each.get("is_trial", False) for each in details] == [False] * 12 + [True] * 6
    assert details[12]["is_reset"]


def test_a_new_version_of_the_definition_starts_a_new_series():
    figures = [month(n, v, version=1 if n < 12 else 2) for n, v in enumerate(STEADY + STEADY)]
    details = told(figures)

    assert [n for n, each in enumerate(details) if each.get("is_reset")] == [12]


def a_target(**given):
    return Target(
        kpi=KPI.id, directorate="*", effective_from=date(2023, 4, 1), decision="", reason="",
        method="abs_tolerance", **given,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("target", "row", "better", "expected"),
    [
        ("80", {"target": Decimal(80)}, "higher", "Consistently missing"),
        ("80", {"target": Decimal(80)}, "lower", "Consistently meeting"),
        ("72", {"target": Decimal(72)}, "higher", "Hit or miss"),
        ("80", {"inner_low": Decimal(75)}, "higher", "Not applicable"),
        ("80", {"inner_high": Decimal(85)}, "higher", "Not applicable"),
        ("80", {"target": Decimal(80)}, "band", "Not applicable"),
        (None, {}, "higher", "Not applicable"),
    ],
)
def test_assurance_is_against_the_months_own_target(target, row, better, expected):
    aim = None if target is None else Decimal(target)
    figures = [replace(f, target=aim) for f in months(STEADY)]
    details = told(figures, decided(targets=(a_target(**row),)), better=better)

    assert details[-1]["assurance"] == expected


def test_each_month_is_held_to_the_target_in_force_for_it():
    figures = [
        month(n, v, target=Decimal(60 if n < 11 else 80)) for n, v in enumerate(STEADY)
    ]  # fmt: skip
    judged = [each["assurance"] for each in told(figures)]

    assert judged == ["Consistently meeting"] * 11 + ["Consistently missing"]


def quarter(period="2025-26-Q1"):
    return month(0, 1, period=period)


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        ({}, ("Improvement high", "above the upper limit", "2025-06")),
        # The verdict is that of the latest month that has a number.
        ({"state": "awaiting"}, ("Common cause", "", "2025-05")),
    ],
)
def test_a_quarter_has_the_verdict_of_its_latest_month(latest, expected):
    figures = [*months([*STEADY, 71, 71]), month(14, 90, **latest), quarter()]
    details = told(figures)[-1]

    assert (details["variation"], details["special_cause"], details["verdict_month"]) == expected


def test_a_quarter_without_a_verdict_says_why():
    details = told([*months(STEADY[:9]), quarter("2024-25-Q3")])[-1]

    assert details == {
        "limits_note": "Trial limits, no verdict: 9 of the 12 months needed.",
        "verdict_month": "2024-12",
    }
    assert told([*months(STEADY[:9]), quarter("2025-26-Q1")])[-1] == {}


def test_directorates_have_limits_of_their_own_and_the_order_of_figures_is_kept():
    other = [replace(f, directorate="HR", value=f.value - 20) for f in months(STEADY)]
    mixed = [f for pair in zip(months(STEADY), other, strict=True) for f in pair]
    found = with_limits(mixed, {KPI.id: KPI}, decided(), AS_AT)

    assert [(f.directorate, f.period) for f in found] == [(f.directorate, f.period) for f in mixed]
    assert {(f.directorate, f.details["mean"]) for f in found} == {
        ("COUNCIL", "71.500000"),
        ("HR", "51.500000"),
    }


def test_what_else_a_figure_tells_is_kept_and_every_key_of_limits_is_listed():
    figures = [replace(f, details={"forecast_rag": "red"}) for f in months(STEADY)]
    everything = [
        *told(figures), *told(months(STEADY[:6])), *told(months(STEADY[:2])),
        *told([*months(STEADY), quarter("2024-25-Q4")]),
        *told(months(STEADY + STEADY), decided(reset(date(2025, 4, 1)))),
    ]  # fmt: skip

    assert {each["forecast_rag"] for each in told(figures)} == {"red"}
    assert {key for each in everything for key in each} - {"forecast_rag"} == set(KEYS)
