"""Step: a measurement's figures become a draft pack, one folder written whole or not at all."""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from scorecard import assumptions, known_decisions, kpis
from scorecard.assumptions import of_carbon
from scorecard.carbon.factors import Factor, publication_year
from scorecard.carbon.travel import break_even_by_mode
from scorecard.commentary import due_day
from scorecard.council import COUNCIL, Council
from scorecard.decision_checks import check_events
from scorecard.folders import write_whole
from scorecard.packs import manifest, pdf, webpage, workbook
from scorecard.packs.build import build
from scorecard.packs.commentary_words import chased
from scorecard.packs.content import PackContent, content_sha256
from scorecard.packs.evidence_sheets import COMPONENTS
from scorecard.packs.records import Edition, Figures, PackRecords
from scorecard.packs.revisions import Revised, automatic_reason, revised
from scorecard.packs.webpage import Download
from scorecard.period import FinancialQuarter
from scorecard.register import commentary as comments
from scorecard.register import only_one
from scorecard.register import packs as register
from scorecard.register.packs import PackRow, Reading
from scorecard.restate import bank_holidays, may_wait, with_history
from scorecard.settings import INCLUDE
from scorecard.stores import Stores

VARIANT, VISIBILITY = "officer", "internal"
THEMES = ("Service desk", "Budget", "Printing", "Remote working", "Workforce", "Carbon")

log = logging.getLogger(__name__)


def run(stores: Stores, measurement_id: str, reason: str, drafted_by: str, now: datetime) -> str:
    """The folder of the quarter's pack: the newest revision if it stands, or a new draft."""
    reading = register.read(stores.register, measurement_id)
    given = reason.strip()
    with only_one(stores.register, lock_of(reading.quarter, VARIANT)):
        newest = register.newest(stores.register, reading.quarter, VARIANT)
        if newest and _stands(stores, newest, reading, given):
            log.info("%s: nothing new since revision %d", reading.quarter, newest.revision)
            return str(stores.settings.packs / newest.folder)
        records = _next_records(stores, reading, newest, given)
        pack = _draft(stores, records, reading, drafted_by, now)
        register.write(stores.register, pack)
    log.info("%s: revision %d drafted", reading.quarter, pack.revision)
    for said in chased(records):
        log.info("%s: %s", reading.quarter, said)
    return str(stores.settings.packs / pack.folder)


def lock_of(quarter: str, variant: str) -> str:
    """The lock under which a quarter's packs are drafted and published."""
    return f"draft {quarter} {variant}"


def _stands(stores: Stores, newest: PackRow, reading: Reading, reason: str) -> bool:
    """Whether the newest revision stays the quarter's word."""
    records = records_of(stores, reading, edition_of(newest), before=newest)
    if content_sha256(build(records)) == newest.content_sha256:
        return newest.state == "published" or _is_whole(stores, newest, records, reason)
    if newest.state != "published" or reason:
        return False
    waiting = records_of(stores, reading, edition_of(newest))
    return may_wait(stores, waiting, reading.measurement_id, newest)


def _is_whole(stores: Stores, newest: PackRow, records: PackRecords, reason: str) -> bool:
    """Whether a draft lacks no file, and no reason that could be given now."""
    lacks_reason = bool(reason) and bool(unexplained(stores, records))
    return manifest.verify(stores.settings.packs / newest.folder) == [] and not lacks_reason


def unexplained(stores: Stores, records: PackRecords) -> tuple[Revised, ...]:
    """The figures of a pack that correct what the quarter published, while nobody said why."""
    edition = records.edition
    below = register.published(stores.register, str(edition.quarter), edition.variant)
    if below is None or edition.reason_is_given:
        return ()
    return tuple(m for m in revised(records) if m.type == "correction")


def edition_of(pack: PackRow) -> Edition:
    """The edition that a pack of the register is."""
    quarter = FinancialQuarter.parse(pack.quarter)
    return Edition(
        *(quarter, pack.variant, VISIBILITY, pack.revision, pack.state, pack.reason),
        *(pack.published_at, pack.reason_is_given),
    )


def _next_records(
    stores: Stores, reading: Reading, newest: PackRow | None, given: str
) -> PackRecords:
    """The records of the next revision. A later one has a reason, if need be made from figures."""
    revision = newest.revision + 1 if newest else 1
    quarter = FinancialQuarter.parse(reading.quarter)
    edition = Edition(
        *(quarter, VARIANT, VISIBILITY, revision, "draft", given), reason_is_given=bool(given)
    )
    records = records_of(stores, reading, edition)
    if newest is None or given:
        return records
    before = Figures(register.read(stores.register, newest.measurement_id).figures)
    commented = any(each.written_at > newest.drafted_at for each in records.commentary)
    made = automatic_reason(replace(records, earlier=before), commented)
    return replace(records, edition=replace(edition, reason=made))


