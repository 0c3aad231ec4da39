"""Readings of the meters of offices: what is read, what is refused, and which one counts."""

import shutil
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecard import council, meters
from scorecard.known_decisions import as_known_at
from scorecard.meters import readings_in
from scorecard.period import FinancialQuarter
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition

HEADINGS = (INCLUDE / "council" / "office_energy.csv").read_text(encoding="utf-8").splitlines()[0]
ROW = "2025-26-Q1,120000,90000,B,Bills of the supplier,2025-07-01,"
SUMMER = FinancialQuarter.parse("2025-26-Q1")


def read(tmp_path, *rows):
    path = tmp_path / "office_energy.csv"
    path.write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8")
    return readings_in(path)


def test_a_council_without_meters_has_no_row_and_no_reading(tmp_path):
    assert read(tmp_path) == ()
    assert council.read(INCLUDE / "council").readings == ()


def test_a_row_is_read_as_it_is_written(tmp_path):
    (found,) = read(tmp_path, ROW)
    assert (found.degree_day_gas_kwh, found.electricity_less_printing_kwh) == (120_000, 90_000)
    assert (found.grade, found.decided_on, found.note) == ("B", date(2025, 7, 1), None)


@pytest.mark.parametrize("row", [ROW.replace("120000", "0"), ROW.replace("90000", "0")])
def test_an_office_may_do_without_gas_or_without_electricity_if_the_row_says_so(tmp_path, row):
    (found,) = read(tmp_path, row)
    assert found.kwh > 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("120000", "", "office_energy.csv, row 2: 'degree_day_gas_kwh' is missing. Add it."),
        ("120000", "-1", "'-1' is not a number from 0. Correct it."),
        ("120000,90000", "0,0", "row 2: gas and electricity are both 0, and no office does"),
        (",B,", ",D,", "grade: 'D' is unknown. Use one of A, B, C."),
        ("2025-26-Q1", "2025-06", "'2025-06' is not a financial quarter"),
        ("2025-07-01", "2025-06-30", "decided_on 2025-06-30 is before 2025-07-01, when 2025-26-Q1"),
        ("Bills of the supplier", "", "'source' is missing. Add it."),
    ],
)
def test_a_row_that_is_no_reading_of_a_whole_quarter_is_refused(tmp_path, old, new, words):
    with pytest.raises(WrongDefinition) as refused:
        read(tmp_path, ROW.replace(old, new))
    assert words in str(refused.value)


def test_a_later_reading_of_a_quarter_corrects_it_and_one_of_the_same_day_is_refused(tmp_path):
    later = ROW.replace("120000", "110000").replace("2025-07-01", "2025-07-02")
    found = meters.in_force(read(tmp_path, later, ROW))
    assert found[SUMMER].degree_day_gas_kwh == Decimal(110_000)

    with pytest.raises(WrongDefinition) as refused:
        read(tmp_path, ROW, ROW.replace("120000", "110000"))
    assert str(refused.value).startswith(
        "office_energy.csv, row 3: 2025-26-Q1 has a reading of 2025-07-01 in row 2 already"
    )


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        # 1 July begins in London at 23:00 UTC of the day before.
        (datetime(2025, 6, 30, 22, 59, tzinfo=UTC), 0),
        (datetime(2025, 6, 30, 23, tzinfo=UTC), 1),
    ],
)
def test_a_reading_is_known_from_the_day_that_its_row_names(tmp_path, moment, known):
    folder = tmp_path / "council"
    shutil.copytree(INCLUDE / "council", folder)
    read(folder, ROW)
    assert len(as_known_at(council.read(folder), moment).readings) == known
