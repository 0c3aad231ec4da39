"""The carbon of twelve directorates: a quarter, its rolling year, and every quarter since 2018.

Every figure has its interval from 100,000 draws. Prints its parts as JSON.
"""

import json
import sys
import time
from decimal import Decimal
from itertools import product

from tests.bench.held import peak

from scorecard import assumptions
from scorecard.carbon.activity import ACTIVITY
from scorecard.carbon.as_figures import carbon_of
from scorecard.carbon.lines import Policy
from scorecard.carbon.series import Measured, Series
from scorecard.lineage import Lineage
from scorecard.period import FinancialQuarter

DIRECTORATES = [f"D{number:02d}" for number in range(1, 13)]
QUARTERS = [FinancialQuarter(2018, 1).shifted(n) for n in range(34)]
SETS = assumptions.factor_sets()
KPIS = (
    *("printing_emissions_avoided", "commuting_emissions_avoided", "net_emissions_avoided"),
    *("home_working_emissions_added", "net_emissions_avoided_per_fte"),
    *("commute_trips_avoided", "commute_distance_avoided"),
)


def measured(quarter: FinancialQuarter) -> Measured:
    """A quarter in which each directorate prints less and is more at home than the one before."""
    years = Decimal(quarter.year - 2018)
    found = {}
    for place, directorate in enumerate(DIRECTORATES, start=1):
        days = Decimal(400 * 56) + 1000 * place
        numbers = {
            "impressions": days * (40 - 3 * years),
            "sheets": days * (32 - 3 * years),
            "home_fte_days": days * (Decimal("0.05") * years + Decimal("0.06")),
            "fte_months": Decimal(1200),
            "months": Decimal(3),
            "contract_hours": days * Decimal("7.4"),
            "due_fte_days": days,
            "evidenced_fte_days": days * (Decimal("0.7") + Decimal("0.02") * place),
        }
        for kpi, names in ACTIVITY.items():
            above, below = (numbers.get(name, days) for name in names)
            found[kpi, directorate] = above, below
    return found


def series(quarters: list[FinancialQuarter]) -> Series:
    """The quarters of a council whose baseline is 2018-19."""
    policy = Policy("calendar", "annual_average", Decimal("7.4"), Decimal(80))
    return Series(
        quarters,
        measured,
        lambda quarter: [FinancialQuarter(2018, quarter.number)],
        (),
        SETS,
        policy,
        Lineage(),
    )


def main() -> None:
    """Reckon, and print what each part took."""
    last = QUARTERS[-1]
    parts = {}
    for name, periods in (
        ("a quarter", [last.period]),
        ("a quarter and its rolling year", [last.period, last.rolling_12]),
        ("34 quarters", [quarter.period for quarter in QUARTERS]),
    ):
        made = series(QUARTERS if name == "34 quarters" else QUARTERS[-4:])
        started = time.perf_counter()
        found = carbon_of(made, periods, KPIS, "Exampleshire Council")
        parts[name] = time.perf_counter() - started
        figures = product(KPIS, [period.key for period in periods], [*DIRECTORATES, "COUNCIL"])
        assert found.intervals.keys() >= set(figures)
    most = peak()
    sys.stdout.write(json.dumps({"parts": parts, "peak_mb": most}) + "\n")


if __name__ == "__main__":
    main()
