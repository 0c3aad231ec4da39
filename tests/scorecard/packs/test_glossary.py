"""The glossary: whoever reads the pack's tables finds every word of ours in it."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from scorecard import kpis, spc
from scorecard.packs.glossary import GLOSSARY
from scorecard.packs.headings import MEANINGS
from scorecard.packs.words import DIRECTION_WORDS, accumulation_of

CAUSES = (None, SimpleNamespace(way="high"), SimpleNamespace(way="low"))
LIMITS = spc.ProcessLimits(Fraction(5), Fraction(1), 12)
VERDICTS = {
    *(spc.variation(cause, better).removesuffix(" high").removesuffix(" low")
      for cause in CAUSES for better in ("higher", "lower", "band")),
    *(spc.assurance(LIMITS, target, "higher")
      for target in (None, Fraction(3), Fraction(5), Fraction(7))),
}  # fmt: skip
# Words of headings that are not everyday English.
OF_HEADINGS = {
    "accumulation", "activity effect", "assurance", "bound", "capital", "co2e", "commitments",
    "denominator", "direction of travel", "duplex", "evidence coverage", "factor",
    "factor effect", "forecast outturn", "fte", "gross", "kpi", "marker", "mean", "apparent change",
    "net", "numerator", "one-off", "process limit", "profile", "rag", "recurrent", "revenue",
    "set aside", "sla", "variation", "year to date",
}  # fmt: skip


def explains(word):
    return any(term.casefold() in (word, f"{word}s") for term in GLOSSARY)


@pytest.mark.parametrize(
    "words",
    [VERDICTS, {*DIRECTION_WORDS.values()}, {*kpis.ASPECTS}, OF_HEADINGS,
     {accumulation_of(kind) for kind in ("discrete", "year_to_date", "rolling_12", "snapshot")}],
    ids=["verdicts", "directions", "aspects", "headings", "accumulations"],
)  # fmt: skip
def test_every_word_of_ours_in_a_table_is_in_the_glossary(words):
    assert sorted(word for word in words if not explains(word.casefold())) == []


def test_the_words_of_headings_that_are_asked_for_are_in_the_tables():
    headings = " ".join(MEANINGS).casefold()

    assert sorted(word for word in OF_HEADINGS if word not in headings) == []


def test_the_glossary_is_in_the_order_of_the_alphabet_and_each_meaning_is_a_sentence():
    terms = [term.casefold() for term in GLOSSARY]

    assert terms == sorted(terms)
    assert [t for t, said in GLOSSARY.items() if not said.endswith(".") or len(said) > 90] == []


def test_the_workbooks_notes_end_with_the_glossary(content):
    texts = [row[1].text for row in content.sheet("Notes").rows]

    assert texts[-len(GLOSSARY) :] == [f"{t}: {said}" for t, said in GLOSSARY.items()]
    assert content.glossary == tuple(GLOSSARY.items())
