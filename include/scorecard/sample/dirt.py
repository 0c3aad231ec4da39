"""Dirt as real systems leave it: planted by number, so that a test can count it again.

Each function changes a sheet and says in `planted` how many rows of which kind it spoiled.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.period import Month
from scorecard.sample import lines, story

Planted = dict[str, int]

UNKNOWN_DIRECTORATE = "Transformation Unit"
NO_SUCH_DAY = "31/02/2025"


def some(rng: np.random.Generator, rows: int, share: float) -> Any:
    """A few rows: about that share, at least one, in ascending order."""
    count = min(rows, max(1, round(rows * share)))
    return np.sort(rng.choice(rows, count, replace=False))


def late(rng: np.random.Generator, rows: int, share: float, month: Month) -> Any:
    """A few rows of the month before; none where the systems had not begun."""
    return some(rng, rows, share) if month > story.EPOCH else np.arange(0)


def apart(rng: np.random.Generator, rows: Any, *shares: float) -> list[Any]:
    """Rows for each kind of dirt, no row for two kinds: its share of all, at least one row."""
    counts = [max(1, round(len(rows) * share)) for share in shares]
    ends = np.cumsum(counts)
    return [np.sort(some) for some in np.split(rng.permutation(rows)[: ends[-1]], ends[:-1])]


def spoil(sheet: lines.Sheet, head: str, rows: Any, text: str, planted: Planted, kind: str) -> None:
    """Put one text into a column at these rows."""
    mask = lines.mask(lines.height(sheet), rows)
    sheet[head] = pc.if_else(pa.array(mask), text, sheet[head])
    planted[kind] = int(mask.sum())


def duplicate(sheet: lines.Sheet, twice: Any, planted: Planted) -> lines.Sheet:
    """Write these rows twice, the second one straight after the first."""
    planted["duplicated_row"] = len(twice)
    rows = np.arange(lines.height(sheet))
    return lines.taken(sheet, np.sort(np.concatenate([rows, twice])))


def stray_line_ends(rng: np.random.Generator, rows: int, share: float, planted: Planted) -> Any:
    """Windows line ends, with a few of Unix among them."""
    stray = np.zeros(rows, np.int8)
    stray[some(rng, rows, share)] = 1
    planted["stray_line_end"] = int(stray.sum())
    return lines.pick(("\r\n", "\n"), stray)
