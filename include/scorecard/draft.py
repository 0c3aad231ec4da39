"""Step: a measurement's figures become a draft pack, one folder written whole or not at all."""

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from scorecard import council, factors, kpis
from scorecard.council import COUNCIL, Council
from scorecard.decision_checks import check_events
from scorecard.factors import Factor
from scorecard.packs import manifest, webpage, workbook
from scorecard.packs.build import build
from scorecard.packs.content import PackContent, content_sha256
from scorecard.packs.evidence_sheets import COMPONENTS
from scorecard.packs.records import Edition, Figures, PackRecords
from scorecard.packs.revisions import automatic_reason, revised
from scorecard.packs.webpage import Download
from scorecard.period import FinancialQuarter
from scorecard.register import only_one
from scorecard.register import packs as register
from scorecard.register.packs import PackRow, Reading
from scorecard.settings import INCLUDE
from scorecard.stores import Stores

VARIANT, VISIBILITY = "officer", "internal"
FACTORS = INCLUDE / "reference" / "ghg_factors.csv"
THEMES = ("Service desk", "Budget", "Printing", "Remote working", "Workforce", "Carbon")

log = logging.getLogger(__name__)


def run(stores: Stores, measurement_id: str, reason: str, drafted_by: str, now: datetime) -> str:
    """The folder of the quarter's draft: the newest revision if it says the same, or a new one."""
    reading = register.read(stores.register, measurement_id)
    with only_one(stores.register, f"draft {reading.quarter} {VARIANT}"):
        newest = register.newest(stores.register, reading.quarter, VARIANT)
        if newest and _says_the_same(stores, newest, reading):
            log.info("%s: nothing new since revision %d", reading.quarter, newest.revision)
            return str(stores.settings.packs / newest.folder)
        records = _next_records(stores, reading, newest, reason)
        pack = _draft(stores, records, reading, drafted_by, now)
        register.write(stores.register, pack)
    log.info("%s: revision %d drafted", reading.quarter, pack.revision)
    return str(stores.settings.packs / pack.folder)


def _says_the_same(stores: Stores, newest: PackRow, reading: Reading) -> bool:
    """Whether the newest revision, drafted from this measurement, would be what it is."""
    if not (stores.settings.packs / newest.folder / manifest.NAME).exists():
        return False
    before = register.newest(stores.register, newest.quarter, VARIANT, below=newest.revision)
    records = _records(stores, reading, newest.revision, newest.reason, before)
    return content_sha256(build(records)) == newest.content_sha256


def _next_records(
    stores: Stores, reading: Reading, newest: PackRow | None, reason: str
) -> PackRecords:
    """The records of the next revision. A later one has a reason, if need be made from figures."""
    if newest is None:
        return _records(stores, reading, 1, reason.strip(), None)
    records = _records(stores, reading, newest.revision + 1, "", newest)
    given = reason.strip() or automatic_reason(revised(records))
    return _records(stores, reading, newest.revision + 1, given, newest)


def _records(
    stores: Stores, reading: Reading, revision: int, reason: str, earlier: PackRow | None
) -> PackRecords:
    decided = council.read(stores.settings.council)
    definitions = definitions_in_order(kpis.load(INCLUDE / "sql" / "kpi"))
    check_events(decided.events, {each.id: each.theme for each in definitions})
    quarter = FinancialQuarter.parse(reading.quarter)
    figures = Figures(reading.figures)
    return PackRecords(
        edition=Edition(quarter, VARIANT, VISIBILITY, revision, "draft", reason),
        council=decided,
        definitions=definitions,
        figures=figures,
        activity=reading.activity,
        extracts=reading.extracts,
        checks=reading.checks,
        months=reading.months,
        factors=_factors(figures, quarter, decided),
        earlier=_figures_of(stores, earlier),
    )


def _figures_of(stores: Stores, pack: PackRow | None) -> Figures | None:
    """The figures that a revision showed."""
    if pack is None:
        return None
    return Figures(register.read(stores.register, pack.measurement_id).figures)


def definitions_in_order(
    definitions: Mapping[str, kpis.KpiDefinition],
) -> tuple[kpis.KpiDefinition, ...]:
    """Definitions theme by theme, as a reader meets them; within a theme by code."""

    def place(definition: kpis.KpiDefinition) -> tuple[int, str, bool, str]:
        known = definition.theme in THEMES
        theme = THEMES.index(definition.theme) if known else len(THEMES)
        return theme, definition.theme, definition.code.startswith("DQ"), definition.code

    return tuple(sorted(definitions.values(), key=place))


def _factors(figures: Figures, quarter: FinancialQuarter, decided: Council) -> tuple[Factor, ...]:
    """The official factors that the council's carbon figures of the quarter name."""
    found = (figures.get(kpi, str(quarter), COUNCIL) for kpi in COMPONENTS)
    wanted = sorted({name for f in found if f for name in f.details.get("factors", ())})
    if not wanted:
        return ()
    sets = factors.read(FACTORS.read_text(encoding="utf-8"))
    year = factors.publication_year(quarter, decided.settled.carbon.factor_year)
    units = {name: row.unit for (name, _), row in sets.rows.items()}
    return tuple(sets.get(name, year, units[name]) for name in wanted)


def _draft(
    stores: Stores, records: PackRecords, reading: Reading, drafted_by: str, now: datetime
) -> PackRow:
    """Write the folder of a revision, and return what the register keeps of it."""
    content = build(records)
    files = render(content)
    origin = {"id": reading.measurement_id, "identity": reading.identity}
    files[manifest.NAME] = manifest.write(content, files, origin, records.used)
    folder = Path(content.period) / content.variant / f"r{content.revision}"
    _write_whole(stores.settings.packs / folder, files)
    return PackRow(
        quarter=content.period,
        variant=content.variant,
        revision=content.revision,
        state=content.state,
        measurement_id=reading.measurement_id,
        content_sha256=content_sha256(content),
        manifest_sha256=hashlib.sha256(files[manifest.NAME]).hexdigest(),
        folder=folder.as_posix(),
        reason=content.reason,
        drafted_at=now,
        drafted_by=drafted_by,
    )


def render(content: PackContent) -> dict[str, bytes]:
    """The files of a pack, save its manifest, by their path in the folder."""
    book = workbook.write(content)
    downloads = (Download("pack.xlsx", "All tables and charts", "Excel workbook", len(book)),)
    return {"pack.xlsx": book, "report.html": webpage.write(content, downloads)}


def _write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """A folder that appears with all its files, or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, data in files.items():
            with (beside / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        beside.chmod(0o755)
        if folder.exists():
            # A step that died before it was recorded left it: nobody was ever told of it.
            shutil.rmtree(folder)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
