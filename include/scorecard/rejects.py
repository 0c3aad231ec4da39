"""The rows of a text file that DuckDB could not read, in words."""

import duckdb

from scorecard.admission import Refused, broken_off
from scorecard.recognise import Recognised


def rejected(
    connection: duckdb.DuckDBPyConnection, name: str, found: Recognised
) -> tuple[tuple[int, str], ...]:
    """The rows that had too few or too many cells; Refused if the file breaks off."""
    rows = connection.execute("""
        select line, max(error_type), max(csv_line) from reject_errors group by line order by line
    """).fetchall()
    for line, error, words in rows:
        if error == "UNQUOTED VALUE" and "\n" in words.rstrip():
            raise Refused(
                f"{name}, row {line}: a quotation mark is opened and never closed, so the rows "
                "after it cannot be told apart. Export the file again."
            )
    if rows and _breaks_off(found, rows[-1][2]):
        raise broken_off(name, rows[-1][0])
    return tuple((line, _in_words(error)) for line, error, _ in rows)


def _breaks_off(found: Recognised, last_line: str) -> bool:
    """Whether a row that could not be read is the end of a file without a last line end."""
    path = found.sheet.path
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        end = file.read().decode(found.mapping.file.encoding, "replace")
    return not end.endswith(("\n", "\r")) and end.endswith(last_line[-40:].rstrip("\r\n"))


def _in_words(error: str) -> str:
    words = {
        "MISSING COLUMNS": "the row has fewer cells than there are headings",
        "TOO MANY COLUMNS": "the row has more cells than there are headings",
        "UNQUOTED VALUE": "a quotation mark in the row has no partner",
    }
    return words.get(error, f"the row cannot be read ({error.lower()})")
