"""Desk bookings of those who can work elsewhere: separated by semicolons, as the system exports."""

from typing import Any

import numpy as np
import pyarrow as pa

from scorecard.period import Month
from scorecard.sample import clock, days, dirt, lines, people
from scorecard.sample.seeds import generator

_BUILDINGS = ("Civic Centre", "Riverside House", "Market Street Hub")
_STATUSES = ("checked in", "auto-cancelled (no-show)", "cancelled", "booked")
_CHECKED_IN, _NO_SHOW, _CANCELLED, _BOOKED = range(4)
_AT_OFFICE = (0.86, 0.02, 0.02, 0.03)  # chance of each status on a day at the office
_ELSEWHERE = (0.0, 0.05, 0.04, 0.0)  # the same on any other day
_LAYOUT = ("%d/%m/%Y ", "%H:%M")


def bookings(seed: int, heads: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's desk bookings: the file, its rows, the dirt in it."""
    rng = generator(seed, "desks", month)
    before, late_rng = month.shifted(-1), generator(seed, "desks late", month)
    late = _sheet(late_rng, seed, heads, before, "L", last_days=1)
    late = lines.taken(late, dirt.late(late_rng, len(late["Status"]), 0.04, month))
    count = len(late["Status"])
    sheet = lines.stacked([late, _sheet(rng, seed, heads, month, "B")])
    rows = len(sheet["Status"])
    planted = {"late_row": count}
    own = np.arange(count, rows)
    bad, negative, stranger, twice = dirt.apart(rng, own, 0.0005, 0.0005, 0.0005, 0.002)
    dirt.spoil(sheet, "Start", bad, f"{dirt.NO_SUCH_DAY} 09:00", planted, "bad_date")
    dirt.spoil(sheet, "End", negative, "02/01/2019 17:00", planted, "negative_duration")
    dirt.spoil(sheet, "Booked by", stranger, "visitor.desk", planted, "unknown_person")
    sheet = dirt.duplicate(sheet, twice, planted)
    return lines.to_bytes(sheet, delimiter=";"), len(sheet["Status"]), planted


def _booked(rng: np.random.Generator, place: Any, capable: Any) -> tuple[Any, Any, Any]:
    """Who books a desk, for which day, and what becomes of the booking."""
    chance = rng.random(place.shape)
    at_office = np.searchsorted(np.cumsum(_AT_OFFICE), chance, side="right")
    elsewhere = np.searchsorted(np.cumsum(_ELSEWHERE), chance, side="right")
    status = np.where(place == days.OFFICE, at_office, elsewhere)
    who, day = np.nonzero((status < len(_STATUSES)) & capable[:, None])
    order = np.argsort(day, kind="stable")
    who, day = who[order], day[order]
    return who, day, status[who, day]


def _sheet(
    rng: np.random.Generator, seed: int, heads: int, month: Month, series: str, last_days: int = 31
) -> lines.Sheet:
    """The bookings for a month, or for its last days."""
    staff, where = people.in_post(seed, heads, month), days.of(seed, heads, month)
    who, day, status = _booked(rng, where.place[:, -last_days:], staff.remote_capable)
    total, post = len(who), staff.post[who]
    start = where.dates[-last_days:][day].astype("datetime64[s]")
    start = start + rng.choice((8, 9, 9, 13), total) * 3600
    checked_in = start + rng.integers(-20, 40, total) * 60
    arrived = np.where(status == _CHECKED_IN, checked_in, clock.NEVER)
    booked = start - rng.integers(1, 14 * 24 * 60, total) * 60
    desks = [f"{floor}-{desk:02d}" for floor in range(1, 6) for desk in range(1, 41)]
    return {
        "Booking ID": lines.joined(
            f"{series}{str(month).replace('-', '')}-", lines.numbers(np.arange(total) + 1)
        ),
        "Status": lines.pick(_STATUSES, status),
        "Booked by": staff.login.take(pa.array(who)),
        "Building": lines.pick(_BUILDINGS, post % 3),
        "Desk": lines.pick(desks, rng.integers(0, len(desks), total)),
        "Start": lines.moments_as(start, *_LAYOUT),
        "End": lines.moments_as(start + rng.choice((4, 8, 8, 8), total) * 3600, *_LAYOUT),
        "Checked in at": lines.moments_as(arrived, *_LAYOUT),
        "Created at": lines.moments_as(booked, *_LAYOUT),
    }
