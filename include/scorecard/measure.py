"""Step: the KPIs' SQL over the accepted rows of a quarter, as at a moment.

One DuckDB in memory holds, by name: `accepted_<table>` over exactly the files that the register
names, `every_<table>` with the rows that newer extracts replaced as well, the relations of
`relations.py`, those of `include/sql/reference/`, and `clean_<table>`.
The clean relations are tables, because several KPIs read each; their SQL groups early, so that
millions of jobs and sign-ins become thousands of rows in one pass.
"""

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa

from scorecard import accepted, cost_groups, known_decisions, kpis, relations, strategy_money, told
from scorecard.accepted import AcceptedRows
from scorecard.arrivals import months_of
from scorecard.council import Council
from scorecard.folders import room
from scorecard.identity import canonical, hashes, identity_of
from scorecard.kpis import KpiDefinition
from scorecard.period import FinancialQuarter, Period, london_day
from scorecard.register import measurements, only_one, refusals, removals
from scorecard.register.measurements import MeasuredRow, NewMeasurement
from scorecard.relations import Relation
from scorecard.settings import INCLUDE
from scorecard.sources import TABLES
from scorecard.stores import Stores

SQL = INCLUDE / "sql"
REFERENCE = INCLUDE / "reference"

# The modules that decide what is measured, and what becomes of it as figures.
CODE = tuple(
    f"{module}.py"
    for module in (
        *("measure", "relations", "accepted", "period", "council", "decisions", "kpis"),
        *("identity", "known_decisions", "register/receipts", "cost_groups", "strategy_money"),
        *("reconcile", "reckoning", "arrivals", "states", "figures", "rating", "direction"),
        *("drafts", "colours", "lineage", "precedents", "told", "baselines"),
        *("spc", "process_limits", "carbon/activity", "carbon/as_figures", "carbon/details"),
        *("carbon/estimates", "carbon/factor_file", "carbon/factors", "carbon/lines"),
        *("carbon/products", "carbon/quarter", "carbon/scenarios", "carbon/series"),
        *("carbon/travel", "carbon/uncertainty", "carbon/units", "carbon/well_to_tank"),
        *("carbon/office", "meters"),
        *("sensitive", "tabulation", "derivation", "suppression"),
        *("gate", "unmatched", "jumps", "balance", "tolerances"),
    )
)

log = logging.getLogger(__name__)


class NotYet(ValueError):
    """A quarter that had not begun, or a moment that has not come."""


class GoneByRetention(LookupError):
    """A quarter whose accepted rows the council no longer keeps."""


# The Arrow type in which a relation's column reaches DuckDB, by its type in `sources`.
_ARROW = {
    "text": pa.string(),
    "code": pa.string(),
    "month": pa.string(),
    "moment": pa.timestamp("us", tz="UTC"),
    "date": pa.date32(),
    "int": pa.int64(),
    "dec": pa.decimal128(18, 6),
    "gbp": pa.decimal128(18, 2),
    "flag": pa.bool_(),
}


def run(stores: Stores, quarter: str, as_at: datetime, now: datetime) -> str:
    """The measurement of a quarter from everything accepted by a moment; its id comes back.

    The same inputs and definitions are the same measurement: it is found, and nothing is written.
    """
    chosen = FinancialQuarter.parse(quarter)
    check_moment(chosen, as_at, now)
    decided = known_decisions.read(stores.settings.council, as_at)
    check_there(stores, chosen, decided)
    with only_one(stores.register, f"measure {chosen}"):
        rows = {table: accepted.select(stores, table, as_at) for table in TABLES}
        identity = {
            **identity_of(decided, chosen, as_at, rows),
            "refused": refusals.hashes(stores.register, str(chosen), as_at),
            "code": hashes(Path(__file__).parent, CODE),
        }
        others = told.by_others(stores, str(chosen), as_at, identity, _definitions())
        identity[told.TOLD] = others
        measurement_id = hashlib.sha256(canonical(identity)).hexdigest()
        if measurements.found_again(stores.register, measurement_id, as_at):
            log.info("%s: nothing new since measurement %s", chosen, measurement_id[:12])
            return measurement_id
        measured, activity = _measured(stores, chosen, decided, rows)
        extracts = {k: v for found in rows.values() for k, v in found.extracts.items()}
        new = NewMeasurement(
            measurement_id, str(chosen), as_at, now, identity, extracts, measured, activity
        )
        measurements.write(stores.register, new)
    log.info(
        "%s: %d extracts, %d rows measured, measurement %s",
        *(chosen, len(extracts), len(measured), measurement_id[:12]),
    )
    return measurement_id


