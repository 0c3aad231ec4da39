"""The audit as a file: for approvers and stewards, without what a restricted pack says."""

import csv
import io
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Response

from scorecard.audience import APPROVER, STEWARD
from scorecard.orchestration.page.desk import AtDesk, Desk
from scorecard.packs.evidence_sheets import without_quotes
from scorecard.packs.naming import named
from scorecard.register import trail
from scorecard.register.shelf import Key

files = APIRouter(include_in_schema=False)

WITHHELD = "Not shown: it is about a pack or a KPI that is not open to you."
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@files.get("/audit.csv")
def audit(desk: AtDesk) -> Response:
    """Everything that was received, accepted, drafted, approved, published and fetched."""
    if not desk.reader.may_see_audit:
        raise HTTPException(403, f"The audit is for those who are {STEWARD} or {APPROVER}")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(trail.COLUMNS)
    is_open = {pack.key for pack in desk.packs}
    for row in trail.everything(desk.stores.register):
        told = dict(zip(trail.COLUMNS, row, strict=True))
        said = _said(desk, told, is_open)
        writer.writerow(_field(value) for value in (told | {"said": said}).values())
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response(out.getvalue().encode("utf-8-sig"), media_type="text/csv", headers=headers)


def _said(desk: Desk, told: Mapping[str, Any], is_open: Collection[Key]) -> str:
    """What was said, without what it quotes of a file, and of hidden packs and KPIs nothing."""
    key, said = (told["quarter"], told["variant"], told["revision"]), str(told["said"])
    is_of_pack = bool(told["variant"])
    if (is_of_pack and key not in is_open) or named(said, desk.hidden):
        return WITHHELD
    return said if is_of_pack else without_quotes(said)


def _field(value: Any) -> str:
    """A field that no spreadsheet takes for a formula."""
    text = value.isoformat() if isinstance(value, datetime) else str("" if value is None else value)
    return f"'{text}" if text.startswith(_FORMULA) else text
