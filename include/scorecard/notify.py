"""Step: notices are written into the register, and those that have not left yet are sent.

A notice is committed before it is sent, and what became of it afterwards. A process that dies
between the two sends it again, with the same Message-ID: told twice is better than not at all.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scorecard import contacts, council
from scorecard.contacts import Contacts, NoAddress
from scorecard.notices import Kind, Letter, Notice
from scorecard.register import notices as register
from scorecard.register import only_one
from scorecard.register.notices import Waiting, Way
from scorecard.stores import Stores

log = logging.getLogger(__name__)


class Undeliverable(ValueError):
    """A letter that its receiver will never take: by which way, and why."""


class NotDelivered(OSError):
    """A way by which nothing leaves at the moment; what waits is sent by the next run."""


@dataclass(frozen=True)
class Outlets:
    """The ways by which notices leave this installation, and the address of its page."""

    page: str  # such as https://scorecard.exampleshire.gov.uk
    ways: Mapping[Way, Callable[[Letter], None]]


def run(stores: Stores, outlets: Outlets, now: datetime) -> int:
    """How many letters left; NotDelivered or Undeliverable when all others have been tried.

    WrongDefinition, when these have left, if a role that will be told of things has no address.
    """
    decided = contacts.read(stores.settings.council)
    known = council.read(stores.settings.council)
    contact = known.settled.contact
    failed: dict[Way, Exception] = {}
    refused: list[str] = []
    sent = 0
    with only_one(stores.register, "notify"):
        for one in register.waiting(stores.register):
            if one.way in failed:
                continue
            try:
                sent += _send(stores, outlets, one, _letter(outlets, one, decided, contact), now)
            except (Undeliverable, NoAddress) as error:
                register.delivered(stores.register, one, "refused", now)
                refused.append(f"{one.notice.title}: {error}")
            except Exception as error:  # whatever a server or a library says: try again later
                failed[one.way] = error
    _complain(failed, refused)
    contacts.check(decided, known)
    return sent


def tell(
    stores: Stores, kind: Kind, made: Callable[[set[str]], Iterable[Notice]], now: datetime
) -> None:
    """Write the notices that are new; `made` is given everything of the kind that was told."""
    with only_one(stores.register, "notices"), stores.register.begin() as connection:
        for notice in made(register.told(connection, kind)):
            if register.write(connection, notice, now):
                log.warning("%s (to %s)", notice.title, ", ".join(notice.roles))


def _letter(outlets: Outlets, one: Waiting, decided: Contacts, contact: str) -> Letter:
    notice = one.notice
    to = decided.addresses(notice.roles, contact) if one.way == "e-mail" else ()
    link = f"{outlets.page.rstrip('/')}{notice.page}"
    return Letter(notice.identity, to, notice.title, notice.lines, link, one.raised_at)


def _send(stores: Stores, outlets: Outlets, one: Waiting, letter: Letter, now: datetime) -> int:
    """1 if a letter left by a way, 0 if the installation does not have that way."""
    send = outlets.ways.get(one.way)
    if send is None:
        register.delivered(stores.register, one, "not set up", now)
        return 0
    send(letter)
    register.delivered(stores.register, one, "sent", now)
    log.info("%s: sent by %s", letter.title, one.way)
    return 1


def _complain(failed: Mapping[Way, Exception], refused: list[str]) -> None:
    """Say at the end what did not leave."""
    if failed:
        said = "; ".join(f"{way}: {type(error).__name__}" for way, error in failed.items())
        raise NotDelivered(
            f"notices did not leave by {said}. They wait, and the next run sends them. If it "
            "stays so, look at the connections scorecard_smtp and scorecard_webhook."
        ) from next(iter(failed.values()))
    if refused:
        raise Undeliverable(
            f"{' '.join(refused)} It is not tried again: correct the mailbox in alerts.yaml, or "
            "the connection, and tell the role yourself this once."
        )
