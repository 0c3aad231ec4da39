from pathlib import Path
from tempfile import mkdtemp

import pytest
from given import COLUMNS, PAYMENTS, mapping_of

from scorecard.admission import Refused
from scorecard.recognise import Recognised, Sheet
from scorecard.trailer import cut

ROWS = "Paid,No,Amount\n2025-06-02,1,5.00\n"


@pytest.fixture
def ends(tmp_path):
    """What is left of a file, and its trailer's cells."""

    def ask(text, extra="file: {trailer: T}\n", encoding="utf-8", sheet=None):
        path = tmp_path / "payments.csv"
        path.write_bytes(text.encode(encoding))
        mapping = mapping_of(tmp_path, COLUMNS, head=PAYMENTS, extra=extra)
        found = Recognised(mapping, Sheet(path, sheet), {}, (), 3)
        told = cut("june.csv", found, Path(mkdtemp(dir=tmp_path)))
        assert path.read_bytes() == text.encode(encoding)  # as received
        return told.sheet.path.read_bytes().decode(encoding), told.trailer

    return ask


@pytest.mark.parametrize(
    ("end", "cells"),
    [
        ("T,1,5.00\n", ("T", "1", "5.00")),
        ("T,1,5.00", ("T", "1", "5.00")),
        ("t,1\r\n", ("t", "1")),
        ('"T","1,204.50"\n', ("T", "1,204.50")),
        (",T,1\n", ("", "T", "1")),
        ("T,1\n\n,,,\n \n", ("T", "1")),
        ("T,1\r\n\x1a", ("T", "1")),
    ],
)
def test_the_last_row_that_is_not_empty_ends_the_file_and_is_none_of_it(ends, end, cells):
    assert ends(ROWS + end) == (ROWS, cells)


@pytest.mark.parametrize(
    "text", [ROWS, ROWS + "Total,5\n", ROWS + "T,5\n2025-06-03,2,6.00\n", "", '\n"\n', "T" * 70_000]
)
def test_a_file_that_does_not_end_with_its_trailer_was_cut_off(ends, text):
    with pytest.raises(Refused, match=r"^june.csv, its last row: does not begin with 'T', as"):
        ends(text)


def test_a_file_for_which_no_trailer_was_agreed_is_left_as_it_is(ends):
    assert ends(ROWS + "T,1,5.00\n", extra="") == (ROWS + "T,1,5.00\n", ())


def test_a_trailer_is_read_in_the_files_own_letters_and_delimiter(ends):
    own = "file: {trailer: Año, encoding: cp1252, delimiter: semicolon}\n"
    rows = ROWS.replace(",", ";")
    assert ends(rows + "Año;1;5,00\n", own, "cp1252") == (rows, ("Año", "1", "5,00"))
    sheet = "file: {trailer: Año, format: xlsx, sheet: Paid, delimiter: semicolon}\n"
    assert ends(ROWS + "Año,1\n", sheet, sheet="Paid") == (ROWS, ("Año", "1"))
