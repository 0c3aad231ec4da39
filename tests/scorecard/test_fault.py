"""A step that failed is told once for each run, to those who mend it."""

from record import NOW, Q

from scorecard import fault
from scorecard.notify import Outlets


def test_a_failed_step_is_told_once_for_each_run_and_names_no_file(stores):
    letters = []
    outlets = Outlets("https://localhost", {"e-mail": letters.append})
    for run in ("scheduled__1", "scheduled__1", "scheduled__2"):
        fault.run(stores, outlets, "quarterly_pack", "measure", Q, run, NOW)

    assert [letter.title for letter in letters] == [f"Failed: quarterly_pack of {Q}"] * 2
    assert letters[0].to == ("performance@exampleshire.gov.uk",)
    assert letters[0].lines[0].startswith(f"The step measure of quarterly_pack of {Q} failed")
