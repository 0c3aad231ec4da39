"""What the checks say of files that were mapped: rows set aside, and files refused whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import duckdb
import pandas as pd

from scorecard import checks
from scorecard.admission import Refused
from scorecard.checks import Rule, Suite
from scorecard.intake import Staged
from scorecard.lots import good_rows, set_repeats_aside
from scorecard.mapping_groups import expected
from scorecard.settings import REPOSITORY
from scorecard.verdicts import Verdict, why_refused

EXPECTATIONS = REPOSITORY / "expectations"


@dataclass(frozen=True)
class Judged:
    """A file with its verdicts; `refusal` says why nothing of it may be used."""

    staged: Staged
    rows_set_aside: int
    months: tuple[tuple[str, int], ...]  # rows that are not set aside, by month
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
    lots = {file.lot: file.mapping for file in files}
    for lot, mapping in lots.items():
        if mapping.alike != "kept":
            set_repeats_aside(connection, lot)
    broken: dict[str, dict[int, int]] = {rule.id: {} for rule in suite.rules}
    # In the order of the file: a row that breaks several rules is set aside for the first of them.
    of_columns: dict[tuple[str, ...], list[Rule]] = {}
    for rule in suite.asked_of("rows"):
        of_columns.setdefault(rule.columns, []).append(rule)
    for rules in of_columns.values():
        broken |= _ask_of_rows(connection, list(lots), rules, suite)
    for lot, mapping in lots.items():
        if suite.asked_of("keys") and mapping.key_repeats != "numbered":
            for rule_id, found in _ask_of_keys(connection, lot, mapping.key, suite).items():
                broken[rule_id] |= found
    seen = {lot: _seen(connection, lot) for lot in lots}
    broken |= _ask_of_extracts(files, seen, suite)
    return [_judged(file, seen[file.lot], broken, suite) for file in files]


def _ask_of_rows(
    connection: duckdb.DuckDBPyConnection, lots: list[int], rules: list[Rule], suite: Suite
) -> dict[str, dict[int, int]]:
    """For each rule and file, how many rows break it; those of warning rules are set aside."""
    columns = rules[0].columns
    read = ", ".join(f"{suite.derived.get(name, name)} as {name}" for name in columns)
    names = ", ".join(columns)
    each = " union all ".join(
        f"select {read} from mapped_{lot} where _rule is null group by all" for lot in lots
    )
    connection.execute(f"""
        create or replace temp table combinations as
        select row_number() over () - 1 as combination, {names}
        from (select distinct {names} from ({each}))
    """)
    frame = connection.execute("select * from combinations order by combination").df()
    answers = checks.ask(rules, _comparable(frame))
    return {
        rule.id: _set_broken_aside(connection, lots, rule, answers[rule.id], read) for rule in rules
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
    lots: list[int],
    rule: Rule,
    positions: list[int],
    read: str,
) -> dict[int, int]:
    if not positions:
        return {}
    same = " and ".join(f"here.{name} is not distinct from there.{name}" for name in rule.columns)
    connection.execute(
        "create or replace temp table broken as select there.* from combinations as there "
        "inner join (select unnest($1::bigint[]) as combination) using (combination)",
        [positions],
    )
    found: dict[int, int] = {}
    for lot in lots:
        broken = f"""
            select here._file, here._row
            from (select _file, _row, {read} from ({good_rows(lot)})) as here
            inner join broken as there on {same}
        """
        found |= _counts(
            connection, f"select _file, count(distinct _row) from ({broken}) group by _file"
        )
        if rule.severity != "critical":
            connection.execute(
                f"insert into aside_{lot} select distinct _file, _row, $1, $2 from ({broken})",
                [rule.id, rule.why],
            )
    return found


def _ask_of_keys(
    connection: duckdb.DuckDBPyConnection, lot: int, names: tuple[str, ...], suite: Suite
) -> dict[str, dict[int, int]]:
    """For each key rule and file, how many rows share a key and yet differ."""
    key = ", ".join(names)
    frame = connection.execute(f"""
        with good as (select _file, {key}, hash({key}) as _key from ({good_rows(lot)}))
        select _file, {key} from good inner join (
            select _file, _key from good group by _file, _key having count(*) > 1
        ) using (_file, _key) order by all limit 100000
    """).df()
    found: dict[str, dict[int, int]] = {rule.id: {} for rule in suite.asked_of("keys")}
    for file, rows in frame.groupby("_file"):
        answers = checks.ask(suite.asked_of("keys"), rows.drop(columns="_file"))
        for rule_id, positions in answers.items():
            found[rule_id][int(str(file))] = len(positions)
    return found


@dataclass(frozen=True)
class _Seen:
    """What became of a lot's rows: good ones by file and month, the others by file and rule."""

    months: dict[int, tuple[tuple[str, int], ...]]
    aside: dict[int, tuple[tuple[str, int, str], ...]]  # rule, rows, one reason


