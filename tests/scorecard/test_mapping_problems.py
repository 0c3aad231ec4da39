import pytest
from given import BALANCE, BALANCES, COLUMNS, PAYMENTS, mapping_of

from scorecard.strict import WrongDefinition


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("file: {format: pattern}\n", "patterns are for the format 'pattern', which needs them"),
        ("file: {patterns: ['a']}\n", "patterns are for the format 'pattern', which needs them"),
        ("file: {format: pattern, patterns: ['(?P<Paid>']}\n", "is no pattern"),
        ("file: {format: pattern, patterns: ['(?P<Home>.*)']}\n", "'Home' is neither mapped nor"),
        ("file: {names: [Paid, No, Amount]}\n", "a file without headings is told by looks_like"),
        ("file: {names: [Paid], looks_like: {Paid: a}}\n", "is no cell that the file names"),
        ("file: {names: [Paid, No, Amount], looks_like: {X: a}}\n", "looks_like names 'X'"),
        ("file: {encoding: utf-99}\n", "encoding 'utf-99' is unknown"),
        ("group: {by: [service], sum: [net_amount]}\n", "'service' identifies or dates a row"),
    ],
)
def test_a_file_that_cannot_be_told_is_named_with_its_mend(tmp_path, extra, message):
    with pytest.raises(WrongDefinition, match=r"^payments\.yaml: ") as wrong:
        mapping_of(tmp_path, COLUMNS, extra=extra)
    assert message in str(wrong.value)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{from: [Amount], duration: [weeks]}", "duration: 'weeks' is unknown"),
        ("{from: [Amount], duration: [seconds, hours]}", "a bare number is one of seconds,"),
        ("{from: [Amount], fin_year: middle}", "fin_year is 'middle'. Use starts or ends."),
        ("{from: [Amount], lookup: planets}", "lookup is 'planets'. Use directorates, cost_"),
        ("{from: [Amount], format: [epoch_s, '%Y']}", "the only way of writing it"),
        ("{from: [Amount], proved: {within_days: 31}}", "nothing to prove"),
        ("{from: [Amount], add: [Amount]}", "say where it comes from, once"),
        ("{add: [Amount], some_empty: maybe}", "some_empty is 'maybe'. Use refused or allowed."),
    ],
)
def test_a_rule_that_cannot_be_followed_is_named_with_its_mend(tmp_path, rule, message):
    with pytest.raises(WrongDefinition, match=r"columns: net_amount: ") as wrong:
        mapping_of(tmp_path, {**COLUMNS, "net_amount": rule})
    assert message in str(wrong.value)


ABOVE = "file: {banner_rows: 2}\n"
PLACED = "say where it stands, once: row and cell, at, trailer, or beside."
TOO_LOW = "is not above the headings. Count both from 1."
WORD = "Write the word before the number, and nothing else."
ENDED = "Say `trailer` of the file: the word that begins its last row."
AT = "only pages of JSON have `at`."


@pytest.mark.parametrize(
    ("place", "file", "message"),
    [
        ("row: 2, cell: 1", ABOVE, None),
        ("row: 2, cell: 1, at: rows", ABOVE, None),
        ("beside: NET TOTAL", "", None),
        ("trailer: 3", "file: {trailer: T}\n", None),
        ("trailer: 3", "", ENDED),
        ("trailer: -1", "file: {trailer: T}\n", ENDED),
        ("trailer: 3, beside: ROWS", "file: {trailer: T}\n", PLACED),
        ("", ABOVE, PLACED),
        ("row: 2, cell: 1, beside: ROWS", ABOVE, PLACED),
        ("at: rows, beside: ROWS", "", PLACED),
        ("row: 3, cell: 1", ABOVE, f"row 3, cell 1 {TOO_LOW}"),
        ("row: 1, cell: 1", "", f"row 1, cell 1 {TOO_LOW}"),
        ("row: 2", ABOVE, f"row 2, cell 0 {TOO_LOW}"),
        ("cell: 2", ABOVE, f"row 0, cell 2 {TOO_LOW}"),
        ("row: -1, cell: 1", ABOVE, f"row -1, cell 1 {TOO_LOW}"),
        ("row: 1, cell: 1", "file: {format: key_value, banner_rows: 2}\n", TOO_LOW),
        ("at: rows", "", AT),
        ("beside: 'ROWS:'", "", f"beside is 'ROWS:'. {WORD}"),
        ("beside: '12'", "", WORD),
    ],
)
@pytest.mark.parametrize("key", ["control_total", "row_count"])
def test_what_a_file_states_stands_in_one_place_that_there_is(tmp_path, key, place, file, message):
    of = "of: actual_ytd" if key == "control_total" else ""
    extra = f"{file}{key}: {{{', '.join(filter(None, [of, place]))}}}\n"
    if message is None:
        mapping_of(tmp_path, BALANCE, head=BALANCES, extra=extra)
        return
    with pytest.raises(WrongDefinition, match=rf"^payments\.yaml: {key}: ") as wrong:
        mapping_of(tmp_path, BALANCE, head=BALANCES, extra=extra)
    assert message in str(wrong.value)


def test_a_control_total_is_refused_where_nothing_would_be_compared_with_it(tmp_path):
    total = "control_total: {beside: TOTAL, of: actual_ytd}\n"
    mapping_of(tmp_path, BALANCE, head=BALANCES, extra=total)
    of_another = total.replace("actual_ytd", "profiled_ytd")
    with pytest.raises(WrongDefinition, match=r"control_total: of: 'profiled_ytd' is not comp"):
        mapping_of(tmp_path, BALANCE, head=BALANCES, extra=of_another)
    without = {name: rule for name, rule in BALANCE.items() if name != "control_total"}
    for columns, head in ((without, BALANCES), (COLUMNS, PAYMENTS)):
        with pytest.raises(WrongDefinition, match=r"control_total: nothing is compared with it"):
            mapping_of(tmp_path, columns, head=head, extra=total)
