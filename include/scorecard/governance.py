"""Who sends feeds, who holds roles, and which body sees which pack: a dataclass per file or row."""

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from scorecard.period import FinancialQuarter, UnknownPeriod
from scorecard.permitted import CalendarMonth, Ending, PlainName, Some, WorkingDay
from scorecard.strict import WrongDefinition, record, yaml_of

Visibility = Literal["public", "internal", "restricted"]
FOURTH = 4  # the quarter that ends a financial year
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Feed:
    """Who sends a source, how it is fetched, which mappings may read it, and by when it is due."""

    owner: str  # a role
    connector: Literal["folder", "sql", "rest"]
    folder: str  # below the inbox, or on the connection's server
    connection_id: str  # of Airflow
    mappings: Some[str]  # for every connector
    arrival_working_day: WorkingDay
    freeze_working_day: WorkingDay
    pull_from: CalendarMonth | None = None  # the first month that a system is asked for
    pull: Some[str] = ()  # the mappings that are asked for; the others come as files
    connections: dict[str, str] = field(default_factory=dict)  # of systems that have their own
    marker: str = ""  # a file is whole once one of its name and this ending lies beside it
    archive: PlainName = ""  # the folder, in the feed's own, to which kept files are moved
    # The ending of the companion that has to lie beside files, by what their names look like.
    companion: dict[str, Ending] = field(default_factory=dict)


@dataclass(frozen=True)
class Role:
    """The users who hold a role from a day on."""

    role: Literal["owner", "steward", "approver", "restricted"]
    starts: date = field(metadata={"key": "from"})
    users: Some[str]


@dataclass(frozen=True)
class Roles:
    """What roles.yaml holds."""

    roles: tuple[Role, ...]


def roles_in(path: Path) -> tuple[Role, ...]:
    """Who holds which role, from which day, as a file says."""
    return record(Roles, yaml_of(path), path.name).roles


@dataclass(frozen=True)
class Route:
    """A body that sees packs: which variant, by which working day, and who signs it off."""

    body: str
    variant: str
    deadline_working_day: WorkingDay
    visibility: Visibility
    sign_off: str  # a role


@dataclass(frozen=True)
class Variant:
    """What a variant of a quarter's pack shows: which KPIs, which sheets, of what time."""

    name: str
    kpis: Literal["all", "exceptions"]
    leaves_out: tuple[str, ...] = ()  # sheets of the workbook
    covers: Literal["quarter", "year"] = "quarter"  # the year that a fourth quarter ends
    only: tuple[str, ...] = ()  # the KPIs of a theme, by id; empty: every one
    title: str = ""  # what the pack is about, if it is about a theme
    quarters: tuple[str, ...] = ()  # those that a one-off pack tells of; it is made of the last

    def is_made_for(self, quarter: FinancialQuarter) -> bool:
        """Whether a quarter has this variant: that of a year once a year, a one-off pack once."""
        if self.quarters:
            return str(quarter) == max(self.quarters)
        return self.covers == "quarter" or quarter.number == FOURTH


WHOLE = Variant("", "all")


@dataclass(frozen=True)
class Routes:
    """What routes.yaml holds."""

    routes: tuple[Route, ...]
    variants: tuple[Variant, ...]

    def variant(self, name: str) -> Variant:
        """The variant of that name; LookupError if there is none."""
        found = next((each for each in self.variants if each.name == name), None)
        if found is None:
            raise LookupError(
                f"routes.yaml: there is no variant '{name}'. Name one that is there, or add it."
            )
        return found

    def visibility_of(self, variant: str) -> Visibility:
        """How widely a variant is seen: as its routes say."""
        found = next((r.visibility for r in self.routes if r.variant == variant), None)
        if found is None:
            raise LookupError(
                f"routes.yaml: no route names the variant '{variant}', of which there are packs. "
                "Put its route back, under the name that it had."
            )
        return found


def routes_in(path: Path) -> Routes:
    """The routes and variants of a file; WrongDefinition names what cannot be."""
    decided = record(Routes, yaml_of(path), path.name)
    names = [variant.name for variant in decided.variants]
    for name in names:
        if not _NAME.fullmatch(name) or names.count(name) > 1:
            raise WrongDefinition(
                f"{path.name}: variant '{name}' is there twice, or is no small word. It names a "
                "folder: rename one."
            )
    _check_quarters(decided.variants, path.name)
    for name in sorted({route.variant for route in decided.routes} ^ set(names)):
        raise WrongDefinition(
            f"{path.name}: variant '{name}' has no route, or no entry under variants. Add it."
        )
    for name in names:
        if len({route.visibility for route in decided.routes if route.variant == name}) > 1:
            raise WrongDefinition(
                f"{path.name}: variant '{name}' goes to bodies of different visibility. Give each "
                "a variant of its own."
            )
    return decided


def kept(decided: Routes, variant: str, visible: Collection[str]) -> dict[str, Any]:
    """The routes of one variant as plain data, from which its pack can be made again.

    `visible`: the ids of the KPIs that the variant's readers may see. It names no others.
    """
    chosen = decided.variant(variant)
    told = replace(chosen, only=tuple(kpi for kpi in chosen.only if kpi in visible))
    mine = [
        {name: str(value) for name, value in asdict(route).items()}  # as the file has it
        for route in decided.routes
        if route.variant == variant
    ]
    return {"routes": mine, "variants": [{k: v for k, v in asdict(told).items() if v}]}


def routes_from(told: Mapping[str, Any], where: str) -> Routes:
    """The routes that were kept with a pack."""
    return record(Routes, {name: told[name] for name in ("routes", "variants")}, where)


def _check_quarters(variants: tuple[Variant, ...], where: str) -> None:
    """Refuse a one-off pack of what is no quarter, and a pack of a year that names quarters."""
    for variant in variants:
        if variant.quarters and variant.covers == "year":
            raise WrongDefinition(
                f"{where}: variant '{variant.name}' covers a year and names quarters. A year has "
                "its own: remove quarters, or covers."
            )
        try:
            for text in variant.quarters:
                FinancialQuarter.parse(text)
        except UnknownPeriod as error:
            raise WrongDefinition(f"{where}: variant '{variant.name}': {error}") from None
