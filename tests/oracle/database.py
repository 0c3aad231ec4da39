"""The real SQL over given rows: exactly what a measurement runs, without its files."""

from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction

from oracle import council
from relations_for_tests import read_by
from scorecard import measure, relations, strategy_money
from scorecard.period import period_named
from scorecard.sources import STORED_AS, TABLES

MADE = {
    **measure.queries(measure.SQL / "reference"),
    **measure.queries(measure.SQL / "clean", "clean_"),
}
KPIS = measure.queries(measure.SQL / "kpi")
EMPTY = "create table accepted_{} ({}, _row bigint, _extract_id bigint, _sender varchar)"


@contextmanager
def database(case, spans, kpis, made=MADE):
    """A DuckDB with a case's rows as accepted, and what these KPIs read, made by the real SQL."""
    periods = [period_named(span.key) for span in spans]
    decided = [
        *relations.of_periods(periods, council.SETTLED.baselines),
        *relations.of_council(council.SETTLED, council.DIRECTORATES, desks=()),
        *strategy_money.as_relations(strategy_money.lines_of(council.SETTLED.strategy_finance)),
        relations.bank_holidays(council.HOLIDAYS_FILE),
        relations.received_months(case.received),
    ]
    with measure.database(memory_mb=1500, threads=2) as connection:
        for relation in decided:
            measure.add_relation(connection, relation)
        for table in TABLES:
            _accept(connection, table, case.given.get(table))
        measure.add_tables(connection, read_by(kpis.values(), made))
        yield connection


def _accept(connection, table, rows):
    if rows is None:
        columns = ", ".join(f"{c.name} {STORED_AS[c.type]}" for c in TABLES[table].columns)
        connection.execute(EMPTY.format(table, columns))
    else:
        connection.from_arrow(rows.arrow()).create(f"accepted_{table}")
    # No row was ever replaced by a newer one.
    newest = "qualify row_number() over (partition by ticket_id order by _row desc) = 1"
    sql = f"create view every_{table} as select * from accepted_{table} "
    connection.execute(sql + (newest if table == "tickets" else ""))


def answers(connection, sql):
    """What a KPI's SQL returns, by period and directorate."""
    rows = connection.execute(sql).fetchall()
    found = {(period, code): (_exact(top), _exact(bottom)) for period, code, top, bottom in rows}
    assert len(found) == len(rows), "a period and directorate has more than one row"
    return found


def exact(number):
    """A fraction as the decimal that it was."""
    return Decimal(number.numerator) / Decimal(number.denominator)


def _exact(number):
    assert not isinstance(number, float), "a figure must not pass through floating point"
    return None if number is None else Fraction(number)
