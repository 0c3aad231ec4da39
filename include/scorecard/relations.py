"""The relations that every KPI's SQL may read beside the rows: periods, calendars, SLA times.

A relation is a name, typed columns and rows; `measure` makes a DuckDB table of each, and then
one of every file in `include/sql/reference/` and `include/sql/clean/`, in the order in which
they read each other:

- `periods`, and `baseline_periods`: the same period of each baseline year, where there is one;
  `rolling_periods`: twelve months each, for the KPIs that accumulate so; `baseline_directorates`:
  which directorate now is, under another code, one of the baseline year;
- `directorates`, `desks`, `working_calendar`, `sla_times`, `strategy_finance`, `carbon_settings`,
  `print_settings`, `cost_groups`: what the council decided; `bank_holidays`;
- `received_months`: the months for which anything of a table was accepted;
- `days`, `hours`, `working_time`: made of these by `include/sql/reference/`.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from scorecard.baselines import Baseline, baselines_of
from scorecard.decisions import (
    Desks,
    Directorate,
    Settled,
    SlaTime,
    StrategyMoney,
    WorkingHours,
)
from scorecard.lineage import Lineage
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


def periods_of(
    quarter: FinancialQuarter, received: Iterable[str], baselines: Sequence[Baseline]
) -> list[Period]:
    """What a measurement of a quarter computes: months, quarters, the baseline, longer periods.

    `received` are the months for which anything was accepted, such as 2025-04.
    """
    last = quarter.months[-1]
    known = [month for month in map(Month.parse, received) if month <= last]
    first = max(min(known, default=quarter.months[0]), last.shifted(1 - MONTHS_SHOWN))
    months = months_between(min(first, quarter.months[0]), last)
    quarters = {month.quarter for month in months if month.quarter.months[0] >= months[0]}
    quarters |= _baseline_quarters(quarter, baselines)
    so_far = [quarter.year_to_date, quarter.shifted(-4).year_to_date]
    # Twelve months up to this quarter and those it is compared with, and the last whole years.
    # The quarter that ends a year is compared with each of the year.
    year_end = FinancialQuarter(quarter.year, 4)
    compared = range(5) if quarter == year_end else (0, 1, 4)
    ends = {quarter.shifted(-step) for step in compared}
    ends |= {year_end.shifted(-4), year_end.shifted(-8)}
    rolling = [each.rolling_12 for each in sorted(ends)]
    chosen = [*(month.period for month in months), *(each.period for each in sorted(quarters))]
    return [*chosen, *so_far, *rolling]


def _baseline_quarters(
    quarter: FinancialQuarter, baselines: Sequence[Baseline]
) -> set[FinancialQuarter]:
    """The baseline years of a quarter and of the three before it, which make its rolling year.

    The whole years: where a quarter is missing, the average of its year stands in for it.
    """
    each = (baselines_of(quarter.shifted(-step).period, baselines) for step in range(4))
    years = {FinancialQuarter.parse(base.key).year for bases in each for base in bases}
    whole = (FinancialQuarter(year, number) for year in years for number in (1, 2, 3, 4))
    return {each for each in whole if each <= quarter}


def of_periods(
    periods: Sequence[Period],
    baselines: Sequence[Baseline],
    directorates: Iterable[Directorate] = (),
) -> list[Relation]:
    """The relations `periods`, `rolling_periods`, `baseline_periods` and `baseline_directorates`.

    Twelve months at a time are a relation of their own: only few KPIs pay for them.
    """
    bounds = "period text, kind text, starts_at moment, ends_at moment"
    bases = ", baseline_period text, baseline_starts_at moment, baseline_ends_at moment"
    bases_of = [(period, base) for period in periods for base in baselines_of(period, baselines)]
    compared = [
        (*_bounds(period), base.key, base.starts_at, base.ends_at) for period, base in bases_of
    ]
    return [
        _relation("periods", bounds, (_bounds(p) for p in periods if p.kind != "rolling_12")),
        _relation(
            "rolling_periods", bounds, (_bounds(p) for p in periods if p.kind == "rolling_12")
        ),
        _relation("baseline_periods", bounds + bases, compared),
        _relation(
            "baseline_directorates",
            "period text, baseline_period text, baseline_directorate code, directorate code",
            Lineage(tuple(directorates)).followers(bases_of),
        ),
    ]


def _bounds(period: Period) -> tuple[Any, ...]:
    return period.key, period.kind, period.starts_at, period.ends_at


def of_council(
    settled: Settled, directorates: Iterable[Directorate], desks: Iterable[Desks]
) -> list[Relation]:
    """The relations of what the council decided."""
    return [
        _relation(
            "desks",
            "site text, desks int, effective_from date, effective_to date",
            ((d.site, d.desks, d.effective_from, d.last_day) for d in desks),
        ),
        _relation(
            "directorates",
            "code code, name text, effective_from date, effective_to date",
            ((d.code, d.name, d.effective_from, d.effective_to) for d in directorates),
        ),
        working_calendar(settled.working_calendar),
        sla_times(settled.sla),
        strategy_finance(settled.strategy_finance),
        _relation(
            "carbon_settings",
            "hours_per_day dec, grammage_gsm dec",
            [(settled.carbon.hours_per_day, settled.carbon.grammage_gsm)],
        ),
        _relation(
            "print_settings",
            "device_underused_pages int",
            [(settled.printing.device_underused_pages,)],
        ),
    ]


def working_calendar(hours: Iterable[WorkingHours]) -> Relation:
    """One row per weekday that is worked."""
    return _relation(
        "working_calendar",
        "effective_from date, weekday int, opens_minute int, closes_minute int",
        (
            (row.starts, weekday, _minute(row.opens), _closing(row.closes))
            for row in hours
            for weekday in row.weekdays
        ),
    )


def sla_times(times: Iterable[SlaTime]) -> Relation:
    """One row per type and priority of ticket, and the day from which the times hold."""
    return _relation(
        "sla_times",
        "effective_from date, type code, priority code, hours code, "
        "respond_minutes int, resolve_minutes int",
        (
            (
                *(row.starts, row.type, row.priority, row.hours),
                *(row.respond_minutes, row.resolve_minutes),
            )
            for row in times
        ),
    )


def strategy_finance(money: Iterable[StrategyMoney]) -> Relation:
    """One row per kind of money that a strategy promised or was given."""
    return _relation(
        "strategy_finance",
        "strategy code, kind code, amount_gbp gbp, first_year text, last_year text, "
        "funding_source code, project_code code, each_year flag",
        (
            (
                *(row.strategy, row.kind, row.amount_gbp, row.first_year, row.last_year),
                *(row.funding_source, row.project_code, row.each_year),
            )
            for row in money
        ),
    )


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _closing(text: str) -> int:
    """Minutes after midnight of a closing time; 24:00 is the end of the day."""
    return 24 * 60 if text == "24:00" else _minute(time.fromisoformat(text))


def bank_holidays(path: Path) -> Relation:
    """The bank holidays of England and Wales, from their file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(date.fromisoformat(row["date"]), row["name"]) for row in csv.DictReader(file)]
    return _relation("bank_holidays", "day date, name text", rows)


def received_months(months: Mapping[str, Iterable[str]]) -> Relation:
    """The relation of the months for which anything of a table was accepted."""
    rows = ((table, month) for table, found in months.items() for month in sorted(found))
    return _relation("received_months", "table text, month month", rows)


def in_order(queries: Mapping[str, str]) -> list[str]:
    """The names of queries so that each comes after those whose relations it reads."""
    reads = {
        name: set(_READS.findall(sql)) & queries.keys() - {name} for name, sql in queries.items()
    }
    return list(TopologicalSorter(reads).static_order())
