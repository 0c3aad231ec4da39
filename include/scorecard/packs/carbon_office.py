"""Metered energy of offices in words and as a sheet: beside the net, and never mixed up with it."""

from collections.abc import Iterable, Iterator

from scorecard import meters
from scorecard.council import COUNCIL
from scorecard.packs import carbon_wording as wording
from scorecard.packs.carbon_figures import LINES, NET, OFFICE, WITH_OFFICE, Carbon
from scorecard.packs.carbon_sheets import three
from scorecard.packs.records import PackRecords
from scorecard.packs.tables import Cell, Sheet, sheet, words

OFFICES = (
    "Period", "Component", "Kilograms CO2e", "Lower bound", "Upper bound", "Evidence",
    "Factor years", "In words",
)  # fmt: skip


def sentences(main: Carbon) -> tuple[str, ...]:
    """What the meters of the offices say; nothing of a council without any."""
    if not main.is_metered:
        return ()
    if main.amount(OFFICE) is None:
        why = [str(each) for each in main.told(OFFICE).get("missing", ())]
        return (f"{'; '.join(why)[:1].upper()}{'; '.join(why)[1:]}.",) if why else ()
    said = f"Energy of the offices, metered and not in this net: {main.words(OFFICE)}."
    return said, f"Net with office energy, another figure: {_with_offices(main)}."


def _with_offices(main: Carbon) -> str:
    """The net with office energy in words; why there is none."""
    if main.amount(WITH_OFFICE) is None and main.partial:
        return f"{wording.NOT_KNOWN}, because the net is {main.partial}"
    return main.words(WITH_OFFICE)


def sheets_of(records: PackRecords, shown: Iterable[Carbon]) -> tuple[Sheet, ...]:
    """The sheet of the metered offices, of the council alone; none without meters."""
    rows = [
        _row(carbon, line)
        for carbon in shown
        if carbon.directorate == COUNCIL and carbon.is_metered
        for line in (NET, OFFICE, WITH_OFFICE)
    ]
    remarks = (
        "In kilograms of CO2e, estimates, of the council as a whole. The net leaves the energy of "
        "offices out; the net with office energy is another figure. Gas is corrected by degree "
        f"days; electricity is without that of printers, which printing counts. {wording.PARTS}",
        *_sources(records),
    )
    made = sheet("Carbon_office", "Carbon: metered energy of offices", OFFICES, rows, remarks)
    return (made,) if rows else ()


def _sources(records: PackRecords) -> Iterator[str]:
    """Where the readings of a rolling year and of its baselines come from."""
    quarters = [records.quarter.shifted(-step) for step in (3, 2, 1, 0)]
    compared = {base for each in quarters for base in records.council.baselines_for(each)}
    for quarter, reading in sorted(meters.in_force(records.council.readings).items()):
        if quarter in {*quarters, *compared}:
            told = (part.rstrip(".") for part in (reading.source, reading.note) if part)
            yield f"{quarter}, {wording.evidence(reading.grade)}: {'; '.join(told)}."


def _row(carbon: Carbon, line: str) -> tuple[Cell, ...]:
    told = carbon.told(line)
    return (
        words(carbon.period),
        words(LINES[line]),
        *three(carbon, line),
        words(_evidence(carbon, line)),
        words(str(told.get("factor_year") or carbon.marker(line))),
        words(carbon.words(line)),
    )


def _evidence(carbon: Carbon, line: str) -> str:
    """The weakest evidence: of the net, of the meters, or of both together."""
    if carbon.amount(line) is None:
        return carbon.marker(line)
    if line == NET:
        return carbon.grade
    of_both = (NET, OFFICE) if line == WITH_OFFICE else (OFFICE,)
    return wording.evidence(max(str(carbon.told(each).get("grade", "")) for each in of_both))
