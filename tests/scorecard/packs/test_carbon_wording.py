"""The words for a carbon estimate: the method's rules, and the rows on their edges."""

from decimal import Decimal

import pytest

from scorecard.packs import carbon_wording as wording
from scorecard.packs.carbon_wording import Amount


def amount(kg, lower=None, upper=None):
    return Amount(*(None if n is None else Decimal(n) for n in (kg, lower, upper)))


EXAMPLE = amount("11582.412", "-600", "24700")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (("11582", "2000", "22000"), "about 12 t CO2e avoided (95% interval 2 to 22 t)"),
        (("11582.412", "-600", "24700"),
         "12 t CO2e, 95% interval −1 to 25 t; not distinguishable from zero"),
        (("-12000", "-22000", "-2000"),
         "emissions increased by about 12 t CO2e (95% interval 2 to 22 t)"),
        (("12000", "0", "24000"),
         "12 t CO2e, 95% interval 0 to 24 t; not distinguishable from zero"),
        (("-12000", "-24000", "0"),
         "−12 t CO2e, 95% interval −24 to 0 t; not distinguishable from zero"),
        (("12000", "0.000001", "24000"),
         "about 12 t CO2e avoided (95% interval just above 0 to 24 t)"),
        (("12000", "-0.4", "24000"),
         "12 t CO2e, 95% interval just below 0 to 24 t; not distinguishable from zero"),
        (("0", "0", "0"), "0 kg CO2e: no change"),
    ],
)  # fmt: skip
def test_the_words_follow_where_the_interval_lies_and_one_that_touches_zero_holds_it(
    numbers, words
):
    assert wording.avoided(amount(*numbers)) == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (("22131", "12000", "32000"), "about 22 t CO2e added (95% interval 12 to 32 t)"),
        (("-22131", "-32000", "-12000"),
         "emissions fell by about 22 t CO2e (95% interval 12 to 32 t)"),
    ],
)  # fmt: skip
def test_what_is_added_says_when_emissions_fell(numbers, words):
    assert wording.added(amount(*numbers)) == words


@pytest.mark.parametrize(
    ("numbers", "cell"),
    [
        (("12345", "2345", "22345"), "12 t (2 to 22 t)"),  # half-width of 10 t: whole tonnes
        (("12345", "2346", "22344"), "12.3 t (2.3 to 22.3 t)"),  # just under: tenths
        (("123456", "23456", "223456"), "120 t (20 to 220 t)"),  # of 100 t: tens
        (("1000", "900", "1100"), "1.0 t (0.9 to 1.1 t)"),  # no finer than a tenth of a tonne
        (("999.9", "900", "1100"), "1,000 kg (900 to 1,100 kg)"),  # below a tonne: kilograms
        (("57.77", "44.61", "75.19"), "58 kg (45 to 75 kg)"),
        (("620.6", "41.7", "1127.7"), "620 kg (40 to 1,130 kg)"),
        (("5", "4.8", "5.2"), "5 kg (5 to 5 kg)"),  # no finer than a kilogram
        (("50", "-25000", "25000"), "0 t (−25 to 25 t)"),  # a doubt of tonnes is said in tonnes
        (("2500", "-7500", "12500"), "3 t (−8 to 13 t)"),  # half up, away from zero
        (("-0.4", "-20", "19"), "0 kg (−20 to 19 kg)"),  # no minus zero
        (("0", "0", "0"), "0 kg"),
    ],
)  # fmt: skip
def test_the_last_digit_follows_the_interval(numbers, cell):
    assert wording.in_cell(amount(*numbers)) == cell


@pytest.mark.parametrize(
    ("share", "words"),
    [("1", "over 99 in 100"), ("0.995", "over 99 in 100"), ("0.9949", "99 in 100"),
     ("0.9689", "97 in 100"),
     ("0.005", "1 in 100"), ("0.0049", "under 1 in 100"), ("0", "under 1 in 100")],
)  # fmt: skip
def test_a_chance_is_whole_and_never_certain(share, words):
    assert wording.chance(Decimal(share)) == words


def test_a_net_without_a_line_names_it_once():
    why = ["printing not known: HR, 2025-26-Q1: no pages", "printing not known: ICT: no pages"]
    assert wording.partial(why) == "partial: printing not known"
    assert wording.partial([*why, "home working not known: HR"]) == (
        "partial: printing and home working not known"
    )
    assert wording.partial([]) == ""


@pytest.mark.parametrize(
    ("mean", "even", "words"),
    [("12.1", "10.8", "saves a little"), ("10.7", "10.8", "adds emissions"),
     ("10.8", "10.8", "saves nothing"), (None, "10.8", "is not known")],
)  # fmt: skip
def test_the_mean_commute_stands_beside_the_distance_at_which_a_home_day_breaks_even(
    mean, even, words
):
    said = wording.against_break_even(*(None if n is None else Decimal(n) for n in (mean, even)))
    assert words in said


@pytest.mark.parametrize(
    ("numbers", "words"),
    [(("12", "-1", "25"), "cannot be told from none"), (("12", "3", "21"), "were avoided"),
     (("-12", "-21", "-3"), "emissions increased"), (("0", "0", "0"), "Nothing was avoided")],
)  # fmt: skip
def test_the_verdict_says_what_the_interval_means(numbers, words):
    assert words in wording.verdict(amount(*numbers))


@pytest.mark.parametrize(
    ("above_zero", "words"),
    [("0.8", "has probably fallen, but a rise"), ("0.79", "fallen, stayed or risen"),
     ("0.2", "has probably risen, but a fall"), ("0.21", "fallen, stayed or risen")],
)  # fmt: skip
def test_an_estimate_that_cannot_be_told_from_none_says_to_which_side_it_leans(above_zero, words):
    assert words in wording.verdict(amount("12", "-1", "25"), "", Decimal(above_zero))


@pytest.mark.parametrize(
    ("numbers", "lacking", "words"),
    [(("12", "3", "21"), "", "Carbon saving"), (("12", "0", "21"), "", "No clear carbon saving"),
     (("-12", "-21", "0"), "", "No clear carbon saving"), (("-12", "-21", "-3"), "",
     "Carbon increase"), (("12", "3", "21"), "partial: printing not known", "Net carbon"),
     (("0", "0", "0"), "", "Net carbon")],
)  # fmt: skip
def test_a_headline_begins_with_what_the_interval_allows_to_be_said(numbers, lacking, words):
    assert wording.opening(amount(*numbers), lacking) == words


def test_the_worked_example_is_published_in_the_words_of_the_method():
    assert wording.avoided(EXAMPLE) == (
        "12 t CO2e, 95% interval −1 to 25 t; not distinguishable from zero"
    )
    assert wording.evidence("D") == "D (default)"
