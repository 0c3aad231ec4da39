"""Step: commentary is asked for and taken in, from a file with a row for each open slot."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from scorecard import gather
from scorecard.commentary import (
    COLUMNS,
    PARTS,
    Comment,
    Slot,
    WrongComment,
    check_writer,
    comment_from,
    is_left_empty,
    newest,
    roles_of,
)
from scorecard.packs.commentary_words import comments_of, slots_of, status
from scorecard.packs.records import PackRecords
from scorecard.period import FinancialQuarter
from scorecard.register import commentary as register
from scorecard.register import only_one, packs
from scorecard.register.audit import Event
from scorecard.stores import Stores

LARGEST = 1_000_000  # bytes of a file of commentary
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class TakenIn:
    """What became of a file's rows: how many were written, and why each other one was not."""

    written: int
    unchanged: int
    left_empty: int
    refused: tuple[str, ...]


def asked_for(stores: Stores, quarter: str) -> PackRecords:
    """What the quarter's packs would be built from; NoFigures if nothing was measured."""
    parsed = FinancialQuarter.parse(quarter)
    measurement = register.newest_measurement(stores.register, str(parsed))
    return gather.everything(stores, packs.read(stores.register, measurement))


def slots(records: PackRecords) -> dict[tuple[str, str], tuple[Slot, PackRecords]]:
    """Every slot of the quarter, and of the year that it ends if that has a pack of its own.

    A slot comes with the records that open it: those of the quarter before those of the year.
    """
    variants = records.council.governance.variants
    of_year = [v for v in variants if v.covers == "year" and v.is_made_for(records.quarter)]
    spans = [replace(records, variant=variant) for variant in of_year[:1]]
    return {slot.key: (slot, span) for span in (*spans, records) for slot in slots_of(span)}


def rows(records: PackRecords) -> list[dict[str, str]]:
    """A row for each open slot: the figure, why it asks, who owes it by when, what was said."""
    written = comments_of(records)
    due = records.commentary_due
    return [
        {
            "quarter": str(records.quarter),
            "kpi": slot.kpi_id,
            "directorate": slot.directorate,
            "title": records.definition(slot.kpi_id).title,
            "why": status(span, slot),
            "owed_by": slot.owner,
            "due": due.isoformat() if due else "",
            **_filled(written.get(slot.key), slot.owner),
        }
        for slot, span in slots(records).values()
    ]


def _filled(comment: Comment | None, owner: str) -> dict[str, str]:
    if comment is None:
        return {"cause": "", "action": "", "owner": owner, "by_when": ""}
    day = comment.by_when.isoformat()
    return {"cause": comment.cause, "action": comment.action, "owner": comment.owner,
            "by_when": day}  # fmt: skip


