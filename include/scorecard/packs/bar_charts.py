"""Bars on their side as SVG: a waterfall from gross to net, and a tornado of what moves the net."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from scorecard.packs.pictures import Bar, Picture
from scorecard.packs.scales import GRID, LIMIT, SPECIAL, TEXT, VALUE, placed, ticks_between
from scorecard.packs.words import number

AVOIDED, ADDED = SPECIAL["improvement"], SPECIAL["concern"]


@dataclass(frozen=True)
class Frame:
    """How large a picture of bars is, and where names and numbers stand."""

    name: str
    width: int
    left: int  # of the bars
    right: int  # of the bars, from the right edge
    row: int  # how high a row is
    bar: int  # how high a bar is
    over: int  # of the row, how much lies above the bar
    font: int

    @property
    def is_narrow(self) -> bool:
        """Whether names and numbers stand above their bars, and not beside them."""
        return self.over > self.bar


WIDE = Frame("wide", 720, 190, 156, 40, 18, 8, 13)
NARROW = Frame("narrow", 320, 16, 16, 56, 16, 22, 12)
_TOP, _BOTTOM = 22, 34


@dataclass(frozen=True)
class _Paper:
    """Where a number of kilograms and a row lie."""

    frame: Frame
    picture: Picture
    ticks: Sequence[Decimal]

    def x(self, kg: Decimal) -> Decimal:
        return self.at(kg / self.picture.per)

    def at(self, amount: Decimal) -> Decimal:
        room = self.frame.width - self.frame.left - self.frame.right
        low, high = self.ticks[0], self.ticks[-1]
        return self.frame.left + room * (amount - low) / (high - low)

    def y(self, place: int) -> int:
        """The top of a row's bar."""
        return _TOP + place * self.frame.row + self.frame.over

    def beside(self, place: int) -> tuple[int, int]:
        """From where to where lines run by a bar that has its name above it."""
        return self.y(place) - 3, self.y(place) + self.frame.bar + 13

    @property
    def floor(self) -> int:
        return _TOP + len(self.picture.bars) * self.frame.row


def draw(picture: Picture, frame: Frame) -> str:
    """The picture as an SVG element with a title and a description."""
    paper = _Paper(frame, picture, ticks_between(*picture.ends))
    name, height = f"carbon-{picture.name}-{frame.name}", paper.floor + _BOTTOM
    parts = [
        f'<svg role="img" class="{frame.name}" viewBox="0 0 {frame.width} {height}" '
        f'aria-labelledby="{name}-title {name}-desc" font-size="{frame.font}" fill="{TEXT}">',
        f'<title id="{name}-title">{escape(picture.headline)}</title>',
        f'<desc id="{name}-desc">{escape(picture.alt)}</desc>',
        _hatch(name),
        *_axis(paper),
        *_connectors(paper),
    ]
    for place, bar in enumerate(picture.bars):
        parts += [*_words(paper, place, bar), *_bar(paper, place, bar, name)]
        parts += _interval(paper, place, bar)
    parts += [*_central(paper), "</svg>"]
    return "".join(parts)


def _hatch(name: str) -> str:
    """Slanted lines, so that what is added is told from what is avoided without its colour."""
    return (
        f'<pattern id="{name}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="#fff"/>'
        f'<rect width="4" height="7" fill="{ADDED}"/></pattern>'
    )


def _axis(paper: _Paper) -> Iterable[str]:
    """Lines and numbers of the axis; that of zero is dark."""
    ticks = paper.ticks
    step = ticks[1] - ticks[0]
    decimals = max(0, -int(step.normalize().as_tuple().exponent))
    last = ticks[-1]
    for tick in ticks:
        x, colour = placed(paper.at(tick)), LIMIT if tick == 0 else GRID
        suffix = f" {paper.picture.suffix}" if tick == last else ""
        anchor = "end" if paper.frame.is_narrow and tick == last else "middle"
        yield from _upright(paper, x, f'stroke="{colour}"')
        yield (
            f'<text x="{x}" y="{paper.floor + 18}" text-anchor="{anchor}">'
            f"{escape(number(tick, decimals))}{suffix}</text>"
        )


