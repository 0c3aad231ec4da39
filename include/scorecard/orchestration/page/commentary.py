"""Commentary: which figures of a quarter ask for it, and the form to write it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from scorecard import comment
from scorecard.commentary import MOST_WORDS, PARTS, Comment, Slot, WrongComment, roles_of
from scorecard.orchestration.page import forms, rendering
from scorecard.orchestration.page.desk import AtDesk, Desk, found
from scorecard.orchestration.page.forms import Sent
from scorecard.packs.commentary_words import comments_of, status
from scorecard.packs.records import PackRecords
from scorecard.packs.words import quarter_name
from scorecard.period import FinancialQuarter
from scorecard.register.commentary import NoFigures

pages = APIRouter(include_in_schema=False)

# What the form calls the parts of a comment.
LABELS = {"cause": "Cause", "action": "Action", "owner": "Owner", "by_when": "By when"}


@dataclass(frozen=True)
class Open:
    """A slot as a page shows it: the figure, why it asks, and what was said last."""

    slot: Slot
    title: str
    whose: str
    status: str
    said: Comment | None

    @property
    def address(self) -> str:
        return f"{self.slot.kpi_id}/{self.slot.directorate}"


@pages.get("/commentary/{quarter}")
def slots(request: Request, desk: AtDesk, quarter: str, written: str = "") -> Response:
    """The figures of a quarter that ask for commentary, those without any first."""
    records = _records(desk, quarter)
    opened = _open(desk, records)
    return rendering.page(
        request,
        "slots.html.j2",
        quarter=quarter,
        title=quarter_name(records.quarter),
        due=records.commentary_due,
        owed=[each for each in opened if each.said is None],
        supplied=[each for each in opened if each.said is not None],
        written=next((each for each in opened if each.address == written), None),
    )


@pages.get("/commentary/{quarter}/{kpi}/{directorate}")
def form(request: Request, desk: AtDesk, quarter: str, kpi: str, directorate: str) -> Response:
    """The form for one figure, filled with what was said last."""
    records = _records(desk, quarter)
    one = _slot(desk, records, kpi, directorate)
    filled = {"owner": one.slot.owner, "role": one.slot.owner}
    if one.said:
        filled |= {name: str(getattr(one.said, name)) for name in PARTS}
        filled["role"] = one.said.written_by
    return _form(request, desk, records, one, filled)


@pages.post("/commentary/{quarter}/{kpi}/{directorate}")
def write(
    request: Request, desk: AtDesk, sent: Sent, quarter: str, kpi: str, directorate: str
) -> Response:
    """Take a comment in, or say in the form what is wrong with it."""
    records = _records(desk, quarter)
    one = _slot(desk, records, kpi, directorate)
    if not forms.is_ours(sent.get("token", ""), desk.reader, desk.now):
        wrong = "The form was open for too long, or was not this page's. Send it again from here."
        return _form(request, desk, records, one, sent, wrong, 403)
    said = {"kpi": kpi, "directorate": directorate, **{name: sent.get(name, "") for name in PARTS}}
    try:
        comment.say(desk.stores, quarter, said, sent.get("role", ""), desk.reader.user, desk.now)
    except WrongComment as error:
        return _form(request, desk, records, one, sent, str(error), 422)
    base = request.scope.get("root_path", "")
    return RedirectResponse(f"{base}/commentary/{quarter}?written={one.address}", 303)


def _form(
    request: Request,
    desk: Desk,
    records: PackRecords,
    one: Open,
    filled: Mapping[str, str],
    wrong: str = "",
    status: int = 200,
) -> Response:
    part = next((name for name in PARTS if wrong.startswith(f"{name} ")), "")
    return rendering.page(
        request,
        "slot.html.j2",
        status,
        quarter=str(records.quarter),
        when=quarter_name(records.quarter),
        one=one,
        filled={name: filled.get(name, "") for name in (*PARTS, "role")},
        roles=sorted(roles_of(records.council, records.quarter)),
        most_words=MOST_WORDS,
        first_day=date.isoformat(records.quarter.months[-1].shifted(1).first_day),
        token=forms.token(desk.reader, desk.now),
        wrong=f"{LABELS[part]}{wrong.removeprefix(part)}" if part else wrong,
        wrong_part=part,
    )


def _records(desk: Desk, quarter: str) -> PackRecords:
    """What the quarter's packs would be built from; 404 for who does not work on packs."""
    if not desk.reader.is_officer:
        raise HTTPException(403, "Commentary is written by officers")
    try:
        found(str(FinancialQuarter.parse(quarter)) == quarter or None)
        return comment.asked_for(desk.stores, quarter)
    except (ValueError, NoFigures):
        raise HTTPException(404, "Not found") from None


def _open(desk: Desk, records: PackRecords) -> list[Open]:
    """The slots of figures that are open to the reader."""
    written = comments_of(records)
    return [
        Open(
            slot,
            records.definition(slot.kpi_id).title,
            desk.directorates.get(slot.directorate, slot.directorate),
            status(span, slot),
            written.get(slot.key),
        )
        for slot, span in comment.slots(records).values()
        if slot.kpi_id in desk.definitions
    ]


def _slot(desk: Desk, records: PackRecords, kpi: str, directorate: str) -> Open:
    opened = _open(desk, records)
    wanted = (kpi, directorate)
    return found(next((each for each in opened if each.slot.key == wanted), None))
