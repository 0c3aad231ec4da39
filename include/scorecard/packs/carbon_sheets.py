"""The sheets behind the carbon section: gross and net, effects, pictures' data, assumptions."""

from collections.abc import Iterable
from decimal import Decimal

from scorecard.packs import carbon_wording as wording
from scorecard.packs.carbon_figures import (
    COMMUTING,
    GROSS,
    HOME,
    LINES,
    NET,
    OFFICE,
    PER_FTE,
    PRINTING,
    WELL,
    Carbon,
    directorates_of,
    headline_of,
    span_of,
)
from scorecard.packs.carbon_wording import Amount
from scorecard.packs.pictures import Picture
from scorecard.packs.records import PackRecords
from scorecard.packs.shown import MISSING, NOT_APPLICABLE
from scorecard.packs.tables import Cell, Sheet, figure, sheet, words
from scorecard.period import FinancialQuarter

NETS = (
    "Period", "Directorate", "Gross avoided", "Gross lower bound", "Gross upper bound",
    "Net avoided", "Net lower bound", "Net upper bound", "Chance above zero", "Net per FTE",
    "Per FTE lower bound", "Per FTE upper bound", "Evidence", "Factor years", "In words",
)  # fmt: skip
EFFECTS = (
    "Period", "Directorate", "Component", "Apparent change", "Activity effect", "Factor effect",
)  # fmt: skip
WATERFALL = ("Step", "Kilograms CO2e", "Lower bound", "Upper bound")
SENSITIVITY = ("Assumption", "Width", "Net if lower", "Net if higher", "Moves the net by")
SCENARIOS = ("Alternative", "Net as published", "Net instead")
HISTORY = (
    "Quarter", "Net avoided", "Net lower bound", "Net upper bound", "Factor years", "In words",
)  # fmt: skip
BREAK_EVEN = ("Way to travel", "Break-even one way (km)", "Factor year")
ASSUMPTIONS = ("Assumption", "Value", "Quality", "Impact", "Source")

MULTIPLIERS = {
    "distance": "Distance to work",
    "mode_mix": "Mix of ways to travel",
    "travel_factors": "Emissions per kilometre",
    "home_days": "Number of home days",
    "home_factor": "Energy of an hour at home",
    "hours": "Hours in a day",
    "paper_factors": "Emissions of paper",
    "print_volume": "Volume of print",
    "printer_energy": "Energy of printers",
    "electricity_factor": "Emissions of electricity",
}
_ESTIMATES = (
    "In kilograms of CO2e, estimates. Each number has the digits that its interval bears. "
    + wording.PARTS
)


def sheets_of(records: PackRecords, pictures: Iterable[Picture]) -> tuple[Sheet, ...]:
    """Every sheet of the section, in the workbook's order; empty where there is no section."""
    is_on = records.council.settled.carbon.section == "on"
    shown = shown_of(records)
    drawn = {picture.name: picture for picture in pictures}
    main = headline_of(records) if is_on else None
    return (
        sheet("Carbon_net", "Carbon: gross and net", NETS, map(_net_row, shown), (_ESTIMATES,)),
        _effects(shown),
        _waterfall(main, drawn),
        _sensitivity(main),
        _scenarios(main),
        _history(records if is_on else None),
        _break_even(records if is_on else None),
        _assumptions(records if is_on else None),
    )


def shown_of(records: PackRecords) -> list[Carbon]:
    """The council and its directorates, in the headline's period and the quarter; if it is on."""
    is_on = records.council.settled.carbon.section == "on"
    periods = (headline_of(records).period, str(records.quarter)) if is_on else ()
    return [
        Carbon(records, period, code)
        for period in dict.fromkeys(periods)
        for code, _ in directorates_of(records)
    ]


def _net_row(carbon: Carbon) -> tuple[Cell, ...]:
    return (
        words(carbon.period),
        words(carbon.directorate),
        *(cell for line in (GROSS, NET) for cell in three(carbon, line)),
        words(carbon.chance),
        *three(carbon, PER_FTE),
        words(carbon.grade),
        words(carbon.years),
        words(carbon.words()),
    )


def three(carbon: Carbon, line: str) -> tuple[Cell, Cell, Cell]:
    """A line and the ends of its interval, in kilograms; or what stands in its place."""
    amount = carbon.amount(line)
    if amount is None:
        return (words(carbon.marker(line)),) * 3
    if carbon.is_too_small(line):
        return (words(wording.TOO_SMALL),) * 3
    return kilograms(amount)


def kilograms(amount: Amount) -> tuple[Cell, Cell, Cell]:
    """An estimate and its ends as cells, each with the digits that the interval bears."""
    ends = (amount.kg, amount.lower, amount.upper)
    value, lower, upper = (
        words(NOT_APPLICABLE) if end is None else figure(amount.printed_kg(end)) for end in ends
    )
    return value, lower, upper


def _effects(shown: Iterable[Carbon]) -> Sheet:
    """The naive change of each line, and the two effects that add up to it exactly."""
    rows = (
        row
        for carbon in shown
        for line in (PRINTING, COMMUTING, HOME, NET, OFFICE, WELL)
        if (row := _effect_row(carbon, line))
    )
    remarks = (
        "In kilograms of CO2e, to the gram, so that the two effects add up to the apparent "
        "change exactly. It compares the baseline at its own factors with now at today's. "
        "Only the activity effect is a reduction; the factor effect is what official factors did.",
    )
    return sheet("Carbon_effects", "Carbon: activity and factors", EFFECTS, rows, remarks)


