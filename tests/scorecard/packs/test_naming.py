"""A KPI is named however its name is spelt, and not where another's name holds the same words."""

from dataclasses import replace

import pytest

from scorecard import kpis
from scorecard.packs.naming import named
from scorecard.settings import INCLUDE

KNOWN = kpis.load(INCLUDE / "sql" / "kpi")
HIDDEN = replace(
    KNOWN["remote_access_failures"], id="flaws_open", code="CYB-1", title='Open "critical" flaws'
)


@pytest.mark.parametrize(
    "text",
    [
        'Corrected after Open "critical" flaws rose to 37.',
        "open critical flaws",
        "OPEN  \u201ccritical\u201d\u00a0flaws",
        "Open cri\u00adtical flaws",
        "\uff2fpen critical flaws",
        "see flaws_open.yaml",
        "It is CYB-1.",
    ],
)
def test_a_name_is_found_in_whatever_letters_spaces_and_marks(text):
    assert named(text, [HIDDEN])


@pytest.mark.parametrize("text", ["", "Reopen critical flaws", "CYB-10", "all_flaws_open_now"])
def test_a_name_within_another_word_names_nothing(text):
    assert named(text, [HIDDEN]) == ""


def test_a_title_within_the_title_of_a_kpi_that_is_shown_names_that_one():
    backlog, aged = KNOWN["open_tickets"], KNOWN["aged_open_tickets"]
    text = f"{aged.title} rose; see aged_open_tickets."

    assert named(text, [backlog], [aged]) == ""
    assert named(f"{text} {backlog.title} fell.", [backlog], [aged]) == backlog.title


@pytest.mark.parametrize(
    "kpi", ["open_tickets", "profiled_budget_variance", "savings_delivered", "pages_printed"]
)
def test_no_kpi_that_is_shown_names_one_that_is_not_by_its_own_names(kpi):
    shown = [d for d in KNOWN.values() if d.id != kpi]
    names = [name for d in shown for name in (d.id, d.code, d.title)]

    assert [name for name in names if named(name, [KNOWN[kpi]], shown)] == []
