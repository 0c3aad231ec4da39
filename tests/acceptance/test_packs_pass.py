"""Every acceptance check passes on every pack."""

import making
import pytest
from catalogue import CHECKS
from pack import CannotRun


@pytest.mark.parametrize("name", making.NAMES)
@pytest.mark.parametrize("check", sorted(CHECKS))
def test_a_pack_passes(check, name, packs):
    try:
        problems = list(CHECKS[check](packs[name]))
    except CannotRun as missing:
        pytest.skip(f"{check}: {missing}")

    assert problems[:20] == [], f"{len(problems)} problems"
