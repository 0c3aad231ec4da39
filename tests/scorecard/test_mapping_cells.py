from decimal import Decimal

import pytest
from given import BALANCES, COLUMNS, mapped, paid


def test_an_amount_is_pounds_and_pence(tmp_path):
    given = ["12.5", "-12.50", "+3", "0", "12.500", "007"]
    assert paid(tmp_path, given) == [
        Decimal("12.50"), Decimal("-12.50"), Decimal(3), Decimal(0), Decimal("12.50"), Decimal(7)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["12.505", "1,234.50", "12-", "(12)", "£12", "1e3", "0x10", "1_000", "12.", ".5", "--1", "NaN",
     "inf", "1 000", "12,50", "99999999999999999999"],
)  # fmt: skip
def test_an_amount_written_in_a_way_that_was_not_agreed_is_no_amount(tmp_path, written):
    assert paid(tmp_path, [written], wanted=["net_amount", "_rule"]) == [
        (None, "net_amount_unreadable")
    ]


@pytest.mark.parametrize(
    ("habits", "written", "amount"),
    [
        ("thousands", "1,234.50", "1234.50"),
        ("thousands", "-1,234,567", "-1234567"),
        ("thousands", "12,34.50", None),
        ("thousands", "1,234.505", None),
        ("trailing_minus", "12.50-", "-12.50"),
        ("trailing_minus", "-12.50-", None),
        ("thousands, trailing_minus", "1,234.50-", "-1234.50"),
        ("brackets", "(12.50)", "-12.50"),
        ("brackets", "(12.50", None),
        ("brackets", "(-12.50)", None),
        ("currency", "£12.50", "12.50"),
        ("currency", "-£12.50", "-12.50"),
        ("currency", "$12.50", None),
        ("currency, thousands, brackets", "(£1,234.50)", "-1234.50"),
        ("brackets, thousands", "(1,234.50)", "-1234.50"),
    ],
)
def test_a_habit_of_writing_numbers_is_read_where_the_mapping_expects_it(
    tmp_path, habits, written, amount
):
    expected = None if amount is None else Decimal(amount)
    assert paid(tmp_path, [written], f"numbers: [{habits}]") == [expected]


JOBS = """
system: payments
product: invented
table: print_jobs
version: 1
grain: one row per job
meets: by_key
key: [job_at]
key_repeats: numbered
month_from: [job_at]
"""
JOB = {
    "job_at": '{from: [Time], format: ["%Y-%m-%d %H:%M"]}',
    "pages": "{from: [Pages], empty: allowed}",
    "colour_pages": "{from: [Colour], values: {none: 0, all: =pages}, empty: allowed}",
    "paper_size": "{from: [Paper], values: {A4: A4}, otherwise: other, empty: allowed}",
    "duplex": "{from: [Sides], values: {two: true, one: false}, empty: allowed}",
}


def jobs(folder, rows, wanted, **changed):
    content = "Time,Pages,Colour,Paper,Sides\n" + "".join(f"2025-06-02 09:00,{r}\n" for r in rows)
    return mapped(folder, {**JOB, **changed}, content, wanted, head=JOBS)


@pytest.mark.parametrize("written", ["3.7", "1e3", "0x10", "1_000", "3.0", "three", "٣"])
def test_a_whole_number_is_never_rounded_or_guessed(tmp_path, written):
    rows = jobs(tmp_path, [f"{written},,,"], ["pages", "_rule", "_why"])
    assert rows == [(None, "pages_unreadable", f"pages: '{written}' is not a whole number")]


def test_a_number_loses_its_unit(tmp_path):
    rule = "{from: [Pages], unit: kb}"
    assert jobs(tmp_path, ["19kb,,,", "19 KB,,,", "19mb,,,", "kb,,,"], ["pages"], pages=rule) == [
        19, 19, None, None
    ]  # fmt: skip


def test_a_listed_value_says_what_it_stands_for(tmp_path):
    rows = ["7,none,A4,two", "7,all,A4,one", "7,some,A4,both", "7,,,"]
    assert jobs(tmp_path, rows, ["colour_pages", "duplex", "_rule"]) == [
        (0, True, None),
        (7, False, None),
        (None, None, "colour_pages_unreadable"),
        (None, None, None),
    ]


def test_a_value_that_is_not_listed_is_the_other_one_where_the_mapping_names_it(tmp_path):
    rows = ["1,,A4,", "1,,LETTER,", "1,,,"]
    assert jobs(tmp_path, rows, ["paper_size"]) == ["A4", "other", None]


