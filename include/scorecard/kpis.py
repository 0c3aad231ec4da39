"""What a KPI is: its definition from the YAML beside its SQL; how its value is made and rounded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from itertools import pairwise
from pathlib import Path

from scorecard.period import FinancialQuarter, Period, UnknownPeriod
from scorecard.strict import WrongDefinition, record, yaml_of
from scorecard.tolerances import JumpTest

# Digits kept while dividing: far more than are ever printed, so that rounding happens once.
_EXACT = Context(prec=50)

_SCALE = {"percent": Decimal(100), "pence": Decimal(100)}  # units that count hundredths

# What the value-for-money panel looks at, in its order; they are never one score.
ASPECTS = ("economy", "efficiency", "effectiveness")
VISIBILITIES = ("public", "internal", "restricted")  # a pack of each shows what is before it too

_ALLOWED = {
    "better": ("higher", "lower", "band"),
    "accumulation": ("discrete", "year_to_date", "rolling_12", "snapshot"),
    "direction": ("previous_period", "same_period_last_year", "regression_window"),
    "kind": ("ratio", "count", "sum", "statistic", "carbon"),
    "value_for_money": ("", *ASPECTS),
    "visibility": VISIBILITIES,
}

# Where the size of a group of people comes from: the staff list, or a part of the KPI itself.
STAFF_SIZES = ("staff", "remote_staff")
_ALLOWED_OF_PEOPLE = {
    "size": (*STAFF_SIZES, "numerator", "denominator"),
    "counts": ("", "numerator"),
}


@dataclass(frozen=True)
class KpiVersion:
    """One version of a KPI's definition: since which quarter, and why it changed."""

    version: int
    starts: str = field(metadata={"key": "from"})
    why: str


@dataclass(frozen=True)
class People:
    """How a KPI describes people, so that it can protect them."""

    group: str  # KPIs of one group share what they count, and are withheld together
    size: str  # how many people a figure is about: staff, remote_staff, numerator, denominator
    counts: str = ""  # numerator: it counts people, so 1 to 4 of them are withheld, and all but 4


@dataclass(frozen=True)
class KpiDefinition:
    """Everything that is said about a KPI, once, in the twin of its SQL."""

    id: str
    code: str
    title: str
    definition: str
    theme: str
    tables: tuple[str, ...]
    unit: str  # percent, count, gbp, hours, kg_co2e, ...
    decimals: int
    better: str  # higher, lower, band
    accumulation: str  # discrete, year_to_date, rolling_12, snapshot
    direction: str  # previous_period, same_period_last_year, regression_window
    kind: str  # ratio, count, sum, statistic, carbon
    versions: tuple[KpiVersion, ...]
    parts: tuple[str, ...] = ()  # what a ratio is made of: one unit of both parts, or one of each
    needs: tuple[str, ...] = ()  # table.column that must be mapped, or the figure is awaiting
    quarterly_only: bool = False
    annual: bool = False  # one figure a year: of the twelve months that end with its last quarter
    settles_days: int = 0  # for so many days after a period its cases may still change
    rests_on: str = ""  # a KPI under whose floor this one has low confidence
    forecast: str = ""  # the KPI that forecasts this one's year end: both colours are printed
    against_baseline: bool = False  # it compares a directorate with itself in the baseline year
    jump: JumpTest | None = None  # how far the volume behind it may move in a month
    by_sla_times: bool = False  # a ticket without an SLA time is no case of it
    people: People | None = None  # it describes people: small groups and counts are withheld
    value_for_money: str = ""  # economy, efficiency or effectiveness: where it stands in that panel
    visibility: str = "public"  # public, internal, restricted: a pack of fewer readers shows it

    def version_for(self, period: Period) -> int:
        """The version of the definition in force at the end of a period."""
        begun = [
            v for v in self.versions if FinancialQuarter.parse(v.starts).starts_at < period.ends_at
        ]
        oldest = min(self.versions, key=lambda v: v.version)
        return max((v.version for v in begun), default=oldest.version)

    def is_measured_for(self, period: Period) -> bool:
        """Whether the KPI has a figure for a period of that kind."""
        if self.annual:
            return period.key.endswith("-Q4-R12")
        if self.accumulation == "rolling_12":
            return period.kind == "rolling_12"
        if period.kind == "rolling_12":
            return self.kind == "carbon"
        return period.kind != "month" or not self.quarterly_only

    def why_not(self, period: Period) -> str:
        """Why a quarter or a year to date has no figure of its own, where a reader looks for one.

        Empty where it has one, and where the figure of a longer period stands for it.
        """
        is_looked_at = period.kind in ("quarter", "year_to_date")
        if not is_looked_at or self.headline_of(period.key) != period.key:
            return ""
        if self.annual:
            return f"It is measured once a year, at its end: next with {period.key[:7]}-Q4."
        covers = "It covers the twelve months that end with a quarter, not a year to date."
        return covers if self.accumulation == "rolling_12" else ""

    def asked_for(self, periods: Sequence[Period], rolling: Period) -> list[Period]:
        """Of the periods of a measurement, those with a figure or a reason why there is none.

        `rolling` are the quarter's own twelve months, asked for even if nothing was measured.
        Carbon has no other twelve months: they are its headline, the four quarters that end here.
        """
        others = (each for each in periods if each != rolling)
        if self.kind == "carbon":
            others = (each for each in others if each.kind != "rolling_12")
        return [
            each for each in (*others, rolling) if self.is_measured_for(each) or self.why_not(each)
        ]

    def headline_of(self, period: str) -> str:
        """The key of the figure that stands for a quarter: of twelve months, if so measured."""
        is_year_end = period.endswith("-Q4")
        is_rolling = self.accumulation == "rolling_12" and period[:-1].endswith("-Q")
        return f"{period}-R12" if (is_year_end if self.annual else is_rolling) else period