def _upright(paper: _Paper, x: str, look: str) -> Iterable[str]:
    """A line over all rows; broken where names and numbers stand above the bars."""
    rows = [(_TOP - 6, paper.floor)]
    if paper.frame.is_narrow:
        rows = [paper.beside(place) for place in range(len(paper.picture.bars))]
    for top, bottom in rows:
        yield f'<line x1="{x}" y1="{top}" x2="{x}" y2="{bottom}" {look}/>'


def _words(paper: _Paper, place: int, bar: Bar) -> Iterable[str]:
    """The name of a bar and its number: beside it, or above it on a narrow screen."""
    frame, y = paper.frame, paper.y(place)
    weight = ' font-weight="bold"' if bar.kind == "total" else ""
    said = [(bar.name, ""), (bar.note, "")] if bar.note else [(bar.name, weight)]
    if frame.is_narrow:
        name = ", ".join(text for text, _ in said)
        yield _text(frame.left, y - 7, "start", name, weight)
        yield _text(frame.width - frame.right, y - 7, "end", bar.text, weight)
        return
    middle = y + frame.bar // 2 + 5
    first = middle - 7 * (len(said) - 1)
    for line, (text, look) in enumerate(said):
        yield _text(frame.left - 12, first + 15 * line, "end", text, look)
    yield _text(frame.width - frame.right + 12, middle, "start", bar.text, weight)


def _text(x: int, y: int, anchor: str, text: str, look: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}"{look}>{escape(text)}</text>'


def _bar(paper: _Paper, place: int, bar: Bar, name: str) -> Iterable[str]:
    y = paper.y(place)
    if bar.kind == "swing":
        central = paper.picture.central or Decimal(0)
        yield _box(paper, (bar.start, central), y, "#fff", VALUE)
        yield _box(paper, (central, bar.end), y, VALUE, VALUE)
        return
    fill = {"avoided": AVOIDED, "added": f"url(#{name}-hatch)", "total": VALUE}[bar.kind]
    line = ADDED if bar.kind == "added" else fill
    yield _box(paper, (bar.start, bar.end), y, fill, line)


def _box(paper: _Paper, ends: tuple[Decimal, Decimal], y: int, fill: str, line: str) -> str:
    left, right = sorted(paper.x(end) for end in ends)
    width = max(right - left, Decimal(1))  # the smallest is seen as a line
    return (
        f'<rect x="{placed(left)}" y="{y}" width="{placed(width)}" height="{paper.frame.bar}" '
        f'fill="{fill}" stroke="{line}" stroke-width="1.5"/>'
    )


def _interval(paper: _Paper, place: int, bar: Bar) -> Iterable[str]:
    """The 95% interval as a line with ends, below its bar so that it is seen on white."""
    if bar.lower is None or bar.upper is None or bar.lower == bar.upper:
        return
    y = paper.y(place) + paper.frame.bar + 6
    left, right = placed(paper.x(bar.lower)), placed(paper.x(bar.upper))
    yield (
        f'<path d="M{left} {y - 4}v8M{left} {y}H{right}M{right} {y - 4}v8" stroke="{TEXT}" '
        f'stroke-width="2" fill="none"/>'
    )


def _connectors(paper: _Paper) -> Iterable[str]:
    """Thin lines from the end of each step to the next, so that the eye follows the sum."""
    bars = paper.picture.bars
    for place, bar in enumerate(bars[:-1]):
        if bar.kind != "swing":
            x = placed(paper.x(bar.end))
            top, bottom = paper.y(place) + paper.frame.bar, paper.y(place + 1)
            bottom = paper.beside(place)[1] if paper.frame.is_narrow else bottom
            yield (
                f'<line x1="{x}" y1="{top}" x2="{x}" y2="{bottom}" stroke="{LIMIT}" '
                f'stroke-dasharray="2 3"/>'
            )


def _central(paper: _Paper) -> Iterable[str]:
    """Of a tornado, the line of the estimate itself, named above."""
    if paper.picture.central is None:
        return
    x = placed(paper.x(paper.picture.central))
    yield from _upright(paper, x, f'stroke="{TEXT}" stroke-width="1.5" stroke-dasharray="5 3"')
    yield f'<text x="{x}" y="{_TOP - 9}" text-anchor="middle">Net</text>'
