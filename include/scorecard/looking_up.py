"""Texts of a lot's rows that stand for something: persons, directorates and networks.

Each distinct text is resolved once for all files of a step: DuckDB holds what was found in the
tables `looked_up_<kind>` of words, month and value.
"""

import pyarrow as pa

from scorecard.lookups import resolve
from scorecard.mapping import Mapping
from scorecard.workbench import Workbench

_LOOKED_UP = pa.schema([(name, pa.string()) for name in ("words", "month", "value")])


def look_up(bench: Workbench, lot: int, mapping: Mapping) -> None:
    """Resolve what a lot's rows name; a row of a directorate that nobody knows is set aside."""
    for column, kind in mapping.looked_up.items():
        # Two lots at once may ask for the same person: one asks, the other finds the answer.
        with bench.looking_up:
            _resolve_new(bench, lot, column, kind)
        if kind in ("directorates", "cost_centres"):
            bench.connection.execute(f"""
                insert into aside_{lot}
                select distinct on (_file, _row) _file, _row, '{column}_unknown',
                    '{column}: ''' || found.words || ''' is not in the council''s list of {kind}'
                from mapped_{lot} as mapped inner join looked_up_{kind} as found
                    on mapped.{column} = found.words and mapped._month = found.month
                where found.value is null and mapped._rule is null and not exists (
                    select 1 from aside_{lot} as gone where gone.file = _file and gone.row = _row
                )
            """)


def _resolve_new(bench: Workbench, lot: int, column: str, kind: str) -> None:
    """Add what no lot before has asked for to the table of a kind."""
    distinct = bench.connection.execute(f"""
        with asked as (
            select distinct {column} as words, {_month_of(kind, "mapped")} as month
            from mapped_{lot} as mapped where {column} is not null and _rule is null
        )
        select words, month from asked where not exists (
            select 1 from looked_up_{kind} as known
            where known.words = asked.words and known.month = asked.month
        )
    """).fetchall()
    if distinct:
        parts = list(zip(*resolve(bench.lookups.of(kind), distinct), strict=True))
        values = pa.table([pa.array(part, pa.string()) for part in parts], schema=_LOOKED_UP)
        bench.connection.register("values_found", values)
        bench.connection.execute(f"insert into looked_up_{kind} select * from values_found")
        bench.connection.unregister("values_found")


def _month_of(kind: str, rows: str) -> str:
    """What a look-up depends on besides the text: the council's lists change, persons do not."""
    return "''" if kind == "person" else f"{rows}._month"


def resolved(rows: str, mapping: Mapping) -> str:
    """A select of mapped rows in the columns that the mapping fills, persons as pseudonyms."""
    columns = mapping.looked_up
    joins = " ".join(
        f"left join looked_up_{kind} as l_{name} on l_{name}.words = mapped.{name} "
        f"and l_{name}.month = {_month_of(kind, 'mapped')}"
        for name, kind in columns.items()
    )
    names = [
        f"l_{c.name}.value as {c.name}" if c.name in columns else f"mapped.{c.name}"
        for c in mapping.of.columns
        if c.name in mapping.columns
    ]
    return f"select {', '.join(names)}, _row, _file, _month from ({rows}) as mapped {joins}"
