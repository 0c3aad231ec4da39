"""The sheets behind the figures: carbon, its factors, data quality and provenance."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from scorecard.council import COUNCIL
from scorecard.packs.carbon_figures import Carbon
from scorecard.packs.carbon_sheets import kilograms
from scorecard.packs.confidence import conflict_rows
from scorecard.packs.gate_words import finding_row, remark
from scorecard.packs.records import CheckRecord, ExtractRecord, FigureRecord, PackRecords
from scorecard.packs.revisions import Key
from scorecard.packs.shown import MISSING, NOT_APPLICABLE, Shown
from scorecard.packs.tables import Cell, Sheet, figure, sheet, words
from scorecard.packs.words import counted, day_and_time

CARBON = (
    "Period", "Directorate", "Component", "Kilograms CO2e", "Lower bound", "Upper bound",
    "Activity effect", "Factor effect", "Factor year", "Marker",
)  # fmt: skip
FACTORS = (
    "Factor id", "Description", "Value", "Unit", "Publisher", "Publication year", "Version",
    "Used for",
)  # fmt: skip
DATA_QUALITY = (
    "Check", "Source", "Severity", "Rows checked", "Rows set aside", "Result", "Effect on figures",
)  # fmt: skip
PROVENANCE = (
    "Source", "Extract", "SHA-256", "Received", "Rows received", "Rows accepted",
    "Rows set aside",
)  # fmt: skip

COMPONENTS = {
    "printing_emissions_avoided": "Avoided printing",
    "commuting_emissions_avoided": "Avoided commuting",
    "home_working_emissions_added": "Added home-working energy",
    "net_emissions_avoided": "Net avoided",
}
# Words in quotation marks, which in a refusal may be words of the file itself.
_OF_A_ROW = re.compile(r"\brow \d")
_QUOTED = re.compile(r"(?<!\w)'.*?'(?!\w)", re.S)
_REFUSED_REMARKS = (
    "A file with the result Refused was received since the quarter began and could not be used.",
    "Its words are left out here: the file's owner sees them with `scorecard try`.",
)
PUBLISHER = "Department for Energy Security and Net Zero"


def carbon_sheet(records: PackRecords, restated: frozenset[Key]) -> Sheet:
    """The three components and their net, by quarter and directorate, in kilograms."""
    mine = [
        f for f in records.figures.newest()
        if f.kpi_id in COMPONENTS and f.period_kind != "month"
    ]  # fmt: skip
    order = list(COMPONENTS)
    mine.sort(key=lambda f: (f.directorate != COUNCIL, f.directorate, order.index(f.kpi_id)))
    mine.sort(key=lambda f: f.period, reverse=True)
    remarks = (
        "Every figure is an estimate in kilograms of CO2e. Parts may not sum because of rounding.",
        "Net avoided is printing plus commuting less home-working energy; below zero it is an "
        "increase.",
        "Bounds are those of the 95% interval. Effects are to the gram; [z] where a factor of the "
        "baseline is not known.",
    )
    rows = (_carbon_row(records, record, restated) for record in mine)
    return sheet("Carbon", "Carbon: estimated emissions avoided", CARBON, rows, remarks)


def _carbon_row(
    records: PackRecords, record: FigureRecord, restated: frozenset[Key]
) -> tuple[Cell, ...]:
    definition = records.definition(record.kpi_id)
    key = (record.kpi_id, record.directorate, record.period)
    shown = Shown(definition, record, key in restated)
    year = record.details.get("factor_year")
    if shown.replaced_by == "[c]":
        numbers = tuple(words("[c]") for _ in CARBON[3:-1])
        return (
            words(record.period), words(record.directorate), words(COMPONENTS[record.kpi_id]),
            *numbers, words(shown.marker),
        )  # fmt: skip
    return (
        words(record.period),
        words(record.directorate),
        words(COMPONENTS[record.kpi_id]),
        *_estimate(records, record, shown),
        *(_grams(record.details.get(f"{name}_effect_kg")) for name in ("activity", "factor")),
        words(str(year) if year else MISSING),
        words(shown.marker),
    )


def _estimate(records: PackRecords, record: FigureRecord, shown: Shown) -> tuple[Cell, Cell, Cell]:
    """The estimate and the ends of its interval, with the digits that the interval bears."""
    amount = Carbon(records, record.period, record.directorate).amount(record.kpi_id)
    if amount is None:
        return words(shown.replaced_by), words(NOT_APPLICABLE), words(NOT_APPLICABLE)
    return kilograms(amount)


def _grams(kg: Any) -> Cell:
    """An effect to the gram: the two add up to the naive change exactly."""
    return words(NOT_APPLICABLE) if kg is None else figure(Decimal(str(kg)), 3)


def factors_sheet(records: PackRecords) -> Sheet:
    """The official factors that the quarter's carbon figures used."""
    rows = (
        (
            words(factor.factor_id),
            words(factor.activity),
            Cell(factor.value, f"{factor.value:f}", "General"),
            words(f"kg CO2e per {factor.unit}"),
            words("Derived by the carbon method" if factor.derived else PUBLISHER),
            words(str(factor.publication_year)),
            words(factor.source),
            words(_used_for(factor.factor_id, bool(records.council.readings))),
        )
        for factor in sorted(records.factors, key=lambda f: (f.factor_id, f.publication_year))
    )
    remark = (
        "Contains public sector information licensed under the Open Government Licence v3.0. "
        "Values are exactly as published."
    )
    return sheet("Factors", "Carbon factors used", FACTORS, rows, (remark,))


