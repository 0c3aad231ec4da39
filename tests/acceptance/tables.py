"""PK-40 to PK-43: the CSV files, by a reader that nobody here wrote and by their own promises."""

import csv
import io
import json
import warnings
from collections import Counter

from csvw import CSVW

from scorecard.packs.words import MARKER_WORDS

LONGEST = 120  # letters of a field: more is prose


def files(pack):
    return sorted((pack.folder / "data").glob("*.csv"))


def described(file):
    return json.loads(file.with_name(f"{file.name}-metadata.json").read_bytes())


def rows(file):
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8", "replace"), newline="")))


def pk_40(pack):
    """Each file is valid by its description."""
    found = files(pack)
    problems = [] if found else ["data: holds no CSV file"]
    for file in found:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            if not _is_valid(file):
                why = "; ".join(str(each.message) for each in said[:3])
                problems.append(f"{file.name}: is not valid by its description. {why}")
    return problems


def _is_valid(file):
    """What the reader says of a file; a key that is there twice is PK-42's affair."""
    try:
        return CSVW(f"{file}-metadata.json", validate=True).is_valid
    except ValueError as error:
        return "duplicate primary key" in str(error)


def pk_41(pack):
    """RFC 4180: CRLF, UTF-8 without a mark, ASCII, and as many fields in each row."""
    problems = []
    for file in files(pack):
        data = file.read_bytes()
        if data.count(b"\n") != data.count(b"\r\n") or not data.endswith(b"\r\n"):
            problems.append(f"{file.name}: a line does not end with CRLF")
        if not data.isascii():
            problems.append(f"{file.name}: a sign is not ASCII, or there is a byte order mark")
        if len({len(row) for row in rows(file)}) != 1:
            problems.append(f"{file.name}: rows have different numbers of fields")
    return problems


def pk_42(pack):
    """No two rows have the same primary key."""
    problems = []
    for file in files(pack):
        head, *body = rows(file)
        places = [head.index(name) for name in described(file)["tableSchema"]["primaryKey"]]
        keys = Counter(tuple(row[place] for place in places) for row in body)
        problems += [f"{file.name}: {key} is there {n} times" for key, n in keys.items() if n > 1]
    return problems


def pk_43(pack):
    """No shorthand stands in a field, and no free text."""
    problems = []
    for file in files(pack):
        head, *body = rows(file)
        marks = {mark for mark in MARKER_WORDS if mark.startswith("[")}
        for row in body:
            for name, field in zip(head, row, strict=False):
                if any(mark in field for mark in marks):
                    problems.append(f"{file.name}, {name}: shorthand {field}")
                if len(field) > LONGEST or "\n" in field:
                    problems.append(f"{file.name}, {name}: free text {field[:40]}")
        prose = {"notes", "reason", "remarks", "cause", "action"} & set(head)
        problems += [f"{file.name}: has a column {name}" for name in sorted(prose)]
    return problems


CHECKS = {"PK-40": pk_40, "PK-41": pk_41, "PK-42": pk_42, "PK-43": pk_43}
