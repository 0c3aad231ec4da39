"""The carbon section of the report: what a reader is told, from the figures of the register."""

from typing import Any

from scorecard.council import COUNCIL
from scorecard.packs import carbon_office
from scorecard.packs import carbon_wording as wording
from scorecard.packs.carbon_figures import (
    COMMUTING,
    GROSS,
    HOME,
    LINES,
    NET,
    PER_FTE,
    PRINTING,
    REPLACED,
    Carbon,
    directorates_of,
    headline_of,
    span_of,
)
from scorecard.packs.carbon_pictures import pictures_of
from scorecard.packs.content import CarbonSection
from scorecard.packs.records import PackRecords
from scorecard.packs.tables import Cell, Sheet, sheet, words
from scorecard.packs.words import listed
from scorecard.period import FinancialQuarter

_LINES = (PRINTING, COMMUTING, GROSS, HOME, NET)


def section_of(records: PackRecords) -> CarbonSection:
    """The section; one that is switched off says so, and no figure."""
    chosen = records.council.settled.carbon
    if chosen.section != "on":
        return CarbonSection(instead=chosen.in_words, link=chosen.link or "")
    main, quarter = headline_of(records), Carbon(records, str(records.quarter))
    return CarbonSection(
        headline=f"Net carbon, {span_of(main)}: {main.words()}",
        sentences=(*_sentences(main), *carbon_office.sentences(main), *_baselines(main)),
        facts=_facts(main),
        doubts=(*_doubts(main), *_alone(main, quarter)),
        pictures=pictures_of(records),
        lines=_lines_table(main, quarter),
        directorates=tuple(
            _directorates_table(records, period)
            for period in dict.fromkeys((main.period, quarter.period))
        ),
        effects=_effects_words(main),
        break_even=wording.against_break_even(
            quarter.kilometres("mean_km"),
            quarter.kilometres("break_even_km"),
            REPLACED[quarter.without_distance],
        ),
        not_counted=carbon_office.not_counted(main),
    )


def _sentences(main: Carbon) -> tuple[str, ...]:
    """What was avoided, what was added, what is left, and how sure that is."""
    if main.is_too_small(NET):
        return ("The share of days worked at home moved by under 5 points since the baseline, so "
                "what it changed is too small to estimate.",)  # fmt: skip
    amount = main.amount(NET)
    if amount is None:
        record = main.record(NET)
        return (record.why,) if record else ("No net was measured.",)
    said = [
        f"Gross: printing less and travelling less to work, {main.words(GROSS)}.",
        f"Home working: {main.words(HOME)} by heating, lighting and equipment at home.",
        f"Net, gross less home working: {main.words()}.",
        wording.verdict(amount, main.partial),
    ]
    return tuple(said)


def _baselines(main: Carbon) -> tuple[str, ...]:
    """That the quarters of a rolling year have more than one baseline, if they have."""
    years = _years(main)
    since = {year: each for each, year in reversed(years.items())}
    if len(since) < 2:
        return ()
    told = [f"with {year} from {since[year]} on" for year in dict.fromkeys(years.values())]
    return (f"The baseline was reset within the year: it compares {listed(told)}.",)


def _years(main: Carbon) -> dict[FinancialQuarter, Any]:
    """With which baseline each quarter of a period is compared."""
    last, council = main.records.quarter, main.records.council
    quarters = [main.quarter] if main.quarter else [last.shifted(-step) for step in (3, 2, 1, 0)]
    found = [(each, council.baseline_for(each)) for each in quarters]
    return {each: decided[0].in_words for each, decided in found if decided}


def _alone(main: Carbon, quarter: Carbon) -> tuple[str, ...]:
    """Why the single quarter is provisional, where the rolling year beside it is not for that."""
    record = quarter.record(NET)
    if quarter.period == main.period or record is None or record.state != "provisional":
        return ()
    whole = main.record(NET)
    told = whole.why if whole and whole.state == "provisional" else ""
    untold = [why for why in record.why.rstrip(".").split(". ") if why not in told]
    return (f"{span_of(quarter)} alone is provisional. {'. '.join(untold)}.",) if untold else ()


