"""Figures about few people are withheld, and nothing that is printed tells them."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from attacker import attack_on, printed_numbers, recovered, unknowns
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_council import DEFINITIONS, DIRECTORATES, PARTS, month_counts, reckoning

from scorecard import suppression
from scorecard.reckoning import figures_of
from scorecard.sensitive import Before

CARBON = {kpi for kpi, definition in DEFINITIONS.items() if definition.kind == "carbon"}
QUARTER = ("2025-04", "2025-05", "2025-06")
TWO_QUARTERS = ("2025-01", "2025-02", "2025-03", *QUARTER)
LARGE = {"ASC": 97, "CEX": 31, "CYP": 83, "HOU": 53, "PLA": 61, "RES": 41}


def council_of(months=QUARTER, **sizes):
    """What is counted of a council whose directorates have so many people, a little unlike."""
    return {
        (month, directorate): month_counts(people, 2 + (place + later) % 5, responses=people)
        for later, month in enumerate(months)
        for place, (directorate, people) in enumerate({**LARGE, **sizes}.items())
    }


def hidden_of(figures, kpi="remote_working_share", kinds=("quarter",)):
    """The directorates of which a KPI's quarter is withheld."""
    return sorted(
        f.directorate
        for f in figures
        if f.kpi_id == kpi and f.state == "suppressed" and f.period_kind in kinds
    )


def suppressed(figures):
    return [figure for figure in figures if figure.state == "suppressed"]


def test_a_council_of_large_directorates_withholds_nothing():
    assert suppressed(figures_of(reckoning(council_of(TWO_QUARTERS)))) == []


@pytest.mark.parametrize(
    ("people", "withheld"),
    [
        (10, []),
        (9, ["CEX", "RES"]),  # RES, the smallest of the others, so that CEX is no difference
        (1, ["CEX", "RES"]),
    ],
)
def test_a_group_of_under_ten_is_withheld_and_one_more_directorate_with_it(people, withheld):
    figures = figures_of(reckoning(council_of(CEX=people)))

    assert hidden_of(figures) == withheld


def test_the_thresholds_are_the_councils():
    assert hidden_of(figures_of(reckoning(council_of(CEX=9), group=9))) == []
    assert hidden_of(figures_of(reckoning(council_of(CEX=10), group=11))) == ["CEX", "RES"]


def test_two_small_groups_do_not_hide_each_other_unless_they_are_a_group_together():
    few = figures_of(reckoning(council_of(CEX=4, PLA=5)))
    enough = figures_of(reckoning(council_of(CEX=9, PLA=9, HOU=9)))

    assert hidden_of(few) == ["CEX", "PLA", "RES"]
    assert hidden_of(enough) == ["CEX", "HOU", "PLA"]


def test_a_directorate_that_shows_nothing_cannot_hide_anybody():
    """RES has no day at home either: a reader who guesses it knows that CEX has none."""
    counts = council_of(CEX=7)
    for month in QUARTER:
        counts[month, "RES"] = month_counts(40, home_tenths=0)

    assert hidden_of(figures_of(reckoning(counts))) == ["CEX", "HOU"]


def test_a_month_of_few_people_takes_every_period_that_holds_it_with_it():
    counts = council_of(TWO_QUARTERS)
    counts["2025-05", "CEX"] = month_counts(8, responses=30)
    figures = figures_of(reckoning(counts))
    share = [f for f in suppressed(figures) if f.kpi_id == "remote_working_share"]

    assert {f.period for f in share if f.directorate == "CEX"} == {
        *("2025-05", "2025-26-Q1", "2025-26-Q1-YTD")
    }
    assert hidden_of(figures, "user_satisfaction") == []


def test_kpis_of_the_same_people_are_withheld_together():
    figures = figures_of(reckoning(council_of(CEX=7)))
    of_staff = [k for k, d in DEFINITIONS.items() if d.people and d.people.group == "staff"]
    direct = [kpi for kpi in of_staff if kpi not in CARBON]

    assert len(direct) == 3
    assert {tuple(hidden_of(figures, kpi)) for kpi in direct} == {("CEX", "RES")}


