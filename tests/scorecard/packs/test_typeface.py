"""The document's typeface: what it can show, and how wide that is."""

import pytest

from scorecard.packs import typeface


def test_what_a_pack_prints_is_in_both_weights():
    printed = "AZaz09 £%()[]:;,.'\"–—−×²₂ŵŷéÉ’‘“”…€"

    for weight in (typeface.regular(), typeface.bold()):
        assert [c for c in printed if c not in weight.widths] == []


def test_a_character_of_another_script_is_not_there():
    assert [c for c in "漢ע😀\u200b" if c in typeface.regular().widths] == []


def test_digits_are_of_one_width_and_a_text_is_as_wide_as_its_letters():
    regular = typeface.regular()

    assert {regular.width(digit) for digit in "0123456789"} == {0.497}
    assert regular.width("10.5") == pytest.approx(3 * 0.497 + regular.width("."))


def test_bold_is_wider():
    assert typeface.bold().width("Whole council") > typeface.regular().width("Whole council")
