"""An estimate by quarter as SVG: a shape for each quarter, and a line for its interval."""

from collections.abc import Iterable
from decimal import Decimal
from html import escape
from itertools import groupby

from scorecard.packs.pictures import Moment, Picture
from scorecard.packs.scales import (
    BOTTOM,
    GRID,
    LIMIT,
    TEXT,
    TOP,
    VALUE,
    Scale,
    Size,
    placed,
    ticks_between,
)
from scorecard.packs.words import number

WIDE = Size("wide", 720, 280, 64, 24, 16, 13)
NARROW = Size("narrow", 320, 250, 44, 14, 14, 12)
_SPACES = (1, 2, 4, 8, 12)  # quarters between labels: whole years, where there are many


def draw(picture: Picture, size: Size) -> str:
    """The picture as an SVG element with a title and a description."""
    ticks = ticks_between(*picture.ends)
    # Half a step of room at either end, so that no line lies on the axis.
    scale = Scale(size, len(picture.moments) + 1, ticks[0], ticks[-1])
    name = f"carbon-{picture.name}-{size.name}"
    parts = [
        f'<svg role="img" class="{size.name}" viewBox="0 0 {size.width} {size.height}" '
        f'aria-labelledby="{name}-title {name}-desc" font-size="{size.font}" fill="{TEXT}">',
        f'<title id="{name}-title">{escape(picture.headline)}</title>',
        f'<desc id="{name}-desc">{escape(picture.alt)}</desc>',
        *_axes(picture, scale, ticks),
        *_marks(picture, scale),
    ]
    for place, moment in enumerate(picture.moments):
        parts += _moment(picture, scale, place, moment)
    return "".join([*parts, "</svg>"])


def _x(scale: Scale, place: int) -> Decimal:
    return scale.size.left + scale.step * (place + Decimal("0.5"))


def _axes(picture: Picture, scale: Scale, ticks: list[Decimal]) -> Iterable[str]:
    size = scale.size
    decimals = max(0, -int((ticks[1] - ticks[0]).normalize().as_tuple().exponent))
    for tick in ticks:
        y, is_zero = scale.y(tick), tick == 0
        suffix = f" {picture.suffix}" if tick == ticks[-1] else ""
        yield (
            f'<line x1="{size.left}" y1="{y}" x2="{size.width - size.right}" y2="{y}" '
            f'stroke="{TEXT if is_zero else GRID}"/>'
            f'<text x="{size.left - 8}" y="{y}" dy="4" text-anchor="end">'
            f"{escape(number(tick, decimals))}{suffix}</text>"
        )
    last = len(picture.moments) - 1
    wide = Decimal(size.font) * 5
    every = next((n for n in _SPACES if scale.step * n >= wide), _SPACES[-1])
    for place, moment in enumerate(picture.moments):
        if (last - place) % every == 0:
            yield (
                f'<text x="{placed(_x(scale, place))}" y="{size.height - 10}" '
                f'text-anchor="middle">{escape(moment.label)}</text>'
            )


def _marks(picture: Picture, scale: Scale) -> Iterable[str]:
    """Dated events: a thin line and a number, named below the picture."""
    numbered = enumerate(picture.marks, start=1)
    for place, mine in groupby(numbered, key=lambda pair: pair[1][0]):
        numbers = ", ".join(str(each) for each, _ in mine)
        x = placed(_x(scale, place) - scale.step / 2)
        yield (
            f'<line x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{scale.size.height - BOTTOM}" '
            f'stroke="{LIMIT}" stroke-dasharray="2 4"/>'
            f'<text x="{x}" y="{TOP - 10}" text-anchor="middle">{numbers}</text>'
        )


def _moment(picture: Picture, scale: Scale, place: int, moment: Moment) -> Iterable[str]:
    """A quarter's interval as a line with ends, and its estimate as a shape on it."""
    if moment.value is None:
        return
    x, y = _x(scale, place), scale.height_of(moment.value / picture.per)
    if moment.kind in ("clear", "unclear") and None not in (moment.lower, moment.upper):
        ends = [scale.height_of((end or Decimal(0)) / picture.per)
                for end in (moment.lower, moment.upper)]  # fmt: skip
        cap = min(scale.step / 4, Decimal(6))
        yield (
            f'<path d="M{placed(x - cap)} {placed(ends[0])}h{placed(cap * 2)}M{placed(x)} '
            f"{placed(ends[0])}V{placed(ends[1])}M{placed(x - cap)} {placed(ends[1])}"
            f'h{placed(cap * 2)}" stroke="{VALUE}" stroke-width="2" fill="none"/>'
        )
    yield _shape(x, y, moment.kind)


def _shape(x: Decimal, y: Decimal, kind: str) -> str:
    """A full dot is clear of zero, an empty one is not; the other shapes have no interval."""
    at = f'transform="translate({placed(x)} {placed(y)})"'
    outline = f'fill="#fff" stroke="{VALUE}" stroke-width="2"'
    return {
        "clear": f'<circle {at} r="5" fill="{VALUE}"/>',
        "unclear": f'<circle {at} r="5" {outline}/>',
        "partial": f'<path {at} d="M-5-5L5 5M-5 5L5-5" stroke="{VALUE}" stroke-width="2"/>',
        "small": f'<path {at} d="M-4-4h8v8h-8z" {outline}/>',
        "baseline": f'<path {at} d="M0-6L6 0L0 6L-6 0z" {outline}/>',
    }[kind]
