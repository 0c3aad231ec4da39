"""What the workbook's first sheet says, part by part: what to decide, what moved, the facts."""

from collections.abc import Iterable, Iterator, Sequence

from scorecard.packs.content import Ask, Item, PackContent


def parts(content: PackContent) -> Iterator[tuple[str, Sequence[str]]]:
    """The cover's headings, each with the lines below it."""
    overview = content.overview
    yield from (("Provisional", [text]) for text in content.provisional)
    yield from (("Missing data", [text]) for text in overview.missing_feeds)
    yield "What needs a decision", _asks(overview.decisions) or ["Nothing needs a decision."]
    yield "What got better", _lines(overview.better) or ["No KPI got better."]
    yield "What got worse", _lines(overview.worse) or ["No KPI got worse."]
    yield from ((name, [text]) for name, text in content.facts)


def _asks(asks: Iterable[Ask]) -> list[str]:
    return [f"{said}. {each.asked}" for each in asks for said in _lines(each.items)]


def _lines(items: Iterable[Item]) -> list[str]:
    return [f"{item.title}: {item.text}" for item in items]
