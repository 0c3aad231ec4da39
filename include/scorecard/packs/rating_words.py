"""Why a figure has its colour, in words: the rule that decided, its numbers with their units."""

import re
from decimal import Decimal

from scorecard.kpis import KpiDefinition
from scorecard.packs.method_words import NAMES, limit_said, margin

_METHOD = re.compile(rf"\b(?:{'|'.join(NAMES)}): ")
_NUMBER = r"-?\d+(?:\.\d+)?"
# What the rating says of a band, and how a reader is told: two ends, or one.
_TWO_ENDS = re.compile(rf"\b(inside|outside|end of) ({_NUMBER}) to ({_NUMBER})")
_ONE_END = re.compile(rf"\b(inside|outside|end of) (up to|from) ({_NUMBER})")
_DISTANCE = re.compile(rf"\b(within|more than) ({_NUMBER}) (of|from) the target")
_LIMIT = re.compile(rf"\b(target|floor) of ({_NUMBER})")
_WHERE = {
    "inside": "inside the range",
    "outside": "outside the range",
    "end of": "end of the range",
}
_ENDS = {"up to": "at most", "from": "at least"}


def basis(definition: KpiDefinition, rule: str) -> str:
    """Why a figure has its rating: without the method's own name, with the KPI's unit."""
    text = _METHOD.sub("", rule)

    def limit(number: str) -> str:
        return limit_said(definition, Decimal(number))

    text = _TWO_ENDS.sub(lambda m: f"{_WHERE[m[1]]} {limit(m[2])} to {limit(m[3])}", text)
    text = _ONE_END.sub(lambda m: f"{_WHERE[m[1]]} of {_ENDS[m[2]]} {limit(m[3])}", text)
    text = _DISTANCE.sub(
        lambda m: f"{m[1]} {margin(definition, Decimal(m[2]))} {m[3]} the target", text
    )
    return _LIMIT.sub(lambda m: f"{m[1]} of {limit(m[2])}", text)
