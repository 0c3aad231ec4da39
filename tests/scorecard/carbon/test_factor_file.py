"""The factor file: the shipped copy, and each row that is refused beside one that passes."""

import csv
import hashlib
from decimal import Decimal

import pytest

from scorecard import assumptions
from scorecard.carbon import factor_file
from scorecard.carbon.factors import FactorError
from scorecard.settings import INCLUDE

FILE = INCLUDE / "reference" / "ghg_factors.csv"
SETS = assumptions.factor_sets()
HEADER = ",".join(factor_file.COLUMNS)
GOOD = "a,2025,c,x,kWh,0.1,s,o,seen"


def test_the_shipped_file_is_the_one_that_was_agreed():
    found = hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert found == "69987b100288304d057d71599a9132591d30d08bc19c5705da3ea437f4d25ff6"


def test_every_factor_of_every_year_is_the_decimal_of_its_row():
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = [row for row in rows if row["kgco2e_per_unit"]]
    assert (len(rows), len(known)) == (999, 979)
    for row in known:
        year = int(row["publication_year"])
        factor = SETS.get(row["factor_id"], year, row["unit"])
        assert f"{factor.value:f}" == f"{Decimal(row['kgco2e_per_unit']):f}", row
        assert (factor.publication_year, factor.source) == (year, row["source"])
        assert (factor.fallback, factor.provisional) == (False, False)


@pytest.mark.parametrize(
    "rows",
    [
        [GOOD],
        [GOOD, "a,2024,c,x,kWh,0.1,s,o,derived"],
        [GOOD, "b,2025,c,x,kWh,,s,o,not_found"],
        [GOOD, "b,2025,c,x,kWh,,s,o,not_published"],
        [GOOD, "b_2,2025,c,kg CO2e,vehicle.km,0.001,s,o,seen"],
        ["a,2024,c,x,kWh,0.1,s,o,seen", "a,2025,c,x,kWh,0.15,s,o,seen"],
    ],
)
def test_a_row_that_can_be_believed_is_read(rows):
    assert len(factor_file.read("\n".join([HEADER, *rows])).rows) == len(rows)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["a,2025,c,x,kWh,0.1,s,o,seen"] * 2, "row 3: a of 2025 is listed twice"),
        (["a,2025,c,x,kWh,0.1,s,o,guessed"], "row 2: status 'guessed' is unknown"),
        (["a,2025,c,x,kWh,,s,o,seen"], "row 2: status 'seen' with value ''"),
        (["a,2025,c,x,kWh,-1,s,o,seen"], "value '-1'"),
        (["a,2025,c,x,kWh,NaN,s,o,seen"], "value 'NaN'"),
        (["a,2025,c,x,kWh,0.1,s,o,not_found"], "status 'not_found' with value '0.1'"),
        (["a,2025,c,x,kWh,0,s,o,not_published"], "status 'not_published' with value '0'"),
        (["a,25,c,x,kWh,0.1,s,o,seen"], "publication_year '25' is no year"),
        (["a,2025,c,x,litre,0.1,s,o,seen"], "row 2: unit 'litre' is unknown"),
        (["a,2025,c,x,,0.1,s,o,seen"], "unit '' is unknown"),
        (["a,2025,c,kg CH4,kWh,0.1,s,o,seen"], "'kg CH4' is a row of one gas"),
        (["a,2025,c,x,kWh,0.1,s,kg CO2e of CO2 per unit,seen"], "'of CO2 per unit' is a row"),
        (
            ["a,2024,c,x,kWh,0.1,s,o,seen", "a,2025,c,x,vehicle.km,0.1,s,o,seen"],
            "a is per kWh in 2024 and per vehicle.km in 2025",
        ),
        (
            ["a,2024,c,x,kWh,0.1,s,o,seen", "a,2025,c,x,kWh,0.21,s,o,seen"],
            "the set of 2025 is 2.10 times that of 2024",
        ),
        (["a,2025,c,x,kWh,0,s,o,seen"], "row 2: status 'seen' with value '0'"),
        (["a,2025,c,x,kWh,0.00,s,o,derived"], "status 'derived' with value '0.00'"),
        (["a,2025,c,x,kWh,1e-1,s,o,seen"], "value '1e-1'"),
        (["a,2025,c,x,kWh,+0.1,s,o,seen"], r"value '\+0.1'"),
        (["a,2025,c,x,kWh, 0.1,s,o,seen"], "value ' 0.1'"),
        (["a,2025,c,x,kWh,.1,s,o,seen"], "value '.1'"),
        (["a,2025,c,x,kWh,1_0,s,o,seen"], "value '1_0'"),
        (["a,2025,c,x,kWh,\u0661.5,s,o,seen"], "value '\u0661.5'"),
        (["a,\u0662\u0660\u0662\u0665,c,x,kWh,0.1,s,o,seen"], "is no year"),
        (["a b,2025,c,x,kWh,0.1,s,o,seen"], "row 2: factor_id 'a b' is no name"),
        (["a ,2025,c,x,kWh,0.1,s,o,seen"], "factor_id 'a ' is no name"),
        (["A,2025,c,x,kWh,0.1,s,o,seen"], "factor_id 'A' is no name"),
        ([",2025,c,x,kWh,0.1,s,o,seen"], "factor_id '' is no name"),
        ([], "it has no rows"),
        (
            ["a,2024,c,x,kWh,0.1,s,o,seen", "a,2025,c,x,kWh,0.151,s,o,seen"],
            r"a is 0.151 in 2025 and 0.1 in 2024, a step of 1.51 times, where 1.5 is the most",
        ),
        (
            [
                "a,2023,c,x,kWh,0.1,s,o,seen",
                "a,2024,c,x,kWh,,s,o,not_found",
                "a,2025,c,x,kWh,0.06,s,o,seen",
            ],
            "a is 0.06 in 2025 and 0.1 in 2023, a step of 1.67 times",
        ),
        (["a,2025,c,x,kWh,1.001,s,o,seen"], "a of 2025 is 1.001 kg CO2e per kWh, and such factors"),
        (["a,2025,c,x,FTE.hour,0.0009,s,o,seen"], "Write it in kilograms per FTE.hour"),
        (["a,2025,c,x,tonne,0.99,s,o,seen"], "lie between 1 and 10000"),
    ],
)
def test_a_row_that_cannot_be_believed_is_refused_by_name(rows, words):
    with pytest.raises(FactorError, match=words):
        factor_file.read("\n".join([HEADER, *rows]))