def load(folder: Path) -> dict[str, KpiDefinition]:
    """Every KPI of a folder by its id; WrongDefinition names the file, the key and the remedy."""
    definitions = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    known = {definition.id: definition for definition in definitions}
    for definition in definitions:
        if definition.rests_on and definition.rests_on not in known:
            raise WrongDefinition(
                f"{definition.id}.yaml: rests_on '{definition.rests_on}' is no KPI. Correct it."
            )
        if definition.forecast:
            _check_forecast(definition, known.get(definition.forecast))
    lonely = {path.stem for path in folder.glob("*.sql")} - {d.id for d in definitions}
    for name in sorted(lonely):
        raise WrongDefinition(f"{name}.sql: has no {name}.yaml beside it. Write it, or remove it.")
    return {definition.id: definition for definition in definitions}


def _check_forecast(definition: KpiDefinition, ahead: KpiDefinition | None) -> None:
    where = f"{definition.id}.yaml: forecast '{definition.forecast}'"
    if ahead is None:
        raise WrongDefinition(f"{where} is no KPI. Correct it.")
    if ahead.unit != definition.unit:
        raise WrongDefinition(
            f"{where} counts {ahead.unit}, not {definition.unit}. Name a KPI of the same unit."
        )
    if ahead.forecast:
        raise WrongDefinition(f"{where} has a forecast itself. Name one that looks no further.")


def _read(path: Path) -> KpiDefinition:
    definition = record(KpiDefinition, yaml_of(path), path.name)
    if definition.id != path.stem:
        raise WrongDefinition(f"{path.name}: id is '{definition.id}'. Write '{path.stem}'.")
    if not path.with_suffix(".sql").exists():
        raise WrongDefinition(f"{path.name}: has no {path.stem}.sql beside it. Write it.")
    for key, allowed in _ALLOWED.items():
        value = getattr(definition, key)
        if value not in allowed:
            raise WrongDefinition(
                f"{path.name}: {key} '{value}' is unknown. Use one of {', '.join(allowed)}."
            )
    _check_people(definition, path.name)
    _check_versions(definition, path.name)
    _check_jump(definition, path.name)
    return definition


def _check_jump(definition: KpiDefinition, where: str) -> None:
    test = definition.jump
    if test is None:
        return
    for key, value, allowed in (
        ("table", test.table, definition.tables),
        ("of", test.of, ("numerator", "denominator")),
    ):
        if value not in allowed:
            raise WrongDefinition(
                f"{where}: jump: {key} '{value}' is unknown. Use one of {', '.join(allowed)}."
            )
    if test.limits.problem:
        raise WrongDefinition(f"{where}: jump: {test.limits.problem}")


def _check_people(definition: KpiDefinition, where: str) -> None:
    """Stop at a word that is unknown, or at a part that such a KPI does not have."""
    people = definition.people
    if people is None:
        return
    for key, allowed in _ALLOWED_OF_PEOPLE.items():
        value = getattr(people, key)
        if value not in allowed:
            raise WrongDefinition(
                f"{where}: people: {key} '{value}' is unknown. "
                f"Use one of {', '.join(filter(None, allowed))}."
            )
    has_parts = definition.kind in ("ratio", "statistic")
    if people.size == "denominator" and not has_parts:
        raise WrongDefinition(
            f"{where}: people: size 'denominator' is of a ratio or a statistic, and the kind is "
            f"'{definition.kind}'. Use one of {', '.join(STAFF_SIZES)}."
        )


def _check_versions(definition: KpiDefinition, where: str) -> None:
    if not definition.versions:
        raise WrongDefinition(f"{where}: 'versions' is empty. Write at least version 1.")
    try:
        begins = [FinancialQuarter.parse(version.starts) for version in definition.versions]
    except UnknownPeriod as error:
        raise WrongDefinition(f"{where}: versions: {error}") from error
    numbers = [version.version for version in definition.versions]
    in_order = sorted(zip(numbers, begins, strict=True))
    rising = all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(in_order))
    if not rising:
        raise WrongDefinition(
            f"{where}: versions: a higher version must begin in a later quarter. Correct 'from'."
        )


def exact_value(definition: KpiDefinition, numerator: Decimal, denominator: Decimal) -> Decimal:
    """The value in the KPI's unit before rounding; the denominator of a ratio is not zero."""
    if definition.kind != "ratio":
        return numerator
    with localcontext(_EXACT):
        return numerator * _SCALE.get(definition.unit, Decimal(1)) / denominator


def rounded(value: Decimal, decimals: int) -> Decimal:
    """A value as it is printed: half up, away from zero, and never minus zero."""
    with localcontext(_EXACT):
        printed = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(printed) if printed == 0 else printed
