"""What a council tolerates before it looks again: at its feeds, and at its targets and figures."""

from dataclasses import dataclass, field
from decimal import Decimal

STOP, PROVISIONAL = "stop", "provisional"
KINDS = ("incomplete_feed", "missing_directorate", "control_total", "parts", "jump",
         "ended_directorate", "no_sla_time")  # fmt: skip


@dataclass(frozen=True)
class JumpLimits:
    """How far a month's volume may lie from the median of the months before, as times of it."""

    under: Decimal
    over: Decimal
    base: Decimal  # a median under this is too small to judge by
    gone: Decimal = Decimal(5)  # but from this on, a month that has nothing is judged

    @property
    def problem(self) -> str:
        """Why no month can be judged by them, and what to do; empty if one can."""
        if 0 <= self.under < 1 < self.over:
            return ""
        return (
            f"under {self.under} and over {self.over} do not lie on either side of 1, the usual "
            "month. Write under below 1 and over above 1."
        )


@dataclass(frozen=True)
class JumpTest:
    """Which number of a KPI is the volume of a table's rows, and how far it may move in a month."""

    table: str
    of: str  # numerator or denominator
    what: str  # what it counts, as a message says it: pages printed
    under: Decimal
    over: Decimal
    base: Decimal
    gone: Decimal = Decimal(5)

    @property
    def limits(self) -> JumpLimits:
        return JumpLimits(self.under, self.over, self.base, self.gone)


@dataclass(frozen=True)
class Gate:
    """What becomes of a quarter of which something was found, by kind. All proposed."""

    incomplete_feed: str = PROVISIONAL
    missing_directorate: str = PROVISIONAL
    control_total: str = STOP
    parts: str = STOP
    jump: str = PROVISIONAL
    ended_directorate: str = PROVISIONAL
    no_sla_time: str = PROVISIONAL
    jump_months: int = 12  # the months before with whose median a month is compared
    jump_fewest: int = 6  # of these, the fewest that a median can be made of
    jumps: dict[str, JumpLimits] = field(default_factory=dict)  # instead of a KPI's own


@dataclass(frozen=True)
class Confirmed:
    """A jump that a person looked at and found true: the month of a KPI and a directorate."""

    kpi: str
    directorate: str
    period: str
    decision: str  # which role, when
    reason: str


@dataclass(frozen=True)
class Sense:
    """When a target or a figure is put on the pack's list to review. All proposed."""

    far_above: Decimal = Decimal(5)  # times the target
    far_below: Decimal = Decimal("0.2")
    months: int = 12  # the fewest months for always, never and out of reach
    fewer_cases: Decimal = Decimal("0.5")  # times the cases that there were
    least_cases: Decimal = Decimal(20)  # under so many cases before, a fall says nothing
    unchanged_months: int = 3
    flag_mismatches: Decimal = Decimal(2)  # percent of the tickets that the desk's flag judges
