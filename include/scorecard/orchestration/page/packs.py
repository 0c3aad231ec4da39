"""The list of packs, and one pack's page: what changed, its files, what was set aside, and who."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter, Request, Response

from scorecard import set_aside
from scorecard.orchestration.page import figures, rendering
from scorecard.orchestration.page.desk import AtDesk, Desk, Shelved, found
from scorecard.orchestration.page.writing import note_download
from scorecard.packs.evidence_sheets import rule_in_words, without_quotes
from scorecard.packs.words import quarter_name
from scorecard.period import FinancialQuarter
from scorecard.register import audit, evidence
from scorecard.register.evidence import AsideOfExtract
from scorecard.sources import TABLES

pages = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Line:
    """A variant in the list: its newest revision that is open to the reader, and those before."""

    newest: Shelved
    earlier: tuple[Shelved, ...]


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty means everything."""

    quarter: str = ""
    directorate: str = ""
    kpi: str = ""

    @property
    def is_of_figures(self) -> bool:
        return bool(self.directorate or self.kpi)


@pages.get("/packs")
def every(
    request: Request, desk: AtDesk, quarter: str = "", directorate: str = "", kpi: str = ""
) -> Response:
    """Packs by quarter, and the figures that are looked for."""
    wanted = Wanted(quarter, directorate, kpi)
    return rendering.page(
        request,
        "packs.html.j2",
        desk=desk,
        wanted=wanted,
        quarters=_by_quarter(_chosen(desk, wanted)),
        figures=figures.looked_for(desk, quarter, kpi, directorate) if wanted.is_of_figures else (),
        all_quarters={q: quarter_name(FinancialQuarter.parse(q)) for q in desk.quarters},
        directorates=desk.directorates,
        themes=figures.by_theme(desk),
    )


def _chosen(desk: Desk, wanted: Wanted) -> Iterable[Shelved]:
    for pack in desk.packs:
        is_of_quarter = wanted.quarter in ("", pack.row.quarter)
        if is_of_quarter and (not wanted.kpi or wanted.kpi in pack.kpis):
            yield pack


def _by_quarter(chosen: Iterable[Shelved]) -> dict[str, list[Line]]:
    """The lines of the list by the quarter's name; of each variant the newest revision leads."""
    found: dict[str, dict[str, list[Shelved]]] = defaultdict(lambda: defaultdict(list))
    for pack in chosen:
        found[pack.title][pack.row.variant].append(pack)
    return {
        title: [Line(revisions[0], tuple(revisions[1:])) for revisions in variants.values()]
        for title, variants in found.items()
    }


@pages.get("/packs/{quarter}/{variant}/{revision}")
def one(request: Request, desk: AtDesk, quarter: str, variant: str, revision: str) -> Response:
    """Everything about one revision of one variant."""
    pack = desk.pack(quarter, variant, revision)
    others = [p for p in desk.packs if p.key[:2] == pack.key[:2] and p is not pack]
    return rendering.page(
        request,
        "pack.html.j2",
        desk=desk,
        pack=pack,
        others=others,
        aside=_by_rule(_aside(desk, pack)),
        extracts=_extracts(desk, pack),
        refused=_refused(desk, pack),
        events=audit.of_pack(desk.stores.register, *pack.key) if desk.reader.is_officer else (),
        titles={name: each.title for name, each in desk.definitions.items()},
        directorates=desk.directorates,
    )


@pages.get("/read/{quarter}/{variant}/{revision}")
def read(request: Request, desk: AtDesk, quarter: str, variant: str, revision: str) -> Response:
    """The report in a frame, with the way back above it."""
    pack = desk.pack(quarter, variant, revision)
    return rendering.page(request, "read.html.j2", pack=pack)


def _aside(desk: Desk, pack: Shelved) -> tuple[AsideOfExtract, ...]:
    """What was set aside of the extracts that the pack's manifest names."""
    if not pack.told:
        return ()
    named = {each["sha256"] for each in pack.told["inputs"]}
    aside = evidence.all_set_aside_of(desk.stores.register, pack.row.measurement_id)
    return tuple(each for each in aside if each.sha256 in named)


def _by_rule(aside: Iterable[AsideOfExtract]) -> list[tuple[str, str, int]]:
    """For each source and rule what it says, as the pack says it, and how many rows broke it."""
    ordered = sorted(aside, key=lambda each: (each.source, each.rule))
    groups = groupby(ordered, key=lambda each: (each.source, each.rule))
    listed = [(source, rule, list(found)) for (source, rule), found in groups]
    return [
        (source, rule_in_words(rule, {each.why for each in found}), sum(f.rows for f in found))
        for source, rule, found in listed
    ]


def _extracts(desk: Desk, pack: Shelved) -> dict[AsideOfExtract, int]:
    """For stewards, the extracts of which rows were set aside, and how many."""
    rows: dict[int, int] = defaultdict(int)
    first: dict[int, AsideOfExtract] = {}
    for each in _aside(desk, pack) if desk.reader.may_see_rows else ():
        rows[each.extract_id] += each.rows
        first.setdefault(each.extract_id, each)
    return {each: rows[name] for name, each in first.items()}


def _refused(desk: Desk, pack: Shelved) -> tuple[tuple[str, str], ...]:
    """For officers, the extracts of the pack's sources that were refused whole, and why."""
    if not desk.reader.is_officer:
        return ()
    shown = [d for d in desk.definitions.values() if d.id in pack.kpis]
    sources = {TABLES[table].source for definition in shown for table in definition.tables}
    refused = evidence.refused_before(desk.stores.register, pack.row.measurement_id)
    # What a refusal quotes of a file may be about a person.
    return tuple(
        (e.file_name, (str if desk.reader.may_see_rows else without_quotes)(e.refusal or ""))
        for e in refused
        if e.source in sources
    )


@pages.get("/rows/{quarter}/{variant}/{revision}/{extract}")
def rows(
    request: Request, desk: AtDesk, quarter: str, variant: str, revision: str, extract: str
) -> Response:
    """The rows of one extract that were set aside: for stewards alone, and recorded."""
    pack = desk.pack(quarter, variant, revision)
    mine = [each for each in _aside(desk, pack) if str(each.extract_id) == extract]
    found(mine[0] if mine and desk.reader.may_see_rows else None)
    note_download(desk, pack, f"rows set aside of {mine[0].file_name}", "steward")
    return rendering.page(
        request,
        "rows.html.j2",
        pack=pack,
        extract=mine[0],
        rows=set_aside.rows_of(desk.stores, mine[0].extract_id),
        total=sum(each.rows for each in mine),
    )