def _effect_row(carbon: Carbon, line: str) -> tuple[Cell, ...] | None:
    told = carbon.told(line)
    if "naive_change_kg" not in told:
        return None
    names = ("naive_change_kg", "activity_effect_kg", "factor_effect_kg")
    return (
        words(carbon.period),
        words(carbon.directorate),
        words(LINES[line]),
        *(figure(Decimal(str(told[name])), 3) for name in names),
    )


def _waterfall(main: Carbon | None, drawn: dict[str, Picture]) -> Sheet:
    lines = main.steps if main and "waterfall" in drawn else ()
    rows = ((words(LINES[line]), *three(main, line)) for line in lines if main)
    title = f"Carbon: from gross to net{f', {span_of(main)}' if main else ''}"
    return sheet("Carbon_waterfall", title, WATERFALL, rows, (_ESTIMATES,))


def _sensitivity(main: Carbon | None) -> Sheet:
    """What the net would be at the ends of each assumption's width; the widest first."""
    amount = main.amount(NET) if main else None
    swings = main.details.get("swings", ()) if main and amount else ()
    rows = (_swing_row(swing, amount) for swing in swings if amount)
    remark = "Net in kilograms of CO2e, with one assumption at an end of its width and all else "
    remark += "as estimated. A width of 1.30 is times or divided by 1.30. Widths are our "
    remark += "assumptions: the official factors are published without any."
    remarks = (remark, *_of_partial(main))
    return sheet("Carbon_sensitivity", "Carbon: what moves the net", SENSITIVITY, rows, remarks)


def _swing_row(swing: dict[str, str], amount: Amount) -> tuple[Cell, ...]:
    low, high = Decimal(swing["low_kg"]), Decimal(swing["high_kg"])
    return (
        words(MULTIPLIERS[swing["multiplier"]]),
        figure(1 + Decimal(swing["half_width"]), 2),
        *(figure(amount.printed_kg(kg)) for kg in (low, high)),
        figure(amount.printed_kg(abs(high - low))),
    )


def _scenarios(main: Carbon | None) -> Sheet:
    amount = main.amount(NET) if main else None
    others = main.details.get("scenarios", {}) if main and amount else {}
    basis = main.records.council.settled.carbon.heating_basis if main else ""
    rows = (
        (words(wording.alternative(name, basis)),
         *(figure(amount.printed_kg(kg)) for kg in (amount.kg, Decimal(other))))
        for name, other in sorted(others.items()) if amount
    )  # fmt: skip
    remark = "In kilograms of CO2e. An alternative is never blended into the estimate or its "
    remark += "interval."
    remarks = (remark, *_of_partial(main))
    return sheet("Carbon_alternatives", "Carbon: if it were otherwise", SCENARIOS, rows, remarks)


def _of_partial(main: Carbon | None) -> tuple[str, ...]:
    """A remark that the net lacks a line, if it does."""
    return (f"The net is {main.partial}.",) if main and main.partial else ()


def _history(records: PackRecords | None) -> Sheet:
    """The net of every quarter since the data begin."""
    rows = (
        (words(each.period), *three(each, NET), words(each.years), words(each.words()))
        for each in (history_of(records) if records else ())
    )
    title = "Carbon: net by quarter, whole council"
    return sheet("Carbon_history", title, HISTORY, rows, (_ESTIMATES,))


def _break_even(records: PackRecords | None) -> Sheet:
    """The distance beyond which a home day saves carbon, by way of travel and for the council."""
    rows: list[tuple[Cell, ...]] = []
    if records:
        own = Carbon(records, str(records.quarter))
        year = words(str(own.newest_year or MISSING))
        rows = [
            (words(name), figure(km, 1), year) for name, km in records.break_even
        ]  # fmt: skip
        km, own_mix = own.kilometres("break_even_km"), words("The council's own mix")
        rows.append((own_mix, words(own.without_distance) if km is None else figure(km, 1), year))
    remark = "A day at home saves carbon only if it removes a longer commute than this, one way."
    return sheet("Carbon_break_even", "Carbon: how far a commute must be", BREAK_EVEN, rows,
                 (remark,))  # fmt: skip


def _assumptions(records: PackRecords | None) -> Sheet:
    told = [
        (a.assumption, a.value, a.quality.capitalize(), a.impact.capitalize(), a.source)
        for a in (records.assumptions if records else ())
    ]
    rows = (tuple(words(text.replace("`", "")) for text in row) for row in told)
    remarks = (
        "Quality: how well it is known. Impact: how far the net would move if it were wrong; Red: "
        "what the figure says could change.",
    )
    return sheet("Carbon_assumptions", "Carbon: what is assumed", ASSUMPTIONS, rows, remarks)


def history_of(records: PackRecords) -> tuple[Carbon, ...]:
    """Every quarter from the first with a net, to the quarter of the pack: gaps stay visible."""
    known = [f.period for f in records.figures.of(NET, "quarter") if f.state != "not_applicable"]
    quarters = [FinancialQuarter.parse(period) for period in known]
    first = min((q for q in quarters if q <= records.quarter), default=records.quarter)
    count = (records.quarter.year - first.year) * 4 + records.quarter.number - first.number + 1
    return tuple(Carbon(records, str(first.shifted(step))) for step in range(count))
