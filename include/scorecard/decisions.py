"""What the council's files hold: a dataclass per file or row."""

from dataclasses import dataclass, field, fields
from datetime import date, time
from decimal import Decimal
from typing import Literal

from scorecard import permitted as may
from scorecard.baselines import Baseline
from scorecard.tolerances import Gate, Sense

EVERY = "*"  # every directorate, and the council, that has no row of its own
_MINUTES = "hours none has no minutes, the others have both. Correct the row."
FINANCIAL_YEAR = "financial_year"  # what a target may be relative to, beside kinds of money
# What a target may differ in from another and give every value the same colour.
_ABOUT_A_TARGET = {
    "directorate", "effective_from", "effective_to", "decision", "reason", "decided_on",
}  # fmt: skip


@dataclass(frozen=True)
class WorkingHours:
    """The hours that a working day has, in London, from a day on."""

    starts: date = field(metadata={"key": "from"})
    weekdays: may.Weekdays  # Monday is 1
    opens: time
    closes: may.ClosingTime
    decided_on: date | None = None  # when it was decided; empty: known at any time

    @property
    def problem(self) -> str:
        """Why nobody could work in them, and what to do; empty if somebody can."""
        words = f"closes at {self.closes} and opens at {self.opens:%H:%M}. Open before you close."
        return "" if f"{self.opens:%H:%M}" < self.closes else words


@dataclass(frozen=True)
class SlaTime:
    """In how many minutes tickets of a type and priority are answered and resolved."""

    starts: date = field(metadata={"key": "from"})
    type: may.TicketType
    priority: may.Priority
    hours: Literal["working", "all", "none"]  # none: they are judged by no time
    respond_minutes: may.FromOne | None = None
    resolve_minutes: may.FromOne | None = None
    decided_on: date | None = None  # when it was decided; empty: known at any time

    @property
    def problem(self) -> str:
        """Why no ticket can be judged so, and what to do; empty if it can."""
        given = {minutes is not None for minutes in (self.respond_minutes, self.resolve_minutes)}
        return "" if given == {self.hours != "none"} else _MINUTES


@dataclass(frozen=True)
class Suppression:
    """Counts of people from 1 to `count` are withheld; a group under `group` gets no breakdown."""

    count: may.FromOne
    group: may.FromOne


@dataclass(frozen=True)
class Publication:
    """Working days after a quarter on which feeds freeze and its pack is drafted; time of day."""

    drafted_working_day: may.WorkingDay
    freeze_working_day: may.WorkingDay
    published_at: time


@dataclass(frozen=True)
class StrategyMoney:
    """Money that a strategy promised or was given. Kinds are never added to one another."""

    strategy: str
    kind: str  # saving, funding_envelope, cost_gross, cost_new_money
    amount_gbp: may.FromNought
    first_year: may.FinancialYear
    last_year: may.FinancialYear
    funding_source: str
    project_code: str | None = None
    each_year: bool = False
    profile: dict[str, Decimal] = field(default_factory=dict)  # financial year to pounds


@dataclass(frozen=True)
class PrintChoices:
    """What the council calls an under-used printer."""

    device_underused_pages: may.FromOne  # one below so many pages a month is


@dataclass(frozen=True)
class CarbonChoices:
    """Whether the pack has a carbon section, and the choices of the carbon method."""

    section: Literal["on", "off", "reported_elsewhere"]
    factor_year: Literal["calendar", "fy_majority"]
    heating_basis: Literal["annual_average", "seasonal"]
    hours_per_day: may.HoursOfADay
    grammage_gsm: may.AboveNought
    link: str | None = None
    well_to_tank: bool = False  # beside the net, and never in it

    @property
    def in_words(self) -> str:
        """What stands where the section would, if the council switched it off."""
        if self.section == "reported_elsewhere":
            return f"The council reports its carbon elsewhere: {self.link}"
        return "The council has switched the carbon section off."


@dataclass(frozen=True)
class ProcessControl:
    """How process limits are set: from how many first points, and with or without a screen."""

    baseline_points: int = 12
    screen_moving_ranges: bool = False


@dataclass(frozen=True)
class Settled:
    """What council.yaml holds."""

    name: str
    contact: str
    portfolio: str
    responsible_officer: str
    working_calendar: may.Some[WorkingHours]
    sla: may.Some[SlaTime]
    suppression: Suppression
    small_denominator: may.FromOne
    publication: Publication
    baselines: tuple[Baseline, ...]
    strategy_finance: tuple[StrategyMoney, ...]
    carbon: CarbonChoices
    printing: PrintChoices
    gate: Gate = field(default_factory=Gate)
    sense: Sense = field(default_factory=Sense)
    spc: ProcessControl = ProcessControl()


@dataclass(frozen=True)
class Directorate:
    """A directorate, the days for which it exists and the names that systems use for it."""

    code: may.DirectorateCode
    name: str
    effective_from: date
    effective_to: date | None = None
    names: tuple[str, ...] = ()
    decided_on: date | None = None  # when it was decided; empty: known at any time
    succeeded_by: tuple[str, ...] = ()  # codes of those that took its work over, the day after

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
    decided_on: date | None = None  # when it was decided; empty: known at any time


@dataclass(frozen=True)
class Event:
    """Something that happened on a day, and is drawn on a KPI's charts or on those of a theme."""

    day: date
    kind: str  # event or baseline_reset
    theme: str  # a theme of the KPIs, or * for all of them
    kpi: str  # a KPI of the theme, or * for all of them
    title: str
    reason: str
    decided_on: date | None = None  # when it was decided; empty: known from its day on

    def concerns(self, theme: str, kpi: str) -> bool:
        """Whether it is drawn on the charts of a KPI of a theme."""
        return self.theme in ("*", theme) and self.kpi in ("*", kpi)


@dataclass(frozen=True)
class Desks:
    """How many desks a building has, from and until a day."""

    site: str  # as the booking system names it
    desks: int
    effective_from: date
    effective_to: date | None = None

    @property
    def last_day(self) -> date:
        """The last day on which there are so many; the end of time while none is set."""
        return self.effective_to or date.max


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
    relative_to: str | None = None  # kind of strategy money, or financial_year: added to elapsed
    decision: str
    reason: str
    decided_on: date | None = None  # when it was decided; empty: known at any time

    @property
    def rule(self) -> str:
        """The method that decides the colour: the base method where the method names one."""
        return self.base_method or self.method

    def rates_like(self, other: "Target") -> bool:
        """Whether it gives every value the colour that another target gives it."""
        names = {each.name for each in fields(self)} - _ABOUT_A_TARGET
        return all(getattr(self, name) == getattr(other, name) for name in names)
