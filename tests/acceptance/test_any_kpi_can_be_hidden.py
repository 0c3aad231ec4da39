"""Every KPI of the project can be hidden: the pack passes, or is told what else is to be hidden."""

from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal

import pytest

from scorecard import kpis
from scorecard.packs.leaks import Leak, check_words
from scorecard.packs.measures import measures_of
from scorecard.packs.records import FigureRecord, Figures
from scorecard.packs.recoverable import Shown, told_by
from scorecard.packs.variants import CARBON_SHEETS, MAY_BE_LEFT_OUT
from scorecard.settings import INCLUDE

KPIS = kpis.load(INCLUDE / "sql" / "kpi")
# The example council's own decision on print spend names it: a person has to say it otherwise.
NAMED_BY_PEOPLE = {
    "profiled_budget_variance": "judged by the variance to profile of its cost centres"
}


@pytest.fixture(scope="module")
def content(packs):
    return packs["exampleshire"].content


@pytest.fixture(scope="module")
def worded(content):
    """The content without its longest tables, which have no words of people."""
    long = {"KPI_figures", "KPI_series", "Chart_data", "Provenance"}
    return replace(content, sheets=tuple(s for s in content.sheets if s.name not in long))


@pytest.fixture(scope="module")
def measures(content):
    return tuple(measures_of(content))


@pytest.fixture(scope="module")
def figures(content):
    """The figures as the pack's own table shows them."""
    table = content.sheet("KPI_figures")
    return Figures(tuple(_figure(dict(zip(table.columns, row, strict=True))) for row in table.rows))


def _figure(row):
    parts = {
        name.lower(): Decimal(str(row[name].value)) if row[name].is_number else None
        for name in ("Numerator", "Denominator", "Value")
    }
    return FigureRecord(
        kpi_id=row["KPI id"].text, version=1, period=row["Period"].text, period_kind="quarter",
        directorate=row["Directorate"].text, lower=None, upper=None, state="final", flags=(),
        why="", target=None, rag="", rag_basis="", direction="", **parts,
    )  # fmt: skip


def with_those_that_tell(hidden):
    """KPIs and what may not be seen by more than they: what rests on them, and all of carbon."""
    carbon = any(KPIS[kpi].kind == "carbon" for kpi in hidden)
    more = {
        d.id
        for d in KPIS.values()
        if {d.rests_on, d.forecast} & hidden or (carbon and d.kind == "carbon")
    } | hidden
    return more if more == hidden else with_those_that_tell(more)


def without(content, hidden):
    """The content less all that is said of some KPIs."""
    carbon = any(KPIS[kpi].kind == "carbon" for kpi in hidden)
    kept = (s for s in content.sheets if not (carbon and s.name in CARBON_SHEETS))
    themes = (
        replace(theme, kpis=tuple(k for k in theme.kpis if k.kpi_id not in hidden))
        for theme in content.themes
    )
    lists = {
        name: tuple(i for i in getattr(content.overview, name) if i.kpi_id not in hidden)
        for name in ("better", "worse", "missing")
    }
    lists["decisions"] = tuple(
        replace(ask, items=tuple(i for i in ask.items if i.kpi_id not in hidden))
        for ask in content.overview.decisions
    )
    return replace(
        content,
        visibility="public",
        sheets=tuple(_without_rows(sheet, hidden) for sheet in kept),
        themes=tuple(themes),
        overview=replace(content.overview, **lists),
        ranges=_without_rows(content.ranges, hidden),
        carbon=replace(content.carbon, **_NO_CARBON) if carbon else content.carbon,
    )


_NO_CARBON = {
    "headline": "", "sentences": (), "facts": (), "quarter": (), "doubts": (), "pictures": (),
    "lines": None, "directorates": (), "effects": "", "break_even": "", "not_counted": (),
    "whole": "",
}  # fmt: skip


def _without_rows(sheet, hidden):
    place = sheet.columns.index("KPI id") if "KPI id" in sheet.columns else None
    if place is None:
        return sheet
    return replace(sheet, rows=tuple(r for r in sheet.rows if r[place].text not in hidden))


@pytest.mark.parametrize("kpi", KPIS)
def test_no_words_but_those_of_people_name_a_hidden_kpi(kpi, worded):
    hidden = with_those_that_tell({kpi})
    secret = [KPIS[each] for each in sorted(hidden)]
    shown = [d for d in KPIS.values() if d.id not in hidden]
    said = next((text for named, text in NAMED_BY_PEOPLE.items() if named in hidden), "")
    told = pytest.raises(Leak, match=said) if said else nullcontext()

    with told:
        check_words(without(worded, hidden), secret, shown)


@pytest.mark.parametrize("kpi", KPIS)
def test_a_kpi_is_hidden_at_the_price_of_hiding_what_the_refusals_name(kpi, measures, figures):
    hidden, left_out = with_those_that_tell({kpi}), set()
    while True:
        table = Shown([m for m in measures if not _is_gone(m, hidden, left_out)])
        told = {name for each in hidden for name in told_by(KPIS[each], figures, table)}
        more = with_those_that_tell(hidden | {n for name in told for n in _kpi_in(name)})
        sheets = {name.partition(",")[0] for name in told} & (MAY_BE_LEFT_OUT | CARBON_SHEETS)
        assert not told or more > hidden or sheets - left_out, f"no way out is told: {told}"
        if not told:
            return
        hidden, left_out = more, left_out | sheets


def _kpi_in(name):
    return [part for part in name.split(", ") if part in KPIS]


def _is_gone(measure, hidden, left_out):
    """Whether a measure is left out with its KPI or its sheet."""
    carbon = any(KPIS[kpi].kind == "carbon" for kpi in hidden)
    sheet = measure.name.partition(",")[0]
    gone = set(_kpi_in(measure.name)) & hidden or sheet in left_out
    return gone or (carbon and sheet in CARBON_SHEETS)
