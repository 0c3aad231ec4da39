"""Commentary: which figures ask for one, and what one must say. People write it, nobody else.

A red figure of the quarter opens a slot, and so does a special cause of concern at its end, even
at green. A slot is filled with cause, action, the role that owns it, and by when.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from scorecard.council import COUNCIL, Council, last_day_of
from scorecard.governance import Route
from scorecard.period import FinancialQuarter, london_day
from scorecard.strict import unseen

MOST_WORDS = 120  # of cause and action together
MOST_LETTERS = 1000  # of both, spaces included: words may hang together by hyphens, or have none
PARTS = ("cause", "action", "owner", "by_when")
COLUMNS = ("quarter", "kpi", "directorate", "title", "why", "owed_by", "due", *PARTS)

_FORMULA = ("=", "+", "-", "@")
_ROLE = re.compile(
    r"\b(Head|Director|Manager|Officer|Analyst|Accountant|Lead|Leader|Chief|Team|Service|Board)\b"
)
_NAMES_A_PERSON = re.compile(r"[@,;:/()\d]")
_DAY = (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), re.compile(r"(\d\d?)/(\d\d?)/(\d{4})"))


class WrongComment(ValueError):
    """A comment that cannot be printed: where, what is wrong, what to do."""


class RatedFigure(Protocol):
    """What of a figure decides whether it asks for commentary."""

    @property
    def rag(self) -> str: ...


# The quarter's figure of a KPI and a directorate, if there is one.
FigureOf = Callable[[str, str], RatedFigure | None]


@dataclass(frozen=True)
class Slot:
    """A figure that asks for commentary, why, and the role that owes it."""

    kpi_id: str
    directorate: str
    is_red: bool
    concern: str  # the special cause of concern, in words; empty without one
    owner: str

    @property
    def key(self) -> tuple[str, str]:
        return self.kpi_id, self.directorate


@dataclass(frozen=True)
class Comment:
    """What a role wrote about a figure of a quarter, and when. A change is a new comment."""

    quarter: str
    kpi_id: str
    directorate: str
    cause: str
    action: str
    owner: str
    by_when: date
    written_by: str
    written_at: datetime

    @property
    def key(self) -> tuple[str, str]:
        return self.kpi_id, self.directorate

    def says_the_same(self, other: "Comment | None") -> bool:
        """Whether another comment has the same words and the same day."""
        return other is not None and all(getattr(self, p) == getattr(other, p) for p in PARTS)


def open_slots(
    quarter: FinancialQuarter,
    kpis: Iterable[str],
    figure_of: FigureOf,
    concerns: Mapping[tuple[str, str], str],
    decided: Council,
) -> tuple[Slot, ...]:
    """Every figure of a quarter that asks for commentary: by KPI, the council's before others.

    `concerns`: KPI and directorate to the special cause of concern of the quarter's latest month.
    """
    codes = dict.fromkeys(d.code for d in decided.directorates_in(quarter.period))
    found = []
    for kpi in kpis:
        owner = decided.owner_of(kpi, quarter.period)
        for directorate in (COUNCIL, *codes):
            figure = figure_of(kpi, directorate)
            is_red = figure is not None and figure.rag == "red"
            concern = concerns.get((kpi, directorate), "")
            if is_red or concern:
                named = owner.owner if owner else "No owner is named"
                found.append(Slot(kpi, directorate, is_red, concern, named))
    return tuple(found)


def newest(comments: Iterable[Comment]) -> dict[tuple[str, str], Comment]:
    """The comment that counts for each figure: of comments in the order written, the last."""
    return {comment.key: comment for comment in comments}


def due_day(
    quarter: FinancialQuarter, routes: Iterable[Route], holidays: Collection[date]
) -> date | None:
    """The day by which commentary is due: the first deadline of a body that sees the pack."""
    days = [route.deadline_working_day for route in routes]
    return london_day(quarter.due_at(min(days), holidays)) if days else None


def comment_from(
    row: Mapping[str, str],
    slots: Mapping[tuple[str, str], Slot],
    quarter: FinancialQuarter,
    roles: Collection[str],
) -> dict[str, Any]:
    """The parts of a comment that a row of a file holds; WrongComment says what is wrong."""
    if row["quarter"] != str(quarter):
        raise WrongComment(f"quarter is '{row['quarter']}'. Write {quarter}, or read another file.")
    key = row["kpi"], row["directorate"]
    if key not in slots:
        raise WrongComment(
            f"{key[0]} of {key[1]} asks for no commentary this quarter. Remove the row; "
            "`scorecard commentary` lists the figures that do."
        )
    texts = {part: _plain(part, row[part]) for part in PARTS}
    _check_length(texts["cause"], texts["action"])
    _check_role("owner", texts["owner"], roles)
    by_when = day_from(texts["by_when"])
    last = last_day_of(quarter.period)
    if by_when < last:
        raise WrongComment(
            f"by_when {by_when} lies before the quarter's end, {last}. Write a day from then on."
        )
    return {**texts, "kpi_id": key[0], "directorate": key[1], "by_when": by_when}


def is_left_empty(row: Mapping[str, str]) -> bool:
    """Whether nobody wrote anything into a row; the owner is filled in beforehand."""
    return not any(row[part].strip() for part in ("cause", "action", "by_when"))


def _plain(part: str, text: str) -> str:
    """A part's text on one line; WrongComment if there is none, or a spreadsheet might run it."""
    words = " ".join(text.split())
    if not words:
        raise WrongComment(f"{part} is missing. Fill in all of {', '.join(PARTS)}.")
    if words.startswith(_FORMULA):
        raise WrongComment(
            f"{part} begins with '{words[0]}', which a spreadsheet takes for a formula. "
            "Begin with a word."
        )
    if hidden := unseen(text):
        raise WrongComment(
            f"{part} holds {hidden}, a character that cannot be seen. Type it again."
        )
    return words


