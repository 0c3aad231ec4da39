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
from scorecard.strict import rows_of


@dataclass(frozen=True)
class Network:
    """A part of the network, from and until a day."""

    addresses: Addresses
    network: Literal["corporate", "other"]
    site: str
    effective_from: date
    effective_to: date | None = None


KINDS = ("person", "directorates", "networks")


@dataclass(frozen=True)
class Lookups:
    """The council's lists, and the key with which persons become pseudonyms."""

    council: Council
    networks: tuple[Network, ...]
    hash_key: bytes

    def of(self, kind: str) -> Callable[[str, str], str | None]:
        """The look-up of a kind: from a text and a month to a value, or nothing if unknown."""
        return {
            "person": self._person,
            "directorates": self._directorate,
            "networks": self._network,
        }[kind]

    def _person(self, identifier: str, _: str) -> str | None:
        return pseudonym(identifier, self.hash_key)

    def _directorate(self, words: str, month: str) -> str | None:
        found = self.council.directorate_named(words, Month.parse(month).first_day)
        return found.code if found else None

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
    return Lookups(read_council(council), rows_of(council / "networks.csv", Network), hash_key)


def resolve(
    look_up: Callable[[str, str], str | None], distinct: Iterable[tuple[str, str]]
) -> list[tuple[str, str, str | None]]:
    """Each distinct text and month with what it stands for."""
    return [(words, month, look_up(words, month)) for words, month in distinct]
