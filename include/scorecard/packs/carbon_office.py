"""Metered energy of offices in words and as a sheet: beside the net, and never mixed up with it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from scorecard import meters
from scorecard.council import COUNCIL
from scorecard.kpis import rounded
from scorecard.packs import carbon_wording as wording
from scorecard.packs.carbon_figures import COMMUTING, LINES, NET, OFFICE, WELL, WITH_OFFICE, Carbon
from scorecard.packs.carbon_sheets import three
from scorecard.packs.records import PackRecords
from scorecard.packs.tables import Cell, Sheet, sheet, words

OFFICES = (
    "Period", "Component", "Kilograms CO2e", "Lower bound", "Upper bound", "Evidence",
    "Factor years", "In words",
)  # fmt: skip
_OFFICES = (
    "Energy used in offices: it is not known, which is not the same as zero. It is never inferred "
    "from attendance, because a half-empty office still heats most of its floor. Leaving it out "
    "makes the net cautious: if offices use less, more was saved."
)
_METERED = (
    "Energy used in offices is not in the net. It is metered, and stands beside it as a line of "
    "its own and in the net with office energy, another figure."
)
_JOURNEYS = (
    "Other journeys. The estimate covers commuting only. Research on English travel data "
    "(Caldarola and Sorrell) finds that people who telework now and then do not travel less "
    "overall. Counting them would lower the net."
)
_FUELS = (
    "What fuels emit before they are burnt, well to tank. The official factors hold it apart. It "
    "would add both to what commuting avoided and to what homes added; a council may ask for that "
    "of commuting as a line beside the net."
)
_OTHERS = (
    "The council's other emissions. The estimate is of greenhouse gas scope 3 (commuting, and "
    "paper bought and thrown away) and of the printers' electricity. It stands beside the "
    "council's emissions inventory: it is never subtracted from it, and never used for offsets or "
    "claims of neutrality."
)


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


def left_out(main: Carbon) -> str:
    """What the net leaves out that matters most, to stand beside it."""
    offices = (
        "The energy of offices is metered, and stands beside it."
        if main.amount(OFFICE)
        else "The energy of offices is not in it, because it is not known."
    )
    return (
        "Of all travel only journeys to and from work are counted. Research on English travel data "
        "finds that people who sometimes work at home do not travel less overall"
        f"{_if_it_came_back(main)}. {offices}"
    )


def _if_it_came_back(main: Carbon) -> str:
    """What other journeys would take of the saving; empty if not known."""
    net, instead = main.amount(NET), main.details.get("scenarios", {}).get("rebound")
    commuting = main.amount(COMMUTING)
    if net is None or instead is None or commuting is None or main.partial or main.is_baseline:
        return ""
    if commuting.kg <= 0:
        return ""
    told = f"{net.digits(Decimal(str(instead)))} {net.suffix}"
    said = f": if a fifth of the travel saved came back as other journeys, the net would be {told}"
    share = rounded(100 * net.kg / commuting.kg, 0)
    return f"{said}, and if {share}% did, nothing" if 0 < share < 100 else said


def not_counted(main: Carbon) -> tuple[str, ...]:
    """What the net leaves out, and whether the energy of offices is known beside it."""
    offices = _OFFICES if main.amount(OFFICE) is None else _METERED
    return offices, _JOURNEYS, *(() if main.told(WELL) else (_FUELS,)), _OTHERS


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
