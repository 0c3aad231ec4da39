"""The route table: each body has a variant, each variant a body, and one class of readers."""

import pytest

from scorecard.governance import Variant, routes_in
from scorecard.period import FinancialQuarter
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition

ROUTE = "{{body: B, variant: {0}, deadline_working_day: 9, visibility: {1}, sign_off: approver}}"


@pytest.fixture
def written(tmp_path):
    """The routes of a file with these bodies' variants and these variants."""

    def write(routes, variants, more=""):
        lines = ["routes:", *(f"  - {ROUTE.format(*route)}" for route in routes), "variants:"]
        lines += [f"  - {{name: {name}, kpis: all{more}}}" for name in variants]
        (tmp_path / "routes.yaml").write_text("\n".join(lines) + "\n")
        return routes_in(tmp_path / "routes.yaml")

    return write


def test_the_routes_that_are_shipped_name_a_variant_for_each_body():
    decided = routes_in(INCLUDE / "council" / "routes.yaml")

    assert [(v.name, decided.visibility_of(v.name)) for v in decided.variants] == [
        ("officer", "internal"), ("board", "internal"), ("cabinet", "public"),
        ("scrutiny", "public"), ("public", "public"), ("year", "public"),
        ("working_from_home", "internal"),
    ]  # fmt: skip
    assert decided.variant("scrutiny").kpis == "exceptions"


def test_two_bodies_may_see_one_variant(written):
    assert len(written([("a", "public"), ("a", "public")], ["a"]).routes) == 2


@pytest.mark.parametrize(
    ("routes", "variants", "words"),
    [
        ([("a", "public")], ["a", "a"], "variant 'a' is there twice"),
        ([("../a", "public")], ["../a"], r"variant '../a' .* is no small word"),
        ([("A", "public")], ["A"], "variant 'A' .* is no small word"),
        ([("a", "public")], ["a", "b"], "variant 'b' has no route"),
        ([("a", "public"), ("b", "public")], ["a"], "variant 'b' has no route, or no entry"),
        ([("a", "public"), ("a", "internal")], ["a"], "variant 'a' goes to bodies of different"),
    ],
)
def test_a_variant_that_cannot_be_is_refused(written, routes, variants, words):
    with pytest.raises(WrongDefinition, match=f"^routes.yaml: {words}"):
        written(routes, variants)


def made_for(variant):
    quarters = ("2024-25-Q3", "2024-25-Q4", "2025-26-Q1")
    return [q for q in quarters if variant.is_made_for(FinancialQuarter.parse(q))]


def test_a_year_has_its_variant_once_and_a_one_off_pack_is_made_of_its_last_quarter():
    of_theme = Variant("b", "all", quarters=("2024-25-Q4", "2024-25-Q3"))

    assert made_for(Variant("a", "all")) == ["2024-25-Q3", "2024-25-Q4", "2025-26-Q1"]
    assert made_for(Variant("year", "all", covers="year")) == ["2024-25-Q4"]
    assert made_for(of_theme) == ["2024-25-Q4"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (", quarters: [2025]", "'2025' is not a financial quarter. Write it like"),
        (", covers: year, quarters: [2024-25-Q4]", "covers a year and names quarters.*remove"),
        (", covers: month", "'month' is unknown. Use one of quarter, year"),
    ],
)
def test_a_time_that_a_variant_cannot_be_of_is_refused(written, more, words):
    with pytest.raises(WrongDefinition, match=f"^routes.yaml.*{words}"):
        written([("a", "public")], ["a"], more)


def test_a_variant_that_is_not_there_is_said_so():
    with pytest.raises(LookupError, match=r"there is no variant 'member'. Name one"):
        routes_in(INCLUDE / "council" / "routes.yaml").variant("member")
