"""The worked example of the carbon method (section 13), for tests of every part of it."""

from decimal import Decimal

from scorecard import assumptions
from scorecard.carbon.activity import ACTIVITY, Activity
from scorecard.carbon.lines import Policy, Rules
from scorecard.carbon.quarter import estimate as estimated
from scorecard.carbon.series import Series
from scorecard.carbon.travel import census_split
from scorecard.lineage import Lineage
from scorecard.period import FinancialQuarter

SETS = assumptions.factor_sets()
POLICY = Policy("calendar", "annual_average", Decimal("7.4"), Decimal(80))
SUMMER = FinancialQuarter.parse("2025-26-Q2")
BASELINE = FinancialQuarter.parse("2019-20-Q2")
RULES = Rules(SUMMER, BASELINE, SETS, POLICY)


def quarter_of(fte, impressions, duplex, home_share):
    """A quarter of 56 worked days, told as the worked example tells it."""
    days = Decimal(fte) * 56
    return Activity(
        impressions=Decimal(impressions),
        sheets=impressions * (1 - Decimal(duplex) / 2),
        duplex_pages=impressions * Decimal(duplex),
        pages_of_known_sides=Decimal(impressions),
        worked_fte_days=days,
        home_fte_days=days * Decimal(home_share),
        placed_fte_days=days,
        remote_fte_days=days,
        contract_hours=days * Decimal("7.4"),
        contract_days=days,
        fte_months=Decimal(fte) * 3,
        months=Decimal(3),
        evidenced_fte_days=days * Decimal("0.79"),  # grade B: recorded
        due_fte_days=days,
    )


NOW = quarter_of(400, 540_000, "0.7", "0.46")
THEN = quarter_of(380, 912_000, "0.4", "0.06")


def estimate(now=NOW, then=THEN, quarter=SUMMER, policy=POLICY, baseline=BASELINE, split=None):
    """The example's estimate; what is given is another than the example's."""
    rules = Rules(quarter, baseline, SETS, policy)
    return estimated("HR", (now, then or Activity()), split or census_split(), rules)


def grams(kilograms):
    """A number to three places: kilograms to the gram."""
    return round(kilograms, 3)


BASE = 2018
# 2018-19-Q1 to 2026-27-Q2: every factor set.
QUARTERS = [FinancialQuarter(BASE, 1).shifted(n) for n in range(34)]


def measured_as(activity):
    """What the SQL would have measured of an activity, for one directorate."""
    found = {}
    for kpi, names in ACTIVITY.items():
        above, below = (getattr(activity, name) if name else Decimal(1) for name in names)
        found[kpi, "HR"] = above, below
        found[kpi, "COUNCIL"] = above, below
    return found


def series(policy=POLICY, quarters=QUARTERS, now=lambda quarter: NOW, then=lambda quarter: THEN):
    """A council whose baseline is the year 2018-19, so told from `then`, and later from `now`."""

    def measured(quarter):
        activity = (then if quarter.year == BASE else now)(quarter)
        return measured_as(activity) if activity else {}

    return Series(
        quarters,
        measured,
        lambda quarter: [FinancialQuarter(BASE, quarter.number)],
        (),
        SETS,
        policy,
        Lineage(),
    )
