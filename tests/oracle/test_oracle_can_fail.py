"""A fault planted in the SQL is found: the comparison can fail, for every source."""

import pytest

from oracle import database
from oracle.cases import CASES, SPANS
from oracle.comparison import differences
from scorecard import kpis, measure

DEFINITIONS = kpis.load(measure.SQL / "kpi")
ROWS = 30_000
FAULTS = {
    "service desk": """
        clean_tickets | + hold_us | + 0
        clean_tickets | tickets.merged_into is null | true
        clean_tickets | tickets.deleted is not true | true
        clean_tickets | lead(ends_at, 5) | lead(ends_at, 4)
        clean_tickets | .opened_at at time zone 'Europe/London' | .opened_at
        working_time | at time zone 'Europe/London' | at time zone 'UTC'
        days | not in (select bank_holidays.day from bank_holidays) | is not null
        incidents_resolved_within_sla | < periods.ends_at | <= periods.ends_at
        incidents_resolved_within_sla | clean_tickets.excluded_from_sla is not true | true
        requests_fulfilled_within_sla | resolved_at <= | resolved_at <
        first_responses_within_sla | answered_at <= | answered_at <
        tickets_reopened | interval 14 day | interval 13 day
        open_tickets | >= periods.ends_at | > periods.ends_at
        aged_open_tickets | interval 30 day | interval 31 day
        user_satisfaction | != 'member' | != ''
        ticket_resolution_time | 'incident' | 'request'
        sla_flag_mismatches | resolved_at <= | resolved_at <
    """,
    "budget": """
        clean_ledger | dated.period_no desc | dated.period_no asc
        clean_ledger | dated.as_at desc | dated.as_at asc
        clean_ledger | > 0, | < 0,
        clean_ledger | * 2 | * 3
        clean_savings | to_months(3) | to_months(2)
        forecast_outturn_variance | not clean_ledger.is_capital | true
        profiled_budget_variance | abs(sum(profiled_ytd)) | sum(abs(profiled_ytd))
        ledger_difference_from_control | actual_ytd_as_sent | actual_ytd
        strategy_envelope_spent | coalesce(clean_ledger.commitments, 0) | 0
        savings_delivered | clean_savings.profiled_target_ytd is not null | true
        savings_secured | clean_savings.is_current_year | true
        strategy_savings_delivered | where clean_savings.is_current_year | where true
    """,
    "printing": """
        hours | at time zone 'Europe/London' | at time zone 'UTC'
        clean_print_jobs | accepted_print_jobs.printed is not false | true
        clean_print_jobs | accepted_print_jobs.refunded is not true | true
        clean_print_jobs | accepted_print_jobs.cancelled is not true | true
        clean_print_jobs | (jobs.pages_of_one_copy + 1) | jobs.pages_of_one_copy
        clean_print_jobs | accepted_print_jobs.pages >= 2 | accepted_print_jobs.pages > 2
        clean_print_jobs | 'A3', 2, 1 | 'A3', 1, 1
        clean_staff | listed.month <= months.month | listed.month < months.month
        pages_printed | < periods.ends_at | <= periods.ends_at
        print_reduction_from_baseline | baseline_periods.baseline_ends_at | baseline_periods.ends_at
    """,
    "remote working": """
        clean_remote_days | where connected.connected_us >= | where connected.connected_us >
        clean_remote_days | at_work_us >= 7200000000 | at_work_us >= 0
        clean_remote_days | outside & ~in_office & ~connected & ~on_leave | outside
        clean_vpn_stretches | is distinct from 'corporate' | = 'other'
        clean_vpn_stretches | connected_until_us is null or | true or
        clean_remote_days | least(clean_staff.fte, 1) | clean_staff.fte
        clean_remote_days | filter (where is_working_day) | filter (where true)
        clean_workforce | days_contracted - leave_fte_days | days_contracted
        clean_travel_survey | travel_survey.weight, 1) | travel_survey.weight, 2)
        remote_working_share | clean_remote_days.remote_capable | true
        home_days_per_fte_week | * 0.2 | * 0.25
        clean_remote_days | in ('strong', 'weak') | in ('strong')
        commute_distance_avoided | holds_from desc | holds_from asc
        net_emissions_avoided | count(distinct month) | 3
    """,
}
PLANTED = [
    (case, *(part.strip() for part in line.split("|")))
    for case, lines in FAULTS.items()
    for line in lines.strip().splitlines()
]


@pytest.fixture(scope="module")
def cases():
    """The cases with fewer rows."""
    return {name: make(ROWS) for name, make in CASES.items()}


@pytest.mark.parametrize(("name", "relation", "right", "wrong"), PLANTED)
def test_a_planted_fault_is_found(cases, name, relation, right, wrong):
    case = cases[name]
    texts = {**database.MADE, **{kpi: database.KPIS[kpi] for kpi in case.expected}}
    assert right in texts[relation], f"{relation} no longer says '{right}': plant another fault"
    texts[relation] = texts[relation].replace(right, wrong)
    made = {made: texts[made] for made in database.MADE}
    names = [relation] if relation in case.expected else list(case.expected)
    asked = {kpi: texts[kpi] for kpi in names}

    with database.database(case, SPANS, asked, made) as connection:
        assert any(
            differences(DEFINITIONS[kpi], database.answers(connection, sql), case.expected[kpi])
            for kpi, sql in asked.items()
        )
