"""Rows of a table as columns of whole numbers, and the Arrow table that DuckDB reads.

Moments are seconds since 1970 in UTC, dates are days since 1970, money is pence, decimals are
millionths, flags are 0 and 1, codes are places in a list of labels. Empty is NONE.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.sources import TABLES

NONE = -(2**62)

_DECIMALS = {"gbp": pa.decimal128(18, 2), "dec": pa.decimal128(18, 6)}


@dataclass(frozen=True)
class Rows:
    """The rows of one table; a column that is left out is empty in every row."""

    table: str
    columns: dict[str, np.ndarray]
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __getitem__(self, column):
        return self.columns[column]

    def __len__(self):
        return len(next(iter(self.columns.values())))

    def code(self, column, label):
        """The number that stands for a label in a column."""
        return self.labels[column].index(label)

    def has(self, column, *labels):
        """Where a column has one of these labels."""
        return np.isin(self[column], [self.code(column, label) for label in labels])

    def arrow(self):
        """The rows with all the table's columns, typed as accepted rows are."""
        kinds = {column.name: column.type for column in TABLES[self.table].columns}
        made = {name: self._arrow(name, kind) for name, kind in kinds.items()}
        number = pa.array(np.arange(len(self)))
        nobody = pa.nulls(len(self), pa.string())
        return pa.table({**made, "_row": number, "_extract_id": number, "_sender": nobody})

    def _arrow(self, name, kind):
        values = self.columns.get(name)
        if values is None:
            return pa.nulls(len(self), _plain_type(kind))
        whole = pa.array(values.astype(np.int64), mask=values == NONE)
        if name in self.labels:
            return pc.take(pa.array(self.labels[name]), whole)
        if kind in _DECIMALS:
            return _decimals(whole, _DECIMALS[kind])
        if kind == "date":
            return whole.cast(pa.int32()).cast(pa.date32())
        if kind == "moment":
            return whole.cast(pa.timestamp("s", tz="UTC")).cast(pa.timestamp("us", tz="UTC"))
        return whole.cast(_plain_type(kind))


def _plain_type(kind):
    types = {"int": pa.int64(), "flag": pa.bool_(), "date": pa.date32(), **_DECIMALS}
    return types.get(kind, pa.timestamp("us", tz="UTC") if kind == "moment" else pa.string())


def _decimals(whole, kind):
    """Whole pence or millionths as decimals, without a detour over floating point."""
    low = np.asarray(whole.fill_null(0))
    wide = np.stack([low, low >> 63], axis=1)
    return pa.Array.from_buffers(kind, len(low), [whole.buffers()[0], pa.py_buffer(wide)])
