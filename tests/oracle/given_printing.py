"""Random print jobs, with every edge that the definitions speak of."""

import numpy as np

from oracle.calendar import moment
from oracle.given_tickets import EDGES
from oracle.rows import NONE, Rows
from oracle.tally import CODES

FIRST, LAST = moment("2023-03-31T12:00:00"), moment("2025-07-02")


def print_jobs(rng, size, people):
    """So many jobs as accepted rows, of `people` persons and some whom no list knows."""
    pages = rng.choice([1, 1, 2, 3, 4, 7, 20, 251], size)
    copies = rng.choice([0, 1, 2, 3, 30], size, p=[0.02, 0.78, 0.1, 0.08, 0.02])
    anywhen = rng.integers(FIRST, LAST, size)
    duplex = _flag(rng, size, 0.6, 0.05)
    of_day = rng.random(size) < 0.05
    counted = np.minimum(pages, rng.choice([0, 2, 3, 251], size))
    columns = {
        "grain": of_day.astype(np.int64),
        "job_at": np.where(rng.random(size) < 0.2, rng.choice(EDGES, size), anywhen),
        "user_pseud": np.where(
            rng.random(size) < 0.02, NONE, rng.integers(0, people * 21 // 20, size)
        ),
        "device": rng.integers(0, 60, size),
        "pages": _or_none(rng, pages, 0.01),
        "copies": _or_none(rng, copies, 0.01),
        "colour_pages": _or_none(rng, np.minimum(pages, rng.choice([0, 0, 1, 251], size)), 0.05),
        "duplex": np.where(of_day, NONE, duplex),
        "duplex_pages": np.where(of_day | (rng.random(size) < 0.02), counted, NONE),
        "printed": _flag(rng, size, 0.97, 0.02),
        "refunded": _flag(rng, size, 0.02, 0.5),
        "cancelled": _flag(rng, size, 0.02, 0.5),
        "paper_size": _or_none(rng, rng.choice(4, size, p=[0.1, 0.8, 0.05, 0.05]), 0.05),
        "sheets": np.where(rng.random(size) < 0.2, rng.integers(0, 300, size), NONE),
        "directorate": np.where(rng.random(size) < 0.1, rng.integers(0, len(CODES), size), NONE),
    }
    return Rows("print_jobs", columns, {
        "grain": ("job", "user_day"),
        "paper_size": ("A3", "A4", "A5", "other"),
        "directorate": CODES,
    })  # fmt: skip


def _flag(rng, size, true, none):
    return _or_none(rng, (rng.random(size) < true).astype(np.int64), none)


def _or_none(rng, values, share):
    return np.where(rng.random(len(values)) < share, NONE, values)
