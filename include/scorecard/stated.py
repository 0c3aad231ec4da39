"""What a file states of itself: the total of its amounts, and how many rows it has.

It stands above the headings, in the row that ends the file, on the first page of JSON, or in the
companion that came beside the file, behind a word. Amounts are read as ledgers write them:
1,234.50-, (1,234.50), £1,234.50.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from scorecard import json_pages
from scorecard.admission import Refused
from scorecard.mapping_rules import ControlTotal, RowCount
from scorecard.names import one_line
from scorecard.packs.words import counted
from scorecard.recognise import Recognised

_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,9}|\d{1,30})(?:\.\d{1,30})?(?:E[+-]?\d{1,2})?"
_AMOUNT = rf"\(£?{_DIGITS}\)|£?{_DIGITS}-|[+-]?£?{_DIGITS}|£[+-]{_DIGITS}"
_PARTED = r'(?:[\s:;,=|"]|£|GBP)+'  # what stands between the word and the number
_BEHIND = re.compile(rf"{_PARTED}(?P<amount>{_AMOUNT})", re.IGNORECASE)
# Behind an amount nothing may stand but its currency and what another word states: whatever else
# is there, such as a side or a sign in the next cell, could belong to it.
_OTHER = re.compile(r'(?P<word>[^\W\d_]{2,})(?:[ _-][^\W\d_]+)*+[\s:;,=|"£(+-]+\d.*', re.DOTALL)
_SHOWN = 40  # letters of a cell
_BLANKS = ' \t,;|"'
_SIDES = {"cr", "dr", "credit", "debit", "minus"}


@dataclass(frozen=True)
class Stated:
    """What a file states of itself; nothing where it is not asked."""

    total: Decimal | None = None
    rows: int | None = None


NOTHING_STATED = Stated()


def stated_by(name: str, found: Recognised, companion: str | None) -> Stated:
    """What a file and its companion state; Refused if they do not say what was agreed, once."""
    mapping = found.mapping
    total = rows = None
    if mapping.control_total:
        written, at = _written(name, found, mapping.control_total, "control_total", companion)
        total = amount(written)
        if total is None:
            raise Refused(
                f"{name}, {at}: the control total is '{_shown(written)}', which is no amount. "
                "Export the file with its control total."
            )
    if mapping.row_count:
        written, at = _written(name, found, mapping.row_count, "row_count", companion)
        count = amount(written)
        if count is None or count < 0 or count != int(count):
            raise Refused(
                f"{name}, {at}: the number of rows is '{_shown(written)}', which is no whole "
                "number. Export the file with the number of its rows."
            )
        rows = int(count)
    return Stated(total, rows)


def check_count(name: str, stated: Stated, rows: int) -> None:
    """Refuse a file that has other rows than it states."""
    if stated.rows not in (None, rows):
        raise Refused(
            f"{name}: states {counted(stated.rows, 'row')} and holds {rows:,}: it was cut off or "
            "added to. Export it again."
        )


def _shown(written: str) -> str:
    """What stood in the place of a number, short, on one line and within one quotation."""
    return one_line(written)[:_SHOWN].replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def amount(written: str) -> Decimal | None:
    """An amount as a ledger writes it; nothing if it is written otherwise."""
    plain = written.strip()
    if not re.fullmatch(_AMOUNT, plain, re.IGNORECASE):
        return None
    digits = re.sub(r"[^\d.E+-]", "", plain.upper())
    is_minus = plain.startswith("(") or digits.endswith("-")
    number = Decimal(digits.rstrip("-"))
    return Decimal(f"{-number if is_minus else number:f}")


def amounts_behind(word: str, text: str) -> list[str | None]:
    """What stands behind a word at each of its places: an amount, or something that is none.

    Letters after the word, as in TOTAL DEBITS, make it another word.
    """
    spaced = r"\s+".join(map(re.escape, word.split()))
    places = re.compile(rf"(?<![\w-]){spaced}(?![\w-])(?!\s+(?!GBP)[^\W\d_])", re.IGNORECASE)
    return [
        _amount_in(line[place.end() :])
        for line in text.splitlines()
        for place in places.finditer(line)
    ]


def _amount_in(rest: str) -> str | None:
    """The amount with which the rest of a line begins, if nothing else can be part of it."""
    found = _BEHIND.match(rest)
    if not found:
        return None
    written, before = found["amount"], rest[: found.start("amount")]
    if "," in written and "," in before and '"' not in before:
        return None  # between commas, `5,204` may be two cells
    behind = rest[found.end() :].strip(_BLANKS).removeprefix("GBP").strip(_BLANKS)
    other = _OTHER.fullmatch(behind)
    is_clear = not behind or (other is not None and other["word"].casefold() not in _SIDES)
    return written if is_clear else None


def _written(
    name: str, found: Recognised, place: ControlTotal | RowCount, key: str, companion: str | None
) -> tuple[str, str]:
    """What stands at a place, and where that is."""
    if place.beside:
        return _behind(name, found.mapping.system, place.beside, companion), "beside it"
    if found.sheet.format == "json":
        at = place.at or key
        return json_pages.stated(found.sheet.path, at), f"`{at}` of its first page"
    if place.trailer:
        return "".join(found.trailer[place.trailer - 1 : place.trailer]).strip(), "its last row"
    row = found.banner[place.row - 1] if len(found.banner) >= place.row else ()
    written = row[place.cell - 1].strip() if len(row) >= place.cell else ""
    return written, f"row {place.row}"


def _behind(name: str, system: str, word: str, companion: str | None) -> str:
    """The one amount that stands behind a word in a file's companion."""
    if companion is None:
        raise Refused(
            f"{name}: came without its companion, in which '{word}' is stated. Send both, and name "
            "the companion's ending under `companion` of the feed; `try` takes it by --beside."
        )
    found = amounts_behind(word, companion)
    if len(found) != 1 or found[0] is None:
        few = {0: "does not stand", 1: "has no plain amount"}
        what = few.get(len(found), f"stands {len(found)} times")
        raise Refused(
            f"{name}: '{word}' {what} in its companion, where one amount is expected behind it. "
            "Send the companion of this file alone, or correct `beside` in "
            f"include/sources/{system}.yaml."
        )
    return found[0]
