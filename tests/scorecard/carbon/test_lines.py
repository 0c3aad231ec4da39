"""The three lines: what each is made of, and what its number is exposed to."""

from dataclasses import replace
from decimal import Decimal

import pytest
from worked_example import NOW, POLICY, RULES, THEN, estimate, grams

from scorecard.carbon import lines
from scorecard.carbon.products import Quantity
from scorecard.carbon.travel import census_split
from scorecard.period import FinancialQuarter


def test_printing_keeps_each_step_of_the_example():
    found = lines.printing("HR", (NOW, THEN), RULES)
    assert found.quantities == (
        Quantity("worked days", "FTE.day", Decimal(21_280), None, Decimal(22_400)),
        Quantity("impressions", "impression", *map(Decimal, (912_000, 960_000, 540_000))),
        Quantity("sheets, A4", "sheet", *map(Decimal, (729_600, 768_000, 351_000))),
    )
    paper = found.products[0]
    assert paper.counterfactual - paper.used == Decimal("2.0806632")
    assert [each.part for each in found.products] == ["paper", "waste", *["electricity"] * 2]


def test_commuting_keeps_trips_and_kilometres_by_mode():
    found = lines.commuting((NOW, THEN), census_split(), RULES)
    assert [(each.name, grams(each.used)) for each in found.quantities] == [
        ("days of remote-capable roles", 22_400),
        ("of these at home", 10_304),
        ("round trips to work", 12_096),
    ]
    car = found.products[0]
    km = 8960 * 30 * Decimal("57.5") / Decimal("94.5")
    assert (car.factor.factor_id, car.factor.unit) == ("car_average_unknown", "vehicle.km")
    assert grams(car.counterfactual - car.used) == grams(km)


def test_home_energy_counts_hours():
    found = lines.home_energy((NOW, THEN), RULES)
    assert [(each.name, each.unit) for each in found.quantities] == [("hours at home", "FTE.hour")]
    assert found.products[0].used - found.products[0].counterfactual == 66_304
    assert found.is_added


@pytest.mark.parametrize(
    ("line", "part", "multipliers"),
    [
        ("printing", "paper", {"paper_factors", "print_volume"}),
        ("printing", "waste", {"paper_factors", "print_volume"}),
        ("printing", "electricity", {"print_volume", "printer_energy", "electricity_factor"}),
        ("commuting", "commuting", {"distance", "mode_mix", "travel_factors", "home_days"}),
        ("home_energy", "home_energy", {"home_days", "home_factor", "hours"}),
    ],
)
def test_each_part_carries_the_multipliers_of_the_method(line, part, multipliers):
    products = getattr(estimate(), line).products
    carried = {w.multiplier for p in products if p.part == part for w in p.exposure}
    assert carried == multipliers


def test_recycled_paper_takes_the_recycled_factor_and_kept_paper_is_not_thrown_away():
    found = estimate(policy=replace(POLICY, recycled=Decimal("0.5"), kept=Decimal(1))).printing
    assert [p.factor.factor_id for p in found.products[:2]] == [
        *("paper_primary", "paper_closed_loop"),
    ]
    assert "waste" not in found.parts


def test_toner_is_counted_only_where_a_scenario_asks_for_it():
    assert "toner" not in estimate().printing.parts
    found = estimate(policy=replace(POLICY, toner_g=Decimal("1.6"))).printing
    assert found.parts["toner"] == 672


def test_the_factor_of_then_is_that_of_the_baselines_own_year():
    paper = estimate().printing.products[0]
    assert (paper.factor.publication_year, paper.factor_then.publication_year) == (2025, 2019)
    before_the_first_set = FinancialQuarter.parse("2015-16-Q2")
    assert estimate(baseline=before_the_first_set).printing.products[0].factor_then is None


PLAIN = replace(THEN, sheets=THEN.impressions, duplex_pages=None)


@pytest.mark.parametrize(
    ("periods", "grade", "sheets"),
    [
        ((NOW, THEN), "A", (768_000, 351_000)),
        ((NOW, PLAIN), "C", (624_000, 351_000)),
        ((replace(NOW, sheets=NOW.impressions, duplex_pages=None), THEN), "C", (768_000, 432_000)),
        ((replace(NOW, sheets=NOW.impressions, duplex_pages=None), PLAIN), "C", (960_000, 540_000)),
    ],
)
def test_where_the_sides_of_paper_are_not_known_the_printing_line_is_an_estimate(
    periods, grade, sheets
):
    found = lines.printing("HR", periods, RULES)
    assert (found.grade, found.quantities[2].counterfactual, found.quantities[2].used) == (
        grade,
        *sheets,
    )
    widths = {dict(product.exposure)["print_volume"] for product in found.products}
    assert widths == {Decimal("0.05") if grade == "A" else Decimal("0.30")}


def test_a_quarter_without_any_page_needs_no_sides():
    nothing = {"impressions": Decimal(0), "sheets": Decimal(0), "duplex_pages": Decimal(0)}
    assert lines.printing("HR", (replace(NOW, **nothing), THEN), RULES).grade == "A"


def test_printing_without_a_baseline_is_no_reduction_and_says_what_it_emits():
    found = lines.printing("HR", (NOW, replace(THEN, impressions=None)), RULES)
    assert found.products is None
    assert found.missing == (
        "printing not known: no impressions for the baseline of HR; "
        "what is printed now emits 2,469 kg",
    )


def test_a_quarter_without_impressions_says_nothing_of_its_emissions():
    found = lines.printing("HR", (replace(NOW, impressions=None), THEN), RULES)
    assert found.missing == ("printing not known: no impressions for HR",)
