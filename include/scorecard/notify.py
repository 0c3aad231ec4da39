"""Step: notices are written into the register, and those that have not left yet are sent.

A notice is committed before it is sent, and what became of it afterwards. A process that dies
between the two sends it again, with the same Message-ID: told twice is better than not at all.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from scorecard import contacts, council
from scorecard.contacts import Contacts, NoAddress
from scorecard.notices import Kind, Letter, Notice
from scorecard.register import notices as register
from scorecard.register import only_one
from scorecard.register.notices import Outcome, Waiting, Way
from scorecard.stores import Stores

log = logging.getLogger(__name__)


class Undeliverable(ValueError):
    """A letter that its receiver will never take: by which way, and why."""


class NotDelivered(OSError):
    """A way by which nothing leaves at the moment; what waits is sent by the next run."""


Refused = Mapping[str, bool]  # mailboxes that a server refused, and whether for ever


@dataclass(frozen=True)
class Outlets:
    """The ways by which notices leave this installation, and the address of its page."""

    page: str  # such as https://scorecard.exampleshire.gov.uk
    ways: Mapping[Way, Callable[[Letter], Refused | None]]


@dataclass
class _Run:
    """What became of the letters of one run."""

    sent: int = 0
    failed: dict[Way, Exception] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)


def run(stores: Stores, outlets: Outlets, now: datetime) -> int:
    """How many letters left; NotDelivered or Undeliverable when all others have been tried.

    WrongDefinition, when these have left, if a role that will be told of things has no address.
    """
    decided = contacts.read(stores.settings.council)
    known = council.read(stores.settings.council)
    contact = known.settled.contact
    done = _Run()
    with only_one(stores.register, "notify"):
        for one in register.waiting(stores.register):
            if one.way in done.failed:
                continue
            try:
                _send(stores, outlets, one, _letter(outlets, one, decided, contact), now, done)
            except (Undeliverable, NoAddress) as error:
                register.delivered(stores.register, one, "refused", now)
                done.refused.append(f"{one.notice.title}: {error}")
            except Exception as error:  # whatever a server or a library says: try again later
                done.failed[one.way] = error
    _complain(done)
    contacts.check(decided, known)
    return done.sent


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


def _send(
    stores: Stores, outlets: Outlets, one: Waiting, letter: Letter, now: datetime, done: _Run
) -> None:
    """Send a letter to whom it has not reached, unless the installation does not have the way."""
    send = outlets.ways.get(one.way)
    if send is None:
        register.delivered(stores.register, one, "not set up", now)
        return
    before = register.reached(stores.register, one)
    left = tuple(address for address in letter.to if address not in before)
    refused = (send(replace(letter, to=left)) if left or not letter.to else None) or {}
    outcomes: dict[str, Outcome] = {
        address: "refused" if address in refused else "sent"
        for address in left
        if refused.get(address, True)  # the others may take it later
    }
    done.refused += [
        f"{letter.title}: the mail server refuses {address}."
        for address, outcome in outcomes.items()
        if outcome == "refused"
    ]
    waits = [address for address in left if address not in outcomes]
    done.waits += [f"{letter.title} to {address}" for address in waits]
    is_sent = not letter.to or "sent" in {**before, **outcomes}.values()
    outcome: Outcome | None = None if waits else "sent" if is_sent else "refused"
    register.delivered(stores.register, one, outcome, now, outcomes)
    if not letter.to or "sent" in outcomes.values():
        done.sent += 1
        log.info("%s: sent by %s", letter.title, one.way)


def _complain(done: _Run) -> None:
    """Say at the end what did not leave."""
    if done.failed or done.waits:
        ways = [f"by {way}: {type(error).__name__}" for way, error in done.failed.items()]
        raise NotDelivered(
            f"notices did not leave {'; '.join([*ways, *done.waits])}. They wait, and the next run "
            "sends them. If it stays so, look at the connections scorecard_smtp and "
            f"scorecard_webhook.{' '.join(['', *done.refused])}"
        ) from next(iter(done.failed.values()), None)
    if done.refused:
        raise Undeliverable(
            f"{' '.join(done.refused)} It is not tried again: correct the mailbox in alerts.yaml, "
            "or the connection, and tell the role yourself this once."
        )
