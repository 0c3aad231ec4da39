"""Exampleshire, the invented council: its systems' extracts, at any size, dirt included.

Nobody in them is real. Each month's file depends on the seed, the staff, the scale and the month,
and on nothing else: not on the machine, the day, or how many months are written.
"""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

from scorecard.period import LONDON, Month, months_between
from scorecard.sample import (
    desks,
    ledger_files,
    printing,
    savings,
    sign_ins,
    story,
    survey,
    ticket_files,
    vpn,
    workforce,
)
from scorecard.sample.dirt import Planted

FEWEST_STAFF = 10

Made = tuple[bytes, int, Planted]  # a file, its rows, the dirt in it
Progress = Callable[[int, int, str], None]  # files written, files in all, the last one's name


class ImpossibleSample(ValueError):
    """A council that cannot be invented."""


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

    @property
    def source(self) -> str:
        return self.name.split("/")[0]


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

    `scale` multiplies the people, and with them tickets, print jobs, sign-ins, bookings and VPN
    sessions, and the lines of the ledger. `only` names the sources to write; without it, all are
    written. ImpossibleSample says which number is too small.
    """
    first = Month.parse(start)
    _check(first, months, staff, scale)
    extracts = [
        extract
        for month in months_between(first, first.shifted(months - 1))
        for extract in _extracts(seed, staff * scale, scale, month, month == first)
        if only is None or extract.source in only
    ]
    files = []
    for number, extract in enumerate(extracts, 1):
        files.append(_written(folder, extract))
        if progress:
            progress(number, len(extracts), extract.name)
    return Summary(folder, tuple(files))


def _check(first: Month, months: int, staff: int, scale: int) -> None:
    """ImpossibleSample where a number is too small, or the first month too early."""
    if first < story.EARLIEST:
        raise ImpossibleSample(
            f"--first {first}: Exampleshire has no systems yet. "
            f"Give {story.EARLIEST} or a later month."
        )
    for name, value, least in (
        ("months", months, 1),
        ("staff", staff, FEWEST_STAFF),
        ("scale", scale, 1),
    ):
        if value < least:
            raise ImpossibleSample(f"--{name} {value}: too small. Give {least} or more.")


def _written(folder: Path, extract: _Extract) -> File:
    """An extract on disk, with the time of its arrival as the file's own."""
    content, rows, planted = extract.make()
    path = folder / extract.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    day = extract.month.shifted(1).first_day + timedelta(days=extract.arrives)
    arrival = datetime.combine(day, time(6), LONDON).timestamp()
    os.utime(path, (arrival, arrival))
    return File(path, extract.source, str(extract.month), rows, planted)


def _extracts(seed: int, heads: int, scale: int, month: Month, first: bool) -> Iterator[_Extract]:
    """The extracts that come for a month; the first month brings the surveys before it too."""
    about = (seed, heads, month)
    yield from _tickets(about)
    yield from _budget(seed, scale, month)
    name = f"printing/papercut-print-log-{month}.csv"
    yield _Extract(name, month, 1, partial(printing.jobs, *about))
    name = f"remote_working/InteractiveSignIns_{month}.csv"
    yield _Extract(name, month, 2, partial(sign_ins.sign_ins, *about))
    name = f"remote_working/desk_bookings_{month}.csv"
    yield _Extract(name, month, 2, partial(desks.bookings, *about))
    name = f"remote_working/fortigate_vpn_{month}.log"
    yield _Extract(name, month, 2, partial(vpn.log, *about))
    name = f"workforce/work_patterns_{month}.csv"
    yield _Extract(name, month, 3, partial(workforce.work_patterns, *about))
    yield _Extract(f"workforce/workforce_{month}.csv", month, 3, partial(workforce.totals, *about))
    for wave, surveyed in survey.WAVES.items():
        if surveyed == month or (first and surveyed < month):
            name = f"workforce/travel_survey_{wave}.csv"
            yield _Extract(name, surveyed, 20, partial(survey.answers, seed, heads, wave))


def _tickets(about: tuple[int, int, Month]) -> Iterator[_Extract]:
    """The desk's two exports; one month's incidents come twice."""
    month = about[-1]
    name = f"tickets/incident_{month}.csv"
    yield _Extract(name, month, 1, partial(ticket_files.incidents, *about))
    if month == ticket_files.CORRECTED:
        name = f"tickets/incident_{month}_resent.csv"
        yield _Extract(name, month, 11, partial(ticket_files.incidents_again, *about))
    name = f"tickets/sc_req_item_{month}.csv"
    yield _Extract(name, month, 1, partial(ticket_files.requests, *about))


def _budget(seed: int, scale: int, month: Month) -> Iterator[_Extract]:
    """The ledger and the savings register; one month's ledger comes twice."""
    period = f"{month.quarter.financial_year}_P{ledger_files.period_of(month):02d}"
    about = (seed, scale, month)
    name = f"budget/ledger_{period}.xlsx"
    yield _Extract(name, month, 6, partial(ledger_files.extract, *about))
    if month == ledger_files.CORRECTED:
        name = f"budget/ledger_{period}_corrected.xlsx"
        yield _Extract(name, month, 17, partial(ledger_files.extract_again, *about))
    name = f"budget/savings_{period}.csv"
    yield _Extract(name, month, 6, partial(savings.register, seed, month))
