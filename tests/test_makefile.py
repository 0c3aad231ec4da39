"""What a person types after `make` reaches the command as it stands, and runs nothing."""

import subprocess

import pytest

from scorecard.settings import REPOSITORY

SAYS = "LOCAL=printf '<%s>'"  # instead of the command


def told(*typed):
    made = subprocess.run(
        ["make", "--silent", "--assume-old=.venv/base", SAYS, *typed],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return made.stdout or made.stderr


@pytest.mark.parametrize(
    "reason",
    ['costs "each" £5', "it's $5 or $(HOME)", "`touch pwned`", "$(shell touch pwned); touch pwned"],
)
def test_a_reason_is_taken_letter_by_letter(reason):
    assert told("pack", f"REASON={reason}") == f"<pack><--quarter><><--reason><{reason}>"
    between = ("FROM=2024-25-Q1", "TO=2024-25-Q2", f"REASON={reason}")
    assert told("backfill", *between) == (f"<backfill><2024-25-Q1><2024-25-Q2><--reason><{reason}>")
    assert not (REPOSITORY / "pwned").exists()


def test_a_moment_is_handed_on_only_if_one_was_typed():
    between = ("FROM=2024-25-Q1", "TO=2024-25-Q2")

    assert "--as-at" not in told("backfill", *between)
    assert told("backfill", *between, "AS_AT=2025-08-01T09:30").endswith(
        "<--as-at><2025-08-01T09:30>"
    )


def test_a_backfill_without_its_quarters_says_how_to_name_them():
    assert "make backfill FROM=2024-25-Q1 TO=2025-26-Q1" in told("backfill", "FROM=2024-25-Q1")
