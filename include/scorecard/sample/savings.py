"""The savings register: each saving of the year, as at the end of a month.

Amounts are written as the finance system prints them: `1,234.50`, and `1,234.50-` below zero.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from scorecard.period import Month
from scorecard.sample import directorates, dirt, lines
from scorecard.sample.seeds import generator

# The Digital Strategy's 3.6 million pounds, by year; other savings are the same each year.
_DIGITAL = {2023: 300_000, 2024: 600_000, 2025: 850_000, 2026: 900_000, 2027: 950_000}
_OTHER = 4_200_000
_DIGITAL_SAVINGS, _OTHER_SAVINGS = 6, 14


@lru_cache(maxsize=2)
def _register(seed: int, year: int) -> tuple[Any, Any, Any]:
    """A year's savings: target in pence, directorate, and how well each goes (0 to 1)."""
    rng = generator(seed, "savings", year)
    shares = [rng.random(count) + 0.4 for count in (_DIGITAL_SAVINGS, _OTHER_SAVINGS)]
    totals = (_DIGITAL.get(year, 0), _OTHER)
    parts = [
        np.round(total * 100 * part / part.sum()).astype(np.int64)
        for total, part in zip(totals, shares, strict=True)
    ]
    for total, part in zip(totals, parts, strict=True):
        part[-1] += total * 100 - int(part.sum())
    target = np.concatenate(parts)
    return (
        target,
        rng.choice(6, len(target), p=directorates.SHARE_OF_STAFF),
        rng.random(len(target)),
    )


def register(seed: int, month: Month) -> tuple[bytes, int, dirt.Planted]:
    """A month's savings register: the file, its rows, the dirt in it."""
    year, period = month.quarter.year, (month.number - 4) % 12 + 1
    target, directorate, luck = _register(seed, year)
    total, number = len(target), np.arange(len(target))
    amounts = _amounts(target, luck, period)
    refs = [f"SAV-{year % 100}{one + 1:03d}" for one in range(total)]
    sheet = {
        "Saving ref": pa.array(refs),
        "Strategy": lines.flags(number < _DIGITAL_SAVINGS, "DIGITAL-2023", "OTHER"),
        "Financial year": lines.shared(month.quarter.financial_year, total),
        "As at month": lines.shared(str(month), total),
        "Type": lines.flags(number % 5 == 4, "Income", "Saving"),
        "Recurrent": lines.flags(number % 4 != 3, "Y", "N"),
        "Directorate": lines.pick(directorates.EVERY_NAME, directorate * 3 + number % 3),
        **{head: _money(values) for head, values in amounts.items()},
    }
    planted = {"trailing_minus": int((amounts["Delivered"] < 0).sum())}
    return _soiled(generator(seed, "savings file", month), sheet, planted)


def _amounts(target: Any, luck: Any, period: int) -> dict[str, Any]:
    """What is delivered by a period, and how safe the rest is; the four parts sum to the target."""
    profiled = target * period // 12
    delivered = np.round(profiled * (0.80 + 0.2 * luck)).astype(np.int64)
    delivered[-1] = -(delivered[-1] // 20)  # one saving costs money before it saves any
    rest = target - delivered
    at_risk = np.round(rest * np.where(luck < 0.35, 0.30, 0.04)).astype(np.int64)
    lost = np.round(rest * np.where(luck < 0.15, 0.20, 0.0)).astype(np.int64)
    return {
        "Target": target,
        "Profiled target to date": profiled,
        "Delivered": delivered,
        "Forecast": target - lost - at_risk // 2,
        "On track": rest - at_risk - lost,
        "At risk": at_risk,
        "Unachievable": lost,
    }


def _soiled(
    rng: np.random.Generator, sheet: lines.Sheet, planted: dirt.Planted
) -> tuple[bytes, int, dirt.Planted]:
    """The file with a saving of an unknown directorate added, and a row written twice."""
    extra = lines.taken(sheet, [_DIGITAL_SAVINGS])
    extra["Saving ref"] = pa.array(["SAV-99999"])
    dirt.spoil(extra, "Directorate", [0], dirt.UNKNOWN_DIRECTORATE, planted, "unknown_directorate")
    twice = dirt.some(rng, lines.height(sheet), 0.05)
    sheet = dirt.duplicate(lines.stacked([sheet, extra]), twice, planted)
    return lines.to_bytes(sheet), len(sheet["Target"]), planted


def _money(pence: Any) -> lines.Column:
    """Amounts as the finance system prints them."""
    texts = (
        f"{abs(one) // 100:,}.{abs(one) % 100:02d}{'-' if one < 0 else ''}"
        for one in pence.tolist()
    )
    return pa.array([lines.quoted(text) for text in texts])
