"""What a file states of itself, above its headings, in JSON or beside it, is read or refused."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp

import pytest
from given import BALANCE, BALANCES, NOW, ledger, mapping_of
from office import Office
from test_json_pages import COLUMNS as OF_PAGES
from test_json_pages import HEAD, payment

from scorecard import lookups, measure, reconcile, workbench
from scorecard.admission import Refused
from scorecard.connectors.companion import pack
from scorecard.gate import DoesNotReconcile
from scorecard.intake import Arrived, lots_of, ready, stage, stage_lot, stage_one
from scorecard.settings import INCLUDE
from scorecard.stated import amount, amounts_behind


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("1,234,567.89", "1234567.89"), ("1204", "1204"), ("1204.50", "1204.50"), ("-5", "-5"),
        ("+5", "5"), ("1,234.50-", "-1234.50"), ("(1,234.50)", "-1234.50"), ("£5.01", "5.01"),
        ("-£5", "-5"), ("£-5", "-5"), ("(£5)", "-5"), ("£5-", "-5"), (" 5 ", "5"),
        ("1.5E+7", "15000000"), ("1.5e-1", "0.15"), ("0", "0"),
        ("1,23", None), ("12,34.5", None), ("1.234,56", None), ("1 234", None), ("", None),
        ("see above", None), ("NaN", None), ("Infinity", None), ("(5", None), ("5)", None),
        ("-5-", None), ("--5", None), ("5 CR", None), ("1" * 31, None), ("1E999", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_ledgers_write_it_and_no_other_way(written, means):
    found = amount(written)
    assert (found if means is None else str(found)) == means


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("TOTAL 1,234,567.89", ["1,234,567.89"]),
        ("Control total: £1,234.50-", ["1,234.50-"]),
        ("total=12.5", ["12.5"]),
        ('"TOTAL";"12.50"', ["12.50"]),
        ("TOTAL,1204,ROWS,5", ["1204"]),
        ('TOTAL,"12,345",ROWS,5', ["12,345"]),
        ("TOTAL 12,345,ROWS,5", ["12,345"]),
        ("TOTAL 12.50 Number of rows: 5", ["12.50"]),
        ("TOTAL,12,345,ROWS,5", [None]),
        ("TOTAL,5,204,ROWS", [None]),
        ("TOTAL,12,34", [None]),
        ("ROWS,5,TOTAL,12.50", ["12.50"]),
        ("ROWS 5|TOTAL|12.50|GBP", ["12.50"]),
        ("TOTAL GBP 12.50", ["12.50"]),
        ("TOTAL (12.50)", ["(12.50)"]),
        ("TOTAL 12.50\nTOTAL 12.50", ["12.50", "12.50"]),
        ("TOTAL 12.50\nTOTAL 1 234.50", ["12.50", None]),
        ("SUB-TOTAL 5.00\nTOTAL 1.234,50", [None]),
        ("TOTAL\n12.50", [None]),
        ("SUBTOTAL 12.50", []),
        ("TOTALS 12.50", []),
        ("TOTAL DEBITS 12.50", []),
        ("TOTAL 12 345.50", [None]),
        ("TOTAL 1.234,56", [None]),
        ("TOTAL 12.50 -", [None]),
        ("TOTAL 12.50 \N{MINUS SIGN}", [None]),
        ("TOTAL 12.50 CR", [None]),
        ("TOTAL,12.50,CR", [None]),
        ("TOTAL,12.50,CR,ROWS,5", [None]),
        ("TOTAL,12.50,CR,5", [None]),
        ('"TOTAL";"12.50";"-"', [None]),
        ("TOTAL 12.50 (CR)", [None]),
        ("TOTAL 12.50 C", [None]),
        ("TOTAL 12.50 minus", [None]),
        ("TOTAL 12.50 million", [None]),
        ("TOTAL 12.50 USD", [None]),
        ("TOTAL 12.50 x 1000", [None]),
        ("TOTAL 12.50%", [None]),
        ("TOTAL 30/06/2025", [None]),
        ("TOTAL - 12.50", [None]),
        ("TOTAL-12.50", []),
        ("TOTAL: see above", [None]),
    ],
)
def test_an_amount_is_found_behind_its_word_and_where_it_could_be_another_none_is(line, found):
    assert amounts_behind("Total", line) == found


def test_words_stand_apart_by_any_spaces_and_a_long_line_is_no_trap():
    assert amounts_behind("NET  TOTAL", "Net\ttotal 5; gross total 6") == ["5"]
    assert amounts_behind("a", "a " * 30_000 + "," * 5_000 + "1" * 5_000) == [None]
    assert amounts_behind("a", "a 1 " + "bc " * 20_000) == [None]


GOOD = "2025-26,3,10450,5.00\n"
BESIDE = "control_total: {beside: TOTAL, of: actual_ytd}\nrow_count: {beside: ROWS}\n"
BANNER = (
    "file: {banner_rows: 1}\ncontrol_total: {row: 1, cell: 2, of: actual_ytd}\n"
    "row_count: {row: 1, cell: 4}\n"
)


@pytest.fixture
def read(limits, tmp_path):
    """Balances as they are staged, in one lot: each with its companion."""

    def ask(*files, extra=BESIDE, banner=""):
        mapping = mapping_of(tmp_path, BALANCE, head=BALANCES, extra=extra)
        with workbench.workbench(limits, lookups.read(limits.council, b"a key")) as bench:
            bench = replace(bench, mappings={"payments": mapping})
            opened = []
            for n, (rows, companion) in enumerate(files, start=1):
                path, beside = tmp_path / f"{n}.csv", tmp_path / "beside"
                path.write_text(f"{banner}Year,Period,Centre,Actual\n{rows}")
                if companion is not None:
                    beside.write_bytes(companion)
                    pack(path, beside, tmp_path / f"{n}.zip")
                    path = tmp_path / f"{n}.zip"
                room = Path(mkdtemp(dir=tmp_path))
                opened.append(ready(bench, n, Arrived(path, f"{n}.csv", NOW), room))
            if len(files) == 1:
                return stage_one(bench, opened[0])
            return [stage_lot(bench, lot) for lot in lots_of(opened)]

    return ask


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_total_and_count_are_read_beside_a_file_in_any_usual_encoding(read, encoding):
    staged = read((GOOD * 2, "Café\r\nTOTAL £10.00\r\nROWS 2\r\n".encode(encoding)))
    assert (staged.control_total, staged.rows_received) == (Decimal("10.00"), 2)


@pytest.mark.parametrize(
    ("companion", "told"),
    [
        (None, "came without its companion, in which 'TOTAL' is stated. Send both, and name"),
        (
            b"",
            "'TOTAL' does not stand in its companion, where one amount is expected behind it. Send",
        ),
        (b"TOTAL 10.00\nTOTAL 10.00\nROWS 2", "'TOTAL' stands 2 times in its companion"),
        (b"TOTAL 10.00", "'ROWS' does not stand in its companion"),
        (b"TOTAL 10.00,CR\nROWS 2", "'TOTAL' has no plain amount in its companion, where one"),
        (b"TOTAL 10.00\nROWS 3", "states 3 rows and holds 2: it was cut off or added to. Export"),
        (b"TOTAL 10.00\nROWS 1", "states 1 row and holds 2: it was cut off or added to. Export"),
        (b"TOTAL 10.00\nROWS 2.5", "beside it: the number of rows is '2.5', which is no whole"),
        (b"TOTAL 10.00\nROWS -2", "beside it: the number of rows is '-2', which is no whole num"),
    ],
)
def test_a_file_whose_companion_does_not_say_what_was_agreed_is_refused(read, companion, told):
    with pytest.raises(Refused) as refused:
        read((GOOD * 2, companion))
    assert told in str(refused.value)
    assert str(refused.value).count(". ") >= 1


def test_a_row_that_cannot_be_read_counts_as_a_row_that_was_received(read):
    rows = GOOD + "2025-26,3\n" + GOOD + "\n"  # the last line is blank, and no row
    assert read((rows, b"TOTAL 10.00\nROWS 3")).rows_received == 3
    with pytest.raises(Refused, match="states 2 rows and holds 3"):
        read((rows, b"TOTAL 10.00\nROWS 2"))


def test_of_files_that_are_read_together_one_with_other_rows_is_looked_at_by_itself(read):
    right, wrong = (GOOD * 2, b"TOTAL 10.00\nROWS 2"), (GOOD * 2, b"TOTAL 10.00\nROWS 3")
    ((one, two),) = read(right, right)
    assert (one.rows_received, two.rows_received, one.lot, two.lot) == (2, 2, 1, 1)
    assert read(right, wrong) == [None]


@pytest.mark.parametrize(("count", "told"), [("2", None), ("2.00", None), ("3", "states 3 rows")])
def test_total_and_count_are_read_above_the_headings(read, count, told):
    banner = f'Total,"1,234.50-",Rows,{count}\n'
    if told:
        with pytest.raises(Refused, match=told):
            read((GOOD * 2, None), extra=BANNER, banner=banner)
    else:
        assert read((GOOD * 2, None), extra=BANNER, banner=banner).control_total == Decimal(
            "-1234.50"
        )


TRAILER = (
    "file: {trailer: T}\ncontrol_total: {trailer: 3, of: actual_ytd}\nrow_count: {trailer: 2}\n"
)


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("T,2,(10.00)\n", None),
        ("T,3,10.00\n", "states 3 rows and holds 2: it was cut off or added to. Export"),
        ("T,2\n", "its last row: the control total is '', which is no amount. Export"),
        ("", "its last row: does not begin with 'T', as the row that ends such a file does."),
    ],
)
def test_total_and_count_are_read_in_the_row_that_ends_the_file_which_is_none_of_it(
    read, end, told
):
    if told:
        with pytest.raises(Refused) as refused:
            read((GOOD * 2 + end, None), extra=TRAILER)
        assert told in str(refused.value)
    else:
        staged = read((GOOD * 2 + end, None), extra=TRAILER)
        assert (staged.control_total, staged.rows_received) == (Decimal("-10.00"), 2)


def test_a_refusal_shows_little_of_a_cell_and_keeps_it_within_its_quotation(read):
    with pytest.raises(Refused) as refused:
        read((GOOD + f"T,5' Ruth{'x' * 60_000},1\n", None), extra=TRAILER)
    assert f"the number of rows is '5’ Ruth{'x' * 33}', which" in str(refused.value)


def test_files_that_end_with_trailers_are_read_together(read):
    ends = ("T,2,10.00\n", None), ("T,2,11.00\n", None)
    (pair,) = read(*((GOOD * 2 + end, beside) for end, beside in ends), extra=TRAILER)
    assert [one.control_total for one in pair] == [Decimal("10.00"), Decimal("11.00")]


@pytest.mark.parametrize(("count", "told"), [(2, None), ("1", "states 1 row and holds 2")])
def test_a_count_is_read_on_the_first_page_of_json(limits, tmp_path, count, told):
    extra = "row_count: {at: total}\n"
    mapping = mapping_of(tmp_path, OF_PAGES, head=HEAD, extra=extra)
    said = {"value": [payment(n) for n in (1, 2)], "total": count}
    path = tmp_path / "payments.json"
    path.write_text(json.dumps(said))
    with workbench.workbench(limits, lookups.read(limits.council, b"a key")) as bench:
        bench = replace(bench, mappings={"payments": mapping})
        if told:
            with pytest.raises(Refused, match=told):
                stage(bench, 1, Arrived(path, path.name, NOW))
        else:
            staged = stage(bench, 1, Arrived(path, path.name, NOW))
            assert staged.rows_received == 2


@pytest.fixture
def finance(stores, tmp_path, monkeypatch):
    """An office whose ledgers state their total and rows in a companion."""
    sources = copytree(workbench.SOURCES, tmp_path / "sources")
    monkeypatch.setattr(workbench, "SOURCES", sources)
    place = sources / "ledger_by_period.yaml"
    banner = "control_total: {row: 2, cell: 2, of: actual_ytd}"
    text = place.read_text(encoding="utf-8")
    assert banner in text
    beside = "control_total: {beside: TOTAL, of: actual_ytd}\nrow_count: {beside: ROWS}"
    place.write_text(text.replace(banner, beside), encoding="utf-8")
    council = copytree(INCLUDE / "council", tmp_path / "council")
    feeds = council / "feeds.yaml"
    line = "  folder: budget\n"
    text = feeds.read_text(encoding="utf-8")
    assert line in text
    feeds.write_text(text.replace(line, f"{line}  companion: {{ledger*: .ctl}}\n"))
    return Office(replace(stores, settings=replace(stores.settings, council=council)))


def test_a_total_beside_a_ledger_reaches_the_gate_which_stops_at_a_penny(finance, tmp_path):
    workbook = ledger(tmp_path / "ledger.xlsx", {}, total="not here").read_bytes()
    finance.send("ledger.xlsx", workbook, "budget")
    assert finance.take_in("budget") == []
    assert finance.extracts() == []  # it waits

    finance.send("ledger.ctl", "TOTAL £150.36\nROWS 1\n", "budget")
    assert finance.take_in("budget") == [1]
    assert finance.rows("select control_total from accepted", "ledger") == [(Decimal("150.36"),)]
    measurement = measure.run(finance.stores, "2025-26-Q1", NOW, NOW)
    with pytest.raises(DoesNotReconcile, match=r"budget, ledger of 2025-05: .* by £0\.01"):
        reconcile.run(finance.stores, measurement)
