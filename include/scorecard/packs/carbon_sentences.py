"""The sentences of the carbon section: what was found, how sure that is, and what moved."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from scorecard.packs import carbon_left_out
from scorecard.packs import carbon_wording as wording
from scorecard.packs.carbon_figures import (
    COMMUTING,
    GROSS,
    HOME,
    LINES,
    NET,
    PRINTING,
    WELL,
    Carbon,
    span_of,
)
from scorecard.packs.shown import Shown
from scorecard.packs.words import listed, number
from scorecard.period import FinancialQuarter

_TRIPS = "commute_trips_avoided"


def headline(main: Carbon) -> str:
    """What was found, in which months, with its interval."""
    amount = main.amount(NET)
    is_told = amount and not main.is_too_small(NET)
    opening = wording.opening(amount, main.partial) if amount and is_told else wording.NEUTRAL
    return f"{opening}, {span_of(main)}: {main.words()}"


def found(main: Carbon) -> tuple[str, ...]:
    """What was avoided, what was added, what is left, how sure that is, and what it leaves out."""
    if main.is_too_small(NET):
        return ("The share of days worked at home moved by under 5 points since the baseline, so "
                "what it changed is too small to estimate.",)  # fmt: skip
    amount = main.amount(NET)
    if amount is None:
        record = main.record(NET)
        return (record.why,) if record else ("No net was measured.",)
    return (
        f"Gross: printing less and travelling less to work, {main.words(GROSS)}.",
        f"Home working: {main.words(HOME)} by heating, lighting and equipment at home.",
        f"Net, gross less home working: {main.words()}.",
        wording.verdict(amount, main.partial, main.above_zero),
        carbon_left_out.in_short(main),
    )


def quarter_alone(main: Carbon, quarter: Carbon) -> tuple[str, ...]:
    """How the single quarter stands to the rolling year, and why it is not like the one before."""
    if quarter.period == main.period:
        return _moved(quarter)
    why = "homes are heated in winter"
    if main.records.council.settled.carbon.heating_basis == "annual_average":
        why = "each quarter is charged with an even part of the year's heating of homes"
        why += _whom(quarter)
    part = (
        f"The headline is of twelve months, because {why}. {span_of(quarter)} is one of its four "
        f"quarters, and is not to be added to it: {quarter.words()}."
    )
    return part, *_moved(quarter)


def _whom(quarter: Carbon) -> str:
    """Which seasons an even part of the year's heating favours; empty if homes are not known."""
    homes = quarter.amount(HOME)
    if homes is None or not homes.kg or quarter.is_too_small(HOME):
        return ""
    summer, winter = ("worse", "better") if homes.kg > 0 else ("better", "worse")
    return (
        f", so that spring and summer look {summer} than they are, and autumn and winter {winter}"
    )


def _moved(quarter: Carbon) -> tuple[str, ...]:
    """What each line was in the quarter before; nothing if the net of one is not whole."""
    assert quarter.quarter is not None
    before = Carbon(quarter.records, str(quarter.quarter.shifted(-1)))
    both = before, quarter
    if any(each.is_too_small(NET) or each.is_baseline or each.partial for each in both):
        return ()
    lines = (NET, PRINTING, COMMUTING, HOME)
    amounts = {line: [each.amount(line) for each in both] for line in lines}
    if any(amount is None for pair in amounts.values() for amount in pair):
        return ()
    net = " and then ".join(each.cell(NET) for each in both)
    others = [
        f"{LINES[line].lower()} {' and then '.join(wording.short(a) for a in amounts[line] if a)}"
        for line in (PRINTING, COMMUTING, HOME)
    ]
    said = f"In {span_of(before)} and then in {span_of(quarter)}: net {net}; {listed(others)}."
    return (f"{said}{_trips(before, quarter)}",)


def _trips(before: Carbon, now: Carbon) -> str:
    """How many journeys to work were avoided, where both quarters tell it."""
    told = [_trips_of(each) for each in (before, now)]
    if not all(told):
        return ""
    return f" Journeys to or from work avoided: {told[0]} and then {told[1]}."


def _trips_of(carbon: Carbon) -> str:
    records = carbon.records
    if _TRIPS not in {definition.id for definition in records.definitions}:
        return ""
    record = records.figures.get(_TRIPS, carbon.period, carbon.directorate)
    if record is None or record.value is None:
        return ""
    replaced = Shown(records.definition(_TRIPS), record).replaced_by
    return "" if replaced else number(record.value, 0)


def well_to_tank(main: Carbon) -> tuple[str, ...]:
    """What fuels emit before they are burnt; nothing of a council that does not ask for it."""
    if not main.told(WELL):
        return ()
    return (
        "Well to tank, the making and moving of the fuel of commuting, not in this net: "
        f"{main.words(WELL)}.",
    )