def records_of(
    stores: Stores, reading: Reading, edition: Edition, before: PackRow | None = None
) -> PackRecords:
    """Everything that an edition is built from, beside what had been published before it.

    `before`: the edition itself, if it was published already.
    """
    decided = known_decisions.read(stores.settings.council, reading.as_at)
    definitions = definitions_in_order(kpis.load(INCLUDE / "sql" / "kpi"))
    check_events(decided.events, {each.id: each.theme for each in definitions})
    figures = Figures(reading.figures)
    records = PackRecords(
        edition=edition,
        council=decided,
        definitions=definitions,
        figures=figures,
        activity=reading.activity,
        extracts=reading.extracts,
        checks=reading.checks,
        months=reading.months,
        assumptions=of_carbon(assumptions.read()),
        breaks=assumptions.breaks(),
        break_even=_break_even(decided, edition.quarter, reading.as_at),
        factors=_factors(figures, edition.quarter, reading.as_at),
        findings=reading.findings,
        commentary=comments.of_quarter(stores.register, reading.quarter, edition.published_at),
        commentary_due=due_day(edition.quarter, decided.routes, bank_holidays()),
    )
    return with_history(stores, records, reading.measurement_id, before)


def definitions_in_order(
    definitions: Mapping[str, kpis.KpiDefinition],
) -> tuple[kpis.KpiDefinition, ...]:
    """Definitions theme by theme, as a reader meets them; within a theme by code."""

    def place(definition: kpis.KpiDefinition) -> tuple[int, str, bool, str]:
        known = definition.theme in THEMES
        theme = THEMES.index(definition.theme) if known else len(THEMES)
        return theme, definition.theme, definition.code.startswith("DQ"), definition.code

    return tuple(sorted(definitions.values(), key=place))


def _factors(figures: Figures, quarter: FinancialQuarter, as_at: datetime) -> tuple[Factor, ...]:
    """The official factors that the council's carbon figures name: of the quarter and its year."""
    keys = (str(quarter), quarter.year_to_date.key, quarter.rolling_12.key)
    found = (figures.get(kpi, key, COUNCIL) for kpi in COMPONENTS for key in keys)
    named = {name for f in found if f for name in f.details.get("factors_used", ())}
    if not named:
        return ()
    sets = assumptions.factor_sets().out_by(as_at)
    units = {name: row.unit for (name, _), row in sets.rows.items()}
    wanted = (name.split() for name in sorted(named))
    return tuple(sets.get(name, int(year), units[name]) for name, year in wanted)


def _break_even(
    decided: Council, quarter: FinancialQuarter, as_at: datetime
) -> tuple[tuple[str, Decimal], ...]:
    """The distances from which a day at home saves carbon, by the factors of the quarter."""
    chosen = decided.settled.carbon
    sets = assumptions.factor_sets().out_by(as_at)
    year = publication_year(quarter, chosen.factor_year)
    an_hour = sets.get("homeworking_total", year, "FTE.hour").value
    return break_even_by_mode(chosen.hours_per_day * an_hour, sets, year)


def _draft(
    stores: Stores, records: PackRecords, reading: Reading, drafted_by: str, now: datetime
) -> PackRow:
    """Write the folder of a revision, and return what the register keeps of it."""
    content, files = files_of(records, reading)
    folder = Path(content.period) / content.variant / f"r{content.revision}"
    write_whole(stores.settings.packs / folder, files)
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
        reason_is_given=records.edition.reason_is_given,
    )


def files_of(records: PackRecords, reading: Reading) -> tuple[PackContent, dict[str, bytes]]:
    """What a pack says, and its files by their path in the folder, the manifest among them."""
    content = build(records)
    files = render(content)
    origin = {"id": reading.measurement_id, "identity": reading.identity}
    files[manifest.NAME] = manifest.write(content, files, origin, records.used)
    return content, files


def render(content: PackContent) -> dict[str, bytes]:
    """The files of a pack, save its manifest, by their path in the folder."""
    book, document = workbook.write(content), pdf.write(content)
    downloads = (
        Download("pack.xlsx", "All tables and charts", "Excel workbook", len(book)),
        Download("report.pdf", "This report as a document to print", "PDF", len(document)),
    )
    page = webpage.write(content, downloads)
    return {"pack.xlsx": book, "report.html": page, "report.pdf": document}
