"""The names of a chart's lines at their right end, pushed apart so that none covers another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from scorecard.packs.scales import BOTTOM, TEXT, TOP, VALUE, Scale
from scorecard.packs.series import Point, Series
from scorecard.packs.words import number, short_amount

_MOST_LETTERS = 16  # in bold, for which a wide chart has room


@dataclass(frozen=True)
class Label:
    """The name of a line, and where the line ends."""

    height: Decimal
    text: str
    colour: str = TEXT
    weight: str = "normal"


def labels(series: Series, scale: Scale) -> Iterable[str]:
    """The names of the lines at their right end, in the order in which the lines end."""
    size = scale.size
    wanted = sorted(_wanted(series, scale), key=lambda label: label.height)
    heights = apart([label.height for label in wanted], size.apart, TOP, size.height - BOTTOM)
    for label, height in zip(wanted, heights, strict=True):
        yield (
            f'<text x="{size.width - size.right + 9}" y="{height:.1f}" dy="4" '
            f'fill="{label.colour}" font-weight="{label.weight}">{escape(label.text)}</text>'
        )


def apart(
    heights: Sequence[Decimal], distance: int, top: Decimal | int, bottom: Decimal | int
) -> list[Decimal]:
    """Heights in order moved as little as keeps them apart: down first, then up from the floor."""
    lowered: list[Decimal] = []
    for height in heights:
        lowest = lowered[-1] + distance if lowered else Decimal(top)
        lowered.append(max(height, lowest))
    raised: list[Decimal] = []
    for height in reversed(lowered):
        highest = raised[-1] - distance if raised else Decimal(bottom)
        raised.append(min(height, highest))
    return raised[::-1]


def _wanted(series: Series, scale: Scale) -> Iterable[Label]:
    last = next(point for point in reversed(series.points) if point.value is not None)
    assert last.value is not None
    is_narrow = scale.size.is_narrow
    yield Label(scale.height_of(last.value), _value(series, last, is_narrow), VALUE, "bold")
    if series.target_low is not None and series.target_high is not None:
        middle = (series.target_low + series.target_high) / 2
        is_single = series.target_low == series.target_high
        name = "Target" if is_single or is_narrow else "Target range"
        yield Label(scale.height_of(middle), name)
    limits = next((p for p in reversed(series.points) if p.mean is not None), None)
    if limits is None:
        return
    for name, value in (("Mean", limits.mean), ("Upper", limits.upper), ("Lower", limits.lower)):
        if value is not None:
            yield Label(scale.height_of(value), _limit(name, limits.is_trial, is_narrow))


def _limit(name: str, is_trial: bool, is_narrow: bool) -> str:
    """Upper limit, or Upper trial limit; a narrow chart says Upper, or Trial for both."""
    if name == "Mean":
        return name
    if is_narrow:
        return "Trial" if is_trial else name
    return f"{name} trial limit" if is_trial else f"{name} limit"


def _value(series: Series, last: Point, is_narrow: bool) -> str:
    """The latest value and its month; on a narrow chart the value, without a unit in words."""
    value = last.value or Decimal(0)
    said = short_amount(value, series.unit, series.decimals)
    if not is_narrow:
        dated = f"{last.label}: {said}"
        return dated if len(dated) <= _MOST_LETTERS else said
    if series.unit in ("percent", "gbp"):
        return said
    if abs(value) >= 1_000_000:
        return f"{number(value / 1_000_000, 2)}m"
    return number(value, series.decimals)
