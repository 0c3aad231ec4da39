"""The page of assumptions, from the file that the pack's notes are made from too."""

from collections.abc import Iterable
from itertools import groupby

from scorecard.assumptions import Assumption
from scorecard.markdown import grid, page

_ABOUT = (
    "What figures rest on beside the extracts, from `include/reference/assumptions.csv`. "
    "**Quality**: how well the assumption is known (green: measured or official; amber: a fair "
    "guess; red: weak). **Impact**: how far a figure would move if it were wrong (red: its message "
    'could change). "Proposed" is a default that no source sets; a council may change it in '
    "`include/council/council.yaml` or `targets.csv`. A width is half of a 95% interval: 30 % is "
    "times or divided by 1.30."
)
_EXAMPLE = (
    "Its extracts are invented: 3,000 staff, printing that falls, two days at home, one bad month "
    "of the desk, one directorate that overspends. Nothing in it is evidence about any council."
)


def assumptions_page(every: Iterable[Assumption]) -> str:
    """Each assumption with its ratings and source, by the figures that rest on it."""
    lines: list[str] = []
    for section, mine in groupby(every, key=lambda each: each.section):
        lines += ["", f"## {section}", "", *_table(tuple(mine))]
    return page("Assumptions", _ABOUT, *lines, "", "## Exampleshire", "", _EXAMPLE)


def _table(mine: tuple[Assumption, ...]) -> list[str]:
    """A section's table; it has a column of values where its assumptions have them."""
    headings = ("Assumption", "Value", "Quality", "Impact", "Source")
    rows = ((a.assumption, a.value, a.quality, a.impact, a.source) for a in mine)
    if any(each.value for each in mine):
        return grid(headings, rows)
    return grid(headings[:1] + headings[2:], (row[:1] + row[2:] for row in rows))
