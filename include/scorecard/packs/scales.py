"""The paper of a chart: size, palette and axes, and where a month and a value lie on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape

from scorecard.packs.series import Series
from scorecard.packs.words import short_amount

VALUE, TEXT, TARGET, BAND = "#12436D", "#0b0c0c", "#F46A25", "#e6e6e6"
LIMIT, GRID = "#6E6E6E", "#e6e6e6"
SPECIAL = {"improvement": "#005ea5", "concern": "#b84300", "neutral": "#490092"}
TOP, BOTTOM = 26, 34
_SPACES = (1, 2, 3, 6, 12)  # months between labels of the time axis


@dataclass(frozen=True)
class Size:
    """How large a chart is drawn, and how much room its labels get."""

    name: str
    width: int
    height: int
    left: int
    right: int  # room for the names of lines, and for half the last month's label
    apart: int  # between the names of lines
    font: int

    @property
    def is_narrow(self) -> bool:
        """Whether names must be short."""
        return self.right < 100


WIDE = Size("wide", 720, 270, 64, 132, 16, 13)
NARROW = Size("narrow", 320, 240, 48, 62, 14, 12)


@dataclass(frozen=True)
class Scale:
    """Where a month and a value lie on the paper."""

    size: Size
    count: int
    low: Decimal
    high: Decimal

    @property
    def step(self) -> Decimal:
        """How far one month is from the next."""
        room = self.size.width - self.size.left - self.size.right
        return Decimal(room) / max(self.count - 1, 1)

    def x(self, place: int) -> str:
        return placed(self.size.left + self.step * place)

    def edge(self, place: int) -> Decimal:
        """Where a month begins: half way from the one before it, and where the axes end."""
        if place in (0, self.count):
            return Decimal(self.size.left if place == 0 else self.size.width - self.size.right)
        return self.size.left + self.step * (place - Decimal("0.5"))

    def y(self, value: Decimal) -> str:
        return placed(self.height_of(value))

    def height_of(self, value: Decimal) -> Decimal:
        room = self.size.height - TOP - BOTTOM
        return TOP + room * (self.high - value) / (self.high - self.low)

    @property
    def every(self) -> int:
        """How many months lie between two labels, so that none touches the next."""
        wanted = Decimal(self.size.font) * 4
        return next((n for n in _SPACES if self.step * n >= wanted), _SPACES[-1])


def placed(number: Decimal | int) -> str:
    """A place on the paper as SVG writes it."""
    return f"{Decimal(number):.1f}"


def ticks_of(series: Series) -> list[Decimal]:
    """Round numbers on the value axis that hold every point, limit and target."""
    drawn = [v for p in series.points for v in (p.value, p.mean, p.lower, p.upper) if v is not None]
    drawn += [v for p in series.points for v in p.target if v is not None]
    low, high = min(drawn), max(drawn)
    if 0 < low < high - low:
        low = Decimal(0)  # near enough to be seen; elsewhere a line may float
    return ticks_between(low, high)


def ticks_between(low: Decimal, high: Decimal) -> list[Decimal]:
    """Round numbers, about five of them, that hold two numbers and all between."""
    step = _step((high - low) / 4 or max(abs(high) / 4, Decimal(1)))
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
    return [step * n for n in range(int(first), int(last) + 1)]


def _step(rough: Decimal) -> Decimal:
    """1, 2, 2.5 or 5 times a power of ten, at least the rough step."""
    power = Decimal(1).scaleb(rough.adjusted())
    steps = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
    return next(power * n for n in steps if power * n >= rough)


def axes(series: Series, scale: Scale, ticks: Sequence[Decimal]) -> Iterable[str]:
    """Lines and numbers of the value axis; months below, counted back from the last."""
    size = scale.size
    for tick in ticks:
        y = scale.y(tick)
        yield (
            f'<line x1="{size.left}" y1="{y}" x2="{size.width - size.right}" y2="{y}" '
            f'stroke="{LIMIT if tick == 0 else GRID}"/>'
            f'<text x="{size.left - 8}" y="{y}" dy="4" text-anchor="end">'
            f"{escape(_tick_text(series, tick, ticks))}</text>"
        )
    last = len(series.points) - 1
    for place, point in enumerate(series.points):
        if (last - place) % scale.every == 0:
            yield (
                f'<text x="{scale.x(place)}" y="{size.height - 10}" text-anchor="middle">'
                f"{escape(point.label)}</text>"
            )


def _tick_text(series: Series, tick: Decimal, ticks: Sequence[Decimal]) -> str:
    """A short number: 20%, £1.5m, 400k."""
    step = ticks[1] - ticks[0]
    unit = series.unit if series.unit in ("percent", "gbp") else "plain"
    biggest = max(abs(ticks[0]), abs(ticks[-1]))
    for size, letter in ((Decimal(1_000_000), "m"), (Decimal(1000), "k")):
        if biggest >= size * (1 if letter == "m" else 10):
            return _plain(tick / size, unit, step / size) + letter
    return _plain(tick, unit, step)


def decimals_of(step: Decimal) -> int:
    """How many decimals tell the numbers of an axis apart: two of 1.25, 1.50 and 1.75."""
    return max(0, -int(step.normalize().as_tuple().exponent))


def _plain(value: Decimal, unit: str, step: Decimal) -> str:
    text = short_amount(value, unit, decimals_of(step))
    return text.removesuffix(" plain")