def baselines(main: Carbon) -> tuple[str, ...]:
    """That the quarters of a rolling year have more than one baseline, if they have."""
    years = compared_with(main)
    since = {year: each for each, year in reversed(years.items())}
    if len(since) < 2:
        return ()
    told = [f"with {year} from {since[year]} on" for year in dict.fromkeys(years.values())]
    return (f"The baseline was reset within the year: it compares {listed(told)}.",)


def compared_with(main: Carbon) -> dict[FinancialQuarter, Any]:
    """With which baseline each quarter of a period is compared."""
    last, council = main.records.quarter, main.records.council
    quarters = [main.quarter] if main.quarter else [last.shifted(-step) for step in (3, 2, 1, 0)]
    decided = [(each, council.baseline_for(each)) for each in quarters]
    return {each: taken[0].in_words for each, taken in decided if taken}


def doubts(main: Carbon, quarter: Carbon) -> tuple[str, ...]:
    """What a reader must know of the figure: provisional, fallbacks, the baseline's quarter."""
    record, said = main.record(NET), []
    if record and record.state == "provisional":
        said.append(f"The figure is provisional. {record.why}")
    if main.fallbacks:
        said.append(
            f"Rows that the factor table of their year lacks: {listed(main.fallbacks)}. The latest "
            "earlier year is used for them."
        )
    if main.provisional_factors:
        said.append(f"Sets that are not out yet: factors {listed(main.provisional_factors)}.")
    averaged = [str(each) for each in main.details.get("averaged", ())]
    if averaged:
        said.append(f"No seasonal baseline for {listed(averaged)}: the baseline year's average.")
    if main.census_home_share:
        said.append(
            f"Where no home days of the baseline are known, {main.census_home_share} at home is "
            "taken from the 2011 Census (D, default), as the council decided."
        )
    rule = main.records.council.settled.carbon.factor_year
    policy = {"calendar": "the calendar year in which a quarter lies"}.get(
        rule, "the year of 1 April, for all four quarters"
    )
    said.append(f"Factors are those of {policy}.")
    return *said, *_alone_provisional(main, quarter)


def _alone_provisional(main: Carbon, quarter: Carbon) -> tuple[str, ...]:
    """Why the single quarter is provisional, where the rolling year beside it is not for that."""
    record = quarter.record(NET)
    if quarter.period == main.period or record is None or record.state != "provisional":
        return ()
    whole = main.record(NET)
    told = whole.why if whole and whole.state == "provisional" else ""
    untold = [why for why in record.why.rstrip(".").split(". ") if why not in told]
    return (f"{span_of(quarter)} alone is provisional. {'. '.join(untold)}.",) if untold else ()


def effects(main: Carbon) -> str:
    """What people did apart from what the factors did, in a few sentences."""
    told, net = main.details, main.amount(NET)
    if "naive_change_kg" not in told or net is None or main.is_too_small(NET):
        return (
            "For this period a factor of the baseline, or a directorate's part, is not given, so "
            "that the change is not split."
        )
    apparent, activity, factor = (
        f"{net.digits(Decimal(str(told[f'{name}_kg'])))} {net.suffix}"
        for name in ("naive_change", "activity_effect", "factor_effect")
    )
    said = (
        f"The net of {activity} counts then and now by the same official factors, so that it is "
        "what staff did alone: the activity effect. With each period's own factors the change "
        f"would look like {apparent}; the {factor} between them is what changed official factors "
        f"did, the factor effect, and not to be taken off the net. Only what staff did is called "
        f"a reduction. {wording.PARTS}"
    )
    return f"{said} The net is {main.partial}." if main.partial else said


def narrower(main: Carbon) -> str:
    """What better evidence would make of the interval; empty if it is as good, or not told."""
    amount, told = main.amount(NET), main.details.get("narrower")
    if amount is None or not told or main.partial or not amount.has_interval:
        return ""
    ranges = [
        wording.interval(replace(amount, lower=Decimal(ends["lower_kg"]),
                                 upper=Decimal(ends["upper_kg"])))
        for ends in (told["survey_and_logs"], told["home_factor_too"])
    ]  # fmt: skip
    now = wording.interval(amount)
    told_of = [
        ("a travel survey that half of the staff answer, with home days from logs", ranges[0]),
        ("the energy of an hour at home, if it were known to within a fifth too", ranges[1]),
    ]
    better = [f"{what}, to {range_}" for what, range_ in told_of if range_ != now]
    if not better:
        return ""
    return (
        f"Better evidence would narrow the interval: {'; '.join(better)}. Another year of the same "
        "evidence would not."
    )
