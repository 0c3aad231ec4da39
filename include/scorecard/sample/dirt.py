"""Dirt as real systems leave it: planted by number, so that a test can count it again.

Each function changes a sheet and says in `planted` how many rows of which kind it spoiled.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.sample import lines

Planted = dict[str, int]

UNKNOWN_DIRECTORATE = "Transformation Unit"
NO_SUCH_DAY = "31/02/2025"


def some(rng: np.random.Generator, rows: int, share: float) -> Any:
    """A few rows: about that share, at least one, in ascending order."""
    count = min(rows, max(1, round(rows * share)))
    return np.sort(rng.choice(rows, count, replace=False))


def spoil(sheet: lines.Sheet, head: str, rows: Any, text: str, planted: Planted, kind: str) -> None:
    """Put one text into a column at these rows."""
    column = sheet[head]
    mask = np.zeros(len(column), bool)
    mask[rows] = True
    sheet[head] = pc.if_else(pa.array(mask), text, column)
    planted[kind] = planted.get(kind, 0) + int(mask.sum())


def duplicate(
    rng: np.random.Generator, sheet: lines.Sheet, rows: int, share: float, planted: Planted
) -> lines.Sheet:
    """Write a few rows twice, the second one straight after the first."""
    twice = some(rng, rows, share)
    planted["duplicated_row"] = len(twice)
    return lines.taken(sheet, np.sort(np.concatenate([np.arange(rows), twice])))


def stray_line_ends(rng: np.random.Generator, rows: int, share: float, planted: Planted) -> Any:
    """Windows line ends, with a few of Unix among them."""
    stray = np.zeros(rows, np.int8)
    stray[some(rng, rows, share)] = 1
    planted["stray_line_end"] = int(stray.sum())
    return lines.pick(("\r\n", "\n"), stray)
