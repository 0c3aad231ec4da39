from contextlib import nullcontext

import pytest
from given import PAYMENTS, mapping_of

from scorecard.admission import Refused
from scorecard.mapping import heading_keys
from scorecard.recognise import Sheet, recognise

COLUMNS = {
    "paid_on": "{from: [Paid]}",
    "transaction_no": "{from: [No]}",
    "net_amount": "{from: [Net Amount]}",
}


@pytest.fixture
def told_by(tmp_path):
    """What is recognised in a file that begins with this text."""

    def ask(content, extra="", columns=COLUMNS, sheet=None):
        mapping = mapping_of(tmp_path, columns, head=PAYMENTS, extra=extra)
        path = tmp_path / "given.csv"
        path.write_text(content, encoding="utf-8", newline="")
        return recognise("given.csv", [Sheet(path, sheet)], [mapping])

    return ask


@pytest.mark.parametrize(
    "headings",
    ["Paid,No,Net Amount", "\ufeffPaid,No,Net Amount", " PAID , no ,net   amount",
     "Paid,No,Net Amount,,", 'Paid,No,"Net\nAmount"', "Paid,No,Net Amount\r\n",
     "Paid,No,Net\u00a0Amount", '"Paid","No","Net Amount"'],
)  # fmt: skip
def test_headings_are_compared_without_spaces_and_capitals(told_by, headings):
    assert told_by(headings + "\n1,2,3\n").headings == {"paid": 1, "no": 2, "net amount": 3}


def test_headings_may_stand_in_any_order(told_by):
    assert told_by("Net Amount,Paid,No\n").headings == {"net amount": 1, "paid": 2, "no": 3}


def test_cells_without_a_heading_are_counted(told_by):
    assert told_by("Paid,No,Net Amount,,\n").cells == 5
    assert told_by("Paid,No,Net Amount\n", "file: {trailing_cells: 1}\n").cells == 4


def test_the_rows_above_the_headings_are_kept(told_by):
    content = 'Any council,\n"Total, all",12\nPaid,No,Net Amount\n'
    found = told_by(content, "file: {banner_rows: 2}\n")
    assert found.banner == (("Any council", ""), ("Total, all", "12"))


def test_the_second_heading_of_one_name_has_a_number():
    assert heading_keys(["Type", "type", " TYPE ", "No"]) == ["type", "type#2", "type#3", "no"]


def test_a_heading_that_stands_twice_is_read_by_its_number(told_by):
    columns = {**COLUMNS, "service": "{from: [No#2]}"}
    assert told_by("Paid,No,No,Net Amount\n", columns=columns).headings["no#2"] == 3


@pytest.mark.parametrize("content", ["Paid,No\n", "Paid,No,Net Amount,Home\n"])
def test_other_headings_are_refused(told_by, content):
    with pytest.raises(
        Refused, match=r"^given.csv: recognised as no system\. It comes closest to payments"
    ):
        told_by(content)


@pytest.mark.parametrize("content", ["", "\n", "Paid;No\n", "jsmith,Leeds,Edge\n"])
def test_what_stands_where_no_heading_is_known_is_not_repeated(told_by, content):
    with pytest.raises(Refused, match="has none of the headings that a mapping names") as refused:
        told_by(content)
    assert "jsmith" not in str(refused.value)


def test_a_sheet_is_no_text_file(told_by):
    with pytest.raises(Refused, match="not a file or sheet that any mapping reads"):
        told_by("Paid,No,Net Amount\n", sheet="Sheet1")


def test_many_unknown_headings_are_not_all_told(told_by):
    content = ",".join(["Paid", *(f"h{n}" for n in range(20))]) + "\n"
    with pytest.raises(Refused, match=r"'h5' and 14 more are unknown"):
        told_by(content)


@pytest.mark.parametrize(
    ("listed", "read_by"),
    [
        (["payments"], "payments"), (["ledger_twin", "others"], "ledger_twin"),
        ([], None), (["others"], None), (["payments", "ledger_twin"], None),
    ],
)  # fmt: skip
def test_of_two_systems_that_look_alike_the_one_that_is_listed_sent_the_file(
    tmp_path, listed, read_by
):
    twin = PAYMENTS.replace("system: payments", "system: ledger_twin")
    mappings = [
        mapping_of(tmp_path, COLUMNS),
        mapping_of(tmp_path, COLUMNS, head=twin, system="ledger_twin"),
    ]
    path = tmp_path / "given.csv"
    path.write_text("Paid,No,Net Amount\n")

    def system():
        return recognise(path.name, [Sheet(path)], mappings, None, listed).mapping.system

    if read_by:
        assert system() == read_by
    else:
        with pytest.raises(Refused) as refused:
            system()
        assert str(refused.value) == (
            "given.csv: its headings fit ledger_twin and payments alike. Call it by its mapping "
            "and a date, such as payments_2025-06, or list one of them alone in feeds.yaml."
        )


@pytest.mark.parametrize(
    ("name", "read_by"),
    [
        ("payments.csv", "payments"), ("Payments 2025-06.csv", "payments"),
        ("payments_hr_2025-06.csv", "payments_hr"), ("PAYMENTS_HR2025 (2).csv", "payments_hr"),
        ("payments_2025-06.pages.zip", "payments"), ("payments_hrx.csv", None),
        ("payments-hr.csv", None), ("payments june.csv", None), ("paymentsx.csv", None),
    ],
)  # fmt: skip
def test_of_two_desks_with_one_system_the_name_of_the_file_says_which_sent_it(
    tmp_path, name, read_by
):
    second = PAYMENTS.replace("system: payments", "system: payments_hr")
    mappings = [
        mapping_of(tmp_path, COLUMNS),
        mapping_of(tmp_path, COLUMNS, head=second, system="payments_hr"),
    ]
    path = tmp_path / "given.csv"
    path.write_text("Paid,No,Net Amount\n")
    refused = nullcontext() if read_by else pytest.raises(Refused, match="fit payments and pay")

    with refused:
        found = recognise(name, [Sheet(path)], mappings, None, ["payments", "payments_hr"])
        assert found.mapping.system == read_by


def test_a_file_of_a_system_that_is_not_listed_is_recognised_all_the_same(tmp_path):
    path = tmp_path / "given.csv"
    path.write_text("Paid,No,Net Amount\n")
    mappings = [mapping_of(tmp_path, COLUMNS)]

    assert recognise(path.name, [Sheet(path)], mappings, None, ["desk"]).mapping == mappings[0]
