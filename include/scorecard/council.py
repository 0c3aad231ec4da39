"""What one council decides: its calendar, SLA times, directorates, targets, owners and events.

Everything that changes with time has a first day and is asked for by period: a past period keeps
what was in force on its last day, because that is the day on which it was to be met.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from scorecard.agreement_checks import check_one_owner, check_successors, check_targets_of
from scorecard.baselines import Baseline, decided_for, same_quarters
from scorecard.carbon.choices import check_baselines, check_carbon, resets
from scorecard.cost_groups import CostGroup, check_cost_groups
from scorecard.decision_checks import (
    check_desks,
    check_directorates,
    check_event_kinds,
    check_feeds,
    check_process_control,
    check_sla,
    check_targets,
    check_working_hours,
)
from scorecard.decisions import (
    EVERY,
    FINANCIAL_YEAR,
    Desks,
    Directorate,
    Event,
    Owner,
    Settled,
    Target,
)
from scorecard.governance import Feed, Role, Routes, roles_in, routes_in
from scorecard.lineage import Lineage
from scorecard.meters import Reading, readings_in
from scorecard.period import FinancialQuarter, Month, Period, london_day
from scorecard.settings import INCLUDE
from scorecard.sources import SOURCES, TABLES
from scorecard.strategy_money import check_strategy_money
from scorecard.strict import record, rows_of, yaml_of
from scorecard.tolerance_checks import check_gate, check_sense
from scorecard.tolerances import Confirmed

COUNCIL = "COUNCIL"
UNKNOWN = "UNKNOWN"


class _Dated(Protocol):
    @property
    def effective_from(self) -> date: ...


D = TypeVar("D", bound=_Dated)


def in_force(rows: Iterable[D], day: date) -> D | None:
    """Of rows that follow one another in time, the one in force on a day."""
    begun = [row for row in rows if row.effective_from <= day and day <= _last_day(row)]
    return max(begun, key=lambda row: (row.effective_from, decided_on(row)), default=None)


def decided_on(row: object) -> date:
    """The day on which a row was decided; the beginning of time if the row does not say."""
    return getattr(row, "decided_on", None) or date.min


def _last_day(row: _Dated) -> date:
    return getattr(row, "effective_to", None) or date.max


def last_day_of(period: Period) -> date:
    """The last day in London that belongs to a period."""
    return london_day(period.ends_at - timedelta(microseconds=1))


@dataclass(frozen=True)
class Council:
    """Everything that a council decided, and the look-ups by period and day."""

    settled: Settled
    directorates: tuple[Directorate, ...]
    targets: tuple[Target, ...]
    owners: tuple[Owner, ...]
    events: tuple[Event, ...]
    feeds: Mapping[str, Feed]
    roles: tuple[Role, ...]
    governance: Routes
    desks: tuple[Desks, ...]
    cost_groups: tuple[CostGroup, ...]
    confirmed: tuple[Confirmed, ...] = ()
    readings: tuple[Reading, ...] = ()

    def target_for(self, kpi: str, directorate: str, period: Period) -> Target | None:
        """The target in force on the period's last day: the directorate's own, else everyone's."""
        day = last_day_of(period)
        for wanted in (directorate, EVERY):
            found = in_force(self._targets.get((kpi, wanted), ()), day)
            if found:
                return found
        return None

    def original_target_for(self, kpi: str, directorate: str, period: Period) -> Target | None:
        """The first target that a KPI was given, if by a period's end it had another, or none."""
        now, last = self.target_for(kpi, directorate, period), last_day_of(period)
        rows = (t for w in (directorate, EVERY) for t in self._targets.get((kpi, w), ()))
        begun = [t for t in rows if t.effective_from <= last and t.method != "none"]
        first = min(begun, key=lambda t: (t.effective_from, t.directorate == EVERY), default=None)
        return first if first and (now is None or not now.rates_like(first)) else None

    def without_target(
        self, kpi: str, directorate: str, period: Period
    ) -> tuple[date, date | None] | None:
        """The first and last day of a gap between targets, or after the last; None if in none."""
        if self.target_for(kpi, directorate, period):
            return None
        day = last_day_of(period)
        rows = [t for w in (directorate, EVERY) for t in self._targets.get((kpi, w), ())]
        ended = [t.effective_to for t in rows if t.effective_to and t.effective_to < day]
        following = min((t.effective_from for t in rows if t.effective_from > day), default=None)
        last = following - timedelta(days=1) if following else None
        return (max(ended) + timedelta(days=1), last) if ended else None

    @cached_property
    def _targets(self) -> dict[tuple[str, str], list[Target]]:
        found: dict[tuple[str, str], list[Target]] = {}
        for target in self.targets:
            found.setdefault((target.kpi, target.directorate), []).append(target)
        return found

    @cached_property
    def lineage(self) -> Lineage:
        """How the directorates followed one another."""
        return Lineage(self.directorates)

    def owner_of(self, kpi: str, period: Period) -> Owner | None:
        """The roles that answer for a KPI on the period's last day."""
        return in_force((o for o in self.owners if o.kpi == kpi), last_day_of(period))

    def sender_of(self, table: str) -> str:
        """The role that sends a table's extracts."""
        return self.feeds[TABLES[table].source].owner

    def directorates_in(self, period: Period) -> list[Directorate]:
        """The directorates that existed on at least one day of the period, as the file has them."""
        first, last = london_day(period.starts_at), last_day_of(period)
        return [d for d in self.directorates if d.effective_from <= last and first <= d.last_day]

    def directorate_named(self, text: str, day: date) -> Directorate | None:
        """The directorate that a system's text meant on a day, whatever its capitals and spaces.

        After its end a name means the last that bore it, whenever its end was entered.
        """
        wanted = " ".join(text.split()).casefold()
        mine = [d for d in self.directorates if wanted in d.called]
        ended = [d for d in mine if d.last_day < day]
        return in_force(mine, day) or max(ended, key=lambda d: d.last_day, default=None)

    def baseline_for(self, quarter: FinancialQuarter) -> tuple[Baseline, FinancialQuarter] | None:
        """The baseline decision in force for a quarter, and the quarter it compares with."""
        decided = decided_for(quarter, self.settled.baselines)
        return (decided, self.baselines_for(quarter)[0]) if decided else None

    def baselines_for(self, quarter: FinancialQuarter) -> tuple[FinancialQuarter, ...]:
        """The same quarter of every year of the baseline; one, unless it is an average."""
        return same_quarters(quarter, self.settled.baselines)

    def envelope_elapsed(self, kind: str, period: Period) -> Decimal | None:
        """The share, in percent, of a strategy sum's years that had passed at a period's end.

        Of the kind `financial_year` it is the share of the period's own year.
        """
        years = self._years_of(kind, period)
        if years is None:
            return None
        first, after = (FinancialQuarter(year, 1) for year in years)
        end = min(max(last_day_of(period) + timedelta(days=1), london_day(first.starts_at)),
                  london_day(after.starts_at))  # fmt: skip
        whole = (london_day(after.starts_at) - london_day(first.starts_at)).days
        return Decimal(100) * (end - london_day(first.starts_at)).days / whole

    def _years_of(self, kind: str, period: Period) -> tuple[int, int] | None:
        """The first year of a kind of strategy money, and the first after it."""
        if kind == FINANCIAL_YEAR:
            year = Month.containing(period.ends_at - timedelta(days=1)).quarter.year
            return year, year + 1
        money = next((m for m in self.settled.strategy_finance if m.kind == kind), None)
        return (int(money.first_year[:4]), int(money.last_year[:4]) + 1) if money else None


