"""What is looked up once per distinct value: persons, directorates and networks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Literal

from scorecard.council import Council
from scorecard.council import read as read_council
from scorecard.period import Month
from scorecard.permitted import Addresses
from scorecard.pseudonym import pseudonym
from scorecard.strict import WrongDefinition, rows_of


@dataclass(frozen=True)
class Network:
    """A part of the network, from and until a day."""

    addresses: Addresses
    network: Literal["corporate", "other"]
    site: str
    effective_from: date
    effective_to: date | None = None


@dataclass(frozen=True)
class CostCentre:
    """Whose cost centres those are that begin so, from and until a day."""

    cost_centre: str  # 0521* is every cost centre that begins with 0521
    directorate: str
    effective_from: date
    effective_to: date | None = None

    def rank(self, code: str, day: date) -> int:
        """How exactly the row names a cost centre on a day; -1 if it does not."""
        if not self.effective_from <= day <= (self.effective_to or day):
            return -1
        stem = self.cost_centre.removesuffix("*")
        named = code.startswith(stem) if stem != self.cost_centre else code == stem
        return len(self.cost_centre) if named else -1


KINDS = ("person", "directorates", "cost_centres", "networks")


@dataclass(frozen=True)
class Lookups:
    """The council's lists, and the key with which persons become pseudonyms."""

    council: Council
    networks: tuple[Network, ...]
    hash_key: bytes
    cost_centres: tuple[CostCentre, ...] = ()

    def of(self, kind: str) -> Callable[[str, str], str | None]:
        """The look-up of a kind: from a text and a month to a value, or nothing if unknown."""
        return {
            "person": self._person,
            "directorates": self._directorate,
            "cost_centres": self._cost_centre,
            "networks": self._network,
        }[kind]

    def _person(self, identifier: str, _: str) -> str | None:
        return pseudonym(identifier, self.hash_key)

    def _directorate(self, words: str, month: str) -> str | None:
        found = self.council.directorate_named(words, Month.parse(month).first_day)
        return found.code if found else None

    def _cost_centre(self, code: str, month: str) -> str | None:
        """The directorate of a cost centre: as the longest row that names it says."""
        day = Month.parse(month).first_day
        ranked = [(row.rank(code, day), row.directorate) for row in self.cost_centres]
        best = max(ranked, default=(-1, ""))
        return best[1] if best[0] >= 0 else None

    def _network(self, address: str, month: str) -> str | None:
        if address not in self._parts:
            self._parts[address] = self._listed(address)
        found = self._parts[address]
        if found is None:
            return "unknown"
        day = Month.parse(month).first_day
        for part in found:
            if part.effective_from <= day <= (part.effective_to or day):
                return part.network
        return "other"

    @cached_property
    def _parts(self) -> dict[str, list[Network] | None]:
        return {}

    def _listed(self, address: str) -> list[Network] | None:
        """The listed parts of the network that an address lies in; nothing if it is no address."""
        try:
            asked = ip_address(address)
        except ValueError:
            return None
        return [listed for part, listed in self._parsed if asked in part]

    @cached_property
    def _parsed(self) -> list[tuple[IPv4Network | IPv6Network, Network]]:
        return [(ip_network(listed.addresses), listed) for listed in self.networks]


def read(council: Path, hash_key: bytes) -> Lookups:
    """The look-ups of a council; WrongDefinition names the file that cannot be used."""
    decided = read_council(council)
    centres = rows_of(council / "cost_centres.csv", CostCentre)
    known = {directorate.code for directorate in decided.directorates}
    for number, row in enumerate(centres, start=2):
        if row.directorate not in known:
            raise WrongDefinition(
                f"cost_centres.csv, row {number}: '{row.directorate}' is no directorate. "
                f"Use one of {', '.join(sorted(known))}."
            )
    return Lookups(decided, rows_of(council / "networks.csv", Network), hash_key, centres)


def resolve(
    look_up: Callable[[str, str], str | None], distinct: Iterable[tuple[str, str]]
) -> list[tuple[str, str, str | None]]:
    """Each distinct text and month with what it stands for."""
    return [(words, month, look_up(words, month)) for words, month in distinct]
