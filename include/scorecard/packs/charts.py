"""Line charts as SVG, written by hand: they need no library, and say in words what they show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape

from scorecard.packs.content import Point, Series
from scorecard.packs.words import short_amount

VALUE, TEXT, TARGET, BAND = "#12436D", "#0b0c0c", "#F46A25", "#e6e6e6"
LIMIT, GRID = "#6E6E6E", "#e6e6e6"
SPECIAL = {"improvement": "#005ea5", "concern": "#b84300", "neutral": "#490092"}
LABEL_APART = 14


@dataclass(frozen=True)
class Size:
    """How large a chart is drawn, and how much room its labels get."""

    name: str
    width: int
    height: int
    left: int
    right: int
    every: int  # months between labels of the time axis
    font: int


WIDE = Size("wide", 720, 270, 64, 148, 3, 13)
NARROW = Size("narrow", 320, 230, 50, 14, 6, 12)
TOP, BOTTOM = 26, 34


@dataclass(frozen=True)
class Scale:
    """Where a month and a value lie on the paper."""

    size: Size
    count: int
    low: Decimal
    high: Decimal

    def x(self, place: int) -> str:
        room = self.size.width - self.size.left - self.size.right
        return _place(self.size.left + Decimal(room) * place / max(self.count - 1, 1))

    def y(self, value: Decimal) -> str:
        return _place(self.height_of(value))

    def height_of(self, value: Decimal) -> Decimal:
        room = self.size.height - TOP - BOTTOM
        return TOP + room * (self.high - value) / (self.high - self.low)


def _place(number: Decimal | int) -> str:
    return f"{Decimal(number):.1f}"


def draw(series: Series, size: Size) -> str:
    """The chart of one KPI as an SVG element with a title and a description."""
    ticks = ticks_of(series)
    scale = Scale(size, len(series.points), ticks[0], ticks[-1])
    name = f"{series.kpi_id}-{size.name}"
    parts = [
        f'<svg role="img" class="{size.name}" viewBox="0 0 {size.width} {size.height}" '
        f'aria-labelledby="{name}-title {name}-desc" font-size="{size.font}" fill="{TEXT}">',
        f'<title id="{name}-title">{escape(series.title)} by month</title>',
        f'<desc id="{name}-desc">{escape(series.alt)}</desc>',
        *_axes(series, scale, ticks),
        *_band(series, scale),
        *_marks(series, scale),
        *_limits(series, scale),
        *_line(series, scale),
        *_labels(series, scale),
        "</svg>",
    ]
    return "".join(parts)


def ticks_of(series: Series) -> list[Decimal]:
    """Round numbers on the value axis that hold every point, limit and target."""
    drawn = [v for p in series.points for v in (p.value, p.mean, p.lower, p.upper) if v is not None]
    drawn += [v for v in (series.target_low, series.target_high) if v is not None]
    low, high = min(drawn), max(drawn)
    if low > 0 and low < (high - low) * 2:
        low = Decimal(0)
    step = _step((high - low) / 4 or max(abs(high) / 4, Decimal(1)))
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
    return [step * n for n in range(int(first), int(last) + 1)]


def _step(rough: Decimal) -> Decimal:
    """1, 2, 2.5 or 5 times a power of ten, at least the rough step."""
    power = Decimal(1).scaleb(rough.adjusted())
    steps = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
    return next(power * n for n in steps if power * n >= rough)


def _axes(series: Series, scale: Scale, ticks: Sequence[Decimal]) -> Iterable[str]:
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
        if (last - place) % size.every == 0:
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


def _plain(value: Decimal, unit: str, step: Decimal) -> str:
    decimals = max(0, -int(step.normalize().as_tuple().exponent))
    text = short_amount(value, unit, decimals)
    return text.removesuffix(" plain")


def _band(series: Series, scale: Scale) -> Iterable[str]:
    low, high = series.target_low, series.target_high
    if low is None or high is None:
        return
    right = scale.size.width - scale.size.right
    if low != high:
        height = scale.height_of(low) - scale.height_of(high)
        yield (
            f'<rect x="{scale.size.left}" y="{scale.y(high)}" width="{right - scale.size.left}" '
            f'height="{_place(height)}" fill="{BAND}"/>'
        )
    else:
        y = scale.y(low)
        yield (
            f'<line x1="{scale.size.left}" y1="{y}" x2="{right}" y2="{y}" '
            f'stroke="{TARGET}" stroke-width="2"/>'
        )


def _marks(series: Series, scale: Scale) -> Iterable[str]:
    """Dated events: a thin line and a number, named below the chart."""
    places = {point.period: place for place, point in enumerate(series.points)}
    bottom = scale.size.height - BOTTOM
    for number, mark in enumerate(series.marks, start=1):
        x = scale.x(places[mark.period])
        yield (
            f'<line x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{bottom}" stroke="{LIMIT}"/>'
            f'<text x="{x}" y="{TOP - 10}" text-anchor="middle">{number}</text>'
        )


def _limits(series: Series, scale: Scale) -> Iterable[str]:
    """Mean and process limits, where they are known; broken where the process was reset."""
    for part, dashes, colour in (
        ("mean", "6 4", TEXT), ("lower", "2 4", LIMIT), ("upper", "2 4", LIMIT),
    ):  # fmt: skip
        for run in _runs(series.points, part):
            path = " ".join(f"{scale.x(n)},{scale.y(v)}" for n, v in run)
            yield (
                f'<polyline points="{path}" fill="none" stroke="{colour}" '
                f'stroke-dasharray="{dashes}"/>'
            )


def _line(series: Series, scale: Scale) -> Iterable[str]:
    """The values: a line that breaks at a gap, a dot for each month, a shape if it is special."""
    for run in _runs(series.points, "value"):
        path = " ".join(f"{scale.x(n)},{scale.y(v)}" for n, v in run)
        yield f'<polyline points="{path}" fill="none" stroke="{VALUE}" stroke-width="2.5"/>'
    for place, point in enumerate(series.points):
        if point.value is not None:
            yield _shape(scale.x(place), scale.y(point.value), point.variation)


def _runs(points: Sequence[Point], part: str) -> list[list[tuple[int, Decimal]]]:
    """Stretches of months that have a number; a reset of the process begins a new one."""
    runs: list[list[tuple[int, Decimal]]] = [[]]
    for place, point in enumerate(points):
        number = getattr(point, part)
        if number is None or point.is_reset:
            runs.append([])
        if number is not None:
            runs[-1].append((place, number))
    return [run for run in runs if run]


def _shape(x: str, y: str, variation: str) -> str:
    """A dot, or for a special cause a triangle with its direction, or a square if neutral."""
    kind, _, way = variation.lower().partition(" ")
    colour = SPECIAL.get(kind)
    if colour is None:
        return f'<circle cx="{x}" cy="{y}" r="3" fill="{VALUE}"/>'
    if kind == "neutral":
        return f'<path transform="translate({x} {y})" d="M-5-5h10v10h-10z" fill="{colour}"/>'
    shape = "M0-6L6 5H-6z" if way == "high" else "M0 6L6-5H-6z"
    return f'<path transform="translate({x} {y})" d="{shape}" fill="{colour}"/>'


def _labels(series: Series, scale: Scale) -> Iterable[str]:
    """The names of the lines at their right end, 14 px apart; a narrow chart has no room."""
    if scale.size.right < 100:
        return
    right = scale.size.width - scale.size.right + 10
    wanted = _label_texts(series, scale)
    floor = Decimal(-LABEL_APART)
    for height, text, colour, weight in sorted(wanted, key=lambda label: label[0]):
        floor = max(height, floor + LABEL_APART + 2)
        yield (
            f'<text x="{right}" y="{_place(floor)}" dy="4" fill="{colour}" '
            f'font-weight="{weight}">{escape(text)}</text>'
        )


def _label_texts(series: Series, scale: Scale) -> list[tuple[Decimal, str, str, str]]:
    last = next(p for p in reversed(series.points) if p.value is not None)
    assert last.value is not None
    short = short_amount(last.value, series.unit, series.decimals)
    labels = [(scale.height_of(last.value), short, VALUE, "bold")]
    if series.target_low is not None and series.target_high is not None:
        middle = (series.target_low + series.target_high) / 2
        labels.append(
            (
                scale.height_of(middle),
                "Target" if series.target is not None else "Target range",
                TEXT,
                "normal",
            )
        )
    for name, value in (("Mean", last.mean), ("Limit", last.lower), ("Limit", last.upper)):
        if value is not None:
            labels.append((scale.height_of(value), name, TEXT, "normal"))
    return labels
