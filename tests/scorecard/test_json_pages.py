"""Files of JSON become files of cells, and a record is told by its page and its number on it."""

import io
import json
import zipfile

import pytest
from given import NOW, PAYMENTS, mapping_of

from scorecard import lookups
from scorecard.admission import Refused
from scorecard.intake import Arrived, stage
from scorecard.json_pages import is_json, is_pages
from scorecard.lots import aside
from scorecard.readers import sheets_of
from scorecard.workbench import workbench

HEAD = PAYMENTS + "file: {format: json, records: value, may_lack: [no]}\ndrop: [to, note]\n"
COLUMNS = {
    "paid_on": "{from: [paid]}",
    "transaction_no": "{from: [no], empty: allowed}",
    "net_amount": "{from: [sum.amount]}",
}


def payment(amount="1.50", **keys):
    return {"paid": "2025-06-02", "sum": {"amount": amount}, "to": {"name": "Ruth"}, **keys}


def pages(*contents, names=None, top="value", way=zipfile.ZIP_DEFLATED):
    """An archive of pages; each is a list of records or bytes as they stand."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", way) as archive:
        for n, content in enumerate(contents, start=1):
            body = content if isinstance(content, bytes) else json.dumps({top: content}).encode()
            archive.writestr(names[n - 1] if names else f"{n:06d}.json", body)
    return written.getvalue()


@pytest.fixture
def bench(limits, tmp_path):
    mapping = mapping_of(tmp_path, COLUMNS, head=HEAD)
    with workbench(limits, lookups.read(limits.council, b"a key for tests only")) as place:
        place.mappings.clear()
        place.mappings["payments"] = mapping
        yield place


@pytest.fixture
def read(bench, tmp_path):
    def ask(content, name="given.pages.zip"):
        path = tmp_path / "0123"
        path.write_bytes(content)
        return stage(bench, 1, Arrived(path, name, NOW))

    return ask


def aside_of(bench):
    return bench.connection.execute(f"select row, why from ({aside(1, 1)}) order by row").fetchall()


def rows_of(bench):
    return bench.connection.execute(
        "select _row, net_amount::varchar from mapped_1 where _rule is null order by _row"
    ).fetchall()


def test_pages_are_read_in_their_order_and_each_record_has_its_number(bench, read):
    staged = read(pages([payment("1.00"), payment("2.00")], [payment("3.00")]))
    assert (staged.rows_received, rows_of(bench)) == (3, [(1, "1.00"), (2, "2.00"), (3, "3.00")])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (json.dumps({"value": [payment("1.00"), payment("2.00")]}, indent=1), "given.json"),
        ("\n".join(json.dumps(payment(a)) for a in ("1.00", "2.00")), "given.jsonl"),
        (json.dumps(payment("1.00")) + "\n\n" + json.dumps(payment("2.00")) + "\n", "given.json"),
    ],
    ids=["one page", "a record on each line", "with a blank line"],
)
def test_one_page_and_a_file_of_lines_are_read_alike(bench, read, content, name):
    read(content.encode(), name)
    assert rows_of(bench) == [(1, "1.00"), (2, "2.00")]


def test_a_record_that_cannot_be_a_row_is_set_aside_by_page_and_record(bench, read):
    second = [payment("2.00"), payment(["x"]), payment("many"), payment("4.00"), "x"]
    staged = read(pages([payment("1.00")], second))
    assert staged.rows_received == 6
    assert rows_of(bench) == [(1, "1.00"), (2, "2.00"), (5, "4.00")]
    assert aside_of(bench) == [
        (3, "'sum.amount' holds a list, where one value is expected (page 2, record 2)"),
        (4, "net_amount: 'many' is not an amount in pounds and pence (page 2, record 3)"),
        (6, "the record is no object with keys (page 2, record 5)"),
    ]


def test_a_cell_with_line_breaks_quotes_and_commas_is_one_cell(bench, read):
    read(pages([payment(no='a\r\nb,"c"\rd'), payment(no="x")]))
    cells = bench.connection.execute("select transaction_no from mapped_1 order by _row").fetchall()
    assert [cell.split() for (cell,) in cells] == [["a", 'b,"c"', "d"], ["x"]]


@pytest.mark.parametrize("hidden", ["\0", "\ud800"])
def test_a_character_that_no_text_can_hold_sets_its_record_aside(bench, read, hidden):
    read(pages([payment(no=f"a{hidden}"), payment(note=hidden)]))
    assert len(rows_of(bench)) == 1
    assert aside_of(bench) == [
        (1, "the record holds a character that no text can hold (page 1, record 1)")
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pages([payment()], [payment(ni_number="x")]), "the headings 'ni_number' are unknown"),
        (pages([payment()] * 500, [payment(ni_number="x")]),
         "given.pages.zip, page 2: the keys 'ni_number' are unknown. Ask for"),
        (pages([payment()], b'{"error": "no"}'), "page 2: it has no list of records at 'value'"),
        (pages([payment()], b'{"value": [{"paid": NaN}]}'), "page 2: holds NaN, which JSON"),
        (pages([payment()], b'{"value": ['), "page 2: is broken off or no JSON"),
        (pages([payment()], b"[" * 50_000), "page 2: is nested too deeply. Pull or export"),
        (pages([payment()], b'{"value": [' + b"1" * 17_000_000), "unpack to 16 MB, which is over"),
        (pages([payment()], names=["../1.json"]), "is named with a path"),
        (pages([{"other": 1}]), "recognised as no system. It comes closest to payments, but the "
                                "headings 'paid', 'sum.amount' are missing"),
        (pages([], []), "its pages hold no records. If nothing happened in the month"),
        (pages([payment()])[:-30], "broken off, damaged"),
        (pages([payment()], way=zipfile.ZIP_BZIP2), "packed in an unusual way"),
        (b'{"value": [' + b" " * 17_000_000, "over 16 MB, which is too much for one page"),
    ],
    ids=["unknown key", "unknown key later", "no list", "nan", "cut off", "deep", "bomb", "path",
         "other system", "empty", "cut archive", "bzip2", "too large"],
)  # fmt: skip
def test_what_cannot_be_trusted_is_refused(read, content, words):
    with pytest.raises(Refused, match=words):
        read(content)


def test_a_path_that_no_record_has_stops_the_extract_unless_it_may_be_lacking(read):
    content = [{key: part for key, part in payment().items() if key != "sum"}]
    with pytest.raises(Refused, match=r"the headings 'sum.amount' are missing"):
        read(pages(content))


def test_a_file_is_known_by_its_bytes(tmp_path, limits):
    archive, text = tmp_path / "a", tmp_path / "b.json"
    archive.write_bytes(pages([payment()]))
    text.write_text('\ufeff [ {"a": 1}]', encoding="utf-8")
    assert is_pages(archive)
    assert is_json(text)
    assert [sheet.format for sheet in sheets_of(archive, limits, [], tmp_path)] == ["json"]
    text.write_text("[a],b\n1,2\n")
    assert not is_json(text)