def read(folder: Path) -> Council:
    """The council's decisions in a folder; WrongDefinition names the row or key."""
    settled = record(Settled, yaml_of(folder / "council.yaml"), "council.yaml")
    check_gate(settled.gate)
    check_sense(settled.sense)
    check_process_control(settled.spc)
    check_carbon(settled.carbon)
    check_baselines(settled.baselines)
    check_working_hours(settled.working_calendar)
    check_sla(settled.sla)
    directorates = rows_of(folder / "directorates.csv", Directorate)
    check_directorates(directorates)
    check_successors(directorates)
    targets = rows_of(folder / "targets.csv", Target)
    check_targets(targets)
    check_targets_of(targets, {each.code for each in directorates})
    owners = rows_of(folder / "owners.csv", Owner)
    check_one_owner(owners)
    desks = rows_of(folder / "desks.csv", Desks)
    check_desks(desks)
    events = rows_of(folder / "events.csv", Event)
    check_event_kinds(events)
    cost_groups = rows_of(folder / "cost_groups.csv", CostGroup)
    check_cost_groups(cost_groups)
    check_strategy_money(settled.strategy_finance)
    return Council(
        settled,
        directorates,
        targets,
        owners,
        (*events, *resets(settled.baselines)),
        feeds_in(folder),
        roles_in(folder / "roles.yaml"),
        routes_in(folder / "routes.yaml"),
        desks,
        cost_groups,
        rows_of(folder / "confirmed.csv", Confirmed),
        readings_in(folder / "office_energy.csv"),
    )


def feeds_in(folder: Path) -> dict[str, Feed]:
    """Who sends which source, and how it is fetched, as feeds.yaml of a folder says."""
    given = yaml_of(folder / "feeds.yaml").items()
    feeds = {name: record(Feed, keys, f"feeds.yaml: {name}") for name, keys in given}
    check_feeds(feeds, SOURCES, {path.stem for path in (INCLUDE / "sources").glob("*.yaml")})
    return feeds
