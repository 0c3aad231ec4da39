"""Exampleshire, the invented council: its systems' extracts, at any size, dirt included.

Nobody in them is real. Each month's file depends on the seed, the staff, the scale and the month,
and on nothing else: not on the machine, the day, or how many months are written.
"""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from scorecard.period import LONDON, Month, months_between
from scorecard.sample import (
    desks,
    ledger,
    printing,
    savings,
    sign_ins,
    survey,
    ticket_files,
    workforce,
)
from scorecard.sample.dirt import Planted

Made = tuple[bytes, int, Planted]  # a file, its rows, the dirt in it
Progress = Callable[[int, int, str], None]  # files written, files in all, the last one's name


@dataclass(frozen=True)
class File:
    """One extract as written: how many rows it has, and how many of them are dirty, by kind."""

    path: Path
    source: str
    month: str
    rows: int
    planted: Planted


@dataclass(frozen=True)
class Summary:
    """All that was written."""

    folder: Path
    files: tuple[File, ...] = field(default=())

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)


@dataclass(frozen=True)
class _Extract:
    """One extract to be written: where to, when it arrives, and how it is made."""

    name: str  # source/file
    month: Month
    arrives: int  # days after the end of the month
    make: Callable[[], Made]


def write(
    folder: Path,
    months: int = 27,
    staff: int = 3000,
    seed: int = 1,
    scale: int = 1,
    start: str = "2023-04",
    only: Collection[str] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Exampleshire's extracts of so many months, written to a folder for each source.

    `scale` multiplies the people, and with them tickets, print jobs, sign-ins and bookings, and
    the lines of the ledger. `only` names the sources to write; without it, all are written.
    """
    first = Month.parse(start)
    calendar = months_between(first, first.shifted(months - 1))
    extracts = [
        extract
        for month in calendar
        for extract in _extracts(seed, staff * scale, scale, month, month == first)
        if only is None or extract.name.split("/")[0] in only
    ]
    files = []
    for number, extract in enumerate(extracts, 1):
        files.append(_written(folder, extract))
        if progress:
            progress(number, len(extracts), extract.name)
    return Summary(folder, tuple(files))


def _written(folder: Path, extract: _Extract) -> File:
    """An extract on disk, with the time of its arrival as the file's own."""
    content, rows, planted = extract.make()
    path = folder / extract.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    day = extract.month.shifted(1).first_day + timedelta(days=extract.arrives)
    arrival = datetime.combine(day, time(6), LONDON).timestamp()
    os.utime(path, (arrival, arrival))
    return File(path, extract.name.split("/")[0], str(extract.month), rows, planted)


def _extracts(seed: int, heads: int, scale: int, month: Month, first: bool) -> Iterator[_Extract]:
    """The extracts of a month, in the order of their making."""
    yield from _tickets(seed, heads, month)
    yield from _budget(seed, scale, month)

    def one(name: str, arrives: int, make: Callable[[], Made]) -> _Extract:
        return _Extract(name, month, arrives, make)

    about = (seed, heads, month)
    log = f"printing/papercut-print-log-{month}.csv"
    yield one(log, 1, lambda: printing.jobs(*about))
    entra = f"remote_working/InteractiveSignIns_{month}.csv"
    yield one(entra, 2, lambda: sign_ins.sign_ins(*about))
    yield one(f"remote_working/desk_bookings_{month}.csv", 2, lambda: desks.bookings(*about))
    patterns = f"workforce/work_patterns_{month}.csv"
    yield one(patterns, 3, lambda: workforce.work_patterns(*about))
    yield one(f"workforce/workforce_{month}.csv", 3, lambda: workforce.totals(*about))
    for wave, wave_month in survey.WAVES.items():
        if wave_month == month or (first and wave_month < month):
            name = f"workforce/travel_survey_{wave}.csv"
            yield _Extract(name, wave_month, 20, lambda w=wave: survey.answers(seed, heads, w))


def _tickets(seed: int, heads: int, month: Month) -> Iterator[_Extract]:
    """The desk's two exports; one month's incidents come twice."""
    about = (seed, heads, month)
    name = f"tickets/incident_{month}"
    yield _Extract(f"{name}.csv", month, 1, lambda: ticket_files.incidents(*about))
    if month == ticket_files.CORRECTED:
        again = f"{name}_resent.csv"
        yield _Extract(again, month, 11, lambda: ticket_files.incidents_again(*about))
    requests = f"tickets/sc_req_item_{month}.csv"
    yield _Extract(requests, month, 1, lambda: ticket_files.requests(*about))


def _budget(seed: int, scale: int, month: Month) -> Iterator[_Extract]:
    """The ledger and the savings register; one month's ledger comes twice."""
    year, period = month.quarter.financial_year, ledger.PERIODS[(month.number - 4) % 12]
    about, again = (seed, scale, month), month == ledger.CORRECTED
    book = f"budget/ledger_{year}_{period}"
    yield _Extract(f"{book}.xlsx", month, 6, lambda: ledger.extract(*about, corrected=not again))
    if again:
        yield _Extract(f"{book}_corrected.xlsx", month, 17, lambda: ledger.extract(*about))
    yield _Extract(
        f"budget/savings_{year}_{period}.csv", month, 6, lambda: savings.register(seed, month)
    )
