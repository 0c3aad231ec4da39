"""What a council may decide about its gate and its tests for sense, and what it may not."""

import shutil
from dataclasses import replace

import pytest

from scorecard import council, reconcile
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition
from scorecard.tolerances import Gate, Sense


@pytest.fixture
def decided(tmp_path):
    """The council's files with one text of council.yaml replaced, and rows of confirmed.csv."""

    def read(old="", new="", confirmed=""):
        folder = tmp_path / "council"
        shutil.copytree(INCLUDE / "council", folder)
        path = folder / "council.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        with (folder / "confirmed.csv").open("a", encoding="utf-8") as file:
            file.write(confirmed)
        return council.read(folder)

    return read


def test_exampleshire_has_what_is_proposed(decided):
    settled = decided().settled

    assert (settled.gate, settled.sense) == (Gate(), Sense())


def test_a_council_that_says_nothing_has_what_is_proposed(decided):
    text = (INCLUDE / "council" / "council.yaml").read_text(encoding="utf-8")
    settled = decided(text[text.index("\ngate:") :], "\n").settled

    assert (settled.gate, settled.sense) == (Gate(), Sense())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "control_total: stop",
            "control_total: provisional",
            "council.yaml: gate: control_total: 'provisional'. A ledger that misses its control "
            "total is not the ledger. Write stop.",
        ),
        (
            "parts: stop",
            "parts: provisional",
            "gate: parts: 'provisional'. Directorates that do not add up to the council are a "
            "fault of ours. Write stop.",
        ),
        ("jump: provisional", "jump: listed", "gate: jump: 'listed' is unknown. Write stop or pro"),
        ("jump_fewest: 6", "jump_fewest: 13", "jump_fewest: 13 of 12 months make no median."),
        (
            "jump_fewest: 6",
            "jump_fewest: 6\n  jumps: {pages_printed: {under: 2, over: 3, base: 1}}",
            "gate: jumps: pages_printed: under 2 and over 3 do not lie on either side of 1",
        ),
        ("far_below: 0.2", "far_below: 20", "sense: far_below: 20 is no part of what is compared"),
        ("fewer_cases: 0.5", "fewer_cases: 0", "sense: fewer_cases: 0 is no part of what is com"),
        ("far_above: 5", "far_above: 1", "sense: far_above: 1 is not above the target. Write"),
        ("unchanged_months: 3", "unchanged_months: 1", "unchanged_months: 1 of a series says"),
        ("flag_mismatches: 2", "flag_mismatch: 2", "unknown key 'flag_mismatch'"),
    ],
)
def test_what_would_let_through_what_must_stop_or_says_nothing_is_refused(decided, old, new, words):
    with pytest.raises(WrongDefinition, match=words.replace(".", r"\.")):
        decided(old, new)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("open_tickets,HOU,2025-05,Head of ICT,x", "row 2: 'open_tickets' is not tested for jumps"),
        ("pages_printed,HR,2025-05,Head of ICT,x", "row 2: there is no directorate 'HR'. Use one"),
        ("pages_printed,HOU,May,Head of ICT,x", "row 2: period: 'May' is not a month. Write it"),
    ],
)
def test_a_confirmation_of_what_is_not_tested_stops_before_any_figure(stores, decided, row, words):
    decided(confirmed=f"{row}\n")
    folder = stores.settings.home.parent / "council"
    theirs = replace(stores, settings=replace(stores.settings, council=folder))

    with pytest.raises(WrongDefinition, match=f"confirmed.csv, {words}"):
        reconcile.run(theirs, measured(theirs))


def test_limits_of_what_is_not_tested_are_refused(stores, decided):
    limits = "jump_fewest: 6\n  jumps: {open_tickets: {under: 0.5, over: 3, base: 1}}"
    decided("jump_fewest: 6", limits)
    folder = stores.settings.home.parent / "council"
    theirs = replace(stores, settings=replace(stores.settings, council=folder))

    with pytest.raises(WrongDefinition, match="gate: jumps: 'open_tickets' is not tested for jum"):
        reconcile.run(theirs, measured(theirs))


def measured(stores):
    """A measurement of nothing."""
    from given import NOW

    from scorecard import measure

    return measure.run(stores, "2025-26-Q1", NOW, NOW)
