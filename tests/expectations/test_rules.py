"""Every rule of every suite: the rows that it lets pass, and the row that breaks it alone."""

import duckdb
import pandas as pd
import pytest

from scorecard import checks
from scorecard.judge import EXPECTATIONS, _comparable
from scorecard.sources import STORED_AS, TABLES

# The row that every rule of its table lets pass.
GOOD = {
    "tickets": {
        "ticket_id": "INC1", "opened_at": "2025-06-02 09:00:00Z",
        "first_response_at": "2025-06-02 09:30:00Z", "resolved_at": "2025-06-02 12:00:00Z",
        "closed_at": "2025-06-09 12:00:00Z", "on_hold_minutes": 30, "reopen_count": 1,
        "reassignment_count": 2, "csat_score": 4, "csat_scale_max": 5,
    },
    "ledger": {
        "fin_year": "2025-26", "period_no": 3, "cost_centre": "010450", "subjective": "004201",
        "revised_budget": "1200.00", "actual_ytd": "300.00", "forecast_version": "1",
    },
    "savings": {
        "saving_id": "S1", "year": "2025-26", "as_at_month": "2025-06", "target": "100.00",
        "delivered": "25.10", "on_track": "24.90", "at_risk": "30.00", "unachievable": "20.00",
    },
    "spend": {"net_amount": "12.50"},
    "print_jobs": {"pages": 3, "copies": 1, "colour_pages": 2, "duplex_pages": 2, "sheets": 2},
    "presence_events": {"source_key": "5512", "minutes": 480},
    "activity_reports": {"window_days": 90, "chats": 100, "calls": 9, "meetings": 41},
    "staff": {"month": "2025-06", "person_pseud": "a1", "fte": "0.8", "leave_days": "2.5"},
    "workforce": {
        "month": "2025-06", "directorate": "PLA", "persona": "hybrid", "headcount": 120,
        "fte": "104.6", "remote_capable_fte": "88", "contracted_fte_days": "2405.8",
        "leave_fte_days": "310.5", "hours_per_day": "7.4",
    },
    "travel_survey": {
        "one_way_km": "11.5", "days_per_week": "2", "passengers": 1, "weight": "1.08",
    },
}  # fmt: skip

