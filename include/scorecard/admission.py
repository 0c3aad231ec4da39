"""Is this file safe to open? Asked before any parser sees it (pack specification, section 9)."""

import codecs
import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_CHUNK = 1024 * 1024
_SCANNED = 128 * 1024  # at once: what a processor's cache holds
_FEED, _RETURN = 10, 13
# Bytes from 0x80 to 0x9F are letters of Windows text (code page 1252) alone; these are no letters.
_NOT_WINDOWS = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_MAX_PARTS = 2000
_MAX_RATIO = 200
_ACTIVE = ("vbaproject", "activex", "embeddings/", "externallinks/", "basic/", "scripts/")
_OPEN = b"application/vnd.oasis.opendocument.spreadsheet"
_EXTERNAL = rb"""<(?:\w+:)?Relationship\b[^>]*TargetMode\s*=\s*["']External["'][^>]*>"""
_HYPERLINK = rb"""\bType\s*=\s*["'][^"']*/hyperlink["']"""
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, UnicodeDecodeError,
)  # fmt: skip


class Refused(ValueError):
    """A file of which nothing is used. Its text says where, what, and what to do."""


def broken_off(name: str, row: int) -> Refused:
    """That a file is not whole."""
    return Refused(
        f"{name}, row {row}: the file breaks off in the middle of a row. "
        "Export it again and send it whole."
    )


@dataclass(frozen=True)
class Text:
    """What a scan of a text file's bytes found."""

    encoding: str  # as the reader must be told: utf-8 or latin-1, or cp1252 to be converted
    mixed_line_ends: bool
    blank_lines: bool  # a line without anything stands before the file's end


def look(path: Path, max_file_mb: int) -> str:
    """What kind of file it is by its first bytes: text or workbook; Refused if neither may pass."""
    size = path.stat().st_size
    if size == 0:
        raise Refused(f"{path.name}: the file is empty. Export it again and send it.")
    if size > max_file_mb * 1024 * 1024:
        raise Refused(
            f"{path.name}: {size // 1024 // 1024:,} MB is over the limit of {max_file_mb:,} MB. "
            "Send it in smaller files, or raise SCORECARD_MAX_FILE_MB."
        )
    with path.open("rb") as file:
        start = file.read(_CHUNK)
    if start.startswith(_OLD_OFFICE):
        raise Refused(
            f"{path.name}: an old .xls workbook, or one with a password. "
            "Save it as .xlsx without a password, or as CSV."
        )
    if start.startswith(_ZIP):
        return "workbook"
    _refuse_nul(path, start, 0)
    return "text"


def _refuse_nul(path: Path, part: bytes, at: int) -> None:
    if b"\0" in part:
        raise Refused(
            f"{path.name}, byte {at + part.index(0):,}: a NUL byte, so this is not a text export. "
            "Export it again as CSV in the encoding that its mapping declares."
        )