def test_a_number_is_multiplied_and_added_to_as_the_mapping_says(tmp_path):
    assert jobs(tmp_path, ["3,,,"], ["pages"], pages="{from: [Pages], plus: -1}") == [2]
    assert jobs(tmp_path, ["3,,,"], ["pages"], pages="{from: [Pages], times: 2}") == [6]


def test_a_number_that_grows_too_large_is_no_number(tmp_path):
    largest = str(2**63 - 1)
    rule = "{from: [Pages], plus: 1}"
    rows = jobs(tmp_path, [f"{largest},,,"], ["pages", "_rule"], pages=rule)
    assert rows == [(None, "pages_unreadable")]


def test_the_first_cell_that_is_not_empty_is_taken(tmp_path):
    columns = {**COLUMNS, "transaction_no": "{from: [No, Other]}"}
    content = "Paid,No,Other,Amount\n2025-06-02,A,B,1\n2025-06-02,,B,1\n2025-06-02, ,B,1\n"
    assert mapped(tmp_path, columns, content, ["transaction_no"]) == ["A", "B", "B"]


def test_cells_are_joined_and_a_text_without_one_of_them_is_not_known(tmp_path):
    columns = {**COLUMNS, "transaction_no": '{join: [No, Line], joined_by: /, suffix: "-x"}'}
    content = "Paid,No,Line,Amount\n2025-06-02,12,3,1\n2025-06-02,12,,1\n"
    assert mapped(tmp_path, columns, content, ["transaction_no", "_rule"]) == [
        ("12/3-x", None),
        (None, "transaction_no_missing"),
    ]


def test_cells_are_joined_by_a_space_under_its_name(tmp_path):
    columns = {**COLUMNS, "transaction_no": "{join: [No, Line], joined_by: space}"}
    content = "Paid,No,Line,Amount\n2025-06-02,12,3,1\n"
    assert mapped(tmp_path, columns, content, ["transaction_no"]) == ["12 3"]


def test_a_part_of_a_cell_is_taken(tmp_path):
    columns = {**COLUMNS, "transaction_no": "{from: [No], split: {by: '|', part: 2}}"}
    content = "Paid,No,Amount\n2025-06-02,a| b |c,1\n2025-06-02,a,1\n"
    assert mapped(tmp_path, columns, content, ["transaction_no"]) == ["b", None]


def test_a_constant_stands_on_every_row(tmp_path):
    columns = {**COLUMNS, "supplier": "{constant: O'Hara}"}
    assert mapped(tmp_path, columns, "Paid,No,Amount\n2025-06-02,1,1\n", ["supplier"]) == ["O'Hara"]


def test_empty_is_not_zero_and_a_token_means_what_the_mapping_says(tmp_path):
    rule = "nulls: ['-', NULL], zeros: [Nil], empty: allowed"
    assert paid(tmp_path, ["", "-", "NULL", "Nil", "0"], rule) == [
        None, None, None, Decimal(0), Decimal(0)
    ]  # fmt: skip


def test_what_means_nothing_in_the_whole_file_means_nothing_in_every_column(tmp_path):
    columns = {**COLUMNS, "transaction_no": "{from: [No], empty: allowed}"}
    content = "Paid,No,Amount\n2025-06-02,?,1\n"
    assert mapped(tmp_path, columns, content, ["transaction_no"], extra='nulls: ["?"]\n') == [None]


def test_an_empty_cell_sets_the_row_aside_unless_the_mapping_allows_it(tmp_path):
    assert paid(tmp_path, [""], wanted=["_rule", "_why"]) == [
        ("net_amount_missing", "net_amount is empty")
    ]


def test_leading_zeros_and_quotes_in_a_text_stay(tmp_path):
    content = "Paid,No,Amount\n2025-06-02,007,1\n2025-06-02,O'Hara; drop table raw --,1\n"
    assert mapped(tmp_path, COLUMNS, content, ["transaction_no"]) == [
        "007",
        "O'Hara; drop table raw --",
    ]


@pytest.mark.parametrize(
    "written", ["2025-02-29", "2025-13-01", "2025-06-31", "02/06/2025", "2025-06-02T00:00", "today"]
)
def test_a_day_that_does_not_exist_or_is_written_otherwise_is_no_day(tmp_path, written):
    rows = mapped(tmp_path, COLUMNS, f"Paid,No,Amount\n{written},1,1\n", ["paid_on", "_why"])
    assert rows == [(None, f"paid_on: '{written}' is not a date")]


