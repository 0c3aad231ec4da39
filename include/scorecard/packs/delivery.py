"""The files of a pack as they are handed out: the bytes that were signed, or none.

The register knows the hash of the manifest, the manifest that of every other file. A file is read
once, and what is handed out is what was compared: nobody can change it in between.
"""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scorecard.packs import manifest, signature, verification
from scorecard.packs.signature import WrongKey

_OTHER = "application/octet-stream"


@dataclass(frozen=True)
class Listed:
    """A file that a pack offers: its size and hash as its manifest says them."""

    path: str
    bytes: int
    sha256: str
    media_type: str


@lru_cache(maxsize=1024)
def _parsed(folder: Path, sha256: str) -> Mapping[str, Any]:
    """A manifest with the hash that the register knows; LookupError if there is none.

    Kept once read, because its hash says that it is the same.
    """
    data = _bytes_of(folder, manifest.NAME)
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise LookupError(folder)
    told: Mapping[str, Any] = json.loads(data)
    return told


def manifest_of(folder: Path, sha256: str) -> Mapping[str, Any] | None:
    """What the manifest of a pack says; None if the one in its folder is not the recorded one."""
    try:
        return _parsed(folder, sha256)
    except LookupError:
        return None


def listed(folder: Path, sha256: str) -> tuple[Listed, ...]:
    """The files that a pack offers, in the order of its manifest, then the manifest itself."""
    told = manifest_of(folder, sha256)
    if told is None:
        return ()
    files = [Listed(*(each[name] for name in Listed.__dataclass_fields__))
             for each in told["files"]]  # fmt: skip
    beside = [
        Listed(name, len(data), hashlib.sha256(data).hexdigest(), kind)
        for name, kind in ((manifest.NAME, "application/json"), (manifest.SIGNATURE, _OTHER))
        if (data := _bytes_of(folder, name)) is not None
    ]
    return (*files, *beside)


def bytes_of(folder: Path, sha256: str, path: str, packs: Path) -> tuple[Listed, bytes] | None:
    """A file that the manifest names, with its bytes; None if they are not the ones it means.

    `packs`: the folder of all packs, which holds the public keys.
    """
    entry = next((each for each in listed(folder, sha256) if each.path == path), None)
    data = _bytes_of(folder, path) if entry else None
    if entry is None or data is None:
        return None
    if path == manifest.SIGNATURE:
        return (entry, data) if _signs(folder, sha256, data, packs) else None
    known = sha256 if path == manifest.NAME else entry.sha256
    return (entry, data) if hashlib.sha256(data).hexdigest() == known else None


def whole(folder: Path, sha256: str, packs: Path) -> bytes | None:
    """Every file of a pack as one ZIP, the same bytes each time; None if one is not as signed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for entry in listed(folder, sha256):
            file = bytes_of(folder, sha256, entry.path, packs)
            if file is None:
                return None
            part = zipfile.ZipInfo(entry.path, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(part, file[1])
    # A signature that is gone is not listed; a pack that nobody could verify is not handed out.
    return made.getvalue() if manifest.SIGNATURE in archive.NameToInfo else None


def _signs(folder: Path, sha256: str, signed: bytes, packs: Path) -> bool:
    """Whether a signature is that of the recorded manifest, by the key that it names."""
    told, data = manifest_of(folder, sha256), _bytes_of(folder, manifest.NAME)
    if told is None or data is None or hashlib.sha256(data).hexdigest() != sha256:
        return False
    try:
        public = verification.known_key(packs, verification.signed_by(folder))
    except WrongKey:
        return False
    return signature.is_signed(data, signed, public)


def _bytes_of(folder: Path, path: str) -> bytes | None:
    """The bytes of a plain file below a folder; None of a link, or of what is no file there."""
    if not verification.is_safe(path):
        return None
    try:
        if (folder / path).resolve() != folder.resolve() / path:
            return None  # a link stands in the way
        opened = os.open(folder / path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(opened, "rb") as file:
            return file.read()
    except OSError:
        return None
