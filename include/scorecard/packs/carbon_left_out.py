"""What the net leaves out, in words: offices, other journeys, fuels, the council's other emissions.

Rules: the carbon method, sections 1 and 3.
"""

from decimal import Decimal

from scorecard.kpis import rounded
from scorecard.packs.carbon_figures import COMMUTING, NET, OFFICE, WELL, Carbon

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


def in_short(main: Carbon) -> str:
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


def in_full(main: Carbon) -> tuple[str, ...]:
    """Everything that the net leaves out, and to which side it pushes."""
    offices = _OFFICES if main.amount(OFFICE) is None else _METERED
    return offices, _JOURNEYS, *(() if main.told(WELL) else (_FUELS,)), _OTHERS
