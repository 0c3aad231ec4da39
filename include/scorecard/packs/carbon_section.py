"""The carbon section of the report: what a reader is told, from the figures of the register."""

from scorecard.council import COUNCIL
from scorecard.packs import carbon_left_out, carbon_office
from scorecard.packs import carbon_sentences as sentences
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
from scorecard.packs.words import counted, listed, two_digits

_LINES = (PRINTING, COMMUTING, GROSS, HOME, NET)


def section_of(records: PackRecords) -> CarbonSection:
    """The section; one that is switched off says so, and no figure."""
    chosen = records.council.settled.carbon
    if chosen.section != "on":
        return CarbonSection(instead=chosen.in_words, link=chosen.link or "")
    main, quarter = headline_of(records), Carbon(records, str(records.quarter))
    return CarbonSection(
        headline=sentences.headline(main),
        sentences=(
            *sentences.found(main),
            *carbon_office.sentences(main),
            *sentences.well_to_tank(main),
            *sentences.baselines(main),
        ),
        facts=_facts(main),
        quarter=sentences.quarter_alone(main, quarter),
        doubts=sentences.doubts(main, quarter),
        pictures=pictures_of(records),
        lines=_lines_table(main, quarter),
        directorates=tuple(
            _directorates_table(records, period)
            for period in dict.fromkeys((main.period, quarter.period))
        ),
        effects=sentences.effects(main),
        break_even=wording.against_break_even(
            quarter.kilometres("mean_km"),
            quarter.kilometres("break_even_km"),
            REPLACED[quarter.without_distance],
        ),
        not_counted=carbon_left_out.in_full(main),
        whole="The estimates of every period, directorate and component: the sheet Carbon of the "
        "workbook, and carbon.csv.",
    )


def _facts(main: Carbon) -> tuple[tuple[str, str], ...]:
    """Gross and net side by side, and how sure the net is."""
    compared = sentences.compared_with(main)
    return (
        (
            "Compared with",
            "today's staff printing and travelling as in the same quarters of "
            f"{listed(list(dict.fromkeys(compared.values())))}",
        ),
        ("Gross avoided", main.cell(GROSS)),
        ("Net avoided", main.cell(NET)),
        *_for_scale(main),
        ("Chance that anything was avoided", _how_sure(main)),
        ("Net per FTE", main.cell(PER_FTE)),
        ("Weakest evidence", main.grade),
        ("Factors published in", main.years),
    )


def _for_scale(main: Carbon) -> tuple[tuple[str, str], ...]:
    """How far an average car drives for as much; nothing where there is no number."""
    amount, a_km = main.amount(NET), main.records.car_kg_a_km
    if amount is None or a_km is None or not amount.printed_kg(amount.kg):
        return ()
    if main.is_too_small(NET) or main.is_baseline:
        return ()
    km = abs(amount.printed_kg(amount.kg)) / a_km
    return (("For scale: an average car emits that in", f"about {two_digits(km)} km"),)


def _how_sure(main: Carbon) -> str:
    """The chance, and which one would tell the net from none: 95% leaves 2.5 at each end."""
    amount = main.amount(NET)
    unclear = amount and not main.partial and amount.has_interval and amount.holds_zero
    return (
        f"{main.chance}; a saving is claimed only when the whole interval is above zero"
        if unclear
        else main.chance
    )


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
        f"{_clear_alone(records, period)}Chance: that anything was avoided. Evidence: the "
        f"weakest that the net rests on. {wording.PARTS}",
    )
    return sheet(f"carbon_{period}", title, columns, rows, remarks)


def _clear_alone(records: PackRecords, period: str) -> str:
    """Which directorates' nets can be told from none by themselves, of those that are shown."""
    every = [(name, Carbon(records, period, code)) for code, name in directorates_of(records)[1:]]
    shown = [(name, each) for name, each in every if each.amount(NET)]
    if not shown:
        return ""
    saving, increase = ([n for n, each in shown if each.clear_side == side] for side in (1, -1))
    told = (("saving", saving), ("increase", increase))
    said = [f"a clear {what}: {listed(names)}" for what, names in told if names]
    of_them = f"Of {counted(len(shown), 'directorate')} whose net is shown, alone: "
    return f"{of_them}{'; '.join(said) or 'none with a clear saving or increase'}. "


def _directorate_row(carbon: Carbon, name: str) -> tuple[Cell, ...]:
    return (
        words(name),
        *(words(carbon.cell(line)) for line in (*_LINES, PER_FTE)),
        words(carbon.chance),
        words(carbon.grade),
    )
