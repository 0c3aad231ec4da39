"""A random staff list: part-timers, leave, people who move, come late or are not on the list."""

import numpy as np

from oracle.calendar import month, month_text
from oracle.rows import NONE, Rows
from oracle.tally import CODES

FIRST, LAST = month("2023-04"), month("2025-06")
MONTHS = np.arange(FIRST, LAST + 1)
PERSONAS = ("fixed", "hybrid", "mobile", "home")
PATTERNS = ("1", "5", "12", "24", "135", "2345", "12345")
WEEKS = ("12345", "1234", "135", "23", "7")  # nobody works on Sundays only: that is not known
LEAVE_DATES = ("01", "02 03 16", "05 06 07 08 09", "13 14", "31")
MILLION = 1_000_000
NO_LIST = "2024-09"


def staff(rng, size):
    """About so many rows of the staff list, one per person and month."""
    people = max(size // len(MONTHS), 30)
    person, when = (grid.ravel() for grid in np.meshgrid(np.arange(people), MONTHS))
    rows = len(person)
    home = rng.integers(0, len(CODES), people)
    moved = (rng.random(people) < 0.1)[person] & (when >= month("2024-10"))
    directorate = np.where(moved, (home[person] + 1) % len(CODES), home[person])
    fte = rng.choice([1_200_000, MILLION, 800_000, 600_000, 333_300, 270_300], people)[person]
    leave = rng.choice([0, 0, 500_000, 1, 3, 10, 31], rows)
    leave = np.where(np.isin(leave, (1, 3, 10, 31)), leave * MILLION, leave)
    columns = {
        "month": when - FIRST,
        "person_pseud": person,
        "persona": person % 4,
        "remote_capable": _or_none(rng, (rng.random(people) < 0.6).astype(np.int64), 0.03)[person],
        "fte": fte,
        "work_weekdays": _or_none(rng, rng.integers(0, len(WEEKS), people), 0.5)[person],
        "leave_on": _or_none(rng, rng.integers(0, len(LEAVE_DATES), rows), 0.7),
        "home_weekdays": _or_none(rng, rng.integers(0, len(PATTERNS), rows), 0.3),
        "leave_days": _or_none(rng, leave, 0.2),
        "directorate": _or_none(rng, directorate, 0.02),
    }
    # A person may be missing from a month's list, and one month has none.
    listed = (rng.random(rows) > 0.05) & (when != month(NO_LIST))
    columns = {name: values[listed] for name, values in columns.items()}
    return Rows("staff", columns, {
        "month": tuple(month_text(m) for m in MONTHS),
        "persona": PERSONAS,
        "work_weekdays": WEEKS,
        "leave_on": LEAVE_DATES,
        "home_weekdays": PATTERNS,
        "directorate": CODES,
    })  # fmt: skip


def workforce(rng):
    """A row per month, directorate and persona; some numbers are not known or zero."""
    grid = np.meshgrid(MONTHS, np.arange(len(CODES)), np.arange(4))
    when, directorate, persona = (each.ravel() for each in grid)
    rows = len(when)
    fte = rng.integers(0, 300 * MILLION, rows)
    fte = np.where((rng.random(rows) < 0.05) | (directorate == 5) & (when == MONTHS[5]), 0, fte)
    contracted = fte * 21
    columns = {
        "month": when - FIRST,
        "persona": persona,
        "directorate": directorate,
        "headcount": fte // MILLION + 1,
        "fte": fte,
        "remote_capable_fte": fte // 2,
        "contracted_fte_days": _or_none(rng, contracted, 0.03),
        "leave_fte_days": contracted // 9,
        "hours_per_day": _or_none(rng, rng.choice([7_400_000, 7_250_000, 7_000_000], rows), 0.1),
    }
    columns["directorate"] = np.where((when == MONTHS[3]) & (directorate == 2), NONE, directorate)
    return Rows("workforce", columns, {
        "month": tuple(month_text(m) for m in MONTHS),
        "persona": PERSONAS,
        "directorate": CODES,
    })  # fmt: skip


def travel_survey(rng, size):
    """So many answers, of three waves."""
    modes = ("car", "car_passenger", "bus", "train", "light_rail", "motorcycle", "cycle", "walk")
    waves = ("2022", "2024", "2025")
    wave = rng.integers(0, 3, size)
    mode = rng.integers(0, len(modes), size)
    columns = {
        "wave": wave,
        "surveyed_month": wave,
        "mode": mode,
        "fuel": np.where(mode == 0, rng.integers(0, 3, size), NONE),
        "one_way_km": _or_none(rng, rng.integers(0, 6000, size) * 10_000, 0.03),
        "days_per_week": _or_none(rng, rng.choice([1, 2, 3, 5], size) * MILLION, 0.1),
        "passengers": np.where(mode == 0, rng.integers(0, 4, size), NONE),
        "weight": _or_none(rng, rng.choice([250_000, 1_000_000, 1_333_300, 2_500_000], size), 0.02),
        "directorate": _or_none(rng, rng.integers(0, len(CODES), size), 0.05),
    }
    return Rows("travel_survey", columns, {
        "wave": waves,
        "surveyed_month": tuple(f"{wave}-04" for wave in waves),
        "mode": modes,
        "fuel": ("petrol", "diesel", "electric"),
        "directorate": CODES,
    })  # fmt: skip


def _or_none(rng, values, share):
    return np.where(rng.random(len(values)) < share, NONE, values)
