"""Durations, sides, sums of cells and years: what is written in an agreed way, and nothing else."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from given import mapped

EVENTS = """
system: payments
product: invented
table: presence_events
version: 1
grain: one row per session
meets: by_key
key: [source_key]
month_from: [event_at]
"""


def minutes(folder, ways, *cells):
    columns = {
        "source_key": "{from: [No]}",
        "event_at": "{from: [At], format: [epoch_s]}",
        "minutes": f'{{from: [Length], duration: [{ways}], nulls: ["0"], empty: allowed}}',
    }
    rows = "".join(f"{n},1748856300,{cell}\n" for n, cell in enumerate(cells))
    return mapped(folder, columns, "No,At,Length\n" + rows, ["minutes"], head=EVENTS)


@pytest.mark.parametrize(
    ("ways", "cells", "read"),
    [
        ("seconds", ("59", "60", "28110", "-60", "1.5"), [0, 1, 468, None, None]),
        ("milliseconds", ("59999", "60000"), [0, 1]),
        ("minutes", ("480", "0.5", "90.25"), [480, 0, 90]),
        ("hours", ("7.5", "0.01", "24", "7;5"), [450, 0, 1440, None]),
        (
            "clock",
            ("00:21:10", "03:06:36", "27:00:00", "3:60:00", "3:06"),
            [21, 186, 1620, None, None],
        ),
        (
            "letters",
            ("7h:32m:15s", "1d 19h:41m:14s", "0h:00m:31s", "7h"),
            [452, 2621, 0, None],
        ),
        ("clock|hours", ("03:06:36", "3.5"), [186, 210]),
    ],
)
def test_a_duration_is_read_in_the_ways_that_were_agreed_and_in_no_other(
    tmp_path, ways, cells, read
):
    assert minutes(tmp_path, ways.replace("|", ", "), *cells) == read


def test_a_duration_that_means_unknown_is_not_nothing(tmp_path):
    assert minutes(tmp_path, "seconds", "0", "") == [None, None]


@pytest.mark.parametrize(
    ("way", "cell", "read"),
    [
        ("epoch_s", "1748856300", datetime(2025, 6, 2, 9, 25, tzinfo=UTC)),
        ("epoch_ms", "1748856300500", datetime(2025, 6, 2, 9, 25, 0, 500_000, tzinfo=UTC)),
        ("epoch_s", "1748856300500", None),
        ("epoch_ms", "1748856300", None),
        ("epoch_s", "-1", None),
    ],
)
def test_a_count_since_1970_is_read_in_its_own_unit(tmp_path, way, cell, read):
    columns = {"source_key": "{from: [No]}", "event_at": f"{{from: [At], format: [{way}]}}"}
    found = mapped(tmp_path, columns, f"No,At\n1,{cell}\n", ["event_at"], head=EVENTS)
    assert [at and at.astimezone(UTC) for at in found] == [read]


LEDGER = EVENTS.replace("presence_events", "ledger").replace("[source_key]", "[cost_centre]")
LEDGER = LEDGER.replace("[event_at]", "[fin_year, period_no]")


def ledger(folder, actual, content, wanted, fin_year="ends"):
    columns = {
        "cost_centre": "{from: [CC]}",
        "fin_year": f"{{from: [Year], fin_year: {fin_year}}}",
        "period_no": "{from: [Period]}",
        "actual_ytd": actual,
    }
    return mapped(folder, columns, content, wanted, head=LEDGER)


@pytest.mark.parametrize(
    ("fin_year", "written", "read"),
    [("ends", "2026", "2025-26"), ("starts", "2025", "2025-26"), ("starts", "1999", "1999-00"),
     ("starts", "2025-26", "2025-26"), ("ends", "25", "25"), ("starts", "2025/26", "2025-26"),
     ("ends", "2025/2026", "2025-26"), ("starts", "1999/00", "1999-00"),
     ("starts", "2025/27", "2025/27"), ("starts", "2025/1926", "2025/1926")],
)  # fmt: skip
def test_a_financial_year_of_one_number_is_written_in_full(tmp_path, fin_year, written, read):
    content = f"CC,Year,Period,A\n1,{written},3,1\n"
    assert ledger(tmp_path, "{from: [A]}", content, ["fin_year"], fin_year) == [read]


def test_cells_are_added_and_taken_and_one_that_is_no_amount_is_not_left_out(tmp_path):
    rule = "{add: [A, B], take: [C], numbers: [trailing_minus], empty: allowed}"
    content = "CC,Year,Period,A,B,C\n1,2026,3,1.10,2,0.05\n2,2026,3,1-,2,\n3,2026,3,,,\n"
    content += "4,2026,3,1,two,0\n5,2026,3,1-,2,1-\n"
    assert ledger(tmp_path, rule, content, ["actual_ytd", "_rule"]) == [
        (Decimal("3.05"), None),
        (None, "actual_ytd_unreadable"),
        (None, None),
        (None, "actual_ytd_unreadable"),
        (Decimal("2.00"), None),
    ]


def test_an_empty_cell_of_debit_or_credit_is_nothing_only_if_the_mapping_says_so(tmp_path):
    rule = "{add: [Dr], take: [Cr], nulls: ['-'], some_empty: allowed}"
    content = "CC,Year,Period,Dr,Cr\n1,2026,3,5.10,\n2,2026,3,-,2\n3,2026,3,5,2\n"
    content += "4,2026,3,,-\n5,2026,3,five,\n6,2026,3,,0\n"
    assert ledger(tmp_path, rule, content, ["actual_ytd", "_rule"]) == [
        (Decimal("5.10"), None),
        (Decimal("-2.00"), None),
        (Decimal("3.00"), None),
        (None, "actual_ytd_missing"),
        (None, "actual_ytd_unreadable"),
        (Decimal("0.00"), None),
    ]
    refused = rule.replace("allowed", "refused")
    assert ledger(tmp_path, refused, content, ["_rule"])[0] == "actual_ytd_unreadable"


def test_the_other_side_turns_the_sign_and_an_unknown_side_is_no_amount(tmp_path):
    rule = "{from: [A], side: {heading: S, debit: [D], credit: [C]}}"
    content = "CC,Year,Period,A,S\n1,2026,3,5,D\n2,2026,3,5,C\n3,2026,3,-5,C\n4,2026,3,5,X\n"
    assert ledger(tmp_path, rule, content, ["actual_ytd"]) == [5, -5, 5, None]


def test_a_cell_counts_only_in_the_rows_in_which_another_says_so(tmp_path):
    rule = "{from: [A], only: {heading: S, in: [A]}, empty: allowed}"
    content = "CC,Year,Period,A,S\n1,2026,3,5,A\n2,2026,3,5,B\n"
    assert ledger(tmp_path, rule, content, ["actual_ytd"]) == [5, None]


def test_the_period_of_a_file_of_postings_is_the_highest_in_it(tmp_path):
    columns = {
        "cost_centre": "{from: [CC]}", "fin_year": "{from: [Year], fin_year: starts}",
        "period_no": "{highest: Period}", "actual_ytd": "{from: [A]}",
    }  # fmt: skip
    content = "CC,Year,Period,A\n1,2025,001,5\n2,2025,003,5\n3,2025,x,5\n"
    assert mapped(tmp_path, columns, content, ["period_no"], head=LEDGER) == [3, 3, 3]
