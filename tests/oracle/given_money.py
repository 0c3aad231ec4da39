"""Random ledger lines and savings, with every edge that the definitions speak of."""

import numpy as np
import pandas as pd

from oracle.calendar import financial_year, month, month_text
from oracle.rows import NONE, Rows
from oracle.tally import CODES

FIRST, LAST = month("2023-04"), month("2025-06")
NOT_SENT = tuple(map(month, ("2024-08", "2024-12", "2025-06")))  # mid, end and newest of a quarter
TWO_FORECASTS = tuple(map(month, ("2024-05", "2024-11")))
PROJECTS = ("DIG-ENV", "NET-REF", "NET-NEW", "OTHER")
YEARS = tuple(f"{year}-{(year + 1) % 100:02d}" for year in range(2022, 2027))
POUND = 100
LINE = ("fin_year", "period_no", "cost_centre", "subjective", "project_code")


def ledger(rng, size):
    """About so many ledger lines as accepted rows, and the months that they are of."""
    months = np.array([m for m in range(FIRST, LAST + 1) if m not in NOT_SENT])
    lines = max(size // (len(months) + 3), 40)
    of_line = _lines(rng, lines)
    line, when = (grid.ravel() for grid in np.meshgrid(np.arange(lines), months))
    adjusted = rng.random(len(line)) < 0.5
    is_march = when % 12 == 2
    doubled = np.isin(when, TWO_FORECASTS)
    parts = [
        _of_month(rng, line, when, np.zeros(len(line), np.int64)),
        _of_month(rng, line[is_march & adjusted], when[is_march & adjusted], 13),
        _of_month(rng, line[doubled], when[doubled], NONE),
    ]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    chosen = columns.pop("line")
    columns |= {name: values[chosen] for name, values in of_line.items()}
    _print_income(columns)
    keep = rng.random(len(chosen)) > 0.02
    columns = {name: values[keep] for name, values in columns.items()}
    columns["control_total"] = _control_totals(columns)
    labels = {
        "fin_year": YEARS,
        "project_code": PROJECTS,
        "funding_source": ("base_budget", "reserve", "capital"),
        "forecast_version": ("1", "2"),
        "directorate": CODES,
    }
    return Rows("ledger", columns, labels), {month_text(m) for m in months}


def _lines(rng, size):
    """What a line is about, in every month."""
    project = np.where(rng.random(size) < 0.1, rng.integers(0, len(PROJECTS), size), NONE)
    return {
        "cost_centre": np.arange(size) // 6,
        "subjective": np.arange(size) % 6,
        "project_code": project,
        "funding_source": np.where(rng.random(size) < 0.1, NONE, rng.integers(0, 3, size)),
        "capital_flag": _flag(rng, size, 0.1),
        "income_flag": _flag(rng, size, 0.2),
        "directorate": np.where(rng.random(size) < 0.03, NONE, rng.integers(0, len(CODES), size)),
    }


def _of_month(rng, line, when, which):
    """Lines of months: `which` is 13 for the adjustments, empty for a second forecast."""
    size = len(line)
    period = np.where(np.broadcast_to(which, size) == 13, 13, (when - 3) % 12 + 1)
    budget = rng.integers(-500_000 * POUND, 2_000_000 * POUND, size)
    budget = np.where(rng.random(size) < 0.05, 0, budget)
    return {
        "line": line,
        "fin_year": financial_year(when) - 2022,
        "period_no": period,
        "revised_budget": budget,
        "original_budget": budget,
        "profiled_ytd": np.where(rng.random(size) < 0.1, NONE, budget * period // 12),
        "actual_ytd": budget // 3 + rng.integers(-5_000_000, 5_000_000, size),
        "commitments": np.where(rng.random(size) < 0.3, NONE, rng.integers(0, 900_000, size)),
        "forecast_outturn": np.where(
            rng.random(size) < 0.1, NONE, budget + rng.integers(-3_000_000, 3_000_000, size)
        ),
        "forecast_version": np.where(np.broadcast_to(which, size) == NONE, 1, 0),
        "as_at": (when * 3044) // 100 + np.where(np.broadcast_to(which, size) == 0, 35, 40),
    }


def _print_income(columns):
    """Income as negative amounts to March 2025, and as positive ones from then on."""
    income, turns = columns["income_flag"] == 1, columns["fin_year"] == YEARS.index("2025-26")
    for name in ("revised_budget", "profiled_ytd", "actual_ytd", "forecast_outturn"):
        turned = income & (columns[name] != NONE)
        amount = np.where(turns, abs(columns[name]), -abs(columns[name]))
        columns[name] = np.where(turned, amount, columns[name])


def _control_totals(columns):
    """The ledger's own total of each period's newest lines: right, or some pence out."""
    frame = pd.DataFrame({name: columns[name] for name in (*LINE, "as_at", "actual_ytd")})
    newest = frame.sort_values("as_at").drop_duplicates(list(LINE), keep="last")
    totals = newest.groupby(["fin_year", "period_no"])["actual_ytd"].sum()
    asked = pd.MultiIndex.from_arrays([columns["fin_year"], columns["period_no"]])
    out = np.array([0, 1, -250, 0])[columns["period_no"] % 4]
    return totals.reindex(asked).to_numpy() + out


def savings(rng, size):
    """About so many savings as accepted rows, and the months that they are of."""
    months = np.array([m for m in range(FIRST, LAST + 1) if m not in NOT_SENT])
    count = max(size // len(months), 40)
    strategy = np.where(rng.random(count) < 0.3, NONE, rng.choice(3, count, p=[0.6, 0.2, 0.2]))
    directorate = np.where(rng.random(count) < 0.03, NONE, rng.integers(0, len(CODES), count))
    saving, when = (grid.ravel() for grid in np.meshgrid(np.arange(count), months))
    rows = len(saving)
    year = financial_year(when) - 2022
    year = np.where(rng.random(rows) < 0.05, year + 1, year)  # next year's, listed ahead
    target = np.where(rng.random(rows) < 0.05, 0, rng.integers(0, 300_000 * POUND, rows))
    share = np.sort(rng.random((3, rows)), axis=0)
    cuts = (share * target).astype(np.int64)
    columns = {
        "saving_id": saving,
        "strategy": strategy[saving],
        "year": year,
        "as_at_month": when - FIRST,
        "type": saving % 2,
        "recurrent": saving % 3 % 2,
        "target": target,
        "profiled_target_ytd": np.where(rng.random(rows) < 0.05, NONE, target // 2),
        "delivered": cuts[0] - np.where(rng.random(rows) < 0.05, 10_000, 0),
        "on_track": cuts[1] - cuts[0],
        "at_risk": cuts[2] - cuts[1],
        "unachievable": target - cuts[2],
        "forecast": cuts[2],
        "directorate": directorate[saving],
    }
    twice = rng.random(rows) < 0.05  # the same saving, listed by another strategy as well
    again = {name: values[twice] for name, values in columns.items()}
    again["strategy"] = np.where(again["strategy"] == NONE, NONE, 2 - again["strategy"])
    columns = {name: np.concatenate([columns[name], again[name]]) for name in columns}
    labels = {
        "strategy": ("DIGITAL-2023", "NETWORK-2024", "OTHER"),
        "year": YEARS,
        "as_at_month": tuple(month_text(m) for m in range(FIRST, LAST + 1)),
        "type": ("saving", "income"),
        "directorate": CODES,
    }
    return Rows("savings", columns, labels), {month_text(m) for m in months}


def _flag(rng, size, true):
    flags = (rng.random(size) < true).astype(np.int64)
    return np.where(rng.random(size) < 0.05, NONE, flags)
