"""Who may approve a pack: a role that the council names, four eyes, and words to answer for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from scorecard.council import Council
from scorecard.governance import Role
from scorecard.period import london_day

APPROVE = "Approve"
REJECT = "Reject"
LONGEST = 1_000  # characters of a comment
SCHEDULE = "schedule"  # who asked for a run that nobody asked for


class CannotApprove(ValueError):
    """An answer that approves nothing: which, why, and what to do."""


class DraftedAgain(CannotApprove):
    """An answer about a draft that is no longer the newest: the newest is asked about instead."""


@dataclass(frozen=True)
class Answer:
    """What a person answered, as Airflow recorded it."""

    user: str
    chosen: tuple[str, ...]
    comment: str
    at: datetime

    @property
    def is_approval(self) -> bool:
        return self.chosen == (APPROVE,)


@dataclass(frozen=True)
class Hands:
    """Whose hands a draft has been through before it is approved."""

    drafted_by: str
    asked_by: str

    def __contains__(self, user: str) -> bool:
        return user in (self.drafted_by, self.asked_by)


def users_of(roles: Iterable[Role], role: str, day: date) -> frozenset[str]:
    """The users who hold a role on a day, by its newest line in roles.yaml; none if it has none."""
    begun = [row for row in roles if row.role == role and row.starts <= day]
    return frozenset(max(begun, key=lambda row: row.starts).users) if begun else frozenset()


def role_for(decided: Council, variant: str) -> str:
    """The role that signs a variant off, by the council's routes; CannotApprove if none does."""
    roles = {route.sign_off for route in decided.governance.routes if route.variant == variant}
    if len(roles) != 1:
        raise CannotApprove(
            f"routes.yaml: variant '{variant}' is signed off by {len(roles)} roles. "
            "Name one role for it."
        )
    return roles.pop()


def variants_of(decided: Council, role: str) -> tuple[str, ...]:
    """The variants that a role signs off, the whole pack first."""
    signed = {route.variant for route in decided.governance.routes if route.sign_off == role}
    return tuple(v.name for v in decided.governance.variants if v.name in signed)


def check(name: str, answer: Answer, decided: Council, role: str, hands: Hands) -> None:
    """Refuse an answer that is not given in a role, by other hands, with words to it."""
    if answer.chosen not in ((APPROVE,), (REJECT,)):
        raise CannotApprove(
            f"{name}: {' and '.join(answer.chosen) or 'nothing'} was chosen. "
            f"Choose {APPROVE} or {REJECT}."
        )
    day = london_day(answer.at)
    if answer.user not in users_of(decided.roles, role, day):
        raise CannotApprove(
            f"{name}: {answer.user} does not hold the role '{role}' on {day:%d %B %Y}. "
            "Ask somebody who does, or enter the user in roles.yaml with the day from which."
        )
    if not answer.comment.strip() or len(answer.comment) > LONGEST:
        raise CannotApprove(
            f"{name}: the comment has {len(answer.comment.strip()):,} characters. "
            f"Say in 1 to {LONGEST:,} what was looked at, or why it is rejected."
        )
    if answer.is_approval and answer.user in hands:
        raise CannotApprove(
            f"{name}: {answer.user} drafted it or asked for it, and four eyes have to see it. "
            f"Ask another user who holds the role '{role}'."
        )