def _used_for(factor_id: str, is_metered: bool) -> str:
    if factor_id.startswith("natural_gas"):
        return "Metered offices"
    if factor_id.startswith("electricity") and is_metered:
        return "Printing, metered offices"
    if factor_id.startswith("homeworking"):
        return "Home-working energy"
    if factor_id.startswith(("paper", "electricity", "waste")):
        return "Printing"
    return "Commuting"


def quality_sheet(records: PackRecords) -> Sheet:
    """What each rule found over all extracts that the figures rest on."""
    ordered = sorted(records.checks, key=lambda c: (c.source, c.rule, c.severity))
    groups = groupby(ordered, key=lambda c: (c.source, c.rule, c.severity))
    rows = [finding_row(records, finding) for finding in records.findings]
    rows += [_refused_row(extract, is_public(records)) for extract in records.refused]
    rows += [_quality_row(key, list(found)) for key, found in groups]
    rows += conflict_rows(records)
    remarks = (
        "Each row is one rule over every extract. Rows set aside are in no figure.",
        remark(records),
        *(_REFUSED_REMARKS if records.refused else ()),
    )
    return sheet("Data_quality", "Checks and rows set aside", DATA_QUALITY, rows, remarks)


def is_public(records: PackRecords) -> bool:
    """Whether anybody may read the pack: a file's name, which may hold a person's, is not in it."""
    return records.edition.visibility == "public"


def _file(extract: ExtractRecord, is_public: bool) -> str:
    return f"An extract of {extract.source}" if is_public else extract.file_name


def _refused_row(extract: ExtractRecord, is_public: bool) -> tuple[Cell, ...]:
    """A file of which nothing is used. What it held stands in quotation marks, and stays out."""
    why, file = without_quotes(extract.refusal or ""), _file(extract, is_public)
    why = why.replace(extract.file_name, file)
    received = extract.rows_received
    return (
        words(why if file in why else f"{file}: {why}"),
        words(extract.source),
        words("Critical"),
        words(NOT_APPLICABLE) if received is None else figure(received),
        words(NOT_APPLICABLE) if received is None else figure(received),
        words("Refused"),
        words("Nothing of the file is in any figure"),
    )


def _quality_row(key: tuple[str, str, str], found: list[CheckRecord]) -> tuple[Cell, ...]:
    source, rule, severity = key
    aside = sum(check.rows_set_aside for check in found)
    failed = sum(check.result == "failed" for check in found)
    result = "Failed" if failed else "Set aside" if aside else "Passed"
    return (
        words(rule_in_words(rule, {check.why for check in found})),
        words(source),
        words(severity.capitalize()),
        figure(sum(check.rows_checked for check in found)),
        figure(aside),
        words(result),
        words(_effect(aside, failed)),
    )


def without_quotes(text: str) -> str:
    """A text without what it quotes of a file: that may be about a person."""
    return _QUOTED.sub("'…'", text)


def rule_in_words(rule: str, told: set[str]) -> str:
    """What a rule says; its name where what it said differs from row to row."""
    said = {without_quotes(why) for why in told if not _OF_A_ROW.search(why)}
    return said.pop() if len(said) == 1 and said != {""} else rule.replace("_", " ").capitalize()


def _effect(aside: int, failed: int) -> str:
    if failed:
        return f"{counted(failed, 'extract was', 'extracts were')} not used"
    return f"{counted(aside, 'row is', 'rows are')} in no figure" if aside else "None"


def provenance_sheet(records: PackRecords) -> Sheet:
    """Every extract that the figures rest on, by the hash of the file as received."""
    hides = is_public(records)
    used = sorted(records.used, key=lambda e: (e.source, e.received_at, _file(e, hides), e.sha256))
    rows = (
        (
            words(extract.source),
            words(_file(extract, hides)),
            words(extract.sha256),
            words(day_and_time(extract.received_at)),
            *(_count(n) for n in (extract.rows_received, extract.rows_accepted,
                                  extract.rows_set_aside)),
        )
        for extract in used
    )  # fmt: skip
    remark = "Rows received are rows accepted plus rows set aside."
    unnamed = "An extract is known by its SHA-256: the name of a file may hold that of a person."
    remarks = (remark, unnamed) if hides else (remark,)
    return sheet("Provenance", "Where the figures come from", PROVENANCE, rows, remarks)


def _count(value: int | None) -> Cell:
    return words(MISSING) if value is None else figure(value)


def details_factors(details: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The factors that carbon figures name in their details, each once."""
    found = {
        (str(f["factor_id"]), int(f["publication_year"])): f
        for one in details
        for f in one.get("factors", ())
        if isinstance(f, Mapping)
    }
    return [found[key] for key in sorted(found)]
