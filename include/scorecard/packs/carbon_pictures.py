"""The three pictures of the carbon section, made from figures: their shapes and their words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from scorecard.packs import carbon_wording as wording
from scorecard.packs.carbon_figures import (
    COMMUTING,
    GROSS,
    HOME,
    LINES,
    NET,
    OFFICE,
    PRINTING,
    WITH_OFFICE,
    Carbon,
    headline_of,
    span_of,
)
from scorecard.packs.carbon_sentences import narrower
from scorecard.packs.carbon_sheets import MULTIPLIERS, history_of
from scorecard.packs.carbon_wording import TONNE, Amount
from scorecard.packs.pictures import Bar, Moment, Picture
from scorecard.packs.records import PackRecords
from scorecard.packs.words import listed

MOST_SWINGS = 6  # the rest hardly move the net, and stand in the table


def pictures_of(records: PackRecords) -> tuple[Picture, ...]:
    """The pictures for which there are figures."""
    main = headline_of(records)
    drawn = (waterfall(main), tornado(main), history(records))
    return tuple(picture for picture in drawn if picture)


def waterfall(main: Carbon) -> Picture | None:
    """From gross to net: what was avoided, what was added, what is left; then metered offices."""
    if main.is_too_small(NET) or main.partial:
        return None
    found = {line: main.amount(line) for line in main.steps}
    known = {line: amount for line, amount in found.items() if amount}
    if len(known) < len(found):
        return None
    ends = _ends_of({line: amount.kg for line, amount in known.items()})
    bars = tuple(_step(line, known[line], ends[line]) for line in ends)
    said = [f"{bar.name} {bar.text}" for bar in bars]
    about = f"95% interval of the net {wording.interval(known[NET])}."
    totals = "Gross and Net"
    if WITH_OFFICE in known:
        range_ = wording.interval(known[WITH_OFFICE])
        about = f"{about[:-1]}, of the net with office energy {range_}."
        totals = "Gross, Net and Net with office energy"
    return _scaled(
        Picture(
            name="waterfall",
            headline=_sum_of(known),
            subtitle=f"CO2e by step, {span_of(main)}, estimates",
            alt=f"Waterfall chart. {listed(said)}. {about} "
            "The data are in the table below and on the sheet Carbon_waterfall.",
            legend="Striped bars are emissions added, full bars are avoided. The line below "
            f"{totals} is their 95% interval.",
            table="Carbon_waterfall",
            per=TONNE,
            suffix="t",
            bars=bars,
        )
    )


def _sum_of(known: Mapping[str, Amount]) -> str:
    """The sum that is drawn: 122 t avoided, 89 t added: 33 t left, which may be none."""
    gross, home, net = (known[line] for line in (GROSS, HOME, NET))
    if gross.kg <= 0 or home.kg <= 0:
        return f"From gross {wording.short(gross)} to net {wording.short(net)}"
    doubt = ", which may be none" if net.has_interval and net.holds_zero else ""
    return (
        f"{wording.short(gross)} avoided, {wording.short(home)} added: "
        f"{wording.short(net)} left{doubt}"
    )


def _ends_of(kg: Mapping[str, Decimal]) -> dict[str, tuple[Decimal, Decimal]]:
    """From where to where each bar runs: a step from where the one before it ends."""
    nought, printing, gross, net = Decimal(0), kg[PRINTING], kg[GROSS], kg[NET]
    ends = {
        PRINTING: (nought, printing), COMMUTING: (printing, gross), GROSS: (nought, gross),
        HOME: (gross, gross - kg[HOME]), NET: (nought, net),
    }  # fmt: skip
    if WITH_OFFICE in kg:
        ends |= {OFFICE: (net, net + kg[OFFICE]), WITH_OFFICE: (nought, kg[WITH_OFFICE])}
    return ends


def _step(line: str, amount: Amount, ends: tuple[Decimal, Decimal]) -> Bar:
    is_total = line in (GROSS, NET, WITH_OFFICE)
    forward = ends[1] >= ends[0]
    kind = "total" if is_total else "avoided" if forward else "added"
    sign = "" if is_total else "+" if forward else "\N{MINUS SIGN}"
    size = amount if is_total or amount.kg >= 0 else amount.reversed
    bounds = (amount.lower, amount.upper) if is_total else (None, None)
    return Bar(LINES[line], f"{sign}{wording.short(size)}", *ends, kind, *bounds)


def tornado(main: Carbon) -> Picture | None:
    """What moves the net most: each assumption at the ends of its own width."""
    amount = main.amount(NET)
    swings = main.details.get("swings", ())
    if amount is None or main.is_too_small(NET) or main.partial:
        return None
    if not swings or not amount.has_interval:
        return None
    bars = tuple(_swing(swing, amount) for swing in swings[:MOST_SWINGS])
    said = listed([f"{bar.name}: net {bar.text}" for bar in bars])
    most = bars[0].name
    return _scaled(
        Picture(
            name="tornado",
            headline=f"{most} moves the net most",
            subtitle="Net CO2e if one assumption were as wrong as we think it may be, "
            f"{span_of(main)}",
            alt=f"Tornado chart, the widest first. {said}. "
            "The data are in the table below and on the sheet Carbon_sensitivity.",
            legend=f"The dashed line is the net, {wording.short(amount)}. Dark: the net if the "
            "true value is as many times higher as stands with it; white: if it is as many times "
            "lower. A bar that crosses zero can turn a saving into an increase by itself. "
            f"{narrower(main)}".strip(),
            table="Carbon_sensitivity",
            per=TONNE,
            suffix="t",
            bars=bars,
            central=amount.kg,
        )
    )


def _swing(swing: dict[str, str], amount: Amount) -> Bar:
    low, high = Decimal(swing["low_kg"]), Decimal(swing["high_kg"])
    ends = " to ".join(amount.digits(end) for end in sorted((low, high)))
    name = MULTIPLIERS[swing["multiplier"]]
    width = 1 + Decimal(swing["half_width"])
    note = f"\N{MULTIPLICATION SIGN} or \N{DIVISION SIGN} {width.normalize():f}"
    return Bar(name, f"{ends} {amount.suffix}", low, high, "swing", note=note)


def history(records: PackRecords) -> Picture | None:
    """The net of every quarter since the data begin, each with its interval."""
    quarters = history_of(records)
    moments = tuple(_moment(each) for each in quarters)
    known = [each for each in quarters if each.amount(NET)]
    if len(known) < 2:
        return None
    drawn = [m for m in moments if m.kind in ("clear", "unclear")]
    clear = sum(m.kind == "clear" for m in drawn)
    partial = sum(m.kind == "partial" for m in moments)
    last, marks = known[-1], _marks(records, quarters)
    return _scaled(
        Picture(
            name="history",
            headline=_told_of(drawn)
            if drawn or not partial
            else "No quarter can be told from zero: every net is partial",
            subtitle=f"Net CO2e avoided by quarter, {known[0].period} to {last.period}, estimates",
            alt=f"Chart of the net by quarter with 95% intervals, {known[0].period} to "
            f"{last.period}. Latest: {last.words()}. {clear} of {len(drawn)} intervals lie wholly "
            f"above or below zero. {f'{partial} partial, a line not known. ' if partial else ''}"
            "The data are in the table below and on the sheet Carbon_history.",
            legend=_legend({m.kind for m in moments}, bool(marks)),
            table="Carbon_history",
            per=TONNE,
            suffix="t",
            moments=moments,
            marks=marks,
        )
    )


def _told_of(drawn: Sequence[Moment]) -> str:
    """In how many quarters emissions fell or rose for certain."""
    clear = [m.value for m in drawn if m.kind == "clear" and m.value is not None]
    if not clear:
        several = f"None of {len(drawn)} quarters shows a clear saving"
        return several if len(drawn) > 1 else "The quarter shows no clear saving"
    counts = {
        "a clear saving": sum(value > 0 for value in clear),
        "a clear increase": sum(value < 0 for value in clear),
        "neither": len(drawn) - len(clear),
    }
    told = listed([f"{count} with {what}" for what, count in counts.items() if count])
    return f"{len(drawn)} quarters: {told}" if len(drawn) > 1 else f"The quarter: {told[2:]}"


_SHAPES = {
    "clear": "Full dots can be told from zero.",
    "unclear": "Empty dots cannot be told from zero: their interval, the line, includes it.",
    "partial": "Crosses are partial: a line of them is not known, so they have no interval.",
    "small": "Squares are too small to estimate.",
    "baseline": "Diamonds are the baseline, which is zero because it is compared with itself.",
    "missing": "Quarters without a shape are not known.",
}


def _legend(kinds: set[str], is_marked: bool) -> str:
    said = [told for kind, told in _SHAPES.items() if kind in kinds]
    if is_marked:
        said.append("Dotted lines are events and new official factors, which can move a net alone.")
    return " ".join(said)


def _moment(carbon: Carbon) -> Moment:
    amount = carbon.amount(NET)
    period = carbon.period
    label = f"Q{period[-1]} {period[2:7]}"
    if amount is None:
        return Moment(period, label, None, None, None, "missing")
    if carbon.is_baseline:
        return Moment(period, label, Decimal(0), None, None, "baseline")
    if carbon.is_too_small(NET):
        return Moment(period, label, amount.kg, None, None, "small")
    if carbon.partial:
        return Moment(period, label, amount.kg, None, None, "partial")
    kind = "unclear" if amount.holds_zero else "clear"
    return Moment(period, label, amount.kg, amount.lower, amount.upper, kind)


def _marks(records: PackRecords, quarters: tuple[Carbon, ...]) -> tuple[tuple[int, str], ...]:
    """Where a baseline was reset, an event is dated or the official factors changed, in order."""
    found: list[tuple[int, str]] = []
    before = next((each.newest_year for each in quarters if each.newest_year), 0)
    for place, each in enumerate(quarters):
        months = set(map(str, each.quarter.months)) if each.quarter else set()
        found += [
            (place, event.title)
            for event in sorted(records.council.events, key=lambda e: (e.day, e.title))
            if f"{event.day:%Y-%m}" in months and event.concerns("Carbon", NET)
        ]
        found += [
            (place, f"official factors of {change.publication_year} ({change.what})")
            for change in records.breaks
            if before < change.publication_year <= each.newest_year
        ]
        before = max(before, each.newest_year)
    return tuple(found)


def _scaled(picture: Picture) -> Picture:
    """The picture in tonnes; in kilograms where nothing in it reaches one."""
    if max(map(abs, picture.ends)) >= 1:
        return picture
    return Picture(**{**vars(picture), "per": Decimal(1), "suffix": "kg"})