def test_carbon_is_given_for_the_council_alone_where_anybodys_days_are_withheld():
    months = ("2023-04", "2023-05", "2023-06", *QUARTER)
    figures = figures_of(reckoning(council_of(months, CEX=7)))

    for kpi in CARBON - {"printing_emissions_avoided"}:
        assert hidden_of(figures, kpi) == sorted([*DIRECTORATES, *DIRECTORATES]), kpi


def test_carbon_that_compares_with_a_baseline_of_few_people_is_withheld():
    counts = council_of(("2023-04", "2023-05", "2023-06", *QUARTER))
    counts["2023-04", "CEX"] = month_counts(8, 3)
    figures = figures_of(reckoning(counts))
    quarter = [f for f in suppressed(figures) if f.period == "2025-26-Q1"]

    assert {f.kpi_id for f in quarter} == CARBON - {"printing_emissions_avoided"}
    assert {f.directorate for f in quarter} == set(DIRECTORATES)


def test_what_the_council_estimates_tells_no_parts_where_its_directorates_are_withheld():
    months = ("2023-04", "2023-05", "2023-06", *QUARTER)
    open_, closed = (
        next(
            f
            for f in figures_of(reckoning(council_of(months, CEX=people)))
            if (f.kpi_id, f.period, f.directorate)
            == ("commuting_emissions_avoided", "2025-26-Q1", "COUNCIL")
        )
        for people in (30, 7)
    )

    assert (open_.state, closed.state) == ("final", "final")
    assert {"parts_kg", "mean_km", "activity_effect_kg"} <= set(open_.details)
    assert set(closed.details) == {
        *("factor_year", "factors", "factors_used", "fallbacks", "provisional_factors"),
        *("missing", "averaged", "grade", "grades", "above_zero"),
    }


def test_people_of_whom_no_number_is_known_are_few():
    known = reckoning(council_of())
    figures = figures_of(
        replace(known, people=[r for r in known.people if r["directorate"] != "CEX"])
    )

    assert hidden_of(figures) == ["CEX", "RES"]


def test_a_withheld_figure_keeps_no_number_rating_direction_or_detail():
    for figure in suppressed(figures_of(reckoning(council_of(CEX=7)))):
        numbers = (figure.numerator, figure.denominator, figure.value, figure.lower, figure.upper)
        assert numbers == (None,) * 5
        assert (figure.rag, figure.rag_basis) == ("not_rated", "suppressed")
        assert (figure.direction, figure.flags, figure.details) == ("not_comparable", (), {})


def test_the_reason_does_not_say_which_of_the_withheld_figures_is_the_small_one():
    figures = figures_of(reckoning(council_of(CEX=7)))

    assert {figure.why for figure in suppressed(figures)} == {
        "Withheld to protect people: a group of fewer than 10, a count of 1 to 4 of them, or a "
        "figure from which one of these would follow."
    }


def test_a_figure_is_not_compared_with_one_that_is_withheld():
    counts = council_of(("2024-04", "2024-05", "2024-06", *QUARTER))
    for month in ("2024-04", "2024-05", "2024-06"):
        counts[month, "CEX"] = month_counts(7, 3)
    figures = {
        (f.period, f.directorate): f
        for f in figures_of(reckoning(counts))
        if f.kpi_id == "remote_working_share"
    }

    assert figures["2025-26-Q1", "CEX"].state == "final"
    assert figures["2025-26-Q1", "CEX"].direction == "not_comparable"
    assert figures["2025-26-Q1", "ASC"].direction != "not_comparable"


def test_the_same_figures_give_the_same_choice_in_whatever_order_they_come():
    counts = council_of(TWO_QUARTERS, CEX=7, PLA=12)
    turned = dict(reversed(counts.items()))

    first, second = (suppressed(figures_of(reckoning(each))) for each in (counts, turned))
    assert {f.kpi_id + f.period + f.directorate for f in first} == {
        f.kpi_id + f.period + f.directorate for f in second
    }


