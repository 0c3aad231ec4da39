"""What follows from sums that are shown, and from which of them."""

import pytest

from scorecard.derivation import Shown

A, B, C, D = range(4)
TOTAL = ("total", {A: 1, B: 1, C: 1})


@pytest.mark.parametrize(
    ("shown", "wanted", "source"),
    [
        ([("a", {A: 1})], {A: 1}, {"a"}),
        ([("a", {A: 1})], {B: 1}, None),
        ([TOTAL, ("a", {A: 1}), ("b", {B: 1})], {C: 1}, {"total", "a", "b"}),
        ([TOTAL, ("a", {A: 1})], {C: 1}, None),
        ([TOTAL, ("a", {A: 1})], {B: 1, C: 1}, {"total", "a"}),
        ([("ab", {A: 1, B: 1}), ("bc", {B: 1, C: 1})], {A: 1}, None),
        # Three sums of two each tell every one of the three, though none is shown.
        (
            [("ab", {A: 1, B: 1}), ("bc", {B: 1, C: 1}), ("ac", {A: 1, C: 1})],
            {A: 1},
            {"ab", "bc", "ac"},
        ),
        ([TOTAL, ("again", {A: 1, B: 1, C: 1})], {A: 1, B: 1, C: 1}, {"total"}),
        ([("d", {D: 1}), TOTAL], {}, set()),
    ],
)
def test_a_sum_follows_from_shown_ones_or_it_does_not(shown, wanted, source):
    assert Shown.of(shown).source_of(wanted) == source


def test_more_can_be_shown_to_one_reader_than_to_another():
    everybody = Shown.of([TOTAL, ("a", {A: 1})])
    insider = everybody.with_also([("b", {B: 1})])

    assert insider.source_of({C: 1}) == {"total", "a", "b"}
    assert everybody.source_of({C: 1}) is None
