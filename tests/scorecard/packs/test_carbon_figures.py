"""Carbon figures as the pack reads them: a net that lacks a line never passes for a whole one."""

import pytest
from carbon_records import QUARTER, ROLLING, all_figures, figure, with_carbon

from scorecard.packs import interval_chart
from scorecard.packs.build import build
from scorecard.packs.carbon_figures import NET, PER_FTE, PRINTING

PARTIAL = {"missing": ["home working not known: no days"], "grades": {"printing": "A"}}
LACKING = "partial: home working not known"


@pytest.fixture
def lacking(records):
    """The content of a pack whose net lacks home working, and lies wholly above zero."""
    about = {"details": PARTIAL, "flags": ("estimated", "partial"), "state": "provisional"}
    partial = [
        figure(kpi, period, numbers=("12", "3", "21"), **about)
        for kpi in (NET, PER_FTE)
        for period in ("2024-25-Q3", "2024-25-Q4", QUARTER, ROLLING)
    ]
    others = [f for f in all_figures() if f.kpi_id == PRINTING]
    return build(with_carbon(records, *others, *partial))


def test_a_partial_net_says_so_wherever_the_net_or_the_gross_is_told(lacking):
    carbon, facts = lacking.carbon, dict(lacking.carbon.facts)
    assert carbon.headline.endswith(LACKING)
    for name in ("Gross avoided", "Net avoided", "Net per FTE"):
        assert facts[name].endswith(LACKING), name
    told = {row[0].text: row[1].text for row in carbon.lines.rows}
    for name in ("Gross avoided", "Net avoided", "Net per FTE", "In words"):
        assert told[name].endswith(LACKING), name
    assert LACKING not in told["Avoided printing"]
    assert lacking.sheet("Carbon_net").rows[0][-1].text.endswith(LACKING)
    assert lacking.sheet("Carbon_history").rows[0][-1].text.endswith(LACKING)


def test_a_partial_net_has_no_chance_and_its_evidence_is_that_of_the_lines_it_has(lacking):
    facts = dict(lacking.carbon.facts)
    assert facts["Chance that anything was avoided"] == "[x]"
    assert facts["Weakest evidence"].endswith(", of the lines that are known")


def test_the_headline_of_a_partial_kpi_says_what_it_lacks(lacking):
    said = {kpi.kpi_id: kpi.headline for theme in lacking.themes for kpi in theme.kpis}
    assert LACKING in said[NET]
    assert LACKING in said[PER_FTE]
    assert "partial" not in said[PRINTING]


def test_of_a_partial_net_nothing_is_said_of_the_whole(lacking):
    said = " ".join(lacking.carbon.sentences)
    assert "whole interval" not in said
    assert (
        f"The net is {LACKING}. Whether emissions fell or rose on the whole is not known." in said
    )


def test_a_partial_net_is_a_cross_and_the_words_of_its_picture_say_so(lacking):
    (history,) = lacking.carbon.pictures
    assert {m.kind for m in history.moments} == {"partial"}
    assert history.headline == "No quarter can be told from zero: every net is partial"
    assert "3 partial" in history.alt
    assert LACKING in history.alt
    assert "Crosses are partial" in history.legend
    assert "M-5-5L5 5M-5 5L5-5" in interval_chart.draw(history, interval_chart.WIDE)


def test_a_line_that_some_directorates_lack_is_said_to_lack_them(records):
    told = {"missing": ["printing not known: HR"], "grades": {"printing": "A", "commuting": "B"}}
    about = {"details": told, "flags": ("estimated", "partial")}
    figures = [figure(kpi, ROLLING, **about) for kpi in (NET, PRINTING)]
    kept = [
        f
        for f in all_figures()
        if (f.kpi_id, f.period) not in {(NET, ROLLING), (PRINTING, ROLLING)}
    ]
    carbon = build(with_carbon(records, *kept, *figures)).carbon
    assert carbon.headline.endswith("partial: printing of some directorates not known")


@pytest.mark.parametrize(
    ("state", "marker", "words"),
    [
        (
            "suppressed",
            "[c]",
            "The council's own mean distance to work is withheld to protect people.",
        ),
        ("final", "[x]", "The council's own mean distance to work is not known."),
    ],
)
def test_a_distance_that_a_withheld_directorate_hides_is_withheld_and_not_unknown(
    records, state, marker, words
):
    details = {"mean_km": None, "break_even_km": None}
    whole = [figure(NET, period, details=details) for period in (QUARTER, ROLLING)]
    part = figure(NET, QUARTER, directorate="HR", details=details, state=state)
    content = build(with_carbon(records, *whole, part))
    assert content.carbon.break_even == words
    own = {row[0].text: row[1].text for row in content.sheet("Carbon_break_even").rows}
    assert own["The council's own mix"] == marker
    assert own["The council's mean distance to work"] == marker