# For each rule on rows: what else it lets pass, and what breaks it alone.
MILLIONS = "100000000"
ROWS = {
    ("tickets", "resolved_after_opened"): (
        [{"resolved_at": "2025-06-02 09:00:00Z"}, {"resolved_at": None}],
        {"resolved_at": "2025-06-02 08:59:59Z"},
    ),
    ("tickets", "resolved_within_a_year"): (
        [{"resolved_at": "2026-06-03 09:59:59Z", "closed_at": None}],
        {"resolved_at": "2026-06-03 10:00:00Z", "closed_at": None},
    ),
    ("tickets", "answered_after_opened"): (
        [{"first_response_at": "2025-06-02 09:00:00Z"}, {"first_response_at": None}],
        {"first_response_at": "2025-06-02 08:59:59Z"},
    ),
    ("tickets", "closed_after_resolved"): (
        [{"closed_at": "2025-06-02 12:00:00Z"}, {"closed_at": None}],
        {"closed_at": "2025-06-02 11:59:59Z"},
    ),
    ("tickets", "hold_not_negative"): (
        [{"on_hold_minutes": 0}, {"on_hold_minutes": None}], {"on_hold_minutes": -1}
    ),
    ("tickets", "reopened_not_negative"): (
        [{"reopen_count": 0}, {"reopen_count": 100}, {"reopen_count": None}], {"reopen_count": -1}
    ),
    ("tickets", "reassigned_not_negative"): (
        [{"reassignment_count": 0}, {"reassignment_count": 200}], {"reassignment_count": 201}
    ),
    ("tickets", "score_within_scale"): (
        [{"csat_score": 5}, {"csat_score": None}], {"csat_score": 6}
    ),
    ("tickets", "score_at_least_one"): ([{"csat_score": 1}], {"csat_score": 0}),
    ("ledger", "period_in_year"): ([{"period_no": 1}, {"period_no": 16}], {"period_no": 17}),
    ("ledger", "fin_year_written"): ([{"fin_year": "1999-00"}], {"fin_year": "2025/26"}),
    ("ledger", "budget_plausible"): (
        [{"revised_budget": MILLIONS}, {"revised_budget": "-" + MILLIONS}],
        {"revised_budget": MILLIONS + ".01"},
    ),
    ("ledger", "actual_plausible"): (
        [{"actual_ytd": MILLIONS}], {"actual_ytd": f"-{MILLIONS}.01"}
    ),
    ("savings", "parts_sum_to_target"): (
        [{"delivered": "25.00", "on_track": "25.00"}], {"delivered": "25.11"}
    ),
    ("savings", "target_not_negative"): (
        [{"target": "0.00", "delivered": "-74.90"}], {"target": "-0.01", "delivered": "-74.91"}
    ),
    ("spend", "amount_plausible"): (
        [{"net_amount": MILLIONS}, {"net_amount": "-" + MILLIONS}],
        {"net_amount": MILLIONS + ".01"},
    ),
    ("print_jobs", "pages_plausible"): (
        [{"pages": 1, "colour_pages": 0, "duplex_pages": 0}, {"pages": 20000}], {"pages": 20001}
    ),
    ("print_jobs", "copies_plausible"): ([{"copies": 5000}], {"copies": 0}),
    ("print_jobs", "colour_within_pages"): (
        [{"colour_pages": 3}, {"colour_pages": None}], {"colour_pages": 4}
    ),
    ("print_jobs", "colour_not_negative"): (
        [{"colour_pages": 0}, {"colour_pages": None}], {"colour_pages": -1}
    ),
    ("print_jobs", "sheets_not_negative"): ([{"sheets": 0}, {"sheets": None}], {"sheets": -1}),
    ("print_jobs", "duplex_not_negative"): (
        [{"duplex_pages": 0}, {"duplex_pages": None}], {"duplex_pages": -1}
    ),
    ("print_jobs", "duplex_within_pages"): ([{"duplex_pages": 3}], {"duplex_pages": 4}),
    ("activity_reports", "window_known"): ([{"window_days": 7}], {"window_days": 31}),
    ("activity_reports", "chats_not_negative"): ([{"chats": 0}, {"chats": None}], {"chats": -1}),
    ("activity_reports", "calls_not_negative"): ([{"calls": 0}, {"calls": None}], {"calls": -1}),
    ("activity_reports", "meetings_not_negative"): ([{"meetings": 0}], {"meetings": -1}),
    ("presence_events", "length_plausible"): (
        [{"minutes": 0}, {"minutes": 10080}, {"minutes": None}], {"minutes": -1}
    ),
    ("staff", "fte_plausible"): ([{"fte": "0.01"}, {"fte": "1.5"}], {"fte": "0"}),
    ("staff", "leave_plausible"): (
        [{"leave_days": "0"}, {"leave_days": "31"}], {"leave_days": "31.5"}
    ),
    ("staff", "leave_on_days"): (
        [{"leave_on": "02"}, {"leave_on": "02 13 31"}, {"leave_on": None}], {"leave_on": "2, 13"}
    ),
    ("workforce", "headcount_not_negative"): ([{"headcount": 0}], {"headcount": -1}),
    ("workforce", "fte_not_negative"): (
        [{"fte": "0", "remote_capable_fte": "0"}], {"fte": "-1", "remote_capable_fte": "-1"}
    ),
    ("workforce", "remote_within_fte"): (
        [{"remote_capable_fte": "104.6"}], {"remote_capable_fte": "104.7"}
    ),
    ("workforce", "leave_within_contract"): (
        [{"leave_fte_days": "2405.8"}], {"leave_fte_days": "2405.9"}
    ),
    ("workforce", "hours_plausible"): (
        [{"hours_per_day": "4"}, {"hours_per_day": "12"}, {"hours_per_day": None}],
        {"hours_per_day": "37"},
    ),
    ("travel_survey", "distance_plausible"): (
        [{"one_way_km": "0"}, {"one_way_km": "300"}], {"one_way_km": "300.1"}
    ),
    ("travel_survey", "days_plausible"): (
        [{"days_per_week": "0"}, {"days_per_week": "7"}], {"days_per_week": "7.5"}
    ),
    ("travel_survey", "passengers_plausible"): (
        [{"passengers": 0}, {"passengers": 8}, {"passengers": None}], {"passengers": -1}
    ),
    ("travel_survey", "weight_positive"): (
        [{"weight": "0.0001"}, {"weight": "100"}], {"weight": "0"}
    ),
}  # fmt: skip