def test_a_year_of_two_digits_is_not_taken_for_the_year_25(tmp_path):
    columns = {**COLUMNS, "paid_on": '{from: [Paid], format: ["%d/%m/%Y"]}'}
    content = "Paid,No,Amount\n01/04/25,1,1\n01/04/2025,1,1\n"
    assert mapped(tmp_path, columns, content, ["_month", "_rule"]) == [
        (None, "paid_on_unreadable"),
        ("2025-04", None),
    ]


def moments(folder, written, zone="Europe/London"):
    columns = {**JOB, "job_at": f'{{from: [Time], format: ["%Y-%m-%d %H:%M"], zone: {zone}}}'}
    content = "Time,Pages,Colour,Paper,Sides\n" + "".join(f"{at},1,,,\n" for at in written)
    wanted = ["strftime(timezone('UTC', job_at), '%d %H:%M')", "_rule"]
    return mapped(folder, columns, content, wanted, head=JOBS)


def test_london_is_an_hour_ahead_of_utc_from_march_to_october(tmp_path):
    given = ["2025-03-30 00:59", "2025-03-30 02:00", "2024-10-27 00:59", "2024-10-27 02:00"]
    assert moments(tmp_path, given) == [
        ("30 00:59", None), ("30 01:00", None), ("26 23:59", None), ("27 02:00", None)
    ]  # fmt: skip


def test_a_moment_that_londons_clocks_leapt_over_is_no_moment(tmp_path):
    assert moments(tmp_path, ["2025-03-30 01:00", "2025-03-30 01:59"]) == [
        (None, "job_at_unreadable"),
        (None, "job_at_unreadable"),
    ]


def test_a_moment_that_londons_clocks_showed_twice_is_the_later_one(tmp_path):
    assert moments(tmp_path, ["2024-10-27 01:30"]) == [("27 01:30", None)]


def test_a_moment_in_utc_stays_as_it_is(tmp_path):
    assert moments(tmp_path, ["2025-03-30 01:30", "2025-07-01 00:00"], "UTC") == [
        ("30 01:30", None),
        ("01 00:00", None),
    ]


LINE = {
    "fin_year": "{from: [Year]}",
    "period_no": "{from: [Period]}",
    "cost_centre": "{from: [Centre]}",
    "actual_ytd": "{running_sum: {headings: 'P{}', through: Period, last: 3}}",
    "control_total": "{control_total: true, empty: allowed}",
}


def test_a_running_sum_goes_to_the_period_and_misses_no_cell(tmp_path):
    content = (
        "Year,Period,Centre,P01,P02,P03\n"
        "2025-26,1,a,1.10,,\n"
        "2025-26,2,b,1.10,2.20,9\n"
        "2025-26,3,c,1.10,,3.30\n"
        "2025-26,2,d,1.10,x,\n"
        "2024-25,13,e,1,2,3\n"
    )
    assert mapped(tmp_path, LINE, content, ["actual_ytd", "_rule"], head=BALANCES) == [
        (Decimal("1.10"), None),
        (Decimal("3.30"), None),
        (None, "actual_ytd_missing"),
        (None, "actual_ytd_missing"),
        (Decimal(6), None),
    ]


def test_the_extracts_own_total_stands_on_every_row(tmp_path):
    content = "Year,Period,Centre,P01,P02,P03\n2025-26,1,a,1,,\n"
    total = mapped(tmp_path, LINE, content, ["control_total"], head=BALANCES, total="12.34")
    assert total == [Decimal("12.34")]


def test_a_flag_without_names_of_its_own_reads_yes_and_no_and_sets_aside_what_is_neither(tmp_path):
    columns = {**COLUMNS, "capital_flag": "{from: [Capital]}"}
    words = ["Yes", "no", "TRUE", "f", "Y", "1", "Maybe", "on"]
    rows = "".join(f"2025-06-02,1,1.00,{word}\n" for word in words)
    found = mapped(tmp_path, columns, "Paid,No,Amount,Capital\n" + rows, ("capital_flag", "_rule"))
    assert found == [
        (True, None), (False, None), (True, None), (False, None), (True, None), (True, None),
        (None, "capital_flag_unreadable"), (None, "capital_flag_unreadable"),
    ]  # fmt: skip
