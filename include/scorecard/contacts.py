"""Whom the council has told what: the mailboxes of roles, and from when on a fault is told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from scorecard.council import Council
from scorecard.permitted import FromNought, Some
from scorecard.strict import Must, WrongDefinition, record, yaml_of

_MAILBOX = re.compile(r"[\w+-]+(\.[\w+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)

Mailbox = Annotated[
    str, Must(_MAILBOX.fullmatch, "an address such as ict.service@exampleshire.gov.uk")
]

Hours = Annotated[int, Must(lambda n: 0 <= n <= 240, "a whole number of hours from 0 to 240")]


class NoAddress(ValueError):
    """A role that cannot be written to: neither it nor the council's contact has an address."""


@dataclass(frozen=True)
class Contacts:
    """What alerts.yaml holds."""

    set_aside_percent: FromNought
    draft_within_hours: Hours
    announced_to: Some[str]  # roles
    faults_to: Some[str]  # roles
    mailboxes: dict[str, Mailbox]

    def addresses(self, roles: Iterable[str], otherwise: str) -> tuple[str, ...]:
        """The mailboxes of some roles, each once; `otherwise` for a role that has none.

        NoAddress if `otherwise` is needed and is no address.
        """
        found = {role: self.mailboxes.get(role, otherwise) for role in roles}
        if lacking := [role for role, to in found.items() if not _MAILBOX.fullmatch(to)]:
            raise NoAddress(
                f"{', '.join(lacking)}: has no mailbox in alerts.yaml, and the contact of "
                f"council.yaml, '{otherwise}', is no address. Add the mailbox to alerts.yaml."
            )
        return tuple(dict.fromkeys(found.values()))

    def is_beyond(self, set_aside: int, received: int) -> bool:
        """Whether more of an extract's rows were set aside than the council tolerates."""
        return received > 0 and Decimal(100 * set_aside) / received > self.set_aside_percent


def read(folder: Path) -> Contacts:
    """The contacts of a council's folder; WrongDefinition names the key that cannot be used."""
    return record(Contacts, yaml_of(folder / "alerts.yaml"), "alerts.yaml")


def check(decided: Contacts, council: Council) -> None:
    """Refuse a contact that is no address, while a role that is told of things needs it."""
    roles = (
        *decided.announced_to,
        *decided.faults_to,
        *(feed.owner for feed in council.feeds.values()),
        *(route.sign_off for route in council.governance.routes),
    )
    try:
        decided.addresses(dict.fromkeys(roles), council.settled.contact)
    except NoAddress as error:
        raise WrongDefinition(f"alerts.yaml: mailboxes: {error}") from None
