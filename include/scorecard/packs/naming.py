"""Whether words name a KPI, however they are spelt: what few may see is not named to many."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from scorecard.kpis import KpiDefinition

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def named(
    text: str, definitions: Iterable[KpiDefinition], shown: Iterable[KpiDefinition] = ()
) -> str:
    """The first id, code or title among the definitions that a text names; empty if none is.

    Titles are found as whole words, in whatever letters, spaces and marks; a title within the title
    or id of a KPI that is shown names the one that is shown.
    """
    spelt, words = unicodedata.normalize("NFKC", text).casefold(), _folded(text)
    definitions = tuple(definitions)
    if any(_folded(definition.title) in words for definition in definitions):
        words = _without(words, shown)
    for definition in definitions:
        for name in (definition.id, definition.code):
            folded = name.casefold()
            if folded in spelt and re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", spelt):
                return name
        if _folded(definition.title) in words:
            return definition.title
    return ""


def _without(words: str, shown: Iterable[KpiDefinition]) -> str:
    """Words without the names of KPIs that are shown, the longest name first."""
    names = {_folded(name) for d in shown for name in (d.id, d.title)}
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, " | ")
    return words


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    """The words of a text between spaces, without marks, case and what cannot be seen."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return f" {' '.join(_BETWEEN_WORDS.sub(' ', seen).split())} "
