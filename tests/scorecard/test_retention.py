"""The council says how long it keeps what; what packs look back on cannot be cut short."""

from datetime import UTC, datetime

import pytest

from scorecard import council, retention
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition

POLICY = {"raw_extracts": 24, "accepted_rows": 84, "drafts": 12, "logs": 12}
NOW = datetime(2026, 7, 10, 9, tzinfo=UTC)


@pytest.fixture
def policy(tmp_path):
    def given(**changed):
        lines = [f"{key}: {value}" for key, value in {**POLICY, **changed}.items()]
        (tmp_path / "retention.yaml").write_text("\n".join(lines))
        return retention.read(tmp_path)

    return given


def test_what_is_of_an_earlier_month_in_london_than_the_last_kept_is_to_go(policy):
    decided = policy(raw_extracts=1)

    assert str(decided.before("raw_extracts", NOW)) == "2026-06"
    assert str(decided.before("raw_extracts", datetime(2026, 6, 30, 23, tzinfo=UTC))) == "2026-06"
    assert str(decided.before("raw_extracts", datetime(2026, 6, 30, 22, tzinfo=UTC))) == "2026-05"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"accepted_rows": 47}, "accepted_rows: '47' is not a number of months from 48"),
        ({"raw_extracts": 0}, "raw_extracts: '0' is not a whole number from 1"),
        ({"packs": 120}, "unknown key 'packs'"),
        ({"audit": 120}, "unknown key 'audit'"),
    ],
)
def test_packs_and_audit_have_no_end_and_rows_that_packs_look_back_on_stay(policy, changed, words):
    assert policy(accepted_rows=48)
    with pytest.raises(WrongDefinition, match=words):
        policy(**changed)


def test_the_months_of_the_baseline_in_force_are_needed_however_old():
    baselines = council.read(INCLUDE / "council").settled.baselines
    needed = retention.baseline_months(baselines, datetime(2040, 1, 1, tzinfo=UTC))

    assert (min(needed), max(needed), len(needed)) == ("2023-04", "2024-03", 12)