def _seen(connection: duckdb.DuckDBPyConnection, lot: int) -> _Seen:
    months = connection.execute(f"""
        select _file, _month, count(*) from ({good_rows(lot)}) group by _file, _month order by all
    """).fetchall()
    aside = connection.execute(f"""
        select file, rule, count(*), min(why) from aside_{lot} group by file, rule order by all
    """).fetchall()
    return _Seen(_by_file(months), _by_file(aside))


def _by_file(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[Any, ...]]:
    grouped = groupby(rows, key=lambda row: row[0])
    return {file: tuple(row[1:] for row in same) for file, same in grouped}


def _ask_of_extracts(
    files: list[Staged], seen: dict[int, _Seen], suite: Suite
) -> dict[str, dict[int, int]]:
    """For each rule on the whole extract, the files that break it."""
    described = [_described(file, seen[file.lot]) for file in files]
    answers = checks.ask(suite.asked_of("extract"), pd.DataFrame(described, columns=checks.EXTRACT))
    return {
        rule_id: {files[position].n: files[position].rows_received for position in positions}
        for rule_id, positions in answers.items()
    }


def _described(file: Staged, seen: _Seen) -> tuple[int, int, int, float, int]:
    """What the rules on an extract may ask, in the order of `checks.EXTRACT`."""
    known = expected(file.mapping)
    rows = {rule: count for rule, count, _ in seen.aside.get(file.n, ())}
    faulty = sum(count for rule, count in rows.items() if rule not in known)
    received, accepted = file.rows_received, file.rows_received - sum(rows.values())
    # A wide file is of each of its months, and replaces each; rows that add up replace no month.
    adds = file.mapping.unpivot or file.mapping.meets == "by_key"
    months = 1 if adds else len(seen.months.get(file.n, ()))
    return received, accepted, faulty, 100 * faulty / received, months


def _judged(file: Staged, seen: _Seen, broken: dict[str, dict[int, int]], suite: Suite) -> Judged:
    verdicts = [_verdict(rule, file, broken[rule.id].get(file.n, 0)) for rule in suite.rules]
    of_suite, aside = {rule.id for rule in suite.rules}, seen.aside.get(file.n, ())
    verdicts += [
        Verdict(rule, "validity", "warning", file.rows_received, rows, "set aside", why)
        for rule, rows, why in aside
        if rule not in of_suite
    ]
    failed = next((verdict for verdict in verdicts if verdict.result == "failed"), None)
    refusal = _refusal(file, failed, suite, aside) if failed else None
    set_aside = sum(rows for _, rows, _ in aside)
    return Judged(file, set_aside, seen.months.get(file.n, ()), tuple(verdicts), refusal)


def _refusal(
    file: Staged, failed: Verdict, suite: Suite, aside: Iterable[tuple[str, int, str]]
) -> Refused:
    known = expected(file.mapping)
    faulty = sum(rows for rule, rows, _ in aside if rule not in known)
    most = max(aside, key=lambda found: (found[0] not in known, found[1]), default=None)
    (rule,) = (rule for rule in suite.rules if rule.id == failed.rule)
    return why_refused(file.name, failed, rule, faulty, most)


def _verdict(rule: Rule, file: Staged, failed: int) -> Verdict:
    result = "passed" if not failed else "failed" if rule.severity == "critical" else "set aside"
    return Verdict(
        rule.id, rule.dimension, rule.severity, file.rows_received, failed, result, rule.why
    )


def _counts(connection: duckdb.DuckDBPyConnection, query: str) -> dict[int, int]:
    """Rows by file."""
    return {int(file): int(rows) for file, rows in connection.execute(query).fetchall()}
