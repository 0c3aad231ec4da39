"""Whether numbers that are shown agree with others, and are too many for that to be chance."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from scorecard.packs.measures import EXACT

Array = Any  # numpy's own types say no more than that it is one
LARGE = 10  # of smaller numbers some agree by chance
TELLING = 6  # so many large numbers that agree do not


def that_are(
    wanted: Array, blur: float, said: Array, rounding: Array, terms: int = 1
) -> Iterator[int]:
    """The rows that agree with what is wanted wherever they are shown, or in most large numbers."""
    is_shown = ~np.isnan(said)
    limit = np.broadcast_to(np.nan_to_num(rounding + blur), said.shape)
    agrees = is_shown & (np.abs(np.where(is_shown, said, 0) - wanted) <= limit)
    large = is_shown & (np.abs(wanted) >= LARGE)
    is_whole = (agrees == is_shown).all(axis=1) & is_shown.any(axis=1)
    is_most = (agrees & large).sum(axis=1) * 2 >= np.maximum(large.sum(axis=1), TELLING * 2)
    for row in np.flatnonzero(is_whole | is_most):
        chosen = agrees[row] if is_whole[row] else agrees[row] & large[row]
        if is_evidence(said[row][chosen], terms, float(limit[row][chosen].max())):
            yield int(row)


def is_evidence(numbers: Array, terms: int, blur: float = EXACT) -> bool:
    """Whether numbers that agree are too many, too long and too different for chance."""
    if not len(numbers):
        return False
    step = 1.0 if blur < 0.5 and (numbers == np.round(numbers)).all() else 2 * blur
    different = np.unique(np.round(np.abs(numbers) / step))
    digits = np.log10(different + 1).sum()
    varies = len(different) >= 3 and float(np.std(numbers)) > blur * 10
    return bool(varies and digits + len(numbers) / 4 >= 4 * terms) or bool(digits >= 6 * terms)
