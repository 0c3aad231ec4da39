"""Oracle's and SAP's ledgers by their queries, on tables like theirs in a server that is here."""

import csv
import io
from dataclasses import replace

import pytest
from given import NOW

from scorecard.trial import try_file
from switching import listing

ORACLE = """
    create table gl_balances (
        ledger_id int, code_combination_id int, currency_code text, period_name text,
        period_year int, period_num int, actual_flag text, period_net_dr decimal(12, 2),
        period_net_cr decimal(12, 2), begin_balance_dr decimal(12, 2),
        begin_balance_cr decimal(12, 2));
    create table gl_code_combinations (code_combination_id int, segment1 text, segment2 text);
    insert into gl_code_combinations values (88012, '0100000', '4201');
    insert into gl_balances values
        (1, 88012, 'GBP', 'JUN-26', 2026, 3, 'A', 9100, 350, 18200, 0),
        (1, 88012, 'GBP', 'JUN-26', 2026, 3, 'E', 40, 0, 0, 0),
        (1, 88012, 'GBP', 'JUN-26', 2026, 3, 'B', 1, 1, 1, 1),
        (1, 88012, 'GBP', 'MAR-26', 2026, 12, 'B', 5000, 0, 55000, 0),
        (1, 88012, 'GBP', 'MAR-26', 2026, 12, 'A', 7, 7, 7, 7),
        (1, 88012, 'GBP', 'MAY-26', 2026, 2, 'A', 8, 8, 8, 8),
        (1, 88012, 'GBP', 'JUN-25', 2025, 3, 'A', 9, 9, 9, 9)
"""


@pytest.fixture
def tried(tmp_path, limits):
    """What would become of a file with this content where these ledgers are listed."""
    lists = listing(tmp_path / "council", budget=["oracle_gl_balances", "sap_acdoca"])

    def ask(content):
        path = tmp_path / "extract.csv"
        path.write_text(content, encoding="utf-8")
        return try_file(path, replace(limits, council=lists), NOW)

    return ask


def told(tried, rows):
    """By which mapping the rows are read, and what of them is set aside.

    Exampleshire has no such ledger, and so no list of its cost centres.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    found = tried(text.getvalue())
    return found["system"], found["by_rule"]


def test_oracles_balances_are_those_of_the_period_and_the_budget_that_of_the_year(
    postgres, pulled, tried
):
    postgres.say(*filter(str.strip, ORACLE.split(";")))
    found = pulled(postgres.connection, "oracle_gl_balances")

    assert [
        (row["actual_flag"], row["period_num"], row["begin_balance_dr"], row["period_net_dr"])
        for row in found
    ] == [("A", "3", "18200.00", "9100.00"), ("B", "3", "55000.00", "5000.00"),
          ("E", "3", "0.00", "40.00")]  # fmt: skip
    assert {row["segment1"] for row in found} == {"0100000"}
    assert told(tried, found) == (
        "oracle_gl_balances", {"counted_together": 2, "directorate_unknown": 1},
    )  # fmt: skip


def test_saps_lines_are_those_of_the_year_up_to_the_period(postgres, pulled, tried):
    names = "rldnr rbukrs gjahr poper belnr docln racct rcntr prctr rfarea budat blart drcrk"
    columns = ", ".join(f"{name} text" for name in names.split())
    postgres.say(f"create table acdoca ({columns}, hsl decimal(12, 2))")
    line = "insert into acdoca values ('{}', '1000', '{}', '{}', '{}', '000001', '0000420100', "
    line += "'0100000', '', '', '20250411', 'KR', 'S', 1.50)"
    for ledger, year, period, number in (
        ("0L", "2025", "001", "1"), ("0L", "2025", "003", "2"), ("0L", "2025", "004", "3"),
        ("0L", "2024", "003", "4"), ("2L", "2025", "003", "5"),
    ):  # fmt: skip
        postgres.say(line.format(ledger, year, period, number))

    found = pulled(postgres.connection, "sap_acdoca")
    assert [(row["belnr"], row["poper"], row["hsl"]) for row in found] == [
        ("1", "001", "1.50"), ("2", "003", "1.50"),
    ]  # fmt: skip
    assert found[0]["racct"] == "0000420100"
    assert told(tried, found) == (
        "sap_acdoca", {"counted_together": 1, "directorate_unknown": 1},
    )  # fmt: skip