def scan_text(path: Path, encoding: str) -> Text:
    """A text file's encoding and line ends; Refused if its bytes are not the declared encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    size = path.stat().st_size
    ends = np.zeros(3, int)
    at = 0
    control = blank = False
    before = b""
    with path.open("rb") as file:
        while chunk := file.read(_SCANNED):
            _refuse_nul(path, chunk, at)
            if at == 0 and encoding != "utf-8" and chunk.startswith(codecs.BOM_UTF8):
                raise _wrong_encoding(path, encoding, 0)
            found, has_blank = _lines(before, chunk, at + len(chunk) == size)
            ends += found
            blank = blank or has_blank
            if encoding == "cp1252":
                control = _has_windows_letters(path, chunk, at) or control
            elif not chunk.isascii() or decoder.getstate()[0]:
                _check_decodes(decoder, chunk, path, encoding, at)
            before, at = (before + chunk)[-3:], at + len(chunk)
    if decoder.getstate()[0]:
        raise _wrong_encoding(path, encoding, at)
    single = "latin-1" if encoding == "cp1252" and not control else encoding
    return Text(single, mixed_line_ends=int(np.count_nonzero(ends)) > 1, blank_lines=blank)


def _lines(before: bytes, chunk: bytes, last: bool) -> tuple[NDArray[np.int_], bool]:
    """How many line ends of each kind a chunk holds, and whether a line of it is blank.

    The kinds are pairs, feeds alone and returns alone. `before` is the end of the chunk before;
    line ends at the end of the last chunk end the file, and leave no blank line.
    """
    seen = len(before)
    text = np.frombuffer(before + chunk, np.uint8)
    feeds = np.flatnonzero(text == _FEED)
    paired = text[feeds - 1] == _RETURN
    if len(feeds) and feeds[0] == 0:
        paired[0] = False
    new = feeds >= seen
    returned = text == _RETURN
    pairs = int(np.count_nonzero(paired & new))
    returns = int(np.count_nonzero(returned[seen:]))
    ends = np.array([pairs, int(np.count_nonzero(new)) - pairs, returns - pairs])
    end = len((before + chunk).rstrip(b"\r\n")) if last else len(text)
    inner = feeds < end
    gaps = np.diff(feeds[inner])
    blank = bool((gaps == 1).any() or ((gaps == 2) & paired[inner][1:]).any())
    if not blank and np.count_nonzero(returned) > np.count_nonzero(paired):
        within = returned[:end]
        blank = bool((within[:-1] & within[1:]).any())
    return ends, blank


def _has_windows_letters(path: Path, chunk: bytes, at: int) -> bool:
    """Whether a chunk of Windows text holds letters that Latin-1 writes differently."""
    # The bytes from 0x80 to 0x9F are the smallest of signed numbers.
    if not (np.frombuffer(chunk, np.int8) < 0xA0 - 0x100).any():
        return False
    for byte in _NOT_WINDOWS:
        if byte in chunk:
            raise _wrong_encoding(path, "cp1252", at + chunk.index(byte))
    return True


def _check_decodes(
    decoder: codecs.IncrementalDecoder, chunk: bytes, path: Path, encoding: str, at: int
) -> None:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(path, encoding, at + error.start) from None


def _wrong_encoding(path: Path, encoding: str, at: int) -> Refused:
    return Refused(
        f"{path.name}, byte {at:,}: not {encoding} text, as this system's mapping declares. "
        f"Export it as {encoding}, or correct `encoding` in the mapping."
    )


def check_workbook(path: Path, max_unpacked_mb: int) -> None:
    """Refuse a workbook that could harm or mislead; parts are counted while they unpack."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_names(path, archive.infolist())
            _check_kind(path, archive)
            _check_sizes(path, archive, max_unpacked_mb * 1024 * 1024)
    except DAMAGED as error:
        raise Refused(
            f"{path.name}: the workbook is broken off or damaged ({error}). "
            "Save it again as .xlsx, or as CSV, and send it."
        ) from None


def _check_names(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(names) > _MAX_PARTS or len(set(names)) < len(names):
        raise Refused(f"{path.name}: too many parts, or two of one name. Save it again as .xlsx.")
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or "\\" in name:
            raise Refused(f"{path.name}: the part '{name}' points outside. Save it again as .xlsx.")
        if any(word in name.lower() for word in _ACTIVE):
            raise Refused(
                f"{path.name}: '{name}' is a macro, an embedded object or a link to another file. "
                "Save a copy with values only, as .xlsx or CSV."
            )


def _check_kind(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is neither an Excel nor an OpenDocument workbook that can be read."""
    names = archive.namelist()
    if "xl/workbook.bin" in map(str.lower, names):
        raise Refused(
            f"{path.name}: a binary workbook (.xlsb) shows errors as empty cells. Save it as .xlsx."
        )
    if "[Content_Types].xml" in names:
        return
    kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    if kind.strip() != _OPEN or "content.xml" not in names:
        raise Refused(f"{path.name}: a zip archive, not a workbook. Send the file inside it.")
    listed = "META-INF/manifest.xml"
    if listed in names and b"encryption-data" in archive.open(listed).read(_CHUNK):
        raise Refused(f"{path.name}: a workbook with a password. Save it without, or as CSV.")


def _check_sizes(path: Path, archive: zipfile.ZipFile, limit: int) -> None:
    total = 0
    for part in archive.infolist():
        size = 0
        before = b""
        with archive.open(part) as unpacked:
            while chunk := unpacked.read(_CHUNK):
                size += len(chunk)
                if total + size > limit or (
                    size > _CHUNK and size > _MAX_RATIO * part.compress_size
                ):
                    raise Refused(
                        f"{path.name}: '{part.filename}' unpacks to far more than a ledger needs. "
                        "Delete empty rows and columns and save it again, or send CSV."
                    )
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(path, part.filename, before + chunk, at_start=not before)
                before = chunk[-4096:]
        total += size


def _check_xml(path: Path, name: str, xml: bytes, at_start: bool) -> None:
    """Refuse what makes a reader fetch, expand or misread: entities, links, other encodings."""
    what = None
    declared = re.match(rb"""\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)""", xml)
    if at_start and (
        xml[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        or b"\0" in xml[:64]
        or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii"))
    ):
        what = "is not written in UTF-8"
    elif b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        what = "declares entities"
    elif any(not re.search(_HYPERLINK, link) for link in re.findall(_EXTERNAL, xml)):
        what = "links to another file"
    if what:
        raise Refused(
            f"{path.name}: '{name}' {what}. Save a copy with values only, as .xlsx or CSV."
        )