def test_the_file_holds_as_many_rows_of_each_status_as_the_method_says():
    found = [row.status for row in SETS.rows.values()]
    assert {status: found.count(status) for status in set(found)} == {
        "seen": 976,
        "derived": 3,
        "not_published": 12,
        "not_found": 8,
    }


@pytest.mark.parametrize(
    "header",
    ["", HEADER.replace("status", "state"), f"{HEADER},kg CH4", HEADER.removesuffix(",status")],
)
def test_a_file_of_other_columns_is_refused(header):
    with pytest.raises(FactorError, match="row 1: the headings are"):
        factor_file.read(f"{header}\n{GOOD}")


def retyped(change, years=range(2018, 2027), only=""):
    """The shipped file with the values of some years, or of one row of them, changed."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        mine = int(row["publication_year"]) in years and only in ("", row["factor_id"])
        if mine and row["kgco2e_per_unit"]:
            row["kgco2e_per_unit"] = f"{change(Decimal(row['kgco2e_per_unit'])):f}"
    return "\n".join([HEADER, *(",".join(f'"{cell}"' for cell in row.values()) for row in rows)])


BREAKS = {(each.publication_year, row) for each in assumptions.breaks() for row in each.rows}


@pytest.mark.parametrize("years", [range(2018, 2027), [2018], [2026]])
@pytest.mark.parametrize("times", [Decimal(1000), Decimal("0.001")])
def test_a_set_in_grams_or_in_tonnes_is_refused_be_it_one_year_or_all(times, years):
    assert factor_file.read(retyped(lambda value: value, years), BREAKS).rows == SETS.rows
    with pytest.raises(FactorError, match="Write it in kilograms per"):
        factor_file.read(retyped(lambda value: value * times, years), BREAKS)


@pytest.mark.parametrize("year", range(2018, 2027))
@pytest.mark.parametrize(
    "row", ["car_average_unknown", "electricity_generation", "waste_paper_closed_loop"]
)
@pytest.mark.parametrize("times", [Decimal(1000), Decimal("0.001")])
def test_one_row_in_grams_or_in_tonnes_is_refused_in_any_year(row, year, times):
    with pytest.raises(FactorError, match=f"{row} (of|is)"):
        factor_file.read(retyped(lambda value: value * times, [year], row), BREAKS)


def test_a_jump_is_taken_only_of_the_row_and_year_that_a_break_names():
    rows = ["a,2024,c,x,kWh,0.1,s,o,seen", "a,2025,c,x,kWh,0.16,s,o,seen"]
    text = "\n".join([HEADER, *rows])
    assert len(factor_file.read(text, {(2025, "a")}).rows) == 2
    for explained in ({(2024, "a")}, {(2025, "b")}):
        with pytest.raises(FactorError, match="name the row in include/reference/factor_breaks"):
            factor_file.read(text, explained)


def test_each_row_that_a_break_names_did_jump():
    for year, row in BREAKS:
        now, then = SETS.rows[row, year].value, SETS.rows[row, year - 1].value
        assert max(now / then, then / now) > factor_file.LARGEST_STEP, (year, row)
