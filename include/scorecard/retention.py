"""How long the council keeps what, and the moments before which it is to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from scorecard.baselines import Baseline, decided_for
from scorecard.period import FinancialQuarter, Month
from scorecard.permitted import FromOne
from scorecard.strict import Must, record, yaml_of

Rule = Literal["raw_extracts", "accepted_rows", "drafts", "logs"]
_LEAST = 48  # months of rows that a pack looks back on

LongEnough = Annotated[
    int, Must(lambda n: n >= _LEAST, f"a number of months from {_LEAST}, on which packs look back")
]


@dataclass(frozen=True)
class Policy:
    """What retention.yaml holds: months."""

    raw_extracts: FromOne
    accepted_rows: LongEnough
    drafts: FromOne
    logs: FromOne

    def before(self, rule: Rule, now: datetime) -> Month:
        """What is of an earlier month than this is to go: the month in London so long ago."""
        return Month.containing(now).shifted(-getattr(self, rule))


def read(folder: Path) -> Policy:
    """The policy of a council's folder; WrongDefinition names the line that cannot be used."""
    return record(Policy, yaml_of(folder / "retention.yaml"), "retention.yaml")


def baseline_months(baselines: Sequence[Baseline], now: datetime) -> frozenset[str]:
    """The months of the baseline years in force now and a year ago: new packs compare with them."""
    quarter = FinancialQuarter.containing(now)
    decided = [decided_for(each, baselines) for each in (quarter, quarter.shifted(-4))]
    years = {int(year[:4]) for found in decided if found for year in found.years}
    quarters = [FinancialQuarter(year, number) for year in years for number in (1, 2, 3, 4)]
    return frozenset(str(month) for each in quarters for month in each.months)
