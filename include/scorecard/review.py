"""Step: a person is asked whether a draft may be published, and what they answer is written down.

The answer is taken in the same task that asked, from Airflow's own record of it; then it stands in
the audit, which nobody changes. Marking a task as success, or writing what a task would return,
approves nothing.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from scorecard import approval, draft, gather, known_decisions
from scorecard.approval import Answer, CannotApprove, Hands
from scorecard.packs import review_words
from scorecard.packs.build import build
from scorecard.packs.content import content_sha256
from scorecard.register import audit, only_one, packs
from scorecard.register.audit import Event
from scorecard.register.packs import PackRow
from scorecard.stores import Stores

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Question:
    """What an approver is asked, and the names of those who may answer."""

    subject: str
    body: str  # Markdown
    users: tuple[str, ...]


def ask(
    stores: Stores, quarter: str, variant: str, asked_by: str, run: str, now: datetime
) -> Question:
    """The question about the newest draft of a quarter; from now on an answer is about it."""
    pack = _draft(stores, quarter, variant)
    reading = packs.read(stores.register, pack.measurement_id)
    whole = gather.everything(stores, reading)
    content = build(gather.records_of(stores, reading, gather.edition_of(pack, whole), whole=whole))
    if content_sha256(content) != pack.content_sha256:
        raise CannotApprove(
            f"{_name(pack)}: it would not say now what it said when it was drafted. "
            "Draft the quarter again, and ask for that draft."
        )
    decided = known_decisions.read(stores.settings.council, now)
    allowed = approval.users_of(decided.roles, approval.role_for(decided, variant), now.date())
    hands = Hands(pack.drafted_by, asked_by)
    users = tuple(sorted(user for user in allowed if user not in hands))
    if not users:
        raise CannotApprove(
            f"{_name(pack)}: nobody may approve it who has neither drafted it nor asked for it. "
            "Enter another user in roles.yaml with the day from which."
        )
    event = _event(pack, "asked", asked_by, "", now, run)
    with stores.register.begin() as connection:
        audit.write(connection, event)
    preview = f"/performance/packs/{quarter}/{variant}/r{pack.revision}/report.html"
    return Question(
        review_words.subject(content),
        review_words.body(content, pack.content_sha256, preview),
        users,
    )


def take(
    stores: Stores, quarter: str, variant: str, answer: Answer, run: str, now: datetime
) -> bool:
    """Write an answer into the audit; whether it approves. CannotApprove says what it lacks."""
    with only_one(stores.register, draft.lock_of(quarter, variant)):
        pack = _draft(stores, quarter, variant)
        asked = _asked(stores, pack, run)
        decided = known_decisions.read(stores.settings.council, now)
        hands = Hands(pack.drafted_by, asked.user_name)
        role = approval.check(_name(pack), answer, decided, variant, hands)
        said: audit.Doing = "approved" if answer.is_approval else "rejected"
        event = _event(pack, said, answer.user, answer.comment.strip(), answer.at, run, role)
        with stores.register.begin() as connection:
            audit.write(connection, event)
    log.info("%s: %s by %s as %s", _name(pack), said, answer.user, role)
    return answer.is_approval


def _draft(stores: Stores, quarter: str, variant: str) -> PackRow:
    """The newest revision, which has to be a draft."""
    pack = packs.newest(stores.register, quarter, variant)
    if pack is None or pack.state != "draft":
        raise CannotApprove(
            f"{quarter}/{variant}: there is no draft to approve. Draft the quarter first."
        )
    return pack


def _asked(stores: Stores, pack: PackRow, run: str) -> Event:
    """What was asked in a run; CannotApprove if the draft has other content since."""
    events = audit.of_pack(stores.register, pack.quarter, pack.variant, pack.revision)
    asked = [event for event in events if event.event == "asked" and event.run == run]
    if not asked or asked[-1].content_sha256 != pack.content_sha256:
        raise CannotApprove(
            f"{_name(pack)}: it was drafted again after the question was asked. "
            "Clear the task that asks, look at the new draft, and answer again."
        )
    return asked[-1]


def _event(
    pack: PackRow, event: audit.Doing, user: str, said: str, at: datetime, run: str, role: str = ""
) -> Event:
    return Event(
        at=at,
        event=event,
        user_name=user,
        role=role,
        quarter=pack.quarter,
        variant=pack.variant,
        revision=pack.revision,
        content_sha256=pack.content_sha256,
        said=said,
        run=run,
    )


def _name(pack: PackRow) -> str:
    return f"{pack.quarter}/{pack.variant}/r{pack.revision}"
