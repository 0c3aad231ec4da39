"""The relations that every KPI's SQL may read beside the rows: periods, calendars, SLA times.

A relation is a name, typed columns and rows; `measure` makes a DuckDB table of each, and then
one of every file in `include/sql/reference/` and `include/sql/clean/`, in the order in which
they read each other.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import yaml

from scorecard.period import FinancialQuarter, Month, Period, months_between

# Months before the quarter's end that are measured at most: three years for charts and SPC.
MONTHS_SHOWN = 36

# A name that a query reads from; names of its own CTEs are found too, and do no harm.
_READS = re.compile(r"\b(?:from|join)\s+(\w+)")


@dataclass(frozen=True)
class Relation:
    """One small table: its name, the type of each column (as in `sources`), its rows."""

    name: str
    types: Mapping[str, str]
    rows: Sequence[Sequence[Any]]


def _relation(name: str, types: str, rows: Iterable[Sequence[Any]]) -> Relation:
    """A relation whose columns are written `name type, name type`."""
    pairs = [column.split() for column in types.split(",")]
    return Relation(name, {pair[0]: pair[1] for pair in pairs}, list(rows))


@dataclass(frozen=True)
class Baseline:
    """From which quarter on figures are compared with which year."""

    since: FinancialQuarter
    year: int


def baselines(council: Mapping[str, Any]) -> list[Baseline]:
    """The baseline years that the council decided, oldest decision first."""
    rows = (
        Baseline(FinancialQuarter.parse(row["from"]), int(row["year"][:4]))
        for row in council.get("baselines", ())
    )
    return sorted(rows, key=lambda row: row.since)


def periods_of(
    quarter: FinancialQuarter, received: Iterable[str], decided: Sequence[Baseline]
) -> list[Period]:
    """What a measurement of a quarter computes: months, quarters, years to date, the baseline.

    `received` are the months for which anything was accepted, such as 2025-04.
    """
    last = quarter.months[-1]
    earliest = last.shifted(1 - MONTHS_SHOWN)
    known = [month for month in map(Month.parse, received) if month <= last]
    first = max(min(known, default=quarter.months[0]), earliest)
    months = months_between(min(first, quarter.months[0]), last)
    quarters = {month.quarter for month in months if month.quarter.months[0] >= months[0]}
    quarters |= {
        FinancialQuarter(row.year, quarter.number) for row in decided if row.since <= quarter
    }
    so_far = [quarter.year_to_date, quarter.shifted(-4).year_to_date]
    return [
        *(month.period for month in months),
        *(chosen.period for chosen in sorted(quarters)),
        *so_far,
    ]


def _year_of(period: Period) -> int:
    """The calendar year in which the financial year of a period begins."""
    return Month.containing(period.starts_at).quarter.year


def _in_year(period: Period, year: int) -> Period:
    """The same months of another financial year."""
    if period.kind == "month":
        month = Month.parse(period.key)
        return month.shifted(12 * (year - _year_of(period))).period
    quarter = FinancialQuarter(year, int(period.key[9]))
    return quarter.year_to_date if period.kind == "year_to_date" else quarter.period


def baseline_of(period: Period, decided: Sequence[Baseline]) -> Period | None:
    """The same period of the baseline year in force; none before the baseline year."""
    in_force = [row for row in decided if row.since.starts_at <= period.starts_at]
    if not in_force or period.kind == "rolling_12":
        return None
    return _in_year(period, in_force[-1].year)


def of_periods(periods: Sequence[Period], decided: Sequence[Baseline]) -> list[Relation]:
    """The relations `periods` and `baseline_periods`."""
    pairs = ((period, baseline_of(period, decided)) for period in periods)
    bounds = "period text, kind text, starts_at moment, ends_at moment"
    return [
        _relation("periods", bounds, [_row(period) for period in periods]),
        _relation(
            "baseline_periods",
            bounds + ", baseline_period text, baseline_starts_at moment, baseline_ends_at moment",
            [
                (*_row(period), base.key, base.starts_at, base.ends_at)
                for period, base in pairs
                if base
            ],
        ),
    ]


def _row(period: Period) -> tuple[Any, ...]:
    return period.key, period.kind, period.starts_at, period.ends_at


def of_council(council: Mapping[str, Any]) -> list[Relation]:
    """The relations of council.yaml: working calendar, SLA times, strategy money, carbon."""
    return [
        _relation(
            "working_calendar",
            "effective_from date, weekday int, opens_minute int, closes_minute int",
            [
                (row["from"], weekday, _minute(row["opens"]), _minute(row["closes"]))
                for row in council["working_calendar"]
                for weekday in row["weekdays"]
            ],
        ),
        _relation(
            "sla_times",
            "effective_from date, type code, priority code, hours code, "
            "respond_minutes int, resolve_minutes int",
            [(row["from"], *(row[name] for name in _SLA)) for row in council["sla"]],
        ),
        _relation(
            "strategy_finance",
            "strategy code, kind code, amount_gbp gbp, first_year text, last_year text, "
            "funding_source code, project_code code, each_year flag",
            [_money(row) for row in council.get("strategy_finance", ())],
        ),
        _relation(
            "carbon_settings",
            "hours_per_day dec, grammage_gsm dec",
            [tuple(Decimal(str(council["carbon"][name])) for name in _CARBON)],
        ),
    ]


_SLA = ("type", "priority", "hours", "respond_minutes", "resolve_minutes")
_CARBON = ("hours_per_day", "grammage_gsm")


def _money(row: Mapping[str, Any]) -> tuple[Any, ...]:
    amount = Decimal(str(row["amount_gbp"])).quantize(Decimal("0.01"))
    texts = (row["first_year"], row["last_year"], row["funding_source"], row.get("project_code"))
    return row["strategy"], row["kind"], amount, *texts, bool(row.get("each_year"))


def _minute(clock: str) -> int:
    """Minutes after midnight of a time such as 08:00; 24:00 is the day's end."""
    if clock == "24:00":
        return 24 * 60
    at = time.fromisoformat(clock)
    return at.hour * 60 + at.minute


def of_folders(council: Path, reference: Path) -> list[Relation]:
    """Every relation that comes from the council's decisions and the reference files."""
    decided = yaml.safe_load((council / "council.yaml").read_text(encoding="utf-8"))
    return [
        *of_council(decided),
        _relation(
            "directorates",
            "code code, name text, effective_from date, effective_to date",
            [
                (row["code"], row["name"], _day(row["effective_from"]), _day(row["effective_to"]))
                for row in _rows(council / "directorates.csv")
            ],
        ),
        _relation(
            "bank_holidays",
            "day date, name text",
            [(_day(row["date"]), row["name"]) for row in _rows(reference / "bank_holidays.csv")],
        ),
    ]


def received_months(months: Mapping[str, Iterable[str]]) -> Relation:
    """The relation of the months for which anything of a table was accepted."""
    rows = [(table, month) for table, found in months.items() for month in sorted(found)]
    return _relation("received_months", "table text, month month", rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def in_order(queries: Mapping[str, str]) -> list[str]:
    """The names of queries so that each comes after those whose relations it reads."""
    reads = {
        name: set(_READS.findall(sql)) & queries.keys() - {name} for name, sql in queries.items()
    }
    return list(TopologicalSorter(reads).static_order())
