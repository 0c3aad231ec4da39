from datetime import UTC, datetime

import pytest
from given import BALANCES, COLUMNS, PAYMENTS, mapped

from scorecard.strict import WrongDefinition

LOG = """
system: payments
product: invented
table: tickets
version: 1
grain: one row per update; the last of each ticket is kept
meets: by_key
key: [ticket_id]
month_from: [opened_at]
keep_last: {per: Number, by: Change}
moments: {format: ["%Y-%m-%d %H:%M"]}
"""
TICKET = {
    "ticket_id": "{from: [Number]}",
    "opened_at": "{from: [Opened]}",
    "status": "{from: [State]}",
}


def log(folder, rows, wanted):
    content = "Number,Change,Opened,State\n" + "".join(f"{row}\n" for row in rows)
    return mapped(folder, TICKET, content, wanted, head=LOG)


def test_of_an_event_log_the_last_row_of_each_ticket_is_kept(tmp_path):
    rows = [
        "INC1,9,2025-06-02 09:00,open",
        "INC1,10,2025-06-02 09:00,closed",
        "INC2,1,2025-06-02 09:00,open",
        "INC1,0,2025-06-02 09:00,new",
    ]
    assert log(tmp_path, rows, ["ticket_id", "status", "_rule"]) == [
        ("INC1", "open", "superseded"),
        ("INC1", "closed", None),
        ("INC2", "open", None),
        ("INC1", "new", "superseded"),
    ]


def test_of_two_last_rows_the_one_that_stands_later_is_kept(tmp_path):
    rows = ["INC1,3,2025-06-02 09:00,open", "INC1,3,2025-06-02 09:00,closed"]
    assert log(tmp_path, rows, ["status", "_rule"]) == [("open", "superseded"), ("closed", None)]


def test_the_last_row_is_told_by_moments_and_not_by_their_texts(tmp_path):
    ways = '["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%g%z"]'
    head = LOG.replace('["%Y-%m-%d %H:%M"]', ways)
    opened = "2025-06-02T09:00:00+0000"
    rows = [
        f"INC1,2025-07-01T08:30:00+0000,{opened},closed",
        f"INC1,2025-07-01T09:00:00+0100,{opened},open",
        f"INC2,2025-07-01T08:30:00.900+0000,{opened},closed",
        f"INC2,2025-07-01T08:30:00+0000,{opened},open",
    ]
    content = "Number,Change,Opened,State\n" + "".join(f"{row}\n" for row in rows)
    assert mapped(tmp_path, TICKET, content, ["status", "_rule"], head=head) == [
        ("closed", None),
        ("open", "superseded"),
        ("closed", None),
        ("open", "superseded"),
    ]


def test_rows_without_a_ticket_do_not_supersede_one_another(tmp_path):
    rows = [",1,2025-06-02 09:00,open", ",2,2025-06-02 09:00,closed"]
    assert log(tmp_path, rows, ["_rule"]) == ["ticket_id_missing", "ticket_id_missing"]


def test_rows_that_are_known_not_to_count_are_set_aside_with_the_reason(tmp_path):
    filters = (
        "set_aside:\n"
        "  - {rule: a_test, heading: No, in: [TEST, \"O'Hara\"], why: It's a test.}\n"
        '  - {rule: not_a_payment, column: net_amount, in: ["0.00"], why: Nothing was paid.}\n'
    )
    content = (
        "Paid,No,Amount\n2025-06-02,TEST,1\n2025-06-02,O'Hara,1\n2025-06-02,A,0\n2025-06-02,A,1\n"
    )
    assert mapped(tmp_path, COLUMNS, content, ["_rule", "_why"], extra=filters) == [
        ("a_test", "It's a test."),
        ("a_test", "It's a test."),
        ("not_a_payment", "Nothing was paid."),
        (None, None),
    ]


def test_rows_in_which_a_cell_says_anything_are_set_aside_with_the_reason(tmp_path):
    extra = "set_aside: [{rule: void, heading: Voided, filled: true, not_in: ['-'], why: Void.}]\n"
    content = "Paid,No,Amount,Voided\n" + "".join(
        f"2025-06-02,{n},1,{cell}\n" for n, cell in enumerate(["", "-", " ", "02/06/2025"])
    )
    assert mapped(tmp_path, COLUMNS, content, ["_rule"], extra=extra) == [None, None, None, "void"]


@pytest.mark.parametrize(
    ("paid", "rule"),
    [("2025-06-30", None), ("2025-07-31", None), ("2025-08-01", "in_the_future")],
)
def test_a_row_of_a_month_after_the_extract_was_received_is_set_aside(tmp_path, paid, rule):
    received = datetime(2025, 7, 31, 22, 59, tzinfo=UTC)  # an hour later it is August in London
    content = f"Paid,No,Amount\n{paid},1,1\n"
    assert mapped(tmp_path, COLUMNS, content, ["_rule"], received) == [rule]


def test_the_month_of_receipt_is_londons(tmp_path):
    received = datetime(2025, 7, 31, 23, tzinfo=UTC)
    content = "Paid,No,Amount\n2025-08-01,1,1\n"
    assert mapped(tmp_path, COLUMNS, content, ["_month", "_rule"], received) == [("2025-08", None)]


