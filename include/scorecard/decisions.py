"""What the council's files hold: a dataclass per file or row, and what must be true of rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from itertools import combinations

from scorecard.strict import WrongDefinition

EVERY = "*"  # every directorate, and the council, that has no row of its own

METHODS = (
    "floor_standard",
    "pct_tolerance",
    "abs_tolerance",
    "pct_tolerance_green_inside",
    "dot_conditional",
    "band",
    "forecast",
    "milestone",
    "savings",
    "none",
)
_NEEDS = {
    "floor_standard": ("target", "floor"),
    "pct_tolerance": ("target", "tolerance"),
    "abs_tolerance": ("target", "tolerance"),
    "pct_tolerance_green_inside": ("target", "tolerance"),
    "dot_conditional": ("target", "tolerance"),
    "band": (),
    "forecast": ("base_method",),
    "savings": ("base_method",),
}
_SHARES = ("pct_tolerance", "pct_tolerance_green_inside", "dot_conditional")


@dataclass(frozen=True)
class WorkingHours:
    """The hours that a working day has, in London, from a day on."""

    starts: date = field(metadata={"key": "from"})
    weekdays: tuple[int, ...]  # Monday is 1
    opens: time
    closes: str  # 18:00; 24:00 is the end of the day


@dataclass(frozen=True)
class SlaTime:
    """In how many minutes tickets of a type and priority are answered and resolved."""

    starts: date = field(metadata={"key": "from"})
    type: str
    priority: str
    hours: str  # working or all
    respond_minutes: int
    resolve_minutes: int


@dataclass(frozen=True)
class Suppression:
    """Counts of people from 1 to `count` are withheld; a group under `group` gets no breakdown."""

    count: int
    group: int


@dataclass(frozen=True)
class Publication:
    """Working days after a quarter on which feeds freeze and its pack is drafted; time of day."""

    drafted_working_day: int
    freeze_working_day: int
    published_at: time


@dataclass(frozen=True)
class Baseline:
    """The financial year with which quarters are compared, from a quarter on, and who decided."""

    starts: str = field(metadata={"key": "from"})
    year: str
    decision: str
    reason: str


@dataclass(frozen=True)
class StrategyMoney:
    """Money that a strategy promised or was given. Kinds are never added to one another."""

    strategy: str
    kind: str  # saving, funding_envelope, cost_gross, cost_new_money
    amount_gbp: Decimal
    first_year: str
    last_year: str
    funding_source: str
    project_code: str | None = None
    each_year: bool = False


@dataclass(frozen=True)
class CarbonChoices:
    """Whether the pack has a carbon section, and the choices of the carbon method."""

    section: str  # on, off, reported_elsewhere
    factor_year: str  # calendar, fy_majority
    heating_basis: str  # annual_average, seasonal
    hours_per_day: Decimal
    grammage_gsm: Decimal
    link: str | None = None


@dataclass(frozen=True)
class Settled:
    """What council.yaml holds."""

    name: str
    contact: str
    portfolio: str
    responsible_officer: str
    working_calendar: tuple[WorkingHours, ...]
    sla: tuple[SlaTime, ...]
    suppression: Suppression
    small_denominator: int
    publication: Publication
    baselines: tuple[Baseline, ...]
    strategy_finance: tuple[StrategyMoney, ...]
    carbon: CarbonChoices


@dataclass(frozen=True)
class Directorate:
    """A directorate, the days for which it exists and the names that systems use for it."""

    code: str
    name: str
    effective_from: date
    effective_to: date | None = None
    names: tuple[str, ...] = ()

    @property
    def called(self) -> frozenset[str]:
        """Every text that means the directorate: its code and its names, without capitals."""
        return frozenset(text.casefold() for text in (self.code, self.name, *self.names))

    @property
    def last_day(self) -> date:
        """The last day on which it exists; the end of time while none is set."""
        return self.effective_to or date.max


@dataclass(frozen=True)
class Owner:
    """The roles, never persons, that answer for a KPI from a day on."""

    kpi: str
    effective_from: date
    owner: str
    steward: str
    approver: str


@dataclass(frozen=True)
class Event:
    """Something that happened on a day and is drawn on charts, for one KPI or (`*`) for a theme."""

    day: date
    kind: str  # event or baseline_reset
    kpi: str
    title: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a KPI is to reach from a day on, the rule that rates it, and who decided it."""

    kpi: str
    directorate: str  # a code, COUNCIL, or * for all that have no row of their own
    effective_from: date
    effective_to: date | None = None
    target: Decimal | None = None
    floor: Decimal | None = None
    method: str
    tolerance: Decimal | None = None  # percent of the target, or units, as the method says
    inner_low: Decimal | None = None  # an empty end of a band is open
    inner_high: Decimal | None = None
    outer_low: Decimal | None = None
    outer_high: Decimal | None = None
    base_method: str | None = None  # what forecast and savings rate by
    relative_to: str | None = None  # a kind of strategy money: target and band are added to elapsed
    decision: str
    reason: str

    @property
    def rule(self) -> str:
        """The method that decides the colour: the base method where the method names one."""
        return self.base_method or self.method


def check_targets(targets: Iterable[Target]) -> None:
    """Refuse a target that its method cannot use, and two that hold for the same days."""
    rows = list(targets)
    for number, target in enumerate(rows, start=2):
        problem = _problem(target)
        if problem:
            raise WrongDefinition(f"targets.csv, row {number}: {target.kpi}: {problem}")
    seen = set()
    for number, target in enumerate(rows, start=2):
        begins = (target.kpi, target.directorate, target.effective_from)
        if begins in seen:
            raise WrongDefinition(
                f"targets.csv, row {number}: {target.kpi} has a row for {target.directorate} from "
                f"{target.effective_from} already. Keep one of them."
            )
        seen.add(begins)


def _problem(target: Target) -> str:
    """Why a target cannot be used, and what to do; empty if it can."""
    for method in (target.method, target.rule):
        if method not in METHODS:
            return f"method '{method}' is unknown. Use one of {', '.join(METHODS)}."
        for name in _NEEDS.get(method, ()):
            if getattr(target, name) is None:
                return f"method '{method}' needs '{name}'. Fill it in."
    if target.rule in _SHARES and target.target == 0:
        return f"a share of target 0 says nothing. Use abs_tolerance instead of {target.rule}."
    if target.tolerance is not None and target.tolerance < 0:
        return f"tolerance {target.tolerance} is negative. Write it without a sign."
    if target.rule == "band" and target.inner_low is None and target.inner_high is None:
        return "a band needs inner_low, inner_high or both. Fill one in."
    return ""


def check_directorates(directorates: Iterable[Directorate]) -> None:
    """Refuse a name that two directorates use on the same days: rows could belong to either."""
    for one, other in combinations(directorates, 2):
        shared = one.called & other.called
        apart = one.last_day < other.effective_from or other.last_day < one.effective_from
        if shared and not apart:
            raise WrongDefinition(
                f"directorates.csv: {one.code} and {other.code} are both called "
                f"'{min(shared)}' on the same days. Remove it from one, or end one earlier."
            )
