"""Metered energy of offices: the line, its effects and interval, and the net with and without."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from worked_example import NOW, QUARTERS, SETS, THEN, grams, series

from scorecard.carbon.as_figures import NET, OFFICE, WITH_OFFICE, carbon_of
from scorecard.carbon.details import details_of
from scorecard.carbon.office import fte_of
from scorecard.carbon.uncertainty import Draws, interval, seed_of
from scorecard.meters import Reading
from scorecard.period import FinancialQuarter

SUMMER = FinancialQuarter.parse("2025-26-Q2")
BASE = FinancialQuarter.parse("2018-19-Q2")
YEAR = [SUMMER.shifted(-step) for step in range(4)]
KPIS = (NET, "printing_emissions_avoided")
GAS, GENERATED, LOST = Decimal("0.18296"), Decimal("0.177"), Decimal("0.01853")


def reading(quarter, gas=100_000, electricity=80_000, grade="A"):
    return Reading(
        str(quarter), Decimal(gas), Decimal(electricity), grade, "Meters", date(2026, 1, 1)
    )


def metered(*readings, **given):
    """The example's council with meters; FTE is 400, and 380 in the baseline year."""
    found = {FinancialQuarter.parse(each.quarter): each for each in readings}
    return replace(series(**given), readings=found)


# In 2018 as much for each FTE as 380 FTE used: 400 would have used 125,000 kWh of gas.
EXAMPLE = metered(reading(BASE, 118_750, 95_000, "B"), reading(SUMMER))


def council(made, period=SUMMER.period):
    return made.estimates([period])[period.key, "COUNCIL"]


def test_the_line_is_the_baselines_energy_for_todays_fte_less_what_was_metered():
    found = council(EXAMPLE)
    assert found.office.parts == {
        "office_gas": 25_000 * GAS,
        "office_electricity": 20_000 * (GENERATED + LOST),
    }
    assert [(f.factor_id, f.publication_year) for f in found.office.factors] == [
        ("natural_gas_gross_cv", 2025), ("electricity_generation", 2025), ("electricity_td", 2025),
    ]  # fmt: skip
    assert found.office.grade == "B"
    assert [(q.name, q.baseline, q.counterfactual, q.used) for q in found.office.quantities] == [
        ("staff", 380, None, 400),
        ("office gas", 118_750, 125_000, 100_000),
        ("office electricity", 95_000, 100_000, 80_000),
    ]


def test_more_energy_than_the_baselines_is_an_increase():
    more = council(metered(reading(BASE, 90_000), reading(SUMMER, 100_000)))
    assert more.office.kg < 0


def test_the_net_is_the_same_with_meters_and_without_and_the_net_with_offices_another_figure():
    found, without = council(EXAMPLE), council(series())
    assert (found.net, found.net_terms, found.effects) == (
        without.net, without.net_terms, without.effects,
    )  # fmt: skip
    assert sum(found.with_office_terms.values()) == found.net + found.office.kg
    assert (without.office.kg, without.with_office_terms) == (None, None)


def test_without_meters_every_figure_and_detail_is_what_it_was_bit_for_bit():
    periods = [SUMMER.period]
    plain, told = (carbon_of(s, periods, KPIS, "C") for s in (series(), EXAMPLE))
    known = {key: bounds for key, bounds in told.intervals.items() if key[0] in KPIS}
    assert {key: bounds for key, bounds in plain.intervals.items() if key[0] in KPIS} == known
    assert {key[0] for key in plain.intervals} & {OFFICE, WITH_OFFICE} == set()
    for kpi in KPIS:
        one, other = (details_of(kpi, str(SUMMER), "COUNCIL", each) for each in (plain, told))
        assert "office" not in one
        assert one == {name: each for name, each in other.items() if name != "office"}


def test_activity_and_factor_effect_add_up_to_the_change_exactly():
    found = council(EXAMPLE).office
    then, now = (SETS.get("natural_gas_gross_cv", year, "kWh").value for year in (2018, 2025))
    electric = [
        sum(SETS.get(f"electricity_{what}", year, "kWh").value for what in ("generation", "td"))
        for year in (2018, 2025)
    ]
    naive = 125_000 * then - 100_000 * now + 100_000 * electric[0] - 80_000 * electric[1]
    assert found.effects.activity == found.kg
    assert found.effects.naive == naive


