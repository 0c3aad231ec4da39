"""Who may see what, and which definitions would tell of what fewer may see."""

from dataclasses import replace

import pytest

from scorecard import kpis
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition
from scorecard.visibility import check_visibility, may_see

KPIS = kpis.load(INCLUDE / "sql" / "kpi")


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        ("public", ["public"]),
        ("internal", ["public", "internal"]),
        ("restricted", ["public", "internal", "restricted"]),
    ],
)
def test_each_class_of_readers_sees_its_own_and_what_is_wider(reader, sees):
    assert [shown for shown in kpis.VISIBILITIES if may_see(reader, shown)] == sees


def test_the_definitions_that_are_shipped_tell_of_nothing_that_fewer_may_see():
    check_visibility(KPIS.values())


def with_visibility(**classes):
    return [replace(d, visibility=classes.get(d.id, d.visibility)) for d in KPIS.values()]


@pytest.mark.parametrize(
    ("kpi", "words"),
    [
        ("remote_evidence_coverage", "commuting_emissions_avoided.yaml: rests_on 'remote_evid"),
        ("forecast_outturn_variance", "profiled_budget_variance.yaml: forecast 'forecast_out"),
        ("net_emissions_avoided", "carbon: its KPIs are internal and public"),
    ],
)
def test_a_kpi_that_would_tell_of_one_that_fewer_may_see_is_refused(kpi, words):
    with pytest.raises(WrongDefinition, match=f"^{words}"):
        check_visibility(with_visibility(**{kpi: "internal"}))


def test_a_kpi_may_tell_of_one_that_more_may_see():
    check_visibility(with_visibility(profiled_budget_variance="internal"))
