"""Print jobs as PaperCut's Print Logger writes them: a banner, a header, one line for each job.

People print at the office. A job has no number, its file is in the Windows code page, and every
line ends in a comma too many.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.period import Month
from scorecard.sample import clock, days, dirt, lines, people, story
from scorecard.sample.seeds import generator

BANNER = "PaperCut Print Logger - http://www.papercut.com/"
HEADINGS = (
    "Time,User,Pages,Copies,Printer,Document Name,Client,Paper Size,Language,Height,Width,"
    "Duplex,Grayscale,Size"
)
_PAGES = np.array([1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 28, 40, 64, 110])
_PAGES_SHARE = (
    0.42, 0.19, 0.10, 0.08, 0.04, 0.04, 0.03, 0.03, 0.02, 0.015, 0.013, 0.01, 0.006, 0.004, 0.002
)  # fmt: skip
_DOCUMENTS = (
    "Letter",
    "Microsoft Word - Minutes.docx",
    "Agenda, Cabinet",
    'Report "final", v2',
    "Invoice £1,250.00",
    "https://intranet/form",
    "Care plan – review",
    "Budget monitoring.xlsx",
    "Untitled",
    "Email - RE: Visit",
)
_PAPER = ("A4", "A3", "LETTER", "A5")
_DEVICES_PER_HEAD = 0.03


def jobs(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's print log: the file, its rows, the dirt in it."""
    rng = generator(seed, "printing", month)
    count = round(story.print_jobs_per_head(month) * heads)
    late, before = len(dirt.late(rng, count, 0.0005, month)), month.shifted(-1)
    sheet = lines.stacked(
        [
            _jobs(generator(seed, "printing late", month), seed, heads, before, late, last_days=2),
            _jobs(rng, seed, heads, month, count),
        ]
    )
    rows = late + count
    planted = {"banner": 1, "late_row": late}
    own = np.arange(late, rows)
    strangers, wrong_days, wrong_pages, twice = dirt.apart(rng, own, 0.004, 0.0002, 0.0002, 0.0004)
    dirt.spoil(sheet, "User", strangers, "agency.temp", planted, "unknown_person")
    dirt.spoil(sheet, "Time", wrong_days, f"{dirt.NO_SUCH_DAY} 09:15:00", planted, "bad_date")
    dirt.spoil(sheet, "Pages", wrong_pages, "-1", planted, "negative_pages")
    sheet = dirt.duplicate(sheet, twice, planted)
    text = lines.to_bytes(sheet, heading=f"{BANNER}\r\n{HEADINGS}", encoding="cp1252", tail=",")
    return text, len(sheet["Time"]), planted


def _printers(
    rng: np.random.Generator, seed: int, heads: int, month: Month, count: int, last_days: int
) -> tuple[Any, Any]:
    """For each job, in the order of time: who prints, and when."""
    staff, where = people.in_post(seed, heads, month), days.of(seed, heads, month)
    dates, at_office = where.dates[-last_days:], where.place[:, -last_days:] == days.OFFICE
    chance = np.cumsum(at_office * staff.prints[:, None])
    cell = np.searchsorted(chance, rng.random(count) * chance[-1], side="right")
    who, day = np.divmod(np.minimum(cell, chance.size - 1), len(dates))
    at = dates[day].astype("datetime64[s]") + clock.times_of_day(rng, count)
    order = np.argsort(at, kind="stable")
    return who[order], at[order]


def _jobs(
    rng: np.random.Generator, seed: int, heads: int, month: Month, count: int, last_days: int = 31
) -> lines.Sheet:
    """So many jobs of a month, or of its last days."""
    staff = people.in_post(seed, heads, month)
    who, at = _printers(rng, seed, heads, month, count, last_days)
    pages = rng.choice(_PAGES, count, p=_PAGES_SHARE)
    copies = 1 + (rng.random(count) < 0.07) * rng.integers(1, 12, count)
    devices = max(3, round(heads * _DEVICES_PER_HEAD))
    post = staff.post[who]
    return {
        "Time": lines.moments(at),
        "User": staff.login.take(pa.array(who)),
        "Pages": lines.numbers(pages),
        "Copies": lines.numbers(copies),
        "Printer": lines.pick([f"MFD-{n + 1:03d}" for n in range(devices)], post % devices),
        "Document Name": lines.pick(
            [lines.quoted(name) for name in _DOCUMENTS], rng.integers(0, len(_DOCUMENTS), count)
        ),
        "Client": lines.pick([f"PC{n:05d}" for n in range(heads)], post),
        "Paper Size": lines.pick(_PAPER, rng.choice(4, count, p=(0.945, 0.04, 0.01, 0.005))),
        "Language": lines.pick(("PCL6", "PS"), (rng.random(count) < 0.2).astype(np.int8)),
        "Height": "",
        "Width": "",
        "Duplex": lines.flags(
            (rng.random(count) < story.duplex_share(month)) & (pages > 1), "DUPLEX", "NOT DUPLEX"
        ),
        "Grayscale": lines.flags(
            rng.random(count) >= story.colour_share(month), "GRAYSCALE", "NOT GRAYSCALE"
        ),
        "Size": pc.binary_join_element_wise(
            lines.numbers(pages * 14 + rng.integers(3, 60, count)), "kb", ""
        ),
    }
