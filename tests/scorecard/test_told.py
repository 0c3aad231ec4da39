"""A measurement knows what other packs had told of people, and is another one when that changes."""

from datetime import timedelta

import pytest
from record import KPI, NOW, Q, a_figure, a_measurement, approve

from scorecard import draft, kpis, publish, told
from scorecard.measure import SQL
from scorecard.publish import CannotPublish

Q4 = "2024-25-Q4"
PEOPLE = "user_satisfaction"
LATER = NOW + timedelta(hours=2)
DEFINITIONS = tuple(kpis.load(SQL / "kpi").values())


@pytest.fixture
def published(stores):
    """Publish a quarter's figures; the id of their measurement comes back."""

    def make(name, *figures, quarter=Q4, identity=None):
        a_measurement(stores.register, name, figures, (), quarter, NOW, identity)
        draft.run(stores, name, "", "performance team", NOW)
        approve(stores, quarter)
        publish.run(stores, quarter, "officer", 1, NOW, LATER)
        return name

    return make


def others(stores, quarter=Q, by=LATER, **identity):
    return told.by_others(stores, quarter, by, identity, DEFINITIONS)


def test_nothing_is_told_until_a_pack_is_published(stores, published):
    assert others(stores) == ""
    a_measurement(stores.register, "draft", [a_figure("80", kpi=PEOPLE)], (), Q4)
    draft.run(stores, "draft", "", "performance team", NOW)
    assert others(stores) == ""


def test_what_another_quarter_told_of_people_counts_from_the_moment_of_its_publication(
    stores, published
):
    published("a", a_figure("80", Q4, kpi=PEOPLE))

    assert others(stores, by=NOW - timedelta(microseconds=1)) == ""
    assert len(others(stores, by=NOW)) == 64


@pytest.mark.parametrize(
    "figure",
    [a_figure("80", Q4), a_figure(None, Q4, kpi=PEOPLE, state="awaiting")],
    ids=["not about people", "without a number"],
)
def test_figures_that_tell_nothing_of_people_do_not_count(stores, published, figure):
    published("a", figure)

    assert others(stores) == ""


def test_shown_and_withheld_are_told_apart(stores, published):
    published("a", a_figure("80", Q4, kpi=PEOPLE))
    shown = others(stores)
    withheld = a_figure(None, Q4, kpi=PEOPLE, state="suppressed")
    published("b", withheld, quarter="2024-25-Q3", identity={"told": shown})

    assert others(stores) not in ("", shown)


def test_packs_of_the_very_same_measurement_are_no_others(stores, published):
    same = {"inputs": {"tickets": ["x"]}, "told": ""}
    published("a", a_figure("80", kpi=PEOPLE), quarter=Q, identity=same)
    received = {"tickets": {"months": ["2025-04"], "systems": []}}

    assert others(stores, inputs={"tickets": ["x"]}, received=received) == ""
    assert others(stores, inputs={"tickets": ["y"]}, received=received) != ""


def test_a_draft_is_not_published_once_another_pack_told_of_people(stores, published):
    a_measurement(stores.register, "mine", [a_figure("75.0", kpi=KPI)], (), Q)
    draft.run(stores, "mine", "", "performance team", NOW)
    published("a", a_figure("80", Q4, kpi=PEOPLE))
    approve(stores)

    with pytest.raises(CannotPublish, match="another pack was published since its figures were"):
        publish.run(stores, Q, "officer", 1, LATER, LATER)
