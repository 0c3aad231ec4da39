"""The worked example of the carbon method (section 13), and what must hold for any council."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worked_example import NOW, POLICY, RULES, THEN, estimate, grams, quarter_of

from scorecard.carbon.activity import Activity
from scorecard.carbon.estimates import over_quarters
from scorecard.carbon.quarter import estimate_quarter
from scorecard.carbon.travel import Mode, Split
from scorecard.period import FinancialQuarter


def test_the_worked_example_holds_to_the_gram():
    found = estimate()
    assert {name: grams(kg) for name, kg in found.printing.parts.items()} == {
        "paper": Decimal("2798.654"),
        "waste": Decimal("9.749"),
        "electricity": Decimal("82.123"),
    }
    assert grams(found.printing.kg) == Decimal("2890.526")
    assert found.trips == 2 * 8960
    assert grams(found.commuting.kg) == Decimal("30822.835")
    assert grams(found.home_energy.kg) == Decimal("22130.949")
    assert grams(found.net) == Decimal("11582.412")
    assert grams(found.net_per_fte) == Decimal("28.956")
    assert round(found.break_even_km, 1) == Decimal("10.8")
    assert (found.missing, found.provisional, found.fallbacks, found.remarks) == ((), False, (), ())


def test_the_worked_example_names_the_factors_it_used():
    assert [(f.factor_id, f.value) for f in estimate().factors] == [
        ("paper_primary", Decimal("1345.0779")),
        ("waste_paper_closed_loop", Decimal("4.68568")),
        ("electricity_generation", Decimal("0.177")),
        ("electricity_td", Decimal("0.01853")),
        ("car_average_unknown", Decimal("0.16725")),
        ("bus_local_average", Decimal("0.10385")),
        ("rail_national", Decimal("0.03546")),
        ("rail_light", Decimal("0.0286")),
        ("motorbike_average", Decimal("0.11367")),
        ("taxi_regular", Decimal("0.14861")),
        ("homeworking_total", Decimal("0.33378")),
    ]


def test_on_the_seasonal_basis_a_summer_quarter_carries_no_heating():
    found = estimate(policy=replace(POLICY, heating_basis="seasonal"))
    assert grams(found.home_energy.kg) == Decimal("2084.598")
    assert grams(found.net) == Decimal("31628.763")
    assert found.provisional is False


def test_on_the_seasonal_basis_a_winter_quarter_carries_twice_the_heating_and_is_provisional():
    found = estimate(
        quarter=FinancialQuarter.parse("2025-26-Q3"),
        policy=replace(POLICY, heating_basis="seasonal"),
    )
    hours = Decimal(8960) * Decimal("7.4")
    assert found.home_energy.kg == hours * (Decimal("0.03144") + 2 * Decimal("0.30234"))
    assert found.provisional is True


def test_both_heating_bases_agree_over_a_year_of_even_hours():
    quarters = [FinancialQuarter(2024, number) for number in (1, 2, 3, 4)]
    majority = replace(POLICY, factor_year="fy_majority")
    years = [
        over_quarters(
            [estimate(quarter=q, policy=replace(majority, heating_basis=basis)) for q in quarters],
            "2024-25-Q4-R12",
        ).home_energy.kg
        for basis in ("annual_average", "seasonal")
    ]
    assert grams(years[0]) == grams(years[1])


def test_with_a_rebound_of_a_fifth_the_example_avoids_half_as_much():
    assert grams(estimate(policy=replace(POLICY, rebound=Decimal("0.2"))).net) == Decimal(
        "5417.845"
    )


def test_more_printing_and_fewer_home_days_are_an_increase():
    found = estimate(now=quarter_of(380, 912_000, "0.4", "0.06"), then=NOW)
    assert found.printing.kg < 0
    assert found.commuting.kg < 0
    assert found.home_energy.kg < 0
    assert found.net < 0


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (replace(NOW, impressions=None), THEN, "no impressions for HR, 2025-26-Q2"),
        (NOW, replace(THEN, sheets=None), "no impressions for the baseline of HR, 2025-26-Q2"),
        (replace(NOW, worked_fte_days=None), THEN, "no worked FTE-days for HR, 2025-26-Q2"),
        (NOW, replace(THEN, worked_fte_days=Decimal(0)), "no worked FTE-days for the baseline"),
    ],
)
def test_printing_that_is_not_known_makes_the_net_partial_and_is_never_zero(now, then, words):
    found = estimate(now, then)
    assert found.printing.kg is None
    assert words in found.missing[0]
    assert found.net == found.commuting.kg - found.home_energy.kg


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (replace(NOW, placed_fte_days=Decimal(0)), THEN, "are known for HR, 2025-26-Q2"),
        (NOW, replace(THEN, home_fte_days=None), "are known for the baseline of HR, 2025-26-Q2"),
    ],
)
def test_home_days_that_are_not_known_leave_two_lines_out(now, then, words):
    found = estimate(now, then)
    assert (found.commuting.kg, found.home_energy.kg, found.trips) == (None, None, None)
    assert len(found.missing) == 1
    assert words in found.missing[0]
    assert found.net == found.printing.kg


def test_without_any_activity_nothing_is_known():
    assert estimate(Activity(), Activity()).net is None


def test_a_quarter_of_2026_names_the_paper_row_it_took_from_2025():
    found = estimate(quarter=FinancialQuarter.parse("2025-26-Q4"))
    assert [f.factor_id for f in found.fallbacks] == ["paper_primary"]
    assert found.provisional is False


def test_a_quarter_whose_set_is_not_out_is_provisional():
    assert estimate(quarter=FinancialQuarter.parse("2027-28-Q1")).provisional is True


def test_hours_a_day_come_from_the_contract_or_else_from_the_council():
    shorter = replace(NOW, contract_hours=NOW.contract_days * 7)
    unknown = replace(NOW, contract_hours=None)
    assert estimate(shorter).home_energy.kg == estimate().home_energy.kg / Decimal("7.4") * 7
    assert estimate(unknown).home_energy.kg == estimate().home_energy.kg


@pytest.mark.parametrize(
    ("evidenced", "grades"), [("0.80", ("A", "D", "A")), ("0.79", ("A", "D", "B"))]
)
def test_evidence_is_graded_by_its_weakest_part(evidenced, grades):
    now = replace(NOW, evidenced_fte_days=NOW.due_fte_days * Decimal(evidenced))
    then = replace(THEN, evidenced_fte_days=THEN.due_fte_days)
    assert tuple(line.grade for line in estimate(now, then).lines) == grades


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (quarter_of(400, 540_000, "0.7", "0.10"), "too small to estimate"),
        (quarter_of(457, 540_000, "0.7", "0.46"), "a mapped baseline is required"),
    ],
)
def test_a_reader_is_told_when_the_comparison_is_weak(now, words):
    assert words in estimate(now).remarks[0]


@pytest.mark.parametrize(
    ("now", "then", "remark"),
    [
        (NOW, THEN, ()),
        (replace(NOW, duplex_pages=None), THEN, ("duplex is known of the baseline only",)),
        (NOW, replace(THEN, duplex_pages=None), ("duplex is known of the quarter only",)),
        (
            *(replace(NOW, duplex_pages=None), replace(THEN, duplex_pages=None)),
            ("each is taken to bear one",),
        ),
    ],
)
def test_a_reader_is_told_where_the_sides_of_paper_are_assumed(now, then, remark):
    found = estimate(now, then).remarks
    assert len(found) == len(remark)
    assert all(words in said for words, said in zip(remark, found, strict=True))


def test_the_council_is_the_sum_of_its_directorates():
    now, then = {"HR": NOW, "ICT": NOW}, {"HR": THEN, "ICT": THEN}
    found = estimate_quarter(now, then, {}, RULES)
    assert list(found) == ["HR", "ICT", "COUNCIL"]
    assert grams(found["COUNCIL"].net) == Decimal("23164.824")
    assert grams(found["COUNCIL"].net_per_fte) == Decimal("28.956")
    assert round(found["COUNCIL"].break_even_km, 1) == Decimal("10.8")
    assert found["COUNCIL"].value("net_emissions_avoided") == found["COUNCIL"].net / 1000
    per_fte = found["COUNCIL"].value("net_emissions_avoided_per_fte")
    assert per_fte == found["COUNCIL"].net_per_fte


def test_the_council_is_partial_where_a_directorate_is_not_known():
    now = {"HR": NOW, "ICT": replace(NOW, impressions=None)}
    found = estimate_quarter(now, {"HR": THEN, "ICT": THEN}, {}, RULES)
    assert grams(found["COUNCIL"].printing.kg) == Decimal("2890.526")
    assert found["COUNCIL"].missing == ("printing not known: no impressions for ICT, 2025-26-Q2",)


amounts = st.decimals(min_value=1, max_value=10**6, places=3)


@given(scale=st.integers(min_value=1, max_value=1000), saved=amounts)
def test_a_council_so_many_times_as_large_avoids_so_many_times_as_much(scale, saved):
    now = replace(NOW, impressions=saved, sheets=saved)
    larger = [
        Activity(**{n: v * scale for n, v in vars(activity).items() if v})
        for activity in (now, THEN)
    ]
    larger = [replace(activity, months=Decimal(3)) for activity in larger]
    assert round(estimate(*larger).net, 9) == round(estimate(now).net * scale, 9)


@given(before=amounts, after=amounts)
def test_printing_is_avoided_exactly_when_a_worked_day_needs_fewer_sheets(before, after):
    now = replace(NOW, impressions=after, sheets=after)
    then = replace(NOW, impressions=before, sheets=before)
    avoided = estimate(now, then).printing.kg
    assert (avoided > 0, avoided < 0) == (after < before, after > before)


def test_a_council_where_everyone_walks_avoids_no_journey_and_never_breaks_even():
    walkers = Split((Mode("walk", Decimal(1), Decimal(2)),), "B", "survey")
    found = estimate(split=walkers)
    assert (found.commuting.kg, found.break_even_km) == (0, None)
    assert found.net < 0


shares = st.decimals(min_value=0, max_value=1, places=4)


@given(first=shares, second=shares, impressions=amounts)
def test_directorates_sum_to_the_council_to_the_gram(first, second, impressions):
    now = {
        "HR": quarter_of(400, 540_000, "0.7", first),
        "ICT": replace(NOW, impressions=impressions),
    }
    then = {"HR": THEN, "ICT": quarter_of(380, 912_000, "0.4", second)}
    found = estimate_quarter(now, then, {}, RULES)
    council = found.pop("COUNCIL")
    for line in ("printing", "commuting", "home_energy"):
        own = sum(getattr(each, line).kg for each in found.values())
        assert grams(getattr(council, line).kg) == grams(own)
    assert grams(council.net) == grams(sum(each.net for each in found.values()))


@given(share=shares)
def test_more_days_at_home_avoid_journeys_and_add_energy(share):
    found = estimate(now=quarter_of(400, 540_000, "0.7", share))
    sign = (share > Decimal("0.06")) - (share < Decimal("0.06"))
    for kg in (found.commuting.kg, found.home_energy.kg, found.trips, found.distance_km):
        assert (kg > 0) - (kg < 0) == sign
