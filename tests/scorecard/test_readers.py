import resource

import duckdb
import pytest
from given import PAYMENTS, mapping_of

from scorecard.admission import Refused
from scorecard.lots import numbered
from scorecard.readers import open_rows, read_rows
from scorecard.recognise import Sheet, recognise

COLUMNS = {
    "paid_on": "{from: [Paid]}",
    "transaction_no": "{from: [No]}",
    "net_amount": "{from: [Amount]}",
}


def read(folder, content, extra=""):
    """The rows that DuckDB reads, those that it does not, and the blank lines."""
    mapping = mapping_of(folder, COLUMNS, head=PAYMENTS, extra=extra)
    path = folder / "given.csv"
    path.write_bytes(content)
    found = recognise(path.name, [Sheet(path)], [mapping])
    with duckdb.connect() as connection:
        cells = "* exclude (_file, _control_total)"
        query = f"create table given as select row_number() over (), {cells} from raw"
        rejected, blank = read_rows(connection, path.name, open_rows(1, found, folder), query)
        return connection.execute("from given").fetchall(), rejected, blank


def test_cells_are_texts_and_nothing_is_guessed(tmp_path):
    rows, rejected, blank = read(tmp_path, b'Paid,No,Amount\n2025-06-02,007,"1,5"\n,TRUE,NULL\n')
    assert rows == [(1, "2025-06-02", "007", "1,5"), (2, None, "TRUE", "NULL")]
    assert (rejected, blank) == ((), ())


def test_rows_with_other_numbers_of_cells_are_named(tmp_path):
    content = b"Paid,No,Amount\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n"
    _, rejected, _ = read(tmp_path, content)
    assert rejected == (
        (3, "the row has fewer cells than there are headings"),
        (4, "the row has more cells than there are headings"),
    )


def test_blank_lines_are_told_and_line_breaks_in_cells_are_no_lines(tmp_path):
    content = b'Paid,No,Amount\r\n1,"a\r\n\r\nb",3\r\n\r\n1,2,3\r\n\r\n'
    rows, rejected, blank = read(tmp_path, content)
    assert ([row[0] for row in rows], rejected, blank) == ([1, 2], (), (3, 5))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_kind_of_line_end_is_read(tmp_path, end):
    rows, _, _ = read(tmp_path, end.join([b"Paid,No,Amount", b"1,2,3", b"4,5,6", b""]))
    assert rows == [(1, "1", "2", "3"), (2, "4", "5", "6")]


def test_mixed_line_ends_are_read(tmp_path):
    rows, _, _ = read(tmp_path, b"Paid,No,Amount\r\n1,2,3\n4,5,6\r7,8,9\r\n")
    assert [row[1] for row in rows] == ["1", "4", "7"]


def test_windows_letters_are_read(tmp_path):
    shape = "file: {encoding: cp1252}\n"
    rows, _, _ = read(tmp_path, "Paid,No,Amount\n£,é,3\n".encode("cp1252"), shape)
    assert rows == [(1, "£", "é", "3")]
    (tmp_path / "as_received").unlink(missing_ok=True)
    rows, _, _ = read(tmp_path, "Paid,No,Amount\n€,“é”,3\n".encode("cp1252"), shape)
    assert rows == [(1, "€", "“é”", "3")]


def test_a_banner_is_passed_over(tmp_path):
    rows, rejected, _ = read(
        tmp_path, b"Any banner\nPaid,No,Amount\n1,2,3\n1\n", "file: {banner_rows: 1}\n"
    )
    assert (rows, rejected[0][0]) == ([(1, "1", "2", "3")], 4)


def test_a_file_that_breaks_off_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"given.csv, row 3: the file breaks off"):
        read(tmp_path, b"Paid,No,Amount\n1,2,3\n1,2")


def test_a_last_row_without_a_line_end_is_whole_if_its_cells_are(tmp_path):
    rows, _, _ = read(tmp_path, b"Paid,No,Amount\n1,2,3\n1,2,3")
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("missing", "numbers"),
    [
        ([], [2, 3, 4, 5]),
        ([2], [3, 4, 5, 6]),
        ([4, 3], [2, 5, 6, 7]),
        ([2, 4, 6], [3, 5, 7, 8]),
        ([9], [2, 3, 4, 5]),
    ],
)
def test_rows_are_numbered_around_those_that_were_not_read(missing, numbers):
    with duckdb.connect() as connection:
        connection.execute("create table given as select unnest(range(1, 5)) as cell")
        number = numbered(connection, "given", "rowid + 1", 1, missing)
        found = connection.execute(f"select {number} from given order by 1").fetchall()
    assert [row[0] for row in found] == numbers


def test_a_file_that_goes_to_pieces_after_a_good_start_is_refused_in_bounded_memory(tmp_path):
    content = b"Paid,No,Amount\n" + b"1,2,3\n" * 5000 + b"1,2,3,4,5,6,7\n" * 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused, match=r"^given.csv, row 55002: up to here more than 200,000 cells"):
        read(tmp_path, content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500 * 1024


def test_a_file_most_of_whose_rows_are_misshapen_is_refused_at_once(tmp_path):
    with pytest.raises(Refused, match=r"^given.csv: most rows do not have the 3 cells"):
        read(tmp_path, b"Paid,No,Amount\n" + b"1\n" * 1000)


def test_rows_behind_a_quotation_mark_are_not_swallowed_however_many_they_are(tmp_path):
    content = b'Paid,No,Amount\n1,2,3\n1,"2,3\n' + b"1,2,3\n" * 1_000_000
    with pytest.raises(Refused, match=r"^given.csv, row 3: a quotation mark is opened and never"):
        read(tmp_path, content)
