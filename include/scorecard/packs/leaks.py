"""Nothing in a pack tells its readers of a KPI that they may not see: no words, and no numbers."""

from collections.abc import Collection, Iterator

from scorecard.kpis import KpiDefinition
from scorecard.packs.content import PackContent
from scorecard.packs.measures import measures_of
from scorecard.packs.naming import named
from scorecard.packs.records import Figures, PackRecords
from scorecard.packs.recoverable import Shown, told_by
from scorecard.packs.texts import texts_in
from scorecard.visibility import may_see

_QUOTED = 160  # so many letters of a text are enough to find it by


class Leak(ValueError):
    """A pack that would tell its readers of what they may not see: where, what, what to do."""


def check_no_leak(content: PackContent, records: PackRecords) -> None:
    """Stop a pack that names a KPI which its readers may not see, or from which its number follows.

    Words made of figures cannot name one; a reason, a comment or a decision, by people, can.
    """
    whole = records.whole or records
    secret = [d for d in whole.definitions if not may_see(content.visibility, d.visibility)]
    if secret:
        check_words(content, secret, records.definitions)
        check_numbers(content, secret, whole.figures, Shown(tuple(measures_of(content))))


def check_words(
    content: PackContent, secret: Collection[KpiDefinition], shown: Collection[KpiDefinition]
) -> None:
    """Stop a pack in which words of people name a hidden KPI; a definition's own tell no figure."""
    texts = set(texts_in(content)).difference(own_words(content, shown))
    found = ((named(text, secret, shown), text) for text in texts)
    name, text = min(((name, text) for name, text in found if name), default=("", ""))
    if name:
        raise Leak(
            f"{content.pack_id}: its words name '{name}', which readers of a {content.visibility} "
            f"pack may not see, in: '{_quoted(text)}'. Find these words in the quarter's "
            "reasons, commentary and findings and in the council's targets, owners and events, "
            "and say it otherwise."
        )


def own_words(content: PackContent, shown: Collection[KpiDefinition]) -> Iterator[str]:
    """The texts that are the same whatever is measured: headings, notes, glossary, definitions."""
    for sheet in content.sheets:
        yield from sheet.columns
    for term, meaning in content.glossary:
        yield from (term, meaning, f"{term}: {meaning}")
    yield from content.notes
    for definition in shown:
        yield from (definition.definition, *(version.why for version in definition.versions))


def _quoted(text: str) -> str:
    """A text that is long enough to be found."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()} ..."


def check_numbers(
    content: PackContent, secret: Collection[KpiDefinition], figures: Figures, shown: Shown
) -> None:
    """Stop a pack from whose numbers that of a hidden KPI follows."""
    for definition in secret:
        told = told_by(definition, figures, shown)
        if told:
            raise Leak(
                f"{content.pack_id}: '{definition.id}' is {definition.visibility}, and its number "
                f"follows from what this {content.visibility} pack shows: {'; '.join(told)}. Give "
                f"those KPIs its visibility and leave those sheets out (routes.yaml), or make "
                f"'{definition.id}' {content.visibility}."
            )
