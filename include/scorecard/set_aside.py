"""Which rows of an extract were set aside, for the steward: row number, rule and why."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from scorecard.objects import MissingObject
from scorecard.stores import Stores

MOST = 500  # rows that a page has room for


@dataclass(frozen=True)
class AsideRow:
    """One row of an extract as received, and the rule that kept it out of every figure."""

    row: int
    rule: str
    why: str


def rows_of(stores: Stores, extract_id: int, most: int = MOST) -> tuple[AsideRow, ...]:
    """The first rows of an extract that were set aside; none if its list is gone."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            path = stores.objects.local(f"aside/{extract_id}.parquet", Path(folder))
        except MissingObject:
            return ()
        batches = pq.ParquetFile(path).iter_batches(batch_size=most, columns=["row", "rule", "why"])
        first = next(batches, None)
    return () if first is None else tuple(AsideRow(**row) for row in first.to_pylist())