def test_a_small_saving_is_in_doubt_by_both_readings_and_not_by_their_difference():
    found = council(metered(reading(BASE, 118_750, 95_000), reading(SUMMER, 124_000, 99_000)))
    bounds = interval(found.office.avoided, Draws(seed_of("C", str(SUMMER))))
    used = 125_000 * GAS + 100_000 * (GENERATED + LOST)
    assert found.office.kg > 0
    assert bounds.holds_zero
    assert float(bounds.upper - bounds.lower) > float(used) * 0.05


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ([reading(SUMMER)], "office energy not known: no meters read for 2018-19-Q2"),
        ([reading(BASE)], "office energy not known: no meters read for 2025-26-Q2"),
    ],
)
def test_a_quarter_or_a_baseline_without_a_reading_is_not_known_and_never_zero(readings, words):
    found = council(metered(*readings))
    assert (found.office.kg, found.with_office_terms) == (None, None)
    assert found.office.missing == (words,)
    assert found.missing == ()


def test_where_the_fte_of_a_directorate_is_not_known_the_councils_line_is_not_known():
    of_two = {("net_emissions_avoided", d): (Decimal(300), Decimal(3)) for d in ("HR", "ICT")}
    assert fte_of(of_two) == 200
    assert fte_of({**of_two, ("net_emissions_avoided", "ICT"): (None, None)}) is None
    assert fte_of({}) is None

    made = metered(
        reading(BASE), reading(SUMMER), now=lambda quarter: replace(NOW, fte_months=None)
    )
    assert council(made).office.missing == ("office energy not known: no FTE for 2025-26-Q2",)
    lost = replace(EXAMPLE, lacking=lambda quarter: {"net_emissions_avoided"})
    assert council(lost).office.missing == ("office energy not known: no FTE for 2025-26-Q2",)


def test_a_net_that_lacks_a_line_has_no_net_with_offices():
    partial = metered(
        reading(BASE), reading(SUMMER), now=lambda quarter: replace(NOW, impressions=None)
    )
    found = council(partial)
    assert found.office.kg is not None
    assert found.with_office_terms is None


def test_a_directorate_has_no_office_energy_of_its_own():
    assert EXAMPLE.estimates([SUMMER.period])[str(SUMMER), "HR"].office.kg is None


@pytest.mark.parametrize("gap", [False, True])
def test_a_rolling_year_needs_the_readings_of_all_its_quarters(gap):
    baselines = [FinancialQuarter(2018, n) for n in (1, 2, 3, 4)]
    read = [reading(q, 118_750, 95_000) for q in baselines] + [reading(q) for q in YEAR[gap:]]
    made = metered(*read)
    found = council(made, SUMMER.rolling_12)
    if gap:
        assert found.office.missing == (f"office energy not known: no meters read for {SUMMER}",)
        assert (found.office.kg, found.with_office_terms) == (None, None)
    else:
        quarters = sum(council(made, each.period).office.kg for each in YEAR)
        assert grams(found.office.kg) == grams(quarters)
        assert {f.publication_year for f in found.office.factors} == {2024, 2025}


def test_the_baseline_compared_with_itself_avoids_nothing_and_has_no_doubt():
    found = council(metered(reading(BASE), then=lambda quarter: THEN), BASE.period)
    bounds = interval(found.office.avoided, Draws(1, 1000))
    assert (found.office.kg, bounds.lower, bounds.upper) == (0, 0, 0)


def test_a_baseline_of_two_years_is_what_they_used_together_for_each_fte():
    earlier = QUARTERS[1]
    two = replace(
        metered(reading(BASE, 114_000, 0), reading(earlier.shifted(4), 84_000, 0),
                reading(SUMMER, 100_000, 1)),
        baselines_of=lambda quarter: [BASE, BASE.shifted(4)],
    )  # fmt: skip
    found = council(two)
    assert found.office.quantities[1].counterfactual == Decimal(198_000) * 400 / (380 + 400)


def test_office_energy_is_told_beside_the_net_with_bounds_of_its_own_and_never_in_it():
    made = carbon_of(EXAMPLE, [SUMMER.period], KPIS, "C")
    told = details_of(NET, str(SUMMER), "COUNCIL", made)
    office, net = told["office"], made.estimates[str(SUMMER), "COUNCIL"].net
    assert Decimal(office["with_office_kg"]) == round(net + Decimal(office["office_kg"]), 6)
    for name in ("office", "with_office"):
        low, kg, high = (Decimal(office[f"{name}{end}_kg"]) for end in ("_lower", "", "_upper"))
        assert low < kg < high
    assert (office["grade"], office["factor_year"]) == ("B", "2025")
    assert "natural_gas_gross_cv" not in told["factors"]
    assert "office" not in details_of(KPIS[1], str(SUMMER), "COUNCIL", made)

    gone = carbon_of(metered(reading(BASE)), [SUMMER.period], KPIS, "C")
    assert details_of(NET, str(SUMMER), "COUNCIL", gone)["office"] == {
        "missing": ["office energy not known: no meters read for 2025-26-Q2"]
    }