def _facts(main: Carbon) -> tuple[tuple[str, str], ...]:
    """Gross and net side by side, and how sure the net is."""
    return (
        (
            "Compared with",
            f"the same quarters of {listed(list(dict.fromkeys(_years(main).values())))}",
        ),
        ("Gross avoided", main.cell(GROSS)),
        ("Net avoided", main.cell(NET)),
        ("Chance that anything was avoided", _how_sure(main)),
        ("Net per FTE", main.cell(PER_FTE)),
        ("Weakest evidence", main.grade),
        ("Factors published in", main.years),
    )


def _how_sure(main: Carbon) -> str:
    """The chance, and which one would tell the net from none: 95% leaves 2.5 at each end."""
    amount = main.amount(NET)
    unclear = amount and not main.partial and amount.has_interval and amount.holds_zero
    return f"{main.chance}; from 98 in 100 on it counts as a saving" if unclear else main.chance


def _doubts(main: Carbon) -> tuple[str, ...]:
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
    return tuple(said)


def _lines_table(main: Carbon, quarter: Carbon) -> Sheet:
    """Each line with its interval: the rolling year, and the single quarter beside it."""
    periods = {span_of(each): each for each in (main, quarter)}
    rows = [
        (words(LINES[line]), *(words(each.cell(line)) for each in periods.values()))
        for line in max(main.lines, quarter.lines, key=len)
    ]
    rows += [
        (words(name), *(words(_told(each)[name]) for each in periods.values()))
        for name in _told(main)
    ]
    title = "Estimated CO2e avoided or added, with 95% intervals"
    columns = ("Line", *periods)
    return sheet("carbon_lines", title, columns, rows, (wording.PARTS,))


def _told(carbon: Carbon) -> dict[str, str]:
    """What stands below the lines of a period."""
    return {
        "Net per FTE": carbon.cell(PER_FTE),
        "Chance that anything was avoided": carbon.chance,
        "Weakest evidence": carbon.grade,
        "Factors published in": carbon.years,
        "In words": carbon.words(),
    }


def _directorates_table(records: PackRecords, period: str) -> Sheet:
    """Gross and net of the council and each directorate for one period."""
    columns = (
        "Directorate", *(LINES[line] for line in _LINES), "Net per FTE", "Chance", "Evidence",
    )  # fmt: skip
    rows = (
        _directorate_row(Carbon(records, period, code), name)
        for code, name in directorates_of(records)
    )
    title = f"Gross and net by directorate, {span_of(Carbon(records, period, COUNCIL))}"
    remarks = (
        "Chance: that anything was avoided. Evidence: the weakest that the net rests on. "
        + wording.PARTS,
    )
    return sheet(f"carbon_{period}", title, columns, rows, remarks)


def _directorate_row(carbon: Carbon, name: str) -> tuple[Cell, ...]:
    return (
        words(name),
        *(words(carbon.cell(line)) for line in (*_LINES, PER_FTE)),
        words(carbon.chance),
        words(carbon.grade),
    )


def _effects_words(main: Carbon) -> str:
    """What people did apart from what the factors did, in one sentence."""
    told = main.details
    if "naive_change_kg" not in told or main.is_too_small(NET):
        return (
            "For this period a factor of the baseline, or a directorate's part, is not given, so "
            "that the change is not split."
        )
    naive, activity, factor = (
        wording.exact_kg(str(told[f"{name}_kg"]))
        for name in ("naive_change", "activity_effect", "factor_effect")
    )
    said = (
        f"To the gram, so that the parts add up: {activity} is what staff did, the activity "
        f"effect, and {factor} is what changes of the official factors did, the factor effect. "
        f"Together they are {naive}, the change one would see if each period were counted at its "
        "own factors. Only the activity effect is called a reduction."
    )
    return f"{said} The net is {main.partial}." if main.partial else said
