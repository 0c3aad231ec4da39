"""The `measure` fixture: the real SQL in a real, tiny DuckDB, over tables of text."""

import re
from contextlib import contextmanager
from decimal import Decimal

import pytest

from relations_for_tests import read_by
from scorecard import cost_groups, measure, relations, strategy_money
from scorecard.cost_groups import CostGroup
from scorecard.decisions import Desks, Directorate, Settled
from scorecard.period import FinancialQuarter, Month
from scorecard.settings import INCLUDE
from scorecard.sources import STORED_AS, TABLES
from scorecard.strict import record, rows_of, yaml_of

SETTLED = record(Settled, yaml_of(INCLUDE / "council" / "council.yaml"), "council.yaml")
DESKS = rows_of(INCLUDE / "council" / "desks.csv", Desks)
DIRECTORATES = rows_of(INCLUDE / "council" / "directorates.csv", Directorate)
COST_GROUPS = rows_of(INCLUDE / "council" / "cost_groups.csv", CostGroup)
MADE = {
    **measure.queries(measure.SQL / "reference"),
    **measure.queries(measure.SQL / "clean", "clean_"),
}


def period(key):
    """The period of a key such as 2025-04, 2025-26-Q1, 2025-26-Q1-YTD or 2025-26-Q1-R12."""
    if len(key) == 7:
        return Month.parse(key).period
    quarter = FinancialQuarter.parse(key[:10])
    kinds = {"": quarter.period, "-YTD": quarter.year_to_date, "-R12": quarter.rolling_12}
    return kinds[key[10:]]


def cells(line):
    """The cells of a line, which two or more spaces separate; `-` is an empty cell."""
    return [None if cell == "-" else cell for cell in re.split(r"\s{2,}", line.strip())]


def empty(table, name):
    """Makes accepted_<table> or the like: the table's columns, and where a row came from."""
    columns = [f"{column.name} {STORED_AS[column.type]}" for column in TABLES[table].columns]
    return f"create table {name} ({', '.join(columns)}, _row bigint, _extract_id bigint, _sender varchar)"


def plain(value):
    """A number as an int where it is whole; anything else as it is."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value


def as_given(column, kind):
    """A column of moments as the text in which a table gives them; any other as it is."""
    if str(kind) != "TIMESTAMP WITH TIME ZONE":
        return f'"{column}"'
    return f"strftime(\"{column}\", '%Y-%m-%d %H:%M:%S')"


class Measure:
    """Tables of text in, the rows that the real SQL makes of them out."""

    def __init__(self):
        self.tables = {}

    def given(self, relation, table):
        """Let a relation hold these rows; columns left out are empty."""
        header, *lines = [line for line in table.splitlines() if line.strip()]
        self.tables[relation] = (cells(header), [cells(line) for line in lines])

    def kpi(self, kpi_id, *periods):
        """Period, directorate, numerator and denominator that the KPI's SQL returns."""
        return self._run(measure.SQL / "kpi" / f"{kpi_id}.sql", periods)

    def table(self, name, *periods):
        """The rows of one of the pack's tables of activity."""
        return self._run(measure.SQL / "table" / f"{name}.sql", periods)

    def clean(self, table, *columns):
        """These columns of clean_<table>, in their order."""
        return self.relation(f"clean_{table}", *columns)

    def relation(self, name, *columns):
        """These columns of a relation, in their order; moments as they are written in a table."""
        return self.relation_of(name, (), *columns)

    def relation_of(self, name, periods, *columns):
        """These columns of a relation that reads periods."""
        with self._database(periods, name) as connection:
            chosen = connection.table(name).select(*columns)
            texts = map(as_given, chosen.columns, chosen.types)
            rows = chosen.project(", ".join(texts)).fetchall()
        return sorted(
            (tuple(plain(value) for value in row) for row in rows),
            key=lambda row: [(value is not None, value) for value in row],
        )

    def _run(self, path, periods):
        sql = path.read_text(encoding="utf-8")
        with self._database(periods, sql) as connection:
            rows = connection.execute(sql).fetchall()
        return [tuple(plain(value) for value in row) for row in rows]

    @contextmanager
    def _database(self, periods, asked):
        """What was given, and what `asked` reads of what the real SQL makes of it."""
        given = [
            *relations.of_periods([period(key) for key in periods], SETTLED.baselines),
            *relations.of_council(SETTLED, DIRECTORATES, DESKS),
            cost_groups.as_relation(COST_GROUPS),
            *strategy_money.as_relations(strategy_money.lines_of(SETTLED.strategy_finance)),
            relations.bank_holidays(INCLUDE / "reference" / "bank_holidays.csv"),
            relations.received_months({}),
        ]
        with measure.database(memory_mb=256, threads=1) as connection:
            for relation in given:
                measure.add_relation(connection, relation)
                self._replace(connection, relation.name)
            for table in TABLES:
                for name in (f"accepted_{table}", f"every_{table}"):
                    connection.execute(empty(table, name))
                    self._replace(connection, name)
            for name in relations.in_order(read_by([asked], MADE)):
                self._make(connection, name)
            yield connection

    def _make(self, connection, name):
        """Make a relation by its SQL, or empty with its columns where rows are given for it."""
        query = connection.sql(MADE[name])
        (query.limit(0) if name in self.tables else query).create(name)
        self._replace(connection, name)

    def _replace(self, connection, name):
        """Put the given rows, if there are any, in a relation's place."""
        if name not in self.tables:
            return
        header, rows = self.tables[name]
        made = connection.table(name)
        types = dict(zip(made.columns, made.types, strict=True))
        unknown = [column for column in header if column not in types]
        assert not unknown, f"{name} has no column {unknown}; it has {sorted(types)}"
        connection.execute(f"delete from {name}")
        names = ", ".join(f'"{column}"' for column in header)
        casts = ", ".join(f"cast(? as {types[column]})" for column in header)
        for row in rows:
            connection.execute(f"insert into {name} ({names}) values ({casts})", row)


@pytest.fixture(name="measure")
def _measure():
    """Given rows, the real SQL's answer."""
    return Measure()
