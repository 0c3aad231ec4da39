"""What the officers' page calls a pack."""

from dataclasses import replace

import pytest

from scorecard.orchestration.page.desk import Shelved
from scorecard.register.packs import PackRow


@pytest.fixture
def row():
    return PackRow(
        quarter="2025-26-Q1", variant="officer", revision=1, state="draft", measurement_id="",
        content_sha256="", manifest_sha256="", folder="", reason="", drafted_at=None,
        drafted_by="", reason_is_given=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "said"), [("officer", "officer"), ("working_from_home", "working from home")]
)
def test_a_variant_is_said_in_words_and_addressed_by_its_name(row, name, said, tmp_path):
    pack = Shelved(replace(row, variant=name), tmp_path, None, "internal", ())

    assert (pack.variant, pack.address) == (said, f"2025-26-Q1/{name}/r1")
