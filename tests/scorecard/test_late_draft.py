"""A deadline that was missed is told once for each run, to those who wait for the packs."""

from record import NOW, Q

from scorecard import late_draft
from scorecard.notify import Outlets


def test_an_overdue_draft_is_told_once_for_each_run(stores):
    letters = []
    outlets = Outlets("https://localhost", {"e-mail": letters.append})
    for run in ("scheduled__1", "scheduled__1", "scheduled__2"):
        late_draft.run(stores, outlets, Q, run, 6, NOW)

    assert [letter.title for letter in letters] == [f"Overdue: the drafts of {Q}"] * 2
    assert letters[0].to == ("resources@exampleshire.gov.uk",)
    assert letters[0].lines[0].endswith(f"for {Q} has not succeeded within 6 hours.")
