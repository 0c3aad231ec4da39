"""A quantity times a factor: kilograms, and two effects that add up exactly."""

from decimal import Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st
from worked_example import NOW, SETS, THEN, estimate, grams

from scorecard.carbon.products import Line, Product, effects, sum_of


def test_the_change_in_paper_is_split_into_what_people_did_and_what_the_factor_did():
    a_tonne = [SETS.get("paper_primary", year, "tonne").value for year in (2019, 2025)]
    a_sheet = Decimal("0.00000498960")
    found = effects(768_000 * a_sheet, 351_000 * a_sheet, *a_tonne)
    assert (grams(found.activity), grams(found.factor), grams(found.naive)) == (
        Decimal("2798.654"),
        Decimal("-1503.666"),
        Decimal("1294.988"),
    )


def test_each_line_of_the_example_has_its_effects_and_the_net_is_their_sum():
    found = estimate()
    assert [grams(line.printed_effects.activity) for line in found.lines] == [
        grams(line.kg) for line in found.lines
    ]
    assert grams(found.effects.activity) == grams(found.net)
    paper = found.printing.products[0].effects
    assert (grams(paper.activity), grams(paper.factor)) == (
        Decimal("2798.654"),
        Decimal("-1503.666"),
    )
    parts = [line.effects for line in found.lines]
    assert grams(found.effects.factor) == grams(sum(part.factor for part in parts))


def test_added_energy_has_the_sign_with_which_it_is_printed():
    found = estimate().home_energy
    assert (found.kg > 0, found.effects.activity < 0) == (True, True)
    assert found.printed_effects.activity == found.kg


kilograms = st.decimals(min_value=-(10**9), max_value=10**9, places=6)
factors = st.decimals(min_value=0, max_value=10**4, places=10)


@given(before=kilograms, now=kilograms, then_ef=factors, now_ef=factors)
def test_activity_and_factor_effect_add_up_exactly_to_the_naive_change(
    before, now, then_ef, now_ef
):
    with localcontext(prec=60):
        found = effects(before, now, then_ef, now_ef)
        assert found.activity + found.factor == before * then_ef - now * now_ef == found.naive


def test_a_baseline_without_a_factor_has_no_effects_and_says_none():
    found = estimate(baseline=None)
    assert found.net == estimate().net
    assert (found.effects, found.printing.effects) == (None, None)


def test_products_of_one_factor_become_one_in_a_sum():
    one, other = estimate().printing, estimate(now=THEN, then=NOW).printing
    found = sum_of([one, other])
    assert len(found.products) == len(one.products)
    assert grams(found.kg) == grams(one.kg + other.kg)
    assert found.quantities[1].used == one.quantities[1].used + other.quantities[1].used


def test_a_sum_names_what_is_missing_and_is_known_if_anything_is():
    missing = Line(None, missing=("no impressions",))
    assert sum_of([missing, estimate().printing]).missing == ("no impressions",)
    assert sum_of([missing, missing]).kg is None


def test_a_line_of_nothing_is_zero_and_not_unknown():
    assert Line(()).kg == 0
    factor = SETS.get("paper_primary", 2025, "tonne")
    none = Product("paper", Decimal(0), Decimal(0), factor, factor, ())
    assert Line((none,)).kg == 0