def check_moment(quarter: FinancialQuarter, as_at: datetime, now: datetime) -> None:
    """Refuse a quarter that had not begun, and a moment that is not over: neither has figures."""
    if as_at > now:
        raise NotYet(
            f"as_at {as_at:%Y-%m-%dT%H:%M}: that moment has not come, and more may be received "
            "before it does. Leave as_at empty, or name a moment in the past."
        )
    if as_at < quarter.starts_at:
        raise NotYet(
            f"{quarter}: it begins on {london_day(quarter.starts_at):%-d %B %Y}, after the moment "
            "as at which it would be measured. Choose a quarter that has begun."
        )


def check_there(stores: Stores, quarter: FinancialQuarter, decided: Council) -> None:
    """Refuse a quarter whose rows retention has removed: measured again, it would say nothing.

    So too one that is compared with such rows: last year, the years so far, the baseline.
    """
    periods = relations.periods_of(quarter, (), decided.settled.baselines)
    months = {*quarter.months, *(month for period in periods for month in months_of(period))}
    found = removals.months_gone(stores.register, months)
    if gone := removals.in_words(found):
        is_own = any(str(month) in found for month in quarter.months)
        raise GoneByRetention(
            f"{quarter}: {gone} {'' if is_own else 'It is compared with them. '}It cannot be "
            "measured again; its published packs stand. Look them up, or restore a backup."
        )


def _definitions() -> list[KpiDefinition]:
    return list(kpis.load(SQL / "kpi").values())


def _measured(
    stores: Stores, quarter: FinancialQuarter, decided: Council, rows: Mapping[str, AcceptedRows]
) -> tuple[list[MeasuredRow], dict[str, list[dict[str, str | None]]]]:
    """What every KPI's SQL and every table of activity returned."""
    received = {table: found.months for table, found in rows.items()}
    baselines = decided.settled.baselines
    periods = relations.periods_of(quarter, set().union(*received.values()), baselines)
    given = [
        *relations.of_periods(periods, baselines, decided.directorates),
        *relations.of_council(decided.settled, decided.directorates, decided.desks),
        cost_groups.as_relation(decided.cost_groups),
        *strategy_money.as_relations(strategy_money.lines_of(decided.settled.strategy_finance)),
        relations.bank_holidays(REFERENCE / "bank_holidays.csv"),
        relations.received_months(received),
    ]
    with database(stores.settings.memory_mb, stores.settings.threads) as connection:
        stores.objects.lend_to(connection)
        for relation in given:
            add_relation(connection, relation)
        for table, found in rows.items():
            connection.sql(found.sql).create_view(f"accepted_{table}")
            connection.sql(found.every).create_view(f"every_{table}")
        add_tables(connection, {**queries(SQL / "reference"), **queries(SQL / "clean", "clean_")})
        measured = [
            row for definition in _definitions() for row in _kpi(connection, definition, periods)
        ]
        tables = {name: _activity(connection, sql) for name, sql in queries(SQL / "table").items()}
    return measured, tables


def _kpi(
    connection: duckdb.DuckDBPyConnection, definition: KpiDefinition, periods: Sequence[Period]
) -> Iterator[MeasuredRow]:
    """What one KPI's SQL returns, for the periods for which the KPI has figures."""
    sql = (SQL / "kpi" / f"{definition.id}.sql").read_text(encoding="utf-8")
    versions = {
        period.key: definition.version_for(period)
        for period in periods
        if definition.is_measured_for(period)
    }
    for period, directorate, numerator, denominator in connection.execute(sql).fetchall():
        if period in versions:
            yield MeasuredRow(
                *(definition.id, versions[period], period, directorate),
                *(_number(numerator), _number(denominator)),
            )


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _activity(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, str | None]]:
    """The rows of one table of activity; numbers as text, so that none is rounded."""
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or ()]
    return [
        {
            name: None if value is None else str(value)
            for name, value in zip(names, row, strict=True)
        }
        for row in answer.fetchall()
    ]


@contextmanager
def database(memory_mb: int, threads: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty DuckDB in memory that spills to a folder of its own; its clock is UTC."""
    with room() as folder:
        options: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory_mb}MB", "threads": threads, "temp_directory": str(folder),
        }  # fmt: skip
        with duckdb.connect(config=options) as connection:
            connection.execute("set TimeZone = 'UTC'")
            yield connection


def add_relation(connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
    """Make a table of a relation's rows."""
    schema = pa.schema([(name, _ARROW[kind]) for name, kind in relation.types.items()])
    arrays = [
        pa.array([row[place] for row in relation.rows], field.type)
        for place, field in enumerate(schema)
    ]
    connection.from_arrow(pa.table(arrays, schema=schema)).create(relation.name)


def queries(folder: Path, prefix: str = "") -> dict[str, str]:
    """The SQL of every file of a folder, by the name of the relation that it makes."""
    return {
        f"{prefix}{path.stem}": path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.sql"))
    }


def add_tables(connection: duckdb.DuckDBPyConnection, made_by: Mapping[str, str]) -> None:
    """Make a table of every query, each after those that it reads."""
    for name in relations.in_order(made_by):
        connection.sql(made_by[name]).create(name)
