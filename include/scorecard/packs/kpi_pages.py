"""A KPI in the document: two share a page where little is written about them."""

from collections.abc import Iterator

from scorecard.packs.blocks import (
    Block,
    chart,
    commentary,
    facts,
    heading,
    kept_together,
    label,
    rating,
    remark,
    side_by_side,
    small,
    table,
)
from scorecard.packs.columns import BESIDE, BROAD, GUTTER, UPRIGHT, Paper
from scorecard.packs.content import KpiSection
from scorecard.packs.words import listed

# What is said about a KPI stands on one page with its chart, unless it is longer than this.
MOST_LETTERS = 2500
MOST_ROWS = 14  # of directorates
LONG_VALUE = 16  # letters of a value that a narrow column would break
IN_A_ROW = 6  # facts
LEFT = UPRIGHT.width - GUTTER - BESIDE.width


def blocks_of(kpi: KpiSection, above: tuple[Block, ...] = ()) -> Iterator[Block]:
    """One KPI below what no page may part from it: what is said and drawn, and the tables."""
    opening = (
        *above,
        heading(3, kpi.headline, kpi.kpi_id),
        rating(kpi.rag, kpi.beside, kpi.code),
        small(" ".join(kpi.paragraph)),
    )
    said, numbers = tuple(_said(kpi)), tuple(_numbers(kpi))
    if _is_short(kpi):
        yield kept_together([*opening, *said, *numbers])
    else:
        yield kept_together(opening)
        yield from said
        yield from (numbers if _is_long(kpi) else (kept_together(numbers),))


def _is_short(kpi: KpiSection) -> bool:
    return _letters(kpi) <= MOST_LETTERS and not _is_long(kpi)


def _is_long(kpi: KpiSection) -> bool:
    return len(kpi.by_directorate.rows) > MOST_ROWS


def _letters(kpi: KpiSection) -> int:
    """How much is written about a KPI: its paragraph and its commentary."""
    parts = [part for each in kpi.commentary for part in (each.status, each.owed)]
    parts += [part for each in kpi.commentary for _, part in each.parts]
    return sum(map(len, (*kpi.paragraph, *parts)))


def _said(kpi: KpiSection) -> Iterator[Block]:
    """The commentary; of directorates that gave none, their names, because their table has why."""
    yield from map(commentary, kpi.of_council)
    if kpi.of_directorates:
        yield label(kpi.told)
        yield from map(commentary, kpi.of_directorates)
    for owed in dict.fromkeys(each.owed for each in kpi.awaited):
        names = listed([each.whose for each in kpi.awaited if each.owed == owed])
        yield small(f"{names}: {owed}")


def _numbers(kpi: KpiSection) -> Iterator[Block]:
    """The chart, the facts and the directorates, side by side where values are short enough."""
    is_wide = any(len(row[1].text) > LONG_VALUE for row in kpi.by_directorate.rows)
    theirs = table(kpi.by_directorate, paper=_paper(kpi, is_wide))
    lines, row = facts(kpi.facts, 1), facts(kpi.facts, IN_A_ROW)
    if not kpi.series:
        yield from (theirs, row) if is_wide else (side_by_side([theirs], [lines], BROAD.width),)
        return
    drawn, notes = chart(kpi.series)
    said = [remark(notes)] if notes else []
    beside = side_by_side([drawn], [lines] if is_wide else [theirs], LEFT)
    yield from (beside, *said, theirs if is_wide else row)


def _paper(kpi: KpiSection, is_wide: bool) -> Paper:
    if is_wide:
        return UPRIGHT
    return BESIDE if kpi.series else BROAD
