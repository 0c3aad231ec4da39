import io

import pytest

from scorecard.admission import Refused
from scorecard.survey import survey

HEAD = "a,b,c\n"


def look(content, cells=3, headings=1):
    return survey("given.csv", io.StringIO(content, newline=""), ",", cells, headings)


def test_blank_lines_are_numbered_and_line_breaks_in_cells_are_no_lines():
    assert look(HEAD + '\n1,"x\n\ny",3\n\n1,2,3\n') == (2, 4)


@pytest.mark.parametrize("row", ["1,2\n", "1,2,3,4\n", '1,"2"x,3\n', "1,2,3,,,,\n", "1\n" * 400])
def test_few_faults_are_let_through(row):
    assert look(HEAD + "1,2,3\n" * 800 + row) == ()


def test_what_stands_above_the_headings_is_not_looked_at():
    assert look("x\n" * 999 + HEAD + "1,2,3\n", headings=1000) == ()


@pytest.mark.parametrize(
    ("row", "at"),
    [
        ("1\n", 101_001),
        ("1,2,3," + "x," * 200 + "\n", 1_821),
        ('1,"2"x,3\n', 201_001),
        ("1,2,3," + "x" * 70_000_000 + "\n", 1_001),
    ],
)
def test_many_faults_or_faults_in_long_rows_are_refused(row, at):
    times = 1 if len(row) > 10_000 else 250_000
    with pytest.raises(Refused, match=rf"^given\.csv, row {at}: .*xport"):
        look(HEAD + "1,2,3\n" * 999 + row * times)


def test_an_opened_quotation_mark_is_refused_where_it_stands():
    with pytest.raises(Refused, match=r"^given\.csv, row 3: a quotation mark is opened and never"):
        look(HEAD + '1,2,3\n1,"2,3\n1,2,3\n')
