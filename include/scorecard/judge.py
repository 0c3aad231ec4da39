"""What the checks say of files that were mapped: rows set aside, and files refused whole."""

from dataclasses import dataclass
from itertools import groupby

import duckdb
import pandas as pd

from scorecard import checks
from scorecard.admission import Refused
from scorecard.checks import Rule, Suite
from scorecard.intake import Staged
from scorecard.mapping_cells import text
from scorecard.settings import REPOSITORY

EXPECTATIONS = REPOSITORY / "expectations"


@dataclass(frozen=True)
class Verdict:
    """What one rule found in one file."""

    rule: str
    dimension: str
    severity: str
    rows_checked: int
    rows_failed: int
    result: str  # passed, set aside, failed
    why: str


@dataclass(frozen=True)
class Judged:
    """A file with its verdicts; `refusal` says why nothing of it may be used."""

    staged: Staged
    rows_set_aside: int
    verdicts: tuple[Verdict, ...]
    refusal: Refused | None


def judge(connection: duckdb.DuckDBPyConnection, files: list[Staged]) -> list[Judged]:
    """Every file's verdicts. Files of one table are asked together: asking costs more than rows."""
    judged: dict[int, Judged] = {}
    by_table = sorted(files, key=lambda file: file.mapping.table)
    for table, same in groupby(by_table, key=lambda file: file.mapping.table):
        for one in _judge_table(connection, list(same), checks.load(EXPECTATIONS, table)):
            judged[one.staged.n] = one
    return [judged[file.n] for file in files]


def _judge_table(
    connection: duckdb.DuckDBPyConnection, files: list[Staged], suite: Suite
) -> list[Judged]:
    for file in files:
        _set_repeats_aside(connection, file)
    broken: dict[str, dict[int, int]] = {rule.id: {} for rule in suite.rules}
    for _, group in groupby(sorted(suite.asked_of("rows"), key=_columns), key=_columns):
        broken |= _ask_of_rows(connection, files, list(group), suite)
    for file in files:
        for rule_id, rows in _ask_of_keys(connection, file, suite).items():
            broken[rule_id][file.n] = rows
    asides = {file.n: _count(connection, f"select count(*) from aside_{file.n}") for file in files}
    broken |= _ask_of_extracts(connection, files, asides, suite)
    return [_judged(connection, file, asides[file.n], broken, suite) for file in files]


def _columns(rule: Rule) -> tuple[str, ...]:
    return rule.columns


def _set_repeats_aside(connection: duckdb.DuckDBPyConnection, file: Staged) -> None:
    """Of rows that are alike in every cell, keep the first, unless each counts."""
    if file.mapping.alike == "kept":
        return
    connection.execute(f"""
        insert into aside_{file.n}
        with twice as (
            select _alike, min(_row) as first_row from mapped_{file.n}
            where _rule is null group by _alike having count(*) > 1
        )
        select _row, 'repeated_row', 'the same as row ' || twice.first_row
        from mapped_{file.n} inner join twice using (_alike)
        where _rule is null and _row > twice.first_row
            and not exists (select 1 from aside_{file.n} as gone where gone.row = _row)
    """)


def _ask_of_rows(
    connection: duckdb.DuckDBPyConnection, files: list[Staged], rules: list[Rule], suite: Suite
) -> dict[str, dict[int, int]]:
    """For each rule and file, how many rows break it; those of warning rules are set aside."""
    columns = rules[0].columns
    read = ", ".join(f"{suite.derived.get(name, name)} as {name}" for name in columns)
    names = ", ".join(columns)
    each = " union all ".join(
        f"select {file.n} as n, {read} from mapped_{file.n} where _rule is null group by all"
        for file in files
    )
    connection.execute(f"""
        create or replace temp table seen as {each};
        create or replace temp table combinations as
        select row_number() over () - 1 as combination, {names}
        from (select distinct {names} from seen)
    """)
    frame = connection.execute("select * from combinations order by combination").df()
    answers = checks.ask(rules, _comparable(frame))
    return {
        rule.id: _set_broken_aside(connection, files, rule, answers[rule.id], read, columns)
        for rule in rules
    }


def _comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """Decimals as floats: rules compare, they never add up."""
    decimals = [name for name in frame.columns if frame[name].dtype == object]
    return frame.assign(**{
        name: pd.to_numeric(frame[name])
        for name in decimals
        if not frame[name].map(lambda cell: isinstance(cell, str | bool)).any()
    })  # fmt: skip


