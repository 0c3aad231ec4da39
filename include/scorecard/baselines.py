"""With which year or years a period is compared: the council's baselines, and the one in force."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from scorecard import permitted as may
from scorecard.period import FinancialQuarter, Month, Period


@dataclass(frozen=True)
class Baseline:
    """The financial year with which quarters are compared, from a quarter on, and who decided."""

    starts: may.Quarter = field(metadata={"key": "from"})
    year: may.FinancialYear
    decision: str
    reason: str
    decided_on: date | None = None  # when it was decided; empty: known at any time
    override: str | None = None  # why a year of the pandemic may be a baseline, if it is one
    # The share at home of the 2011 Census for quarters of which no home day is known, and why.
    census_home_share: Decimal | None = None
    census_home_reason: str | None = None
    # Years of which the baseline is the average together with `year`, whose factors it has.
    other_years: tuple[may.FinancialYear, ...] = ()

    @property
    def years(self) -> tuple[str, ...]:
        """Every year of the baseline, the one that names its factors first."""
        return self.year, *self.other_years

    @property
    def in_words(self) -> str:
        """The year, or the years of which it is the average."""
        *others, last = sorted(self.years)
        return f"the average of {', '.join(others)} and {last}" if others else last


def decided_for(quarter: FinancialQuarter, baselines: Sequence[Baseline]) -> Baseline | None:
    """The baseline in force for a quarter; None before the first decision."""
    begun = [each for each in baselines if FinancialQuarter.parse(each.starts) <= quarter]
    return max(
        begun,
        key=lambda b: (FinancialQuarter.parse(b.starts), b.decided_on or date.min),
        default=None,
    )


def same_quarters(
    quarter: FinancialQuarter, baselines: Sequence[Baseline]
) -> tuple[FinancialQuarter, ...]:
    """The same quarter of each baseline year in force; none before the first decision."""
    decided = decided_for(quarter, baselines)
    years = decided.years if decided else ()
    return tuple(FinancialQuarter(int(year[:4]), quarter.number) for year in years)


def baselines_of(period: Period, baselines: Sequence[Baseline]) -> tuple[Period, ...]:
    """The same period of each baseline year in force; none before the first decision."""
    of_quarter = (
        Month.parse(period.key).quarter
        if period.kind == "month"
        else FinancialQuarter.parse(period.key[:10])
    )
    decided = decided_for(of_quarter, baselines)
    if decided is None or period.kind == "rolling_12":
        return ()
    return tuple(_in_year(int(year[:4]), period, of_quarter) for year in decided.years)


def _in_year(year: int, period: Period, of_quarter: FinancialQuarter) -> Period:
    """The same month, quarter or year to date of another year."""
    if period.kind == "month":
        return Month.parse(period.key).shifted(12 * (year - of_quarter.year)).period
    quarter = FinancialQuarter(year, of_quarter.number)
    return quarter.year_to_date if period.kind == "year_to_date" else quarter.period
