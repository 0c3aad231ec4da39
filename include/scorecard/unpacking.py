"""A file that was packed, by gzip or zip, as the file that it is; and UTF-16 as UTF-8.

An archive holds one file and no archive. It is unpacked under limits: what swells is refused while
it does. The archive of a file and its companion holds any file that may come alone, packed or not.
"""

import codecs
import gzip
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from scorecard.admission import DAMAGED, Refused
from scorecard.names import BESIDE, COMPANION_KB

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_PACKED = (_GZIP, _ZIP, b"PK\x05\x06", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
_WORKBOOKS = ("[Content_Types].xml", "mimetype")  # parts that only a workbook has
_CHUNK = 1024 * 1024
_MAX_RATIO = 200


def apart(path: Path, max_file_mb: int, folder: Path) -> tuple[Path, str | None]:
    """A file, and what its companion says; the file itself and nothing if it came alone."""
    with path.open("rb") as file:
        if file.read(4) != _ZIP:
            return path, None
    try:
        with zipfile.ZipFile(path) as archive:
            parts = sorted(archive.infolist()[:3], key=_is_beside)
            if [_is_beside(part) for part in parts] != [False, True]:
                return path, None
            check_packing(path, parts)
            _only_one(path, parts[:1])
            said = _companion(path, archive, parts[1])
            with archive.open(parts[0]) as packed:
                place = folder / "apart" / path.name
                return _written(path, packed, place, max_file_mb, may_be_packed=True), said
    except DAMAGED as error:
        raise _damaged(path, error) from None


def _is_beside(part: zipfile.ZipInfo) -> bool:
    return part.filename.startswith(BESIDE) and len(part.filename) > len(BESIDE)


def _companion(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """What a companion says. Only its numbers are read: a letter may be another than was meant."""
    with archive.open(part) as packed:
        said = packed.read(COMPANION_KB * 1024 + 1)
    if len(said) > COMPANION_KB * 1024:
        raise Refused(
            f"{path.name}: its companion is over {COMPANION_KB} kB. Send the small file that says "
            "what the other holds."
        )
    if said.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return said.decode("utf-16", "replace")
    try:
        return said.decode("utf-8-sig")
    except UnicodeDecodeError:
        return said.decode("cp1252", "replace")


def unpacked(path: Path, max_unpacked_mb: int, folder: Path) -> Path:
    """The file that was packed, under the name of its archive; the file itself if none was.

    Refused if an archive holds several files or another archive, or swells over the limits.
    """
    with path.open("rb") as file:
        start = file.read(4)
    place = folder / "unpacked" / path.name
    try:
        if start.startswith(_GZIP):
            with gzip.open(path) as packed:
                return _written(path, packed, place, max_unpacked_mb)
        if start == _ZIP:
            with zipfile.ZipFile(path) as archive:
                check_packing(path, archive.infolist())
                if any(name in _WORKBOOKS for name in archive.namelist()):
                    return path
                with archive.open(_only_one(path, archive.infolist())) as packed:
                    return _written(path, packed, place, max_unpacked_mb)
    except DAMAGED as error:
        raise _damaged(path, error) from None
    return path


def _damaged(path: Path, error: Exception) -> Refused:
    return Refused(
        f"{path.name}: the archive is broken off, damaged or locked by a password ({error}). "
        "Pack the file again without a password, or send it as it is."
    )


def check_packing(path: Path, parts: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse parts packed otherwise than all programs do: by bzip2, 4 kB are 4 GB in one step."""
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Refused(
            f"{path.name}: its parts are packed in an unusual way, which cannot be unpacked under "
            "a limit. Pack it again by Deflate, as a usual zip archive."
        )


def _only_one(path: Path, parts: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """The one file of an archive, whose name leads nowhere."""
    if len(parts) != 1 or parts[0].filename.endswith("/"):
        raise Refused(
            f"{path.name}: a zip archive of {len(parts):,} parts. Send each file by itself, packed "
            "or not."
        )
    name = parts[0].filename
    if "/" in name or "\\" in name or name in ("", ".", ".."):
        raise Refused(
            f"{path.name}: the file inside it is named with a path. Pack the file alone, without "
            "its folder."
        )
    return parts[0]


def _written(
    path: Path,
    packed: IO[bytes] | gzip.GzipFile,
    place: Path,
    max_mb: int,
    may_be_packed: bool = False,
) -> Path:
    """The unpacked file, written while its size is counted."""
    place.parent.mkdir(exist_ok=True)
    size, most = 0, max_mb * 1024 * 1024
    swollen = max(_CHUNK, path.stat().st_size * _MAX_RATIO)
    with place.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            if not size and chunk.startswith(_PACKED) and not may_be_packed:
                raise Refused(
                    f"{path.name}: an archive or workbook inside an archive. Send the inner file "
                    "by itself."
                )
            size += len(chunk)
            if size > most or size > swollen:
                raise Refused(
                    f"{path.name}: it unpacks to over {min(most, swollen) // _CHUNK:,} MB, more "
                    "than such a file holds. Send it in smaller files, or not packed."
                )
            file.write(chunk)
    return place


def in_utf8(path: Path, encodings: Iterable[str], folder: Path) -> Path | None:
    """The file in UTF-8, if it is marked as UTF-16 and a mapping expects that; else nothing."""
    if not any(codecs.lookup(encoding).name == "utf-16" for encoding in encodings):
        return None
    with path.open("rb") as file:
        if file.read(2) not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return None
    place = folder / "utf8" / path.name
    place.parent.mkdir(exist_ok=True)
    at = 0
    decoder = codecs.getincrementaldecoder("utf-16")()
    with path.open("rb") as read, place.open("wb") as written:
        try:
            while chunk := read.read(_CHUNK):
                written.write(decoder.decode(chunk).encode())
                at += len(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError:
            raise Refused(
                f"{path.name}, after byte {at:,}: not utf-16 text, as its first two bytes say. "
                "Export it again, in UTF-8 if the system can."
            ) from None
    return place