def _set_broken_aside(
    connection: duckdb.DuckDBPyConnection,
    files: list[Staged],
    rule: Rule,
    positions: list[int],
    read: str,
    columns: tuple[str, ...],
) -> dict[int, int]:
    if not positions:
        return {}
    same = " and ".join(f"here.{name} is not distinct from there.{name}" for name in columns)
    connection.execute(
        "create or replace temp table broken as select there.* from combinations as there "
        "inner join (select unnest($1::bigint[]) as combination) using (combination)",
        [positions],
    )
    found = {}
    for file in files:
        good = f"""
            select here._row from (
                select _row, {read} from mapped_{file.n}
                where not exists (select 1 from aside_{file.n} as gone where gone.row = _row)
            ) as here inner join broken as there on {same}
        """
        if rule.severity == "critical":
            found[file.n] = _count(connection, f"select count(*) from ({good})")
        else:
            row = connection.execute(
                f"insert into aside_{file.n} select _row, $1, $2 from ({good})", [rule.id, rule.why]
            ).fetchone()
            found[file.n] = int(row[0]) if row else 0
    return found


def _ask_of_keys(
    connection: duckdb.DuckDBPyConnection, file: Staged, suite: Suite
) -> dict[str, int]:
    """For each key rule, how many rows share a key and yet differ."""
    if not suite.asked_of("keys") or file.mapping.key_repeats == "numbered":
        return {}
    key = ", ".join(file.mapping.key)
    frame = connection.execute(f"""
        with good as (
            select {key}, hash({key}) as _key from mapped_{file.n}
            where not exists (select 1 from aside_{file.n} as gone where gone.row = _row)
        )
        select {key} from good inner join (
            select _key from good group by _key having count(*) > 1
        ) using (_key) order by all limit 100000
    """).df()
    answers = checks.ask(suite.asked_of("keys"), frame)
    return {rule_id: len(positions) for rule_id, positions in answers.items()}


def _ask_of_extracts(
    connection: duckdb.DuckDBPyConnection,
    files: list[Staged],
    asides: dict[int, int],
    suite: Suite,
) -> dict[str, dict[int, int]]:
    """For each rule on the whole extract, the files that break it."""
    frame = pd.DataFrame(
        [_described(connection, file, asides[file.n]) for file in files], columns=checks.EXTRACT
    )
    answers = checks.ask(suite.asked_of("extract"), frame)
    return {
        rule_id: {files[position].n: files[position].rows_received for position in positions}
        for rule_id, positions in answers.items()
    }


def _described(
    connection: duckdb.DuckDBPyConnection, file: Staged, aside: int
) -> tuple[int, int, int, float, int]:
    """What the rules on an extract may ask, in the order of `checks.EXTRACT`."""
    expected = ["superseded", "repeated_row", *(rule.rule for rule in file.mapping.set_aside)]
    listed = ", ".join(text(rule) for rule in expected)
    faulty = _count(connection, f"select count(*) from aside_{file.n} where rule not in ({listed})")
    months = _count(
        connection,
        f"select count(distinct _month) from mapped_{file.n} where not exists "
        f"(select 1 from aside_{file.n} as gone where gone.row = _row)",
    )
    received = file.rows_received
    return received, received - aside, faulty, 100 * faulty / received, months


def _judged(
    connection: duckdb.DuckDBPyConnection,
    file: Staged,
    aside: int,
    broken: dict[str, dict[int, int]],
    suite: Suite,
) -> Judged:
    verdicts = [_verdict(rule, file, broken[rule.id].get(file.n, 0)) for rule in suite.rules]
    of_suite = {rule.id for rule in suite.rules}
    aside_by_rule = connection.execute(
        f"select rule, count(*), min(why) from aside_{file.n} group by rule order by rule"
    ).fetchall()
    for rule_id, rows, why in aside_by_rule:
        if rule_id not in of_suite:
            verdicts.append(
                Verdict(rule_id, "validity", "warning", file.rows_received, rows, "set aside", why)
            )
    most = max(aside_by_rule, key=lambda found: found[1], default=None)
    failed = [verdict for verdict in verdicts if verdict.result == "failed"]
    return Judged(file, aside, tuple(verdicts), _refusal(file, failed[0], most) if failed else None)


def _refusal(file: Staged, failed: Verdict, most: tuple[str, int, str] | None) -> Refused:
    example = "Most often: {2} ({0}, {1:,} rows). ".format(*most) if most else ""
    return Refused(
        f"{file.name}: the critical rule {failed.rule} fails for {failed.rows_failed:,} of "
        f"{file.rows_received:,} rows. {failed.why} {example}Nothing of the file is used; "
        "ask its owner to correct it and send it again."
    )


def _verdict(rule: Rule, file: Staged, failed: int) -> Verdict:
    result = "passed" if not failed else "failed" if rule.severity == "critical" else "set aside"
    return Verdict(
        rule.id, rule.dimension, rule.severity, file.rows_received, failed, result, rule.why
    )


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
