from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from scorecard.packs.texts import LONGEST, TooLong, check_lengths, texts_in


@dataclass(frozen=True)
class Part:
    first: str
    second: object


def test_every_text_of_a_content_is_found_in_its_order_and_no_number():
    whole = (Part("a", ("b", Part("c", Decimal(1)))), None, "d", 2)

    assert list(texts_in(whole)) == ["a", "b", "c", "d"]
    assert list(texts_in("e")) == ["e"]


def test_a_text_that_no_file_of_the_pack_holds_is_named_with_its_length_and_the_limit(content):
    check_lengths(replace(content, facts=(("Contact", "y" * LONGEST),)))
    long = replace(content, facts=(("Contact", "The desk " + "y" * 40_000),))

    said = r"^pack, facts: the text that begins 'The desk y+' has 40,009 .* 15,000 .* Shorten it"
    with pytest.raises(TooLong, match=said):
        check_lengths(long)
