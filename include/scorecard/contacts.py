"""Whom the council has told what: the mailboxes of roles, and from when on a fault is told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from scorecard.permitted import FromNought, Some
from scorecard.strict import Must, record, yaml_of

_MAILBOX = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)

Mailbox = Annotated[
    str, Must(_MAILBOX.fullmatch, "an address such as ict.service@exampleshire.gov.uk")
]

Hours = Annotated[int, Must(lambda n: 0 <= n <= 240, "a whole number of hours from 0 to 240")]


@dataclass(frozen=True)
class Contacts:
    """What alerts.yaml holds."""

    set_aside_percent: FromNought
    draft_within_hours: Hours
    announced_to: Some[str]  # roles
    mailboxes: dict[str, Mailbox]

    def addresses(self, roles: Iterable[str], otherwise: str) -> tuple[str, ...]:
        """The mailboxes of some roles, each once; `otherwise` for a role that has none."""
        return tuple(dict.fromkeys(self.mailboxes.get(role, otherwise) for role in roles))

    def is_beyond(self, set_aside: int, received: int) -> bool:
        """Whether more of an extract's rows were set aside than the council tolerates."""
        return received > 0 and Decimal(100 * set_aside) / received > self.set_aside_percent


def read(folder: Path) -> Contacts:
    """The contacts of a council's folder; WrongDefinition names the key that cannot be used."""
    return record(Contacts, yaml_of(folder / "alerts.yaml"), "alerts.yaml")
