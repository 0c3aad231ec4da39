"""Step: a person is asked whether drafts may be published, and what they answer is written down.

Whoever signs variants of a quarter off is asked once about all of them. The answer is taken in the
same task that asked, from Airflow's own record of it; then it stands in the audit, which nobody
changes. Marking a task as success, or writing what a task would return, approves nothing.
"""

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from scorecard import approval, draft, gather, known_decisions
from scorecard.approval import Answer, CannotApprove, DraftedAgain, Hands
from scorecard.council import Council
from scorecard.offer import drafts_of
from scorecard.packs import review_words
from scorecard.packs.build import build
from scorecard.packs.content import PackContent, content_sha256
from scorecard.period import london_day
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
    about: str  # what an answer has to name: the drafts as they were shown


def ask(
    stores: Stores, quarter: str, role: str, asked_by: str, run: str, now: datetime, page: str
) -> Question:
    """The question about a quarter's drafts; from now on an answer in this run is about them.

    `page`: where the officers' page is, to which the question links.
    """
    decided = known_decisions.read(stores.settings.council, now)
    drafts = drafts_of(stores, quarter, role, decided)
    if not drafts:
        raise CannotApprove(
            f"{quarter}: the role '{role}' has no draft to approve. Draft the quarter first."
        )
    hands = {asked_by, *(pack.drafted_by for pack in drafts)}
    users = approval.users_of(decided.roles, role, london_day(now)) - hands
    if not users:
        raise CannotApprove(
            f"{quarter}: nobody who holds the role '{role}' has neither drafted it nor asked for "
            "it. Enter another user in roles.yaml with the day from which."
        )
    contents = _contents(stores, drafts)
    _write(stores, [_event(pack, "asked", asked_by, "", now, run) for pack in drafts])
    return Question(
        review_words.subject(contents[0]),
        review_words.body(contents, page, now),
        tuple(sorted(users)),
        _contents_in_short(drafts),
    )


def take(
    stores: Stores, quarter: str, role: str, answer: Answer, about: str, run: str, now: datetime
) -> bool:
    """Write an answer into the audit; whether it approves. CannotApprove says what it lacks.

    `about`: which drafts were shown to whoever answers, as the question named them. DraftedAgain
    if these are not the newest any more: nothing is written, and the newest are to be asked about.
    """
    decided = known_decisions.read(stores.settings.council, now)
    said: audit.Doing = "approved" if answer.is_approval else "rejected"
    with ExitStack() as locks:
        for variant in approval.variants_of(decided, role):
            locks.enter_context(only_one(stores.register, draft.lock_of(quarter, variant)))
        events = []
        for pack in _asked_about(stores, quarter, role, about, run, decided):
            hands = Hands(pack.drafted_by, _asked(stores, pack, run).user_name)
            approval.check(_name(pack), answer, decided, role, hands)
            words = answer.comment.strip()
            events.append(_event(pack, said, answer.user, words, answer.at, run, role))
        _write(stores, events)
    for event in events:
        log.info("%s/%s: %s by %s as %s", quarter, event.variant, said, answer.user, role)
    return answer.is_approval


def is_open(stores: Stores, quarter: str, role: str, run: str, now: datetime) -> bool:
    """Whether a run asked about drafts that a role signs off, and no answer to it was taken."""
    decided = known_decisions.read(stores.settings.council, now)
    variants = approval.variants_of(decided, role)
    done = {
        event.event
        for event in audit.reviews_of(stores.register, {quarter})
        if event.run == run and event.variant in variants
    }
    return "asked" in done and done.isdisjoint({"approved", "rejected"})


def _contents(stores: Stores, drafts: tuple[PackRow, ...]) -> tuple[PackContent, ...]:
    """What the drafts say; CannotApprove if one would not say now what it said."""
    found = []
    for pack in drafts:
        reading = packs.read(stores.register, pack.measurement_id)
        whole = gather.everything(stores, reading)
        edition = gather.edition_of(pack, whole)
        content = build(gather.records_of(stores, reading, edition, whole=whole))
        if content_sha256(content) != pack.content_sha256:
            raise CannotApprove(
                f"{_name(pack)}: it would not say now what it said when it was drafted. "
                "Draft the quarter again, and ask for that draft."
            )
        found.append(content)
    return tuple(found)


def _asked_about(
    stores: Stores, quarter: str, role: str, about: str, run: str, decided: Council
) -> tuple[PackRow, ...]:
    """The drafts that a run asked about and showed; DraftedAgain if they are not the newest."""
    drafts = drafts_of(stores, quarter, role, decided)
    if not drafts:
        raise CannotApprove(
            f"{quarter}: the role '{role}' has no draft to approve any more. Look at what was "
            "published meanwhile; for a correction, draft the quarter again with a reason."
        )
    for pack in drafts:
        if _asked(stores, pack, run).content_sha256 != pack.content_sha256:
            raise DraftedAgain(
                f"{_name(pack)}: it was drafted again after the question was asked. "
                "Read the new draft, and answer the question about it."
            )
    if about != _contents_in_short(drafts):
        raise DraftedAgain(
            f"{quarter}: the answer is about '{about}', and the question now about other drafts. "
            "Open the question again, read the new drafts, and answer."
        )
    return drafts


def _contents_in_short(drafts: tuple[PackRow, ...]) -> str:
    """A few letters and digits that differ if any draft says something else."""
    said = "\n".join(f"{_name(pack)} {pack.content_sha256}" for pack in drafts)
    return sha256(said.encode()).hexdigest()[:12]


def _asked(stores: Stores, pack: PackRow, run: str) -> Event:
    """What a run asked last about a revision; an event about no content if it did not."""
    events = audit.of_pack(stores.register, pack.quarter, pack.variant, pack.revision)
    asked = [event for event in events if event.event == "asked" and event.run == run]
    nothing = Event(pack.drafted_at, "asked", "", pack.quarter, pack.variant, pack.revision, "")
    return asked[-1] if asked else nothing


def _write(stores: Stores, events: list[Event]) -> None:
    with stores.register.begin() as connection:
        for event in events:
            audit.write(connection, event)


def _event(
    pack: PackRow, event: audit.Doing, user: str, said: str, at: datetime, run: str, role: str = ""
) -> Event:
    about = (pack.quarter, pack.variant, pack.revision, pack.content_sha256)
    return Event(at, event, user, *about, role=role, said=said, run=run)


def _name(pack: PackRow) -> str:
    return f"{pack.quarter}/{pack.variant}/r{pack.revision}"
