"""What the workbook's first sheet says, part by part: what to decide, what moved, the facts."""

from collections.abc import Iterable, Iterator, Sequence

from scorecard.packs.content import Item, PackContent

ASKED, BETTER, WORSE = "What needs a decision", "What got better", "What got worse"
FACTS = "About this pack"
HEADINGS = (ASKED, BETTER, WORSE, FACTS)  # the other names are those of what stands below them


def parts(content: PackContent) -> Iterator[tuple[str, Sequence[str]]]:
    """The cover's headings, each with the lines below it."""
    overview = content.overview
    yield from (("Provisional", [text]) for text in content.provisional)
    yield from (("Missing data", [text]) for text in overview.missing_feeds)
    yield ASKED, [] if overview.decisions else ["Nothing needs a decision."]
    yield from ((each.asked, _lines(each.items)) for each in overview.decisions)
    yield BETTER, _lines(overview.better) or ["No KPI got better."]
    yield WORSE, _lines(overview.worse) or ["No KPI got worse."]
    yield FACTS, []
    yield from ((name, [text]) for name, text in content.facts)


def _lines(items: Iterable[Item]) -> list[str]:
    return [f"{item.title}: {item.text}" for item in items]
