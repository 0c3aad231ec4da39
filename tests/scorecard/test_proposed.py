"""What is to be drafted is known, and refused if it may not be, before anything is written."""

from datetime import UTC, datetime

import pytest

from scorecard import gather, proposed
from scorecard.register.packs import Reading

AS_AT = datetime(2025, 7, 21, 8, tzinfo=UTC)


@pytest.fixture
def reading():
    """A measurement of nothing."""
    return Reading("0" * 64, "2025-26-Q1", AS_AT, {}, (), {}, (), ())


def test_a_variant_without_a_draft_is_proposed_as_revision_1_and_nothing_is_written(
    stores, reading
):
    whole = gather.everything(stores, reading)
    wanted = proposed.of(stores, reading, whole, "public", "")

    assert (wanted.newest, wanted.next[0].edition.pack_id) == (None, "2025-26-Q1/public/r1")
    assert not stores.settings.packs.exists()


def test_a_variant_that_the_quarter_does_not_have_is_refused_with_the_way_out(stores, reading):
    whole = gather.everything(stores, reading)

    with pytest.raises(LookupError, match=r"^2025-26-Q1/year: the quarter has no .* name that"):
        proposed.of(stores, reading, whole, "year", "")
