"""What the rows of a file show of the file as a whole: that it is another than was agreed."""

import duckdb

from scorecard.admission import Refused
from scorecard.mapping_numbers import text
from scorecard.mapping_sql import UNNAMED
from scorecard.readers import Opened


def refusing(connection: duckdb.DuckDBPyConnection, opened: Opened) -> tuple[str, str] | None:
    """The rule and words of a row for which its whole file is refused; nothing if there is none."""
    mapping = opened.found.mapping
    rules = [*mapping.refusing, *([UNNAMED] if mapping.file.format == "key_value" else [])]
    if not rules:
        return None
    found = connection.execute(
        f"select _rule, _why from rows_{opened.n} "
        f"where _rule in ({', '.join(map(text, rules))}) limit 1"
    ).fetchone()
    return (str(found[0]), str(found[1])) if found else None


def check_rows(connection: duckdb.DuckDBPyConnection, name: str, opened: Opened) -> None:
    """Refuse a log with a key that nobody named, as it may be personal data; or another export."""
    found = refusing(connection, opened)
    if found is None:
        return
    rule, why = found
    if rule != UNNAMED:
        raise Refused(f"{name}: {why} Nothing of the file is used; send the right export.")
    raise Refused(
        f"{name}: {why}. Export the agreed keys, or map or drop it in "
        f"include/sources/{opened.found.mapping.system}.yaml."
    )


def check_days(connection: duckdb.DuckDBPyConnection, name: str, opened: Opened) -> None:
    """Refuse a report by month where one by day was agreed: both together count twice."""
    column = opened.found.mapping.by_day
    if column is None:
        return
    firsts = f"day(timezone('Europe/London', {column})) = 1"
    months, others = connection.execute(
        f"select count(*) filter (where {firsts}), count(*) filter (where not {firsts}) "
        f"from mapped_{opened.n} where {column} is not null"
    ).fetchall()[0]
    if months and not others:
        raise Refused(
            f"{name}: every row is of the first of a month, so this is a report by month. "
            "Export the report by day, for a whole month."
        )