def test_what_a_published_pack_withheld_stays_withheld():
    before = Before.of(figures_of(reckoning(council_of(CEX=7))))
    figures = figures_of(reckoning(council_of(CEX=12), before=before))

    assert hidden_of(figures) == ["CEX", "RES"]


def test_what_a_published_pack_showed_hides_nobody_any_more():
    """RES was shown, so withholding it now would let anybody subtract what it was."""
    before = Before.of(
        f for f in figures_of(reckoning(council_of())) if f.directorate in ("RES", "HOU")
    )
    figures = figures_of(reckoning(council_of(CEX=7), before=before))

    assert hidden_of(figures) == ["CEX", "PLA"]


# --- the attack ---------------------------------------------------------------------------------

people_of_a_month = st.sampled_from([3, 8, 9, 10, 14, 33, 60])
PLENTY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def hard_councils(draw, months=TWO_QUARTERS):
    """Groups near the threshold that change by month, some directorates with nothing at all."""
    there = draw(st.lists(st.sampled_from(DIRECTORATES), min_size=2, max_size=6, unique=True))
    counts = {}
    for month, directorate in product(months, sorted(there)):
        people = draw(people_of_a_month)
        counted = month_counts(
            people, draw(st.integers(0, 10)), responses=draw(st.integers(0, min(people, 16)))
        )
        counts[month, directorate] = counted
    return counts


@PLENTY
@given(hard_councils())
def test_no_withheld_figure_follows_from_what_is_shown(counts):
    figures = figures_of(reckoning(counts))

    assert recovered(attack_on(figures), suppressed(figures), CARBON) == []


@PLENTY
@given(hard_councils(), st.data())
def test_no_withheld_figure_follows_from_two_revisions_together(counts, data):
    """Late rows of one directorate; everybody knows that nothing else has moved."""
    first = figures_of(reckoning(counts))
    late = data.draw(st.sampled_from(sorted(counts)))
    people = data.draw(people_of_a_month)
    changed = {**counts, late: month_counts(people, 5, responses=min(people, 11))}
    second = figures_of(reckoning(changed, before=Before.of(first)))
    attack = attack_on(first)
    for quantity, period, directorate, number in printed_numbers(second):
        attack.learn(_of_revision(unknowns(quantity, period, directorate), late), number)

    shown = {(f.kpi_id, f.period, f.directorate) for f in first if f.state != "suppressed"}
    hidden = [f for f in suppressed(second) if (f.kpi_id, f.period, f.directorate) not in shown]
    assert recovered(attack, suppressed(first), CARBON) == []
    for figure in hidden:
        for quantity in PARTS[figure.kpi_id]:
            if figure.kpi_id not in CARBON:
                parts = unknowns(quantity, figure.period, figure.directorate)
                assert attack.value_of(_of_revision(parts, late)) is None


def _of_revision(parts, late):
    """The second revision's unknowns: only that of the late rows is another."""
    return {
        ((*unknown, "late") if unknown[1:] == late else unknown): factor
        for unknown, factor in parts.items()
    }


@pytest.mark.parametrize("few", [{"CEX": 7}, {"CEX": 7, "PLA": 8}])
def test_carbon_totals_do_not_tell_a_directorate_to_one_who_knows_its_distances(few):
    """Every directorate's trips, kilometres and kilograms keep the ratios of earlier quarters."""
    months = ("2023-04", "2023-05", "2023-06", *QUARTER)
    modes = [
        {"period": quarter, "wave": "2025", "directorate": whose, "mode": mode, "fuel": None,
         "answers": "40", "weight": "40", "weighted_km": str(400 + 40 * place)}
        for quarter in ("2025-26-Q1", "2023-24-Q1")
        for place, whose in enumerate(("COUNCIL", "ASC", "CYP", "HOU"))
        for mode in ("car", "bus")
    ]  # fmt: skip
    earlier = council_of(months)
    open_ = figures_of(reckoning(earlier, modes=modes))
    figures = figures_of(reckoning(council_of(months, **few), modes=modes))
    value = {(f.kpi_id, f.directorate): f.numerator for f in open_ if f.period == "2025-26-Q1"}
    lines = sorted(CARBON - {"printing_emissions_avoided", "net_emissions_avoided"})
    also = [
        ({(line, "2025-06", each): 1,
          ("commute_trips_avoided", "2025-06", each): -Fraction(value[line, each])
          / Fraction(value["commute_trips_avoided", each])}, 0)
        for line in lines for each in DIRECTORATES
        if value["commute_trips_avoided", each] and line != "commute_trips_avoided"
    ]  # fmt: skip
    totals = [
        ({(f.kpi_id, "2025-06", each): 1 for each in DIRECTORATES}, f.numerator)
        for f in figures
        if f.kpi_id in lines and f.directorate == "COUNCIL" and f.period == "2025-26-Q1"
    ]

    attack = attack_on([], [*also, *totals])

    assert (len(also), len(totals)) == (18, 4)
    for line, each in product(lines, DIRECTORATES):
        assert attack.value_of({(line, "2025-06", each): 1}) is None


