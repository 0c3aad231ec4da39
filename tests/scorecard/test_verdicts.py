"""Why a file is refused, in numbers that add up."""

import pytest

from scorecard import checks
from scorecard.judge import EXPECTATIONS
from scorecard.verdicts import Verdict, why_refused

RULES = {rule.id: rule for rule in checks.load(EXPECTATIONS, "print_jobs").rules}
MOST = ("colour_within_pages", 77, "A job has no more colour pages than pages.")


def refused(rule, faulty, received):
    verdict = Verdict(rule, "validity", "critical", received, received, "failed", "It has changed.")
    return str(why_refused("prints.xlsx", verdict, RULES[rule], faulty, MOST))


def test_a_file_of_too_many_faulty_rows_is_told_how_many_they_are_and_how_many_may_be():
    assert refused("mostly_good", 77, 300) == (
        "prints.xlsx: 77 of 300 rows are set aside as faulty (25.7 %), more than the 20 % that the "
        "critical rule mostly_good allows. It has changed. Most often: A job has no more colour "
        "pages than pages. (colour_within_pages, 77 rows). Nothing of the file is used; ask its "
        "owner to correct it and send it again."
    )


@pytest.mark.parametrize(
    ("faulty", "received", "share"),
    [(61, 300, "20.3 %"), (20_001, 100_000, "20.001 %"), (300, 300, "100.0 %")],
)
def test_a_share_just_beyond_the_limit_is_seen_to_be_beyond_it(faulty, received, share):
    assert f"({share}), more than the 20 %" in refused("mostly_good", faulty, received)


def test_another_rule_names_the_rows_for_which_it_fails():
    assert "the critical rule has_rows fails for 3 of 3 rows." in refused("has_rows", 3, 3)