def test_a_moment_belongs_to_the_month_that_london_was_in(tmp_path):
    utc = LOG.replace('%H:%M"]', '%H:%M"], zone: UTC').replace(
        "keep_last: {per: Number, by: Change}\n", "drop: [Change]\n"
    )
    content = "Number,Change,Opened,State\nA,1,2025-05-31 22:59,x\nB,1,2025-05-31 23:00,x\n"
    assert mapped(tmp_path, TICKET, content, ["_month"], head=utc) == ["2025-05", "2025-06"]


@pytest.mark.parametrize(
    ("year", "period", "month"),
    [
        ("2024-25", "1", "2024-04"),
        ("2024-25", "9", "2024-12"),
        ("2024-25", "10", "2025-01"),
        ("2024-25", "12", "2025-03"),
        ("2024-25", "13", "2025-03"),
        ("2024-25", "16", "2025-03"),
        ("next", "1", None),
    ],
)
def test_a_period_of_the_ledger_is_a_month_and_adjustments_are_march(tmp_path, year, period, month):
    columns = {
        "fin_year": "{from: [Year]}",
        "period_no": "{from: [Period]}",
        "cost_centre": "{from: [Centre]}",
    }
    content = f"Year,Period,Centre\n{year},{period},a\n"
    rule = None if month else "month_missing"
    assert mapped(tmp_path, columns, content, ["_month", "_rule"], head=BALANCES) == [(month, rule)]


EVENTS = """
system: payments
product: invented
table: presence_events
version: 1
grain: one row per session
meets: by_key
key: [event_at]
month_from: [event_at]
moments: {format: ["%Y-%m-%d %H:%M"]}
"""


def test_a_sessions_length_is_the_minutes_between_two_moments(tmp_path):
    columns = {
        "event_at": "{from: [Start]}",
        "ended_at": "{from: [End], empty: allowed}",
        "minutes": "{minutes_between: [event_at, ended_at]}",
    }
    content = (
        "Start,End\n"
        "2025-06-02 09:00,2025-06-02 17:30\n"
        "2025-03-30 00:30,2025-03-30 02:30\n"
        "2025-06-02 09:00,\n"
        "2025-06-02 09:00,2025-06-02 08:59\n"
    )
    assert mapped(tmp_path, columns, content, ["minutes"], head=EVENTS) == [510, 60, None, -1]


def test_persons_and_what_is_looked_up_stay_text_until_they_are_resolved(tmp_path):
    columns = {
        "event_at": "{from: [Start]}",
        "person_pseud": "{from: [Who]}",
        "network": "{from: [IP], lookup: networks}",
    }
    content = "Start,Who,IP\n2025-06-02 09:00, jsmith12 ,10.20.0.1\n"
    assert mapped(tmp_path, columns, content, ["person_pseud", "network"], head=EVENTS) == [
        ("jsmith12", "10.20.0.1")
    ]


def test_a_row_tells_the_first_of_its_faults(tmp_path):
    content = "Paid,No,Amount\n2025-02-30,1,x\n"
    assert mapped(tmp_path, COLUMNS, content, ["_rule"]) == ["paid_on_unreadable"]


def test_something_in_a_cell_without_a_heading_sets_the_row_aside(tmp_path):
    content = "Paid,No,Amount,,\n2025-06-02,1,1,,\n2025-06-02,1,1, ,\n2025-06-02,1,1,,J Smith\n"
    assert mapped(tmp_path, COLUMNS, content, ["_rule"]) == [None, None, "row_shape"]


def test_rows_are_alike_only_if_every_cell_is_the_same(tmp_path):
    content = "Paid,No,A,B\n2025-06-02,1,5,\n2025-06-02,1,,5\n2025-06-02,1,5,\n"
    columns = {**COLUMNS, "net_amount": "{from: [A, B]}"}
    first, second, third = mapped(tmp_path, columns, content, ["_alike"])
    assert first == third != second


def test_rows_that_the_system_numbers_are_alike_if_their_numbers_are(tmp_path):
    content = "Paid,No,Amount,Id\n2025-06-02,1,5,a\n2025-06-02,1,6, a\n2025-06-02,1,5,b\n"
    content += "2025-06-02,1,5,\n2025-06-02,1,5,\n"
    first, second, other, *without = mapped(
        tmp_path, COLUMNS, content, ["_alike"], extra="alike_by: [Id]\n"
    )
    assert first == second != other
    assert without == [None, None]


def test_headings_and_values_with_quotes_are_taken_as_text(tmp_path):
    columns = {**COLUMNS, "transaction_no": '{from: ["it\'s; drop table raw --"]}'}
    content = "Paid,it's; drop table raw --,Amount\n2025-06-02,'; drop table raw; --,1\n"
    assert mapped(tmp_path, columns, content, ["transaction_no", "_rule"]) == [
        ("'; drop table raw; --", None)
    ]


def test_a_sign_before_an_amount_that_cannot_be_read_is_told(tmp_path):
    content = "Paid,No,Amount\n2025-06-02,1,1'234.50\n"
    assert mapped(tmp_path, COLUMNS, content, ["_why"]) == [
        "net_amount: '1'234.50' is not an amount in pounds and pence"
    ]


def test_a_mapping_that_refers_to_a_column_that_is_not_there_is_refused(tmp_path):
    columns = {**COLUMNS, "transaction_no": "{from: [No], values: {A: =nothing}}"}
    with pytest.raises(WrongDefinition, match="'=nothing' is no column"):
        mapped(tmp_path, columns, "Paid,No,Amount\n", ["_rule"], head=PAYMENTS)
