"""What one request works with: who asks, the packs that are open to them, and the council."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import Depends, HTTPException, Request

from scorecard import known_decisions, kpis
from scorecard.audience import Reader
from scorecard.council import COUNCIL, Council
from scorecard.kpis import VISIBILITIES, KpiDefinition
from scorecard.orchestration import now, stores_without_keys
from scorecard.orchestration.page import standing
from scorecard.packs import delivery
from scorecard.packs.delivery import Listed
from scorecard.packs.words import quarter_name
from scorecard.period import FinancialQuarter
from scorecard.register import audit, shelf
from scorecard.register.audit import Event
from scorecard.register.packs import PackRow
from scorecard.register.shelf import Key
from scorecard.settings import INCLUDE
from scorecard.stores import Stores

T = TypeVar("T")
FOR_PEOPLE = ("report.html", "report.pdf", "pack.xlsx", "accessibility.html")


@dataclass(frozen=True)
class Shelved:
    """A pack on the shelf: what the register keeps of it, and what its manifest says."""

    row: PackRow
    folder: Path
    told: Mapping[str, Any] | None  # None: its folder does not hold what was recorded
    visibility: str
    bodies: tuple[str, ...]

    @property
    def key(self) -> Key:
        return self.row.quarter, self.row.variant, self.row.revision

    @property
    def address(self) -> str:
        """The pack's place in an address: 2025-26-Q1/officer/r1."""
        return f"{self.row.quarter}/{self.row.variant}/r{self.row.revision}"

    @property
    def variant(self) -> str:
        """The pack's variant in words: working from home."""
        return self.row.variant.replace("_", " ")

    @property
    def is_published(self) -> bool:
        return self.row.state == "published"

    @property
    def state(self) -> str:
        return "Published" if self.is_published else "Draft, not for publication"

    @property
    def title(self) -> str:
        return quarter_name(FinancialQuarter.parse(self.row.quarter))

    @property
    def why(self) -> str:
        """What changed and why; nothing is said of a pack whose files are not the recorded ones."""
        if self.told is None:
            return "Its files are not the ones that were recorded. Restore them from the backup."
        return self.row.reason or "First pack of the quarter."

    @property
    def moved(self) -> list[dict[str, str]]:
        """The published figures that the pack corrects."""
        return list(self.told["revisions"]) if self.told else []

    @property
    def kpis(self) -> frozenset[str]:
        """The KPIs that the pack shows."""
        shown = self.told["measurement"]["kpis"] if self.told else ()
        return frozenset(kpi["id"] for kpi in shown)

    @property
    def files(self) -> tuple[Listed, ...]:
        """The files that can be fetched, those for people first."""
        found = delivery.listed(self.folder, self.row.manifest_sha256)
        order = {name: place for place, name in enumerate(FOR_PEOPLE)}
        return tuple(sorted(found, key=lambda file: order.get(file.path, len(order))))


@dataclass(frozen=True)
class Desk:
    """What one request works with; everything on it is open to its reader."""

    stores: Stores
    reader: Reader
    council: Council
    now: datetime

    @cached_property
    def packs(self) -> tuple[Shelved, ...]:
        """Every pack that is open to the reader, the newest quarter first, variants as routed."""
        order = [variant.name for variant in self.council.governance.variants]
        shelved = (_shelved(self.stores, self.council, row) for row in self._rows)
        seen = [each for each in shelved if self._may_see(each)]
        known = {name: place for place, name in enumerate(order)}
        seen.sort(key=lambda each: known.get(each.row.variant, len(order)))
        return tuple(sorted(seen, key=lambda each: each.row.quarter, reverse=True))

    @cached_property
    def _rows(self) -> tuple[PackRow, ...]:
        return shelf.every(self.stores.register)

    def _may_see(self, pack: Shelved) -> bool:
        # Only who works on packs is told of one that cannot be handed out.
        is_whole = pack.told is not None or self.reader.is_officer
        return is_whole and self.reader.may_see_pack(pack.visibility, pack.is_published)

    @cached_property
    def published(self) -> tuple[Shelved, ...]:
        return tuple(pack for pack in self.packs if pack.is_published)

    def pack(self, quarter: str, variant: str, revision: str) -> Shelved:
        """The pack of that name; 404 if it is none of those that are open to the reader."""
        wanted = f"{quarter}/{variant}/{revision}"
        return found(next((pack for pack in self.packs if pack.address == wanted), None))

    def standing(self, pack: Shelved) -> str:
        """How far a draft that is open to the reader is on its way to publication."""
        mine = (pack.row.quarter, pack.row.variant)
        newest = max(row.revision for row in self._rows if (row.quarter, row.variant) == mine)
        events = [event for event in self._reviews if (event.quarter, event.variant) == mine]
        return standing.of(pack.row, newest, events, self.now)

    @cached_property
    def _reviews(self) -> tuple[Event, ...]:
        drafts = {pack.row.quarter for pack in self.packs if not pack.is_published}
        return audit.reviews_of(self.stores.register, drafts)

    @cached_property
    def definitions(self) -> dict[str, KpiDefinition]:
        """The KPIs that are open to the reader."""
        return {
            name: definition
            for name, definition in _definitions().items()
            if self.reader.may_see(definition.visibility)
        }

    @cached_property
    def hidden(self) -> tuple[KpiDefinition, ...]:
        """The KPIs that are not open to the reader; no word may name one."""
        return tuple(d for name, d in _definitions().items() if name not in self.definitions)

    @cached_property
    def directorates(self) -> dict[str, str]:
        """Names of directorates by code, of every time; the council itself first."""
        rows = {row.code: row.name for row in self.council.directorates}
        return {COUNCIL: "Whole council", **dict(sorted(rows.items(), key=lambda pair: pair[1]))}

    @cached_property
    def quarters(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(pack.row.quarter for pack in self.packs))


@cache
def _definitions() -> dict[str, KpiDefinition]:
    return kpis.load(INCLUDE / "sql" / "kpi")


def _shelved(stores: Stores, decided: Council, row: PackRow) -> Shelved:
    """A pack with its visibility: as it was made, or as its routes say now if that is narrower."""
    folder = stores.settings.packs / row.folder
    told = delivery.manifest_of(folder, row.manifest_sha256)
    routes = [route for route in decided.governance.routes if route.variant == row.variant]
    classes = [route.visibility for route in routes] + ([told["visibility"]] if told else [])
    narrowest = max(classes, key=VISIBILITIES.index, default="restricted")
    return Shelved(row, folder, told, narrowest, tuple(route.body for route in routes))


def _desk(request: Request) -> Desk:
    stores = stores_without_keys()
    moment = now()
    decided = known_decisions.read(stores.settings.council, moment)
    return Desk(stores, request.state.reader, decided, moment)


def found(thing: T | None) -> T:
    """The thing that was looked for; 404 if there is none."""
    if thing is None:
        raise HTTPException(404, "Not found")
    return thing


AtDesk = Annotated[Desk, Depends(_desk)]