# For each rule on keys: what makes a second row another one.
KEYS = {
    ("tickets", "ticket_id_unique"): {"ticket_id": "INC2"},
    ("ledger", "line_unique"): {"project_code": "NET-NEW"},
    ("savings", "saving_unique"): {"as_at_month": "2025-05"},
    ("presence_events", "event_unique"): {"source_key": "5513"},
    ("staff", "person_unique"): {"month": "2025-05"},
    ("workforce", "group_unique"): {"persona": "home"},
}

# For each rule on the extract: what it lets pass, and what breaks it alone.
AN_EXTRACT = {
    "rows_received": 10, "rows_accepted": 8, "rows_faulty": 2, "percent_faulty": 20.0, "months": 1
}  # fmt: skip
EXTRACT = {
    "has_rows": ({"rows_accepted": 1}, {"rows_accepted": 0}),
    "mostly_good": ({"percent_faulty": 0.0}, {"percent_faulty": 20.1}),
    "one_month": ({"months": 1}, {"months": 2}),
}
WHOLE_MONTHS = ["ledger", "savings", "staff", "workforce", "travel_survey", "print_jobs"]


def suite_of(table):
    return checks.load(EXPECTATIONS, table)


def written(what):
    return {(table, rule.id) for table in TABLES for rule in suite_of(table).asked_of(what)}


def frame_of(table, rows):
    """Rows in the table's own types, with the columns that its suite derives."""
    typed = ", ".join(f"${c.name}::{STORED_AS[c.type]} as {c.name}" for c in TABLES[table].columns)
    derived = "".join(f", {sql} as {name}" for name, sql in suite_of(table).derived.items())
    empty = dict.fromkeys(c.name for c in TABLES[table].columns)
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"create table given as select {typed} where false", empty)
        places = ", ".join(f"${name}" for name in empty)
        for row in rows:
            connection.execute(f"insert into given values ({places})", {**empty, **row})
        return _comparable(connection.execute(f"select *{derived} from given").df())


def test_every_table_has_a_suite_and_every_suite_a_table():
    assert {path.stem for path in EXPECTATIONS.glob("*.yaml")} == set(TABLES) == set(GOOD)


def test_every_rule_has_its_cases():
    assert written("rows") == set(ROWS)
    assert written("keys") == set(KEYS)
    whole = {(table, "one_month") for table in WHOLE_MONTHS}
    everyone = {(table, rule) for table in TABLES for rule in ("has_rows", "mostly_good")}
    assert written("extract") == whole | everyone


@pytest.mark.parametrize("table", TABLES)
def test_a_rule_on_rows_lets_its_rows_pass_and_is_broken_by_its_row_alone(table):
    rows = [{}]
    expected = {}
    for (of, rule), (passing, breaking) in ROWS.items():
        if of == table:
            rows += [*passing, breaking]
            expected[rule] = [len(rows) - 1]
    frame = frame_of(table, [{**GOOD[table], **row} for row in rows])
    assert checks.ask(suite_of(table).asked_of("rows"), frame) == expected


@pytest.mark.parametrize(("table", "rule"), KEYS)
def test_a_rule_on_keys_is_broken_by_two_rows_of_one_key(table, rule):
    (asked,) = suite_of(table).asked_of("keys")
    other = {**GOOD[table], **KEYS[table, rule]}
    assert checks.ask([asked], frame_of(table, [GOOD[table], other])) == {rule: []}
    twice = frame_of(table, [GOOD[table], other, GOOD[table]])
    assert checks.ask([asked], twice) == {rule: [0, 2]}


@pytest.mark.parametrize("table", TABLES)
def test_a_rule_on_the_extract_is_broken_by_its_extract_alone(table):
    asked = suite_of(table).asked_of("extract")
    for rule in asked:
        passing, breaking = EXTRACT[rule.id]
        frame = pd.DataFrame([{**AN_EXTRACT, **passing}, {**AN_EXTRACT, **breaking}])
        assert checks.ask(asked, frame) == {r.id: [1] if r == rule else [] for r in asked}


def test_every_rule_says_why_in_a_sentence():
    for table in TABLES:
        for rule in suite_of(table).rules:
            assert rule.why.endswith(".")
            assert "mostly" not in rule.kwargs
