"""A published pack is announced once; that there is a restricted one is told to nobody."""

import shutil
from dataclasses import replace

import pytest
from record import NOW, Q, a_pack

from scorecard import announce
from scorecard.notify import Outlets


@pytest.fixture
def announced(stores):
    """Announce what is published; the letters that left so far."""
    letters = []

    def run(of=stores):
        announce.run(of, Outlets("https://localhost", {"e-mail": letters.append}), Q, NOW)
        return [(letter.title, letter.lines[0]) for letter in letters]

    return run


def test_each_published_pack_is_announced_once_and_a_draft_never(stores, announced):
    a_pack(stores.register)
    assert announced() == []

    a_pack(stores.register, "public", "published")
    announced()
    assert announced() == [(f"Published: {Q}", f"Published: {Q}/public/r1.")]


def test_a_restricted_pack_is_not_announced(stores, announced, tmp_path):
    council = tmp_path / "council"
    shutil.copytree(stores.settings.council, council)
    routes = (council / "routes.yaml").read_text()
    inside = "variant: board, deadline_working_day: 22, visibility: internal"
    (council / "routes.yaml").write_text(
        routes.replace(inside, inside.replace("internal", "restricted"))
    )
    theirs = replace(stores, settings=replace(stores.settings, council=council))
    a_pack(stores.register, "board", "published")

    assert announced(theirs) == []
    assert announced() == [(f"Published: {Q}", f"Published: {Q}/board/r1.")]