def _check_length(cause: str, action: str) -> None:
    count = len(cause.split()) + len(action.split())
    if count > MOST_WORDS:
        raise WrongComment(
            f"cause and action have {count} words together. Shorten them to {MOST_WORDS}."
        )
    letters = len(cause) + len(action)
    if letters > MOST_LETTERS:
        raise WrongComment(
            f"cause and action have {letters:,} letters together. Shorten them to {MOST_LETTERS:,}."
        )


def _check_role(part: str, text: str, roles: Collection[str]) -> None:
    """Let nobody be named: a role stays when the person who holds it leaves."""
    if text in roles or (_ROLE.search(text) and not _NAMES_A_PERSON.search(text)):
        return
    raise WrongComment(
        f"{part} '{text}' is not a role. Write the role, such as {min(roles, default='Head of IT')}"
        ", and nobody's name."
    )


def check_writer(role: str, roles: Collection[str]) -> None:
    """Refuse a writer who is no role that the council names."""
    if role not in roles:
        raise WrongComment(
            f"'{role}' is no role of the council. Use one of {', '.join(sorted(roles))}."
        )


def roles_of(decided: Council, quarter: FinancialQuarter) -> frozenset[str]:
    """The roles that the council names as owners, stewards, approvers and senders."""
    day = last_day_of(quarter.period)
    rows = [owner for owner in decided.owners if owner.effective_from <= day]
    named = {role for row in rows for role in (row.owner, row.steward, row.approver)}
    senders = {feed.owner for feed in decided.feeds.values()}
    return frozenset(named | senders | {decided.settled.responsible_officer})


def day_from(text: str) -> date:
    """A day written 2025-09-30, or 30/09/2025 as a spreadsheet makes of it."""
    for pattern, order in zip(_DAY, ((1, 2, 3), (3, 2, 1)), strict=True):
        found = pattern.fullmatch(text)
        if found:
            try:
                return date(*(int(found[place]) for place in order))
            except ValueError:
                break  # 31 February has the right shape and is none: the error below says so
    raise WrongComment(f"by_when '{text}' is not a day. Write one like 2025-09-30.")
