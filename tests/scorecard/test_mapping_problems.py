import pytest
from given import COLUMNS, mapping_of

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
    ],
)
def test_a_rule_that_cannot_be_followed_is_named_with_its_mend(tmp_path, rule, message):
    with pytest.raises(WrongDefinition, match=r"columns: net_amount: ") as wrong:
        mapping_of(tmp_path, {**COLUMNS, "net_amount": rule})
    assert message in str(wrong.value)