def test_councils_that_differ_in_a_withheld_count_print_the_same():
    """Whether 1, 2, 3 or 4 people of CEX answered in April: a reader cannot tell."""

    def figures_with(april):
        answers = {"ASC": (15 - april, 10 + april, 13), "CEX": (april, 15 - april, 14)}
        counts = {
            (month, directorate): month_counts(60, responses=number)
            for directorate, numbers in {**answers, "CYP": (15, 16, 17)}.items()
            for month, number in zip(QUARTER, numbers, strict=True)
        }
        return [f for f in figures_of(reckoning(counts)) if f.kpi_id == "user_satisfaction"]

    printed = [
        {(f.period, f.directorate): (f.state, f.value, f.denominator) for f in figures_with(april)}
        for april in (1, 2, 3, 4)
    ]

    hidden = {("2025-04", "CEX"), ("2025-05", "CEX"), ("2025-04", "ASC"), ("2025-05", "ASC")}
    assert {key for key, (state, *_) in printed[0].items() if state == "suppressed"} == hidden
    assert printed[1:] == printed[:-1]


def only_what_is_sensitive(table, start, about):
    return {*table.sensitive, *start}


def test_the_attack_succeeds_where_only_the_small_group_itself_is_withheld(monkeypatch):
    monkeypatch.setattr(suppression, "_chosen", only_what_is_sensitive)
    counts = council_of(CEX=7)
    figures = figures_of(reckoning(counts))

    found = recovered(attack_on(figures), suppressed(figures), CARBON)

    home = sum(counts[month, "CEX"]["home"] for month in QUARTER)
    assert ("remote_working_share", "2025-26-Q1", "CEX", "home", home) in found


def test_a_quarter_that_is_withheld_is_not_left_to_its_months(monkeypatch):
    """The attack works through time as well: a month is its quarter less two others."""
    counts = council_of(TWO_QUARTERS)
    counts["2025-05", "CEX"] = month_counts(30, responses=6)
    figures = figures_of(reckoning(counts))
    satisfaction = {(f.period, f.directorate) for f in suppressed(figures)}

    assert ("2025-05", "CEX") in satisfaction
    assert ("2025-26-Q1", "CEX") not in satisfaction
    assert recovered(attack_on(figures), suppressed(figures), CARBON) == []

    monkeypatch.setattr(suppression, "_chosen", only_what_is_sensitive)
    figures = figures_of(reckoning(counts))
    assert ("user_satisfaction", "2025-05", "CEX", "responses", 6) in recovered(
        attack_on(figures), suppressed(figures), CARBON
    )


def test_months_that_are_too_few_together_do_not_follow_either():
    """3 answers in April and 4 in May: their sum is a figure about 7 people."""
    counts = council_of()
    for month, answers in zip(QUARTER, (3, 4, 12), strict=True):
        counts[month, "CEX"] = month_counts(30, responses=answers)
    figures = figures_of(reckoning(counts))
    april_and_may = {("responses", month, "CEX"): 1 for month in ("2025-04", "2025-05")}

    assert hidden_of(figures, "user_satisfaction") == []
    assert attack_on(figures).value_of(april_and_may) is None