def to_fill_in(records: PackRecords) -> bytes:
    """A file with a row for each open slot, for officers to fill in with a spreadsheet."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _as_text(cell) for name, cell in row.items()} for row in rows(records))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def run(stores: Stores, path: Path, quarter: str, role: str, now: datetime) -> TakenIn:
    """Take a filled-in file in: good rows are written, each other one is refused with its number.

    `role`: who wrote it; never a person's name.
    """
    with only_one(stores.register, f"comment {quarter}"):
        records = asked_for(stores, quarter)
        roles = roles_of(records.council, records.quarter)
        check_writer(role, roles)
        asked = {key: slot for key, (slot, _) in slots(records).items()}
        good: dict[int, dict[str, Any]] = {}
        first: dict[tuple[str, str], int] = {}
        refused, empty = [], 0
        for number, row in _read(path):
            if is_left_empty(row):
                empty += 1
                continue
            try:
                parts = comment_from(row, asked, records.quarter, roles)
                _check_first(first, parts, number)
                good[number] = parts
            except WrongComment as error:
                refused.append(f"{path.name}, row {number}: {error}")
        known = newest(records.commentary)
        about: dict[str, Any] = {
            "quarter": str(records.quarter),
            "written_by": role,
            "written_at": now,
        }
        made = [Comment(**parts, **about) for parts in good.values()]
        new = [each for each in made if not each.says_the_same(known.get(each.key))]
        register.write(stores.register, new)
    return TakenIn(len(new), len(made) - len(new), empty, tuple(refused))


def say(
    stores: Stores, quarter: str, said: Mapping[str, str], role: str, user: str, now: datetime
) -> Comment | None:
    """Take one comment in, and return it; None if it is what was said already.

    `said`: kpi, directorate and the four parts. `role` is printed, `user` stands in the audit
    alone. WrongComment says what is wrong with it.
    """
    with only_one(stores.register, f"comment {quarter}"):
        records = asked_for(stores, quarter)
        roles = roles_of(records.council, records.quarter)
        check_writer(role, roles)
        asked = {key: slot for key, (slot, _) in slots(records).items()}
        row = {**said, "quarter": str(records.quarter)}
        parts = comment_from(row, asked, records.quarter, roles)
        made = Comment(**parts, quarter=str(records.quarter), written_by=role, written_at=now)
        if made.says_the_same(newest(records.commentary).get(made.key)):
            return None
        register.write(stores.register, [made], _said_by(user, made))
    return made


def _said_by(user: str, made: Comment) -> Event:
    """What the audit keeps of a comment: who wrote it, in which role, on which figure."""
    return Event(
        at=made.written_at,
        event="commented",
        user_name=user,
        role=made.written_by,
        quarter=made.quarter,
        variant="",
        revision=0,
        content_sha256="",
        said=f"{made.kpi_id}, {made.directorate}",
    )


def _check_first(first: dict[tuple[str, str], int], parts: dict[str, Any], number: int) -> None:
    """Refuse a second comment on one figure in one file: nobody could say which counts."""
    key = parts["kpi_id"], parts["directorate"]
    if first.setdefault(key, number) != number:
        raise WrongComment(
            f"{key[0]} of {key[1]} stands in row {first[key]} already. Keep one of them."
        )


def _read(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file of commentary by their number; WrongComment if it is no such file."""
    if not path.is_file():
        raise WrongComment(f"{path}: there is no such file. Name the one that was filled in.")
    if path.stat().st_size > LARGEST:
        raise WrongComment(f"{path.name}: is larger than 1 MB. Send the rows to fill in only.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongComment(
            f"{path.name}: is not in UTF-8. Save it as 'CSV UTF-8' and read it again."
        ) from None
    try:
        lines = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise WrongComment(
            f"{path.name}: cannot be read as CSV ({error}). Close every quotation mark."
        ) from None
    if not lines or tuple(lines[0]) != COLUMNS:
        raise WrongComment(
            f"{path.name}, row 1: the headings are '{','.join(lines[0]) if lines else ''}'. "
            f"Write exactly '{','.join(COLUMNS)}': nothing else is taken in, a rating least of all."
        )
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells):
            filled = [*cells, *[""] * len(COLUMNS)][: max(len(COLUMNS), len(cells))]
            if len(filled) > len(COLUMNS) and any(filled[len(COLUMNS) :]):
                raise WrongComment(
                    f"{path.name}, row {number}: has more cells than headings. Quote cells that "
                    "hold commas."
                )
            yield number, dict(zip(COLUMNS, filled, strict=False))


def in_words(
    taken: TakenIn | None,
    slots: list[dict[str, str]],
    chased: tuple[str, ...],
    written: Path | None,
) -> Iterator[str]:
    """What a person at a terminal is told: what was taken in, each slot, who owes what."""
    if taken:
        yield (
            f"{taken.written} written, {taken.unchanged} unchanged, {taken.left_empty} left empty, "
            f"{len(taken.refused)} refused."
        )
        yield from taken.refused
    elif written:
        yield f"{written}: {len(slots)} rows to fill in: {', '.join(PARTS)}."
    else:
        for (title, kpi, owner), of_kpi in groupby(slots, itemgetter("title", "kpi", "owed_by")):
            yield f"{title} ({kpi}), owed by {owner}"
            for row in of_kpi:
                state = "supplied" if row["cause"] else "missing"
                yield f"  {row['directorate']:<8} {state:<9} {row['why']}"
            yield ""
    yield from chased
