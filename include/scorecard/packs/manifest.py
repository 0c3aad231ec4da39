"""The manifest: what a pack is, what it was made from and by, and the hash of every file."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from scorecard.carbon.uncertainty import METHOD_VERSION
from scorecard.objects import sha256_of
from scorecard.packs.content import PackContent, content_sha256
from scorecard.packs.records import ExtractRecord

NAME = "manifest.json"
SIGNATURE = "manifest.json.sig"
SCHEMA = "scorecard/pack/1"
RULES = {
    "carbon": f"method/{METHOD_VERSION}",
    "rounding": "half-up/1",
    "spc": "xmr/1",
    "suppression": "1-4-secondary/1",
}
TOOLS = ("jinja2", "lxml", "numpy", "openpyxl", "pikepdf", "typst")
_TYPES = {
    ".html": "text/html",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write(
    content: PackContent,
    files: Mapping[str, bytes],
    measurement: Mapping[str, Any],
    inputs: Iterable[ExtractRecord],
) -> bytes:
    """The manifest of files given by their path in the pack: UTF-8, sorted keys, no clock."""
    fields = {
        "schema": SCHEMA,
        **_identity(content),
        "content_sha256": content_sha256(content),
        "approval": None,
        **_origin(measurement),
        "inputs": [_input(extract) for extract in inputs],
        "rules": RULES,
        "tools": {name: version(name) for name in TOOLS},
        "revisions": _revisions(content),
        "files": [_file(path, files[path]) for path in sorted(files)],
    }
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


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


def _origin(measurement: Mapping[str, Any]) -> dict[str, Any]:
    """Which definitions, factors and code made the figures: from the measurement's identity."""
    identity = measurement.get("identity", {})
    return {
        "measurement": {"id": measurement.get("id"), "kpis": identity.get("kpis", [])},
        "factors": identity.get("factors", []),
        "code": identity.get("code"),
    }


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
        "media_type": _TYPES.get(PurePosixPath(path).suffix, "application/octet-stream"),
    }


def _moment(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else None


def verify(folder: Path) -> list[str]:
    """What is wrong with a pack's folder, one sentence each; empty if every byte is right."""
    try:
        listed = json.loads((folder / NAME).read_bytes())["files"]
        wanted = {_path_of(entry): entry for entry in listed}
    except FileNotFoundError:
        return [f"{NAME}: not found in {folder.name}. Draft the pack again."]
    except (ValueError, KeyError, TypeError, RecursionError, IsADirectoryError):
        return [f"{NAME}: cannot be read as a manifest. Draft the pack again."]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    extra = sorted(there - set(wanted) - {NAME, SIGNATURE})
    problems = [f"{path}: is not in the manifest. Remove it." for path in extra]
    return problems + [
        problem for path in sorted(wanted) for problem in _file_problems(folder, wanted[path])
    ]


def _path_of(entry: Mapping[str, Any]) -> str:
    """Where a listed file is; TypeError if that, its size or its hash is none."""
    path, size, sha256 = entry["path"], entry["bytes"], entry["sha256"]
    if not (isinstance(path, str) and isinstance(size, int) and isinstance(sha256, str)):
        raise TypeError(path)
    return path


def _file_problems(folder: Path, entry: Mapping[str, Any]) -> list[str]:
    path = entry["path"]
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\\" in path:
        return [f"{path}: leads out of the pack's folder. Draft the pack again."]
    file = folder / path
    if not file.is_file():
        return [f"{path}: is missing. Draft the pack again."]
    if file.stat().st_size != entry["bytes"] or sha256_of(file) != entry["sha256"]:
        return [f"{path}: was changed since it was drafted. Draft the pack again."]
    return []
