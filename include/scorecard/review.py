"""Step: a person is asked whether drafts may be published, and what they answer is written down.

Whoever signs variants of a quarter off is asked once about all of them. The answer is taken in the
same task that asked, from Airflow's own record of it; then it stands in the audit, which nobody
changes. Marking a task as success, or writing what a task would return, approves nothing.
"""

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from scorecard import approval, draft, gather, known_decisions
from scorecard.approval import Answer, CannotApprove, DraftedAgain, Hands
from scorecard.council import Council
from scorecard.offer import drafts_of
from scorecard.packs import review_words
from scorecard.packs.build import build
from scorecard.packs.content import PackContent
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


def ask(
    stores: Stores, quarter: str, role: str, asked_by: str, run: str, now: datetime, page: str
) -> Question:
    """The question about a quarter's drafts; from now on an answer in this run is about them.

    `run`: the one form of a run of Airflow. `page`: where the officers' page is, to which the
    question links. DraftedAgain if the form has asked about other drafts before: its words would
    still be about those.
    """
    decided = known_decisions.read(stores.settings.council, now)
    drafts = drafts_of(stores, quarter, role, decided)
    if not drafts:
        raise CannotApprove(
            f"{quarter}: the role '{role}' has no draft to approve. Draft the quarter first."
        )
    before = _events_in(stores, quarter, run)
    if before:
        _check_unmoved(drafts, before)
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
        review_words.body(contents, page, min(pack.drafted_at for pack in drafts)),
        tuple(sorted(users)),
    )


def take(stores: Stores, quarter: str, role: str, answer: Answer, run: str, now: datetime) -> bool:
    """Write an answer into the audit; whether it approves. CannotApprove says what it lacks.

    DraftedAgain if the drafts are not those that were asked about: nothing is written.
    """
    decided = known_decisions.read(stores.settings.council, now)
    said: audit.Doing = "approved" if answer.is_approval else "rejected"
    with ExitStack() as locks:
        for variant in approval.variants_of(decided, role):
            locks.enter_context(only_one(stores.register, draft.lock_of(quarter, variant)))
        events = []
        for pack in _asked_about(stores, quarter, role, run, decided):
            hands = Hands(pack.drafted_by, _asked(stores, pack, run).user_name)
            approval.check(_name(pack), answer, decided, role, hands)
            words = answer.comment.strip()
            events.append(_event(pack, said, answer.user, words, answer.at, run, role))
        _write(stores, events)
    for event in events:
        log.info("%s/%s: %s by %s as %s", quarter, event.variant, said, answer.user, role)
    return answer.is_approval


def has_moved(stores: Stores, quarter: str, role: str, run: str, now: datetime) -> bool:
    """Whether a run asked about other drafts than there are now, and they were not rejected."""
    mine = _events_in(stores, quarter, run)
    if not mine or mine[-1].event == "rejected":
        return False
    decided = known_decisions.read(stores.settings.council, now)
    return _moved(drafts_of(stores, quarter, role, decided), mine) is not None


def _contents(stores: Stores, drafts: tuple[PackRow, ...]) -> tuple[PackContent, ...]:
    """What the drafts say; CannotApprove if one would not say now what it said."""
    found = []
    for pack in drafts:
        reading = packs.read(stores.register, pack.measurement_id)
        whole = gather.everything(stores, reading)
        edition = gather.edition_of(pack, whole)
        content = build(
            gather.records_of(stores, reading, edition, whole=whole, drafted_at=pack.drafted_at)
        )
        if content.sha256 != pack.content_sha256:
            raise CannotApprove(
                f"{_name(pack)}: it would not say now what it said when it was drafted. "
                "Draft the quarter again, and ask for that draft."
            )
        found.append(content)
    return tuple(found)


def _asked_about(
    stores: Stores, quarter: str, role: str, run: str, decided: Council
) -> tuple[PackRow, ...]:
    """The drafts that a run asked about; DraftedAgain if one was drafted again since."""
    drafts = drafts_of(stores, quarter, role, decided)
    if not drafts:
        raise CannotApprove(
            f"{quarter}: the role '{role}' has no draft to approve any more. Look at what was "
            "published meanwhile; for a correction, draft the quarter again with a reason."
        )
    _check_unmoved(drafts, _events_in(stores, quarter, run))
    return drafts


def _check_unmoved(drafts: tuple[PackRow, ...], events: tuple[Event, ...]) -> None:
    moved = _moved(drafts, events)
    if moved and (not events or events[-1].event == "rejected"):
        raise CannotApprove(
            f"{_name(moved)}: this run did not ask about it, or what it asked about was rejected. "
            "Start publish_pack again to have it asked about."
        )
    if moved:
        raise DraftedAgain(
            f"{_name(moved)}: it was drafted after the question was asked. "
            "Read the new draft, and answer the question about it."
        )


def _moved(drafts: tuple[PackRow, ...], events: tuple[Event, ...]) -> PackRow | None:
    """A draft that the first question of a run did not show; None if it showed every one.

    Airflow shows the words of a run's first question, however often its task is tried or cleared.
    """
    shown: dict[str, str] = {}
    for event in events:
        if event.event == "asked":
            shown.setdefault(event.variant, event.content_sha256)
    return next((p for p in drafts if shown.get(p.variant) != p.content_sha256), None)


def _events_in(stores: Stores, quarter: str, run: str) -> tuple[Event, ...]:
    """What was asked and answered in a run about a quarter, oldest first."""
    every = audit.reviews_of(stores.register, {quarter})
    return tuple(each for each in every if each.run == run)


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
