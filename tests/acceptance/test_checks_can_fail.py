"""PK-95: each check fails on a pack with that one fault planted, and no check is forgotten."""

import pytest
from catalogue import BASE, CHECKS, DEFAULT_BASE, ELSEWHERE, FAULTS, IDS
from pack import CannotRun

from scorecard.settings import REPOSITORY

PLANTED = [
    pytest.param(check, plant, id=f"{check}-{nth}")
    for check, plants in sorted(FAULTS.items())
    for nth, plant in enumerate(plants, start=1)
]


@pytest.mark.parametrize(("check", "plant"), PLANTED)
def test_a_check_fails_on_its_planted_fault(check, plant, copy_of):
    pack = copy_of(BASE.get(check, DEFAULT_BASE))
    plant(pack.folder)
    try:
        problems = list(CHECKS[check](pack))
    except CannotRun as missing:
        pytest.skip(f"{check}: {missing}")

    assert problems != []


def test_every_check_has_a_fault_and_every_fault_a_check():
    assert sorted(CHECKS) == sorted(FAULTS)


@pytest.mark.parametrize("check", IDS)
def test_every_id_is_checked_here_or_elsewhere(check):
    places = [table for table in (CHECKS, ELSEWHERE) if check in table]

    assert len(places) == 1, f"{check} is checked nowhere, or twice"
    if check in ELSEWHERE:
        assert check in (REPOSITORY / ELSEWHERE[check]).read_text(encoding="utf-8")
