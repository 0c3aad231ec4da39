"""The manifest: what a pack is, what it was made from and by, and the hash of every file."""

import hashlib
import json
import platform
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

from scorecard.carbon.uncertainty import METHOD_VERSION
from scorecard.packs.content import PackContent
from scorecard.packs.records import ExtractRecord

NAME = "manifest.json"
SIGNATURE = "manifest.json.sig"
_OTHER = "application/octet-stream"
SCHEMA = "scorecard/pack/1"
RULES = {
    "carbon": f"method/{METHOD_VERSION}",
    "rounding": "half-up/1",
    "spc": "xmr/1",
    "suppression": "1-4-secondary/1",
}
TOOLS = ("cryptography", "jinja2", "lxml", "numpy", "openpyxl", "pikepdf", "typst")
_TYPES = {
    ".csv": "text/csv",
    ".csv-metadata.json": "application/csvm+json",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Approval:
    """In which role a pack was approved, and when."""

    role: str
    at: datetime


@dataclass(frozen=True)
class Origin:
    """What a pack was made from and by, and who answers for it."""

    measurement: str
    identity: Mapping[str, Any]  # of the measurement
    inputs: tuple[ExtractRecord, ...]
    figures: Mapping[str, str]  # each KPI's figures as a hash: the same in every variant
    code: Mapping[str, str | None]  # commit, lock_sha256
    signing_key: str  # the id of the public key
    approval: Approval | None = None  # None of a draft
    route: Mapping[str, Any] = field(default_factory=dict)  # who sees the pack, and what it picks


def write(content: PackContent, files: Mapping[str, bytes], origin: Origin) -> bytes:
    """The manifest of files given by their path in the pack: UTF-8, sorted keys, no clock."""
    fields = {
        "schema": SCHEMA,
        **_identity(content),
        "content_sha256": content.sha256,
        "approval": _approval(content, origin),
        "route": origin.route,
        "measurement": _measurement(origin),
        "factors": origin.identity.get("factors", []),
        "inputs": [_input(extract) for extract in origin.inputs],
        "code": {**origin.code, "measured_by": origin.identity.get("code", {})},
        "rules": RULES,
        "tools": tools(),
        "revisions": _revisions(content),
        "signing_key": origin.signing_key,
        "files": [_file(path, files[path]) for path in sorted(files)],
    }
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def tools() -> dict[str, str]:
    """The versions of what shapes the bytes of a pack."""
    ours = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return {**ours, **{name: version(name) for name in TOOLS}}


def _approval(content: PackContent, origin: Origin) -> dict[str, Any] | None:
    """Who approved what, and when; None of a draft."""
    if origin.approval is None:
        return None
    at = _moment(origin.approval.at)
    return {"role": origin.approval.role, "at": at, "content_sha256": content.sha256}


def _identity(content: PackContent) -> dict[str, Any]:
    return {
        "pack_id": content.pack_id,
        "council": content.council,
        "period": content.period,
        "variant": content.variant,
        "visibility": content.visibility,
        "revision": content.revision,
        "supersedes": content.revision - 1 or None,
        "reason": content.reason,
        "state": content.state,
        "data_as_at": _moment(content.data_as_at),
        "published_at": _moment(content.published_at),
        "licence": content.licence,
    }


def _measurement(origin: Origin) -> dict[str, Any]:
    """Which definitions made the figures of the pack's KPIs, and the hash of each KPI's figures."""
    kpis = [
        {**kpi, "figures_sha256": origin.figures[kpi["id"]]}
        for kpi in origin.identity.get("kpis", [])
        if kpi["id"] in origin.figures
    ]
    return {"id": origin.measurement, "kpis": kpis}


def _input(extract: ExtractRecord) -> dict[str, Any]:
    return {
        "source": extract.source,
        "sha256": extract.sha256,
        "received_at": _moment(extract.received_at),
        "rows_received": extract.rows_received,
        "rows_accepted": extract.rows_accepted,
        "rows_set_aside": extract.rows_set_aside,
    }


def _revisions(content: PackContent) -> list[dict[str, str]]:
    """The rows of the Revisions sheet; its empty row is none."""
    names = ("kpi", "directorate", "period", "previous", "revised", "type", "reason")
    table = content.sheet("Revisions")
    rows = ([cell.text for cell in row] for row in table.rows if row[1].text != "[z]")
    return [dict(zip(names, row, strict=False)) for row in rows]


def _file(path: str, data: bytes) -> dict[str, Any]:
    return {
        "path": path,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": _TYPES.get("".join(PurePosixPath(path).suffixes), _OTHER),
    }


def _moment(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else None
