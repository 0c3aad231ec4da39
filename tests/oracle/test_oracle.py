"""The real SQL and the oracle agree on every core KPI, period and directorate."""

import gc

import pytest

from oracle import database
from oracle.cases import CASES, SIZE, SPANS
from oracle.comparison import NOTHING, differences, is_asked, published
from oracle.edges import edges
from oracle.tally import COUNCIL, NAMES
from scorecard import kpis, measure
from scorecard.kpis import rounded
from scorecard.states import Readiness, standing_of, standing_of_nothing

DEFINITIONS = kpis.load(measure.SQL / "kpi")
CORE = """
    incidents_resolved_within_sla requests_fulfilled_within_sla first_responses_within_sla
    tickets_fixed_at_first_contact tickets_resolved_at_first_level open_tickets aged_open_tickets
    tickets_reopened user_satisfaction ticket_clearance_ratio
    forecast_outturn_variance profiled_budget_variance savings_delivered savings_secured
    strategy_savings_delivered strategy_envelope_spent ledger_difference_from_control
    pages_printed pages_per_fte_working_day sheets_used pages_printed_duplex
    pages_printed_in_colour print_reduction_from_baseline
    remote_working_share home_days_per_fte_week commute_trips_avoided commute_distance_avoided
    remote_evidence_coverage
    printing_emissions_avoided commuting_emissions_avoided home_working_emissions_added
    net_emissions_avoided
    ticket_resolution_time sla_flag_mismatches
"""
SHOWN = 20  # differences that a failure lists


@pytest.fixture(scope="module", params=CASES)
def answered(request):
    """A case, and what the real SQL says of every KPI that the oracle reckons for it."""
    case = CASES[request.param](SIZE)
    asked = {kpi: database.KPIS[kpi] for kpi in case.expected}
    with database.database(case, SPANS, asked) as connection:
        answers = {kpi: database.answers(connection, sql) for kpi, sql in asked.items()}
    yield case, answers
    gc.collect()


def test_every_edge_case_is_among_the_rows(answered):
    assert [name for name, rows in edges(answered[0]).items() if not rows] == []


def test_the_sql_and_the_oracle_agree(answered):
    case, answers = answered
    found = [
        line
        for kpi, expected in case.expected.items()
        for line in differences(DEFINITIONS[kpi], answers[kpi], expected)
    ]

    listed = "\n".join(found[:SHOWN])
    assert not found, f"{len(found)} figures differ. The first of them:\n{listed}"


def test_no_kpi_is_without_a_figure(answered):
    case, answers = answered
    for kpi, expected in case.expected.items():
        asked = {key for key in expected if is_asked(DEFINITIONS[kpi], key[0])}
        with_case = {key for key in asked if answers[kpi].get(key) not in NOTHING}
        assert len(with_case) >= len(asked) / 4, kpi
        assert COUNCIL in {directorate for _, directorate in with_case}, kpi


def test_values_are_divided_and_rounded_once_and_without_a_case_not_applicable(answered):
    case, answers = answered
    found = []
    for kpi, expected in case.expected.items():
        definition = DEFINITIONS[kpi]
        if definition.kind == "carbon":
            continue
        for key in [(span.key, name) for span in SPANS for name in (*NAMES, COUNCIL)]:
            ours = published(definition, expected.get(key))
            theirs = _figure(definition, answers[kpi].get(key))
            if is_asked(definition, key[0]) and theirs != ours:
                found.append(f"{kpi}, {', '.join(key)}: {theirs}, the oracle {ours}")

    listed = "\n".join(found[:SHOWN])
    assert not found, f"{len(found)} values differ. The first of them:\n{listed}"


def _figure(definition, answer):
    """State and value that the package makes of what the SQL returned."""
    if answer is None:
        standing = standing_of_nothing(definition, Readiness(), "", True)
    else:
        numbers = [None if n is None else database.exact(n) for n in answer]
        standing = standing_of(definition, *numbers, Readiness(), 10)
    exact = standing.exact
    return standing.state, None if exact is None else rounded(exact, definition.decimals)


def test_the_oracle_reckons_every_core_kpi():
    reckoned = {kpi for case in CASES.values() for kpi in case(2_000).expected}

    assert sorted(CORE.split()) == sorted(reckoned)
