"""Tests for sense: each with what it lists, and what lies just inside and is not listed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scorecard import council, sense
from scorecard.decisions import Directorate, Owner, Target
from scorecard.kpis import KpiDefinition, KpiVersion
from scorecard.packs.records import FigureRecord, Figures
from scorecard.period import FinancialQuarter, Month
from scorecard.settings import INCLUDE
from scorecard.tolerances import Sense

Q = FinancialQuarter.parse("2025-26-Q1")
SINCE = date(2023, 4, 1)
SHARE = KpiDefinition(
    id="solved", code="TKT-01", title="Solved", definition="Solved of all.", theme="Service desk",
    tables=("tickets",), unit="percent", decimals=1, better="higher", accumulation="discrete",
    direction="previous_period", kind="ratio",
    versions=(KpiVersion(1, "2023-24-Q1", "First published."),),
)  # fmt: skip
COUNT = replace(SHARE, kind="count", unit="tickets", decimals=0, better="lower")


def target(value="90", method="abs_tolerance", directorate="*", kpi="solved", **more):
    made = Target(kpi=kpi, directorate=directorate, effective_from=SINCE, method=method,
                  tolerance=Decimal(5), decision="Cabinet", reason="First")  # fmt: skip
    return replace(made, target=None if value is None else Decimal(value), **more)


def figure(period, value, rag="green", of=None, directorate="COUNCIL", **more):
    """A final figure; `of` is numerator/denominator."""
    above, below = (of or f"{value}/100").split("/")
    made = FigureRecord(
        kpi_id="solved", version=1, period=period,
        period_kind="month" if len(period) == 7 else "quarter", directorate=directorate,
        numerator=Decimal(above), denominator=Decimal(below), value=Decimal(value), lower=None,
        upper=None, state="final", flags=(), why="", target=Decimal(90), rag=rag, rag_basis="",
        direction="same",
    )  # fmt: skip
    more = {"target": Decimal(more.pop("target"))} | more if more.get("target") else more
    return replace(made, **more)


def months(text, **more):
    """Figures of months up to June 2025, written `value`, `value:rag` or `value:rag:of`."""
    words = text.split()
    first = Month(2025, 6).shifted(1 - len(words))
    return [
        figure(str(first.shifted(place)), *word.split(":"), **more)
        for place, word in enumerate(words)
    ]


def hits(*figures, definition=SHARE, targets=(), **choices):
    """What is listed, as (directorate, test, what was found)."""
    decided = council.read(INCLUDE / "council")
    decided = replace(
        decided,
        settled=replace(decided.settled, sense=replace(Sense(), **choices)),
        directorates=(Directorate("HR", "Human", SINCE), Directorate("ICT", "Technology", SINCE)),
        targets=tuple(targets) or (target(kpi=definition.id),),
        owners=(Owner(definition.id, SINCE, "Head of ICT", "Analyst", "Director"),),
    )
    rows = tuple(replace(row, kpi_id=definition.id) for row in figures)
    return [
        (hit.directorate, hit.test, hit.found)
        for hit in sense.hits(Figures(rows), [definition], decided, Q)
    ]


def names_of(*figures, **how):
    return [test for _, test, _ in hits(*figures, **how)]


def test_a_hit_names_what_was_seen_what_to_check_and_who():
    decided = replace(
        council.read(INCLUDE / "council"),
        targets=(target(),),
        owners=(Owner("solved", SINCE, "Head of ICT", "Analyst", "Director"),),
    )
    (hit,) = sense.hits(Figures((figure(str(Q), "12.0"),)), [SHARE], decided, Q)

    assert (hit.kpi_id, hit.directorate, hit.test) == ("solved", "COUNCIL", "Far from target")
    assert hit.found == "12.0% is 0.13 times the target of 90.0%."
    assert hit.check == "Whether target and figure count the same thing in the same unit"
    assert hit.owner == "Head of ICT"


@pytest.mark.parametrize(
    ("value", "aim", "listed"),
    [
        # Over five times the target and exactly five; under a fifth of it and exactly a fifth.
        ("451", "90", True),
        ("450", "90", False),
        ("17.9", "90", True),
        ("18", "90", False),
        # The other side of nothing is far below; of a target of 0 there are no times.
        ("-1", "90", True),
        ("73390", "420", True),
    ],
)
def test_a_result_far_from_its_target_is_listed(value, aim, listed):
    seen = figure(str(Q), value, target=aim)

    assert ("Far from target" in names_of(seen, targets=[target(aim)])) is listed


def test_the_middle_of_a_band_is_neither_far_nor_out_of_reach():
    seen = figure(str(Q), "1", target="90", rag="red")
    band = [target("90", "band", inner_low=Decimal(80))]
    either_way = replace(SHARE, better="band")

    assert names_of(*months("1 2 " * 6, rag="red"), seen, targets=band) == ["Target never met"]
    seen = figure(str(Q), "95", target="10")
    assert names_of(*months("95 96 " * 6), seen, definition=either_way) == [
        "Far from target", "Target always met",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("better", "value", "method", "listed"),
    [
        ("higher", "5", "abs_tolerance", True),
        ("lower", "5", "abs_tolerance", True),
        ("lower", "0", "abs_tolerance", False),
        ("lower", "5", "band", False),
    ],
)
def test_a_target_of_0_is_listed_unless_the_result_is_0_or_it_is_the_middle_of_a_band(
    better, value, method, listed
):
    seen = replace(figure(str(Q), value), target=Decimal(0))
    aim = target("0", method, inner_low=Decimal(-1))
    how = {"definition": replace(COUNT, better=better), "targets": [aim]}

    assert ("Target is 0" in names_of(seen, **how)) is listed


@pytest.mark.parametrize(
    ("given", "listed"),
    [
        ("95:green " * 12, ["Target always met"]),
        ("95:green " * 11, []),
        ("95:green " * 11 + "89:amber", []),
        ("80:red " * 6 + "86:amber " * 6, ["Target never met"]),
        ("80:red " * 11 + "91:green", []),
        ("95:not_rated " * 3 + "95:green " * 11, []),
    ],
)
def test_a_target_met_or_missed_in_each_of_twelve_months_is_listed(given, listed):
    apart = [replace(month, numerator=Decimal(n)) for n, month in enumerate(months(given), 100)]

    assert [t for t in names_of(*apart) if t.startswith("Target")] == listed


@pytest.mark.parametrize(
    ("assurance", "rag", "listed"),
    [
        ("Consistently meeting", "green", ["Target always met"]),
        ("Consistently missing", "red", ["Target never met"]),
        ("Hit or miss", "green", []),
        ("Not applicable", "green", ["Target always met"]),
        # Limits that the quarter contradicts are out of date.
        ("Consistently missing", "green", []),
        ("Consistently meeting", "amber", []),
    ],
)
def test_the_verdict_of_process_limits_comes_before_a_count_of_months(assurance, rag, listed):
    apart = [replace(m, numerator=Decimal(n)) for n, m in enumerate(months("95 " * 12), 100)]
    quarter = figure(str(Q), "95.0", details={"assurance": assurance}, rag=rag)
    found = hits(*apart, quarter)

    assert [test for _, test, _ in found] == listed
    if listed and assurance == "Consistently meeting":
        assert found[0][2] == (
            "Consistently meeting its target, by its process limits; the quarter is 95.0%, the "
            "target 90.0%."
        )


def test_a_target_that_is_the_best_possible_may_always_be_met():
    none_missed = [replace(m, target=Decimal(0)) for m in months("0:green " * 12)]
    quarter = replace(figure(str(Q), "0"), target=Decimal(0))
    how = {"definition": COUNT, "targets": [target("0")]}

    assert names_of(*none_missed, quarter, **how) == []


@pytest.mark.parametrize(
    ("aim", "values", "listed"),
    [
        # The best of the months is 80 and the worst 70: ten apart.
        ("90.1", "70 " + "80 " * 11, True),
        ("90", "70 " + "80 " * 11, False),
        ("90.1", "70 " + "80 " * 10, False),
        # Better than all there is, in however few months.
        ("100.1", "99", True),
        ("100", "99", False),
    ],
)
def test_a_target_out_of_reach_is_listed(aim, values, listed):
    seen = figure(str(Q), "80", target=aim)
    found = names_of(*months(values, rag="red"), seen, targets=[target(aim)])

    assert ("Target out of reach" in found) is listed
    assert not (listed and "Target never met" in found)


def test_a_target_under_all_that_was_ever_counted_is_out_of_reach_where_lower_is_better():
    seen = figure(str(Q), "80", target="59")
    how = {"definition": COUNT, "targets": [target("59")]}
    found = hits(*months("80 " * 11 + "70", rag="red"), seen, **how)

    assert found[0][1:] == (
        "Target out of reach",
        "The target of 59 tickets is further from the best of 12 months, 70 tickets, than that is "
        "from the worst, 80 tickets.",
    )
    seen = replace(seen, target=Decimal(60))
    assert "Target out of reach" not in names_of(*months("80 " * 11 + "70"), seen, **how)


@pytest.mark.parametrize(
    ("now", "ago", "listed"),
    [
        ("90/49", "90/100", True),
        ("90/50", "90/100", False),
        ("9/9", "9/20", True),
        ("9/9", "9/19", False),
    ],
)
def test_cases_under_half_of_those_a_year_before_are_listed(now, ago, listed):
    found = hits(figure(str(Q), "90", of=now), figure("2024-25-Q1", "90", of=ago))

    assert [test for _, test, _ in found] == ["Far smaller base"] * listed


@pytest.mark.parametrize(("last", "listed"), [("49", True), ("50", False)])
def test_cases_under_half_of_the_usual_month_are_listed(last, listed):
    usual = " ".join(f"9{n % 2}:amber:9{n % 2}/100" for n in range(12))
    found = hits(*months(f"{usual} 91:green:9/{last}"))

    assert [test for _, test, _ in found] == ["Far smaller base"] * listed
    to_date = replace(SHARE, accumulation="year_to_date")
    assert hits(*months(f"{usual} 91:green:9/{last}"), definition=to_date) == []


@pytest.mark.parametrize(
    ("given", "listed"),
    [
        ("91:green:91/100 92:green:92/100 92:green:92/100 92:green:92/100", True),
        ("91:green:91/100 92:green:92/100 92:green:92/100", False),
        # The same share of other numbers; zeros; small counts; a change in the last month.
        ("92:green:92/100 92:green:92/100 92:green:184/200", False),
        ("0:red:0/100 0:red:0/100 0:red:0/100", False),
        ("50:red:9/18 50:red:9/18 50:red:9/18", False),
        ("92:green:92/100 92:green:92/100 92:green:92/100 93:green:93/100", False),
    ],
)
def test_the_same_numbers_for_three_months_are_a_feed_to_look_at(given, listed):
    assert names_of(*months(given)) == ["Unchanged for months"] * listed


def test_months_after_the_quarter_are_not_looked_at():
    july = figure("2025-07", "50", of="50/100")

    assert names_of(*months("92 92 92"), july) == ["Unchanged for months"]


@pytest.mark.parametrize(("share", "listed"), [("2.1", True), ("2.0", False)])
def test_a_desk_whose_flag_differs_from_our_verdict_is_listed(share, listed):
    flags = replace(SHARE, id="sla_flag_mismatches", better="lower")
    rated_by_nothing = [target(None, "none", kpi=flags.id)]
    found = hits(figure(str(Q), share, target=None), definition=flags, targets=rated_by_nothing)

    assert [test for _, test, _ in found] == ["SLA flag differs"] * listed
    assert hits(figure(str(Q), share, target=None), targets=[target(None, "none")]) == []


def test_a_directorate_is_listed_only_where_the_council_is_not():
    ours = [figure(str(Q), "95"), figure(str(Q), "10", directorate="HR")]
    all_of_us = [replace(row, value=Decimal(10)) for row in ours]

    assert [hit[:2] for hit in hits(*ours)] == [("HR", "Far from target")]
    assert [hit[:2] for hit in hits(*all_of_us)] == [("COUNCIL", "Far from target")]


def test_a_directorate_is_asked_about_the_target_only_if_it_is_its_own():
    met = [replace(m, numerator=Decimal(n)) for n, m in enumerate(months("95 " * 12), 100)]
    of_hr = [replace(month, directorate="HR") for month in met]

    assert hits(*of_hr) == []
    own = [target(), target(directorate="HR")]
    assert [hit[:2] for hit in hits(*of_hr, targets=own)] == [("HR", "Target always met")]


@pytest.mark.parametrize(
    "hidden", [{"state": "suppressed"}, {"state": "awaiting"}, {"flags": ("small_numbers",)}]
)
def test_what_the_pack_does_not_show_is_not_told(hidden):
    assert hits(figure(str(Q), "10", **hidden)) == []


def test_of_a_kpi_that_counts_people_only_the_council_is_listed():
    rows = [figure(str(Q), "95"), figure(str(Q), "10", directorate="HR")]

    assert hits(*rows, definition=replace(SHARE, people=True)) == []


def test_the_thresholds_are_the_councils():
    assert hits(figure(str(Q), "10"), far_below=Decimal("0.1")) == []
