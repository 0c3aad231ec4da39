"""Whether a pack's folder is what was made and signed: each file, and nothing beside them."""

import json
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from scorecard.objects import sha256_of
from scorecard.packs import manifest, signature
from scorecard.packs.signature import WrongKey

_AGAIN = "Draft the pack again, or take it from where it was published."


def problems(folder: Path, public: bytes | None = None) -> list[str]:
    """What is wrong with a pack's folder, one sentence each; empty if every byte is right.

    `public`: the key that the signature must be by. Without one nothing is said of who signed.
    """
    try:
        told = (folder / manifest.NAME).read_bytes()
        wanted = _entries(json.loads(told))
    except FileNotFoundError:
        return [f"{manifest.NAME}: not found in {folder.name}. {_AGAIN}"]
    except (ValueError, KeyError, TypeError, RecursionError, IsADirectoryError):
        return [f"{manifest.NAME}: cannot be read as a manifest. {_AGAIN}"]
    return [
        *_beside(folder, set(wanted)),
        *_unsigned(folder, told, public),
        *(said for path in sorted(wanted) for said in _of_file(folder, wanted[path])),
    ]


def signed_by(folder: Path) -> str:
    """The id of the key that a pack says it is signed with; empty if it says none."""
    try:
        told = json.loads((folder / manifest.NAME).read_bytes())["signing_key"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return told if isinstance(told, str) and told.isalnum() else ""


def name_of(folder: Path) -> str:
    """Which pack a verified manifest says it is, who may see it, and in which state it is."""
    told = json.loads((folder / manifest.NAME).read_bytes())
    return f"{told['pack_id']} ({told['visibility']}, {told['state']})"


def _entries(told: Any) -> dict[str, Mapping[str, Any]]:
    """The listed files by their path; TypeError if one is no file, or is listed twice."""
    found: dict[str, Mapping[str, Any]] = {}
    for entry in told["files"]:
        path, size, sha256 = entry["path"], entry["bytes"], entry["sha256"]
        whole = isinstance(path, str) and isinstance(size, int) and isinstance(sha256, str)
        if not whole or path in found:
            raise TypeError(path)
        found[path] = entry
    return found


def _beside(folder: Path, wanted: set[str]) -> Iterator[str]:
    """What lies in the folder and should not: links, empty folders, files that are not listed."""
    known = {*wanted, manifest.NAME, manifest.SIGNATURE}
    for place, folders, files in os.walk(folder):
        here = Path(place)
        for name in sorted((*folders, *files)):
            path = (here / name).relative_to(folder).as_posix()
            mode = (here / name).lstat().st_mode
            if stat.S_ISDIR(mode):
                if not any((here / name).iterdir()):
                    yield f"{path}: is an empty folder. Remove it."
            elif not stat.S_ISREG(mode):
                yield f"{path}: is a link or a device, and not a file. Remove it. {_AGAIN}"
            elif path not in known:
                yield f"{path}: is not in the manifest. Remove it."


def _unsigned(folder: Path, told: bytes, public: bytes | None) -> Iterator[str]:
    file = folder / manifest.SIGNATURE
    if not file.is_file():
        yield f"{manifest.SIGNATURE}: is missing, so that nobody answers for the pack. {_AGAIN}"
        return
    signed = file.read_bytes()
    if len(signed) != signature.BYTES:
        yield f"{manifest.SIGNATURE}: is not a signature of {signature.BYTES} bytes. {_AGAIN}"
    elif public and not signature.is_signed(told, signed, public):
        yield (
            f"{manifest.SIGNATURE}: the manifest was changed, or another key signed it. Trust no "
            f"figure of this pack. {_AGAIN}"
        )


def _of_file(folder: Path, entry: Mapping[str, Any]) -> Iterator[str]:
    path = entry["path"]
    if not is_safe(path):
        yield f"{path}: leads out of the pack's folder. {_AGAIN}"
        return
    file = folder / path
    if file.is_symlink():
        return  # said already
    if not file.is_file():
        yield f"{path}: is missing. {_AGAIN}"
    elif file.stat().st_size != entry["bytes"] or sha256_of(file) != entry["sha256"]:
        yield f"{path}: was changed since it was made. {_AGAIN}"


def is_safe(path: str) -> bool:
    """Whether a path stays in its folder, and names a file in one way only."""
    parts = PurePosixPath(path).parts
    is_plain = path.isprintable() and "\\" not in path and path == "/".join(parts)
    return is_plain and bool(parts) and not PurePosixPath(path).is_absolute() and ".." not in parts


def keys_folder(packs: Path) -> Path:
    """Where the public keys lie with which packs of this installation were signed."""
    return packs / "keys"


def known_key(packs: Path, identity: str) -> bytes:
    """The public key of that id, as this installation keeps it."""
    file = keys_folder(packs) / f"{identity}.pem"
    if not file.is_file():
        raise WrongKey(
            f"key {identity[:12] or 'without an id'}: this installation has signed with no such "
            "key, so the signature cannot be checked. Name the council's public key with --key."
        )
    public = signature.public_from(file.read_bytes(), file.name)
    if signature.key_id(public) != identity:
        raise WrongKey(
            f"{file.name}: holds another key than its name says, so somebody changed it. Restore "
            "it from the backup, or name the council's public key with --key."
        )
    return public
