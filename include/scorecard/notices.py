"""What people are told: about which feed or pack, what happened, and what to do.

A notice is read outside Scorecard, on phones and in chats. So it is made of the council's own words
and of numbers of extracts: no name of a file, no cell, no figure, no person is ever in it.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["late", "refused", "set aside", "overdue", "failed", "review", "published"]

PACKS = "/performance/packs"


@dataclass(frozen=True)
class Notice:
    """One thing that some roles are told, once."""

    kind: Kind
    about: str  # the source or the quarter
    period: str  # the month or quarter; empty where a notice is about none
    items: tuple[str, ...]  # what it tells; each is told once
    roles: tuple[str, ...]
    title: str
    lines: tuple[str, ...]  # where, what, what to do
    page: str = PACKS  # where on the officers' page to look

    @property
    def identity(self) -> str:
        """What makes it this notice and no other, as 64 hexadecimal digits."""
        told = [self.kind, self.about, self.period, sorted(self.items)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True)
class Letter:
    """A notice as it leaves Scorecard: to whom, in which words, with which link."""

    identity: str
    to: tuple[str, ...]  # addresses
    title: str
    lines: tuple[str, ...]
    link: str
    raised_at: datetime


@dataclass(frozen=True)
class Found:
    """An extract that its owner has to hear of: its number, and what was found in words."""

    extract_id: int
    key: str  # what is told of it; another refusal of the same file is another
    words: str


def late(source: str, month: str, owner: str, missing: Iterable[tuple[str, str]]) -> Notice:
    """That the arrival day of a feed has passed; `missing`: what, and the same as a sentence."""
    pairs = tuple(missing)
    return Notice(
        kind="late",
        about=source,
        period=month,
        items=tuple(f"{source} {key}" for key, _ in pairs),
        roles=(owner,),
        title=f"Late: {source} of {month}",
        lines=(
            f"The day on which {source} of {month} was to arrive has passed.",
            *(words for _, words in pairs),
            f"Put the export into the inbox of {source}. It is taken in by the next run of "
            f"ingest_{source}; to have it at once, ask the performance team to start it.",
        ),
    )


def refused(source: str, owner: str, found: Sequence[Found]) -> Notice:
    """That nothing of some extracts is used."""
    return _of_extracts(
        "refused",
        source,
        owner,
        found,
        f"Refused: {_extracts(len(found))} of {source}",
        "Nothing of them is used; what was accepted before stands.",
        "Correct the export and send it again. `scorecard try FILE` says row by row what is wrong.",
    )


def set_aside(source: str, owner: str, found: Sequence[Found]) -> Notice:
    """That more rows of some extracts were set aside than the council tolerates."""
    return _of_extracts(
        "set aside",
        source,
        owner,
        found,
        f"Rows set aside: {_extracts(len(found))} of {source}",
        "Rows that were set aside are in no figure.",
        "The data steward sees the rows on the officers' page. Correct them in the source system "
        "and send a new export.",
    )


def _of_extracts(
    kind: Kind, source: str, owner: str, found: Sequence[Found], title: str, what: str, do: str
) -> Notice:
    named = [f"Extract {each.extract_id} of {source}: {each.words}" for each in found]
    items = tuple(each.key for each in found)
    return Notice(kind, source, "", items, (owner,), title, (*named, what, do))


def overdue(quarter: str, run: str, roles: tuple[str, ...], hours: int) -> Notice:
    """That the drafts of a quarter do not stand by their deadline."""
    return Notice(
        kind="overdue",
        about="quarterly_pack",
        period=quarter,
        items=(f"{quarter} {run}",),
        roles=roles,
        title=f"Overdue: the drafts of {quarter}",
        lines=(
            f"The run of quarterly_pack for {quarter} has not succeeded within {hours} hours.",
            "The packs that were published stand.",
            "Open the run in Airflow: a red task says what to do, and docs/runbook.md has it under "
            "quarterly_pack.",
        ),
    )


def failed(dag: str, task: str, period: str, run: str, roles: tuple[str, ...]) -> Notice:
    """That a step of the schedule failed, and is not tried again."""
    of = f" of {period}" if period else ""
    return Notice(
        kind="failed",
        about=dag,
        period=period,
        items=(f"{dag} {task} {run}",),
        roles=roles,
        title=f"Failed: {dag}{of}",
        lines=(
            f"The step {task} of {dag}{of} failed, and is not tried again.",
            "What was accepted, drafted or published before stands.",
            "Open the run in Airflow: the log of the red task says what to do, and docs/runbook.md "
            f"has it under {dag.split('_')[0] if dag.startswith('ingest_') else dag}.",
        ),
    )


def review(quarter: str, role: str, drafts: Sequence[tuple[str, str]]) -> Notice:
    """That drafts wait for somebody who may approve them; each with the hash of its content."""
    return Notice(
        kind="review",
        about="publish_pack",
        period=quarter,
        items=tuple(f"{name} {content}" for name, content in drafts),
        roles=(role,),
        title=f"To approve: the drafts of {quarter}",
        lines=(
            f"The role {role} is asked to approve {_drafts(len(drafts))} of {quarter}.",
            "Nothing is published before.",
            "Read the drafts on the officers' page; then answer in Airflow, under Browse, Required "
            "Actions, with a comment.",
        ),
    )


def published(quarter: str, roles: tuple[str, ...], names: Sequence[str]) -> Notice:
    """That packs of a quarter were published."""
    return Notice(
        kind="published",
        about="publish_pack",
        period=quarter,
        items=tuple(names),
        roles=roles,
        title=f"Published: {quarter}",
        lines=(
            f"Published: {', '.join(names)}.",
            "They never change. A correction is a new revision.",
            "Read and fetch them on the officers' page.",
        ),
    )


def _extracts(count: int) -> str:
    return f"{count} extract{'' if count == 1 else 's'}"


def _drafts(count: int) -> str:
    return f"{count} draft{'' if count == 1 else 's'}"
