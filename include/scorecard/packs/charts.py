"""Line charts as SVG, written by hand: they need no library, and say in words what they show."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from itertools import groupby

from scorecard.packs.labels import labels
from scorecard.packs.scales import (
    BAND,
    BOTTOM,
    LIMIT,
    SPECIAL,
    TARGET,
    TEXT,
    TOP,
    VALUE,
    Scale,
    Size,
    axes,
    placed,
    ticks_of,
)
from scorecard.packs.series import Point, Series


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
        *axes(series, scale, ticks),
        *_targets(series, scale),
        *_marks(series, scale),
        *_limits(series, scale),
        *_line(series, scale),
        *labels(series, scale),
        "</svg>",
    ]
    return "".join(parts)


def _targets(series: Series, scale: Scale) -> Iterable[str]:
    """Each target over the months for which it held: a line, or a band if it is a range."""
    for stretch in series.stretches:
        left, right = scale.edge(stretch.first), scale.edge(stretch.last + 1)
        top = scale.y(stretch.high)
        if stretch.low != stretch.high:
            height = scale.height_of(stretch.low) - scale.height_of(stretch.high)
            yield (
                f'<rect x="{placed(left)}" y="{top}" width="{placed(right - left)}" '
                f'height="{placed(height)}" fill="{BAND}"/>'
            )
        else:
            yield (
                f'<line x1="{placed(left)}" y1="{top}" x2="{placed(right)}" y2="{top}" '
                f'stroke="{TARGET}" stroke-width="2"/>'
            )


def _marks(series: Series, scale: Scale) -> Iterable[str]:
    """Dated events: a thin line and a number, named below the chart; a month's share a line."""
    places = {point.period: place for place, point in enumerate(series.points)}
    bottom = scale.size.height - BOTTOM
    numbered = enumerate(series.marks, start=1)
    for period, mine in groupby(numbered, key=lambda pair: pair[1].period):
        x = scale.x(places[period])
        numbers = ", ".join(str(number) for number, _ in mine)
        yield (
            f'<line x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{bottom}" stroke="{LIMIT}"/>'
            f'<text x="{x}" y="{TOP - 10}" text-anchor="middle">{numbers}</text>'
        )


def _limits(series: Series, scale: Scale) -> Iterable[str]:
    """Mean and process limits, where they are known; broken where the process was reset."""
    for part, dashes, colour in (
        ("mean", "6 4", TEXT), ("lower", "2 4", LIMIT), ("upper", "2 4", LIMIT),
    ):  # fmt: skip
        for run in _runs(series.points, part, is_bridged=True):
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
            shrunk = " scale(.75)" if scale.size.is_narrow else ""
            yield _shape(scale.x(place), scale.y(point.value), point.variation, shrunk)


def _runs(
    points: Sequence[Point], part: str, is_bridged: bool = False
) -> list[list[tuple[int, Decimal]]]:
    """Stretches of months that have a number; a reset of the process begins a new one.

    What holds between months too is bridged: a month without a figure does not break it.
    """
    runs: list[list[tuple[int, Decimal]]] = [[]]
    for place, point in enumerate(points):
        number = getattr(point, part)
        if point.is_reset or (number is None and not is_bridged):
            runs.append([])
        if number is not None:
            runs[-1].append((place, number))
    return [run for run in runs if run]


def _shape(x: str, y: str, variation: str, shrunk: str) -> str:
    """A dot, or for a special cause a triangle with its direction, or a square if neutral."""
    kind, _, way = variation.lower().partition(" ")
    colour = SPECIAL.get(kind)
    if colour is None:
        return f'<circle cx="{x}" cy="{y}" r="3" fill="{VALUE}"/>'
    triangle = "M0-6L6 5H-6z" if way == "high" else "M0 6L6-5H-6z"
    drawn = "M-5-5h10v10h-10z" if kind == "neutral" else triangle
    return f'<path transform="translate({x} {y}){shrunk}" d="{drawn}" fill="{colour}"/>'
