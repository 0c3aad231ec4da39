"""The step `measure` with a real register, a real object store and tiny Parquet files."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import duckdb
import pytest
from record import a_figure, a_measurement, approve
from sqlalchemy import insert, select, text

from scorecard import draft, measure, publish, reconcile, settings
from scorecard.register.models import (
    AcceptedFile,
    ActivityRow,
    Extract,
    Measured,
    Measurement,
    MeasurementInput,
)
from scorecard.sources import STORED_AS, TABLES
from scorecard.stores import Stores

APRIL = datetime(2025, 5, 2, 9, tzinfo=UTC)
JULY = datetime(2025, 7, 2, 9, tzinfo=UTC)
NOW = datetime(2025, 7, 20, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)
Q = "2025-26-Q1"

ONE_TICKET = """
    ('INC1', 'incident', 'P3', 'resolved', 'RES', '2025-04-07 09:00', '2025-04-07 12:00')
"""
IN_TIME_AND_LATE = """
    ('INC1', 'incident', 'P3', 'resolved', 'RES', '2025-04-07 09:00', '2025-04-07 12:00'),
    ('INC2', 'incident', 'P3', 'resolved', 'PLA', '2025-04-07 09:00', '2025-05-30 12:00')
"""
COLUMNS = ("ticket_id", "type", "priority", "status", "directorate", "opened_at", "resolved_at")


@pytest.fixture
def accepted(stores, tmp_path):
    """Put tickets into the store as one accepted extract of April 2025."""

    def put(rows, received_at, columns=COLUMNS):
        with stores.register.begin() as connection:
            extract = connection.execute(
                insert(Extract)
                .values(
                    source="tickets",
                    sha256=sha256(rows.encode()).hexdigest(),
                    file_name="incident_2025-04.csv",
                    bytes=len(rows),
                    received_at=received_at,
                    state="accepted",
                    accepted_at=received_at,
                    system="servicenow_incident",
                    mapping_version=1,
                    table="tickets",
                )
                .returning(Extract.id)
            ).scalar_one()
            object_id = f"accepted/tickets/2025-04/{extract}.parquet"
            connection.execute(
                insert(AcceptedFile).values(
                    extract_id=extract,
                    table="tickets",
                    month="2025-04",
                    object_id=object_id,
                    sha256=sha256(object_id.encode()).hexdigest(),
                    rows=rows.count("INC"),
                )
            )
        file = tmp_path / f"{extract}.parquet"
        write_parquet(rows, extract, file, columns)
        stores.objects.put(file, object_id)
        return extract

    return put


def write_parquet(rows, extract, file, columns):
    typed = ", ".join(
        f"{c.name if c.name in columns else 'null'}::{STORED_AS[c.type]} as {c.name}"
        for c in TABLES["tickets"].columns
    )
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.sql(
            f"select {typed}, row_number() over () as _row, {extract}::bigint as _extract_id "
            f"from (values {rows}) as given({', '.join(columns)})"
        ).write_parquet(str(file))


def measured(stores, measurement_id, kpi_id, period="2025-26-Q1"):
    chosen = (
        select(Measured.directorate, Measured.numerator, Measured.denominator)
        .where(Measured.measurement_id == measurement_id)
        .where(Measured.kpi_id == kpi_id, Measured.period == period)
        .order_by(Measured.directorate)
    )
    with stores.register.connect() as connection:
        return [tuple(row) for row in connection.execute(chosen)]


def count(stores, model):
    with stores.register.connect() as connection:
        return len(connection.execute(select(model)).all())


def test_a_quarter_is_measured_from_what_was_accepted(stores, accepted):
    accepted(IN_TIME_AND_LATE, APRIL)

    measurement = measure.run(stores, "2025-26-Q1", NOW, NOW)

    assert measured(stores, measurement, "incidents_resolved_within_sla") == [
        ("COUNCIL", Decimal(1), Decimal(2)),
        ("PLA", Decimal(0), Decimal(1)),
        ("RES", Decimal(1), Decimal(1)),
    ]


def test_a_measurement_names_the_extracts_it_read(stores, accepted):
    extract = accepted(ONE_TICKET, APRIL)

    measurement = measure.run(stores, "2025-26-Q1", NOW, NOW)

    with stores.register.connect() as connection:
        inputs = connection.execute(select(MeasurementInput)).all()
        identity = connection.execute(select(Measurement.identity)).scalar_one()
    assert [tuple(row) for row in inputs] == [(measurement, extract, APRIL)]
    assert identity["received"]["tickets"] == {
        "months": ["2025-04"],
        "systems": ["servicenow_incident"],
    }


def test_the_same_inputs_are_the_same_measurement_and_nothing_is_written(stores, accepted):
    accepted(ONE_TICKET, APRIL)
    first = measure.run(stores, "2025-26-Q1", NOW, NOW)
    before = [count(stores, model) for model in (Measurement, Measured, ActivityRow)]

    second = measure.run(stores, "2025-26-Q1", JULY, datetime(2026, 1, 1, tzinfo=UTC))

    assert second == first
    assert [count(stores, model) for model in (Measurement, Measured, ActivityRow)] == before


def test_a_quarter_is_measured_as_at_a_moment(stores, accepted):
    accepted(ONE_TICKET, APRIL)
    accepted(IN_TIME_AND_LATE, JULY)

    before = measure.run(stores, "2025-26-Q1", datetime(2025, 6, 1, tzinfo=UTC), NOW)
    after = measure.run(stores, "2025-26-Q1", NOW, NOW)

    assert measured(stores, before, "incidents_resolved_within_sla")[0] == ("COUNCIL", 1, 1)
    assert measured(stores, after, "incidents_resolved_within_sla")[0] == ("COUNCIL", 1, 2)


def test_a_table_that_sent_nothing_has_no_rows_and_no_zeros(stores):
    measure.run(stores, "2025-26-Q1", NOW, NOW)

    assert count(stores, Measurement) == 1
    assert count(stores, Measured) == 0
    assert count(stores, ActivityRow) == 0


def test_a_definition_that_changed_is_another_measurement(stores, accepted, tmp_path):
    accepted(ONE_TICKET, APRIL)
    first = measure.run(stores, "2025-26-Q1", NOW, NOW)
    council = tmp_path / "council"
    council.mkdir()
    for file in stores.settings.council.iterdir():
        if file.is_file():
            words = file.read_text(encoding="utf-8")
            (council / file.name).write_text(
                words.replace("resolve_minutes: 1800", "resolve_minutes: 60"), encoding="utf-8"
            )
    chosen = {"SCORECARD_HOME": str(stores.settings.home), "SCORECARD_COUNCIL": str(council)}
    stricter = Stores(stores.register, stores.objects, settings.read(chosen), stores.hash_key)

    second = measure.run(stricter, "2025-26-Q1", NOW, NOW)

    assert second != first
    assert measured(stores, second, "incidents_resolved_within_sla")[0] == ("COUNCIL", 0, 1)


def test_a_period_that_has_ended_since_is_another_measurement(stores, accepted):
    accepted(ONE_TICKET, APRIL)
    ends = datetime(2025, 6, 30, 23, tzinfo=UTC)  # midnight of 1 July in London
    moments = (datetime(2025, 6, 1, tzinfo=UTC), ends - TICK, ends, NOW)

    first, open_still, over, later = (measure.run(stores, Q, at, NOW) for at in moments)

    assert (first == open_still, open_still == over, over == later) == (True, False, True)


def test_a_target_decided_later_is_no_part_of_a_measurement_of_before(stores, accepted, tmp_path):
    accepted(ONE_TICKET, APRIL)
    council = tmp_path / "council"
    shutil.copytree(stores.settings.council, council)
    own = replace(stores, settings=replace(stores.settings, council=council))
    before, after = (measure.run(own, Q, at, NOW) for at in (JULY, NOW))
    with (council / "targets.csv").open("a") as file:
        file.write("open_tickets,RES,2025-04-01,,,,none,,,,,,,,Cabinet,Why,2025-07-10\n")

    assert measure.run(own, Q, JULY, NOW) == before == after
    assert measure.run(own, Q, NOW, NOW) != after


def test_a_factor_set_that_comes_out_is_another_measurement(stores):
    moments = (datetime(2025, 6, 30, 22, tzinfo=UTC), datetime(2025, 6, 30, 23, tzinfo=UTC))

    assert len({measure.run(stores, "2024-25-Q4", at, NOW) for at in moments}) == 2


def test_a_file_that_was_refused_meanwhile_is_told_in_another_measurement(stores):
    before = measure.run(stores, Q, NOW, NOW)
    with stores.register.begin() as connection:
        connection.execute(
            insert(Extract).values(
                source="tickets", sha256="a", file_name="a.csv", bytes=1, received_at=JULY,
                accepted_at=JULY, state="refused", refusal="a.csv: the file is empty.",
            )
        )  # fmt: skip

    assert measure.run(stores, Q, NOW, NOW) != before


def test_a_measurement_found_again_holds_as_at_the_later_moment_too(stores):
    for moment in (JULY, NOW, JULY):
        measure.run(stores, Q, moment, NOW)

    with stores.register.connect() as connection:
        row = connection.execute(select(Measurement)).one()
    assert (row.as_at, row.latest_as_at) == (JULY, NOW)


@pytest.mark.parametrize(
    ("quarter", "as_at", "words"),
    [
        ("2025-26-Q3", NOW, r"2025-26-Q3: it begins on 1 October 2025, .* Choose a quarter"),
        ("2025-26-Q2", datetime(2025, 6, 30, 22, tzinfo=UTC), "2025-26-Q2: it begins on 1 July"),
        (Q, NOW + TICK, "as_at 2025-07-20T09:00: that moment has not come.* Leave as_at empty"),
    ],
)
def test_a_moment_at_which_a_quarter_has_no_figures_is_refused(stores, quarter, as_at, words):
    with pytest.raises(measure.NotYet, match=words):
        measure.run(stores, quarter, as_at, NOW)

    assert count(stores, Measurement) == 0


def test_a_quarter_has_figures_from_its_first_moment(stores):
    begins = datetime(2025, 6, 30, 23, tzinfo=UTC)

    assert measure.run(stores, "2025-26-Q2", begins, NOW)


def test_two_runs_of_one_quarter_at_once_write_it_once(stores, accepted):
    accepted(ONE_TICKET, APRIL)

    with ThreadPoolExecutor(2) as both:
        ids = list(both.map(lambda _: measure.run(stores, "2025-26-Q1", NOW, NOW), range(2)))

    assert ids[0] == ids[1]
    assert count(stores, Measurement) == 1


def test_a_run_that_dies_leaves_nothing(stores, accepted):
    accepted(ONE_TICKET, APRIL)
    with stores.register.begin() as connection:
        connection.execute(text("alter table activity_rows rename to hidden"))

    with pytest.raises(Exception, match="activity_rows"):
        measure.run(stores, "2025-26-Q1", NOW, NOW)

    assert count(stores, Measurement) == 0
    assert count(stores, Measured) == 0


def test_the_table_of_tickets_is_measured_with_the_kpis(stores, accepted):
    accepted(ONE_TICKET, APRIL)

    measure.run(stores, "2025-26-Q1", NOW, NOW)

    with stores.register.connect() as connection:
        rows = connection.execute(
            select(ActivityRow.row)
            .where(ActivityRow.table == "tickets")
            .order_by(ActivityRow.position)
        ).scalars()
        assert list(rows) == [
            {
                "month": "2025-04",
                "directorate": directorate,
                "type": "incident",
                "opened": "1",
                "resolved": "1",
                "resolved_within_sla": "1",
                "open_at_month_end": "0",
            }
            for directorate in ("COUNCIL", "RES")
        ]


def test_a_backfill_finds_the_backlog_of_then_although_tickets_were_reopened_since(
    stores, accepted
):
    """What the desk said in April is still known when June's extract has replaced the row."""
    columns = (*COLUMNS, "reopened_at")
    accepted(
        """
        ('INC1', 'incident', 'P3', 'resolved', 'RES', '2025-04-07 09:00', '2025-04-08 12:00', null),
        ('INC2', 'incident', 'P3', 'open', 'RES', '2025-04-07 09:00', null, null)
        """,
        APRIL,
        columns,
    )
    accepted(
        """
        ('INC1', 'incident', 'P3', 'resolved', 'RES', '2025-04-07 09:00', '2025-06-20 12:00',
         '2025-06-02 09:00'),
        ('INC2', 'incident', 'P3', 'resolved', 'RES', '2025-04-07 09:00', '2025-05-02 12:00', null)
        """,
        JULY,
        columns,
    )

    measurement = measure.run(stores, "2025-26-Q1", NOW, NOW)

    backlog = {
        month: measured(stores, measurement, "open_tickets", month)
        for month in ("2025-04", "2025-05", "2025-06")
    }
    # Without the history INC1 would have been open from April to June.
    assert backlog == {
        "2025-04": [("COUNCIL", 1, 1), ("RES", 1, 1)],
        "2025-05": [],
        "2025-06": [],
    }


def test_what_another_pack_told_of_people_makes_another_measurement(stores, accepted):
    accepted(ONE_TICKET, APRIL)
    first = measure.run(stores, Q, NOW, NOW)
    figure = a_figure("80", "2024-25-Q4", kpi="user_satisfaction")
    a_measurement(stores.register, "other", [figure], (), "2024-25-Q4", NOW)
    draft.run(stores, "other", "", "performance team", NOW)
    approve(stores, "2024-25-Q4", at=NOW)
    publish.run(stores, "2024-25-Q4", "officer", 1, NOW + TICK, NOW + TICK)

    again = measure.run(stores, Q, NOW + TICK, NOW + TICK)

    assert again != first
    assert measure.run(stores, Q, NOW, NOW + TICK) == first
    assert measure.run(stores, Q, NOW + 2 * TICK, NOW + 2 * TICK) == again


def test_publishing_its_own_pack_leaves_a_measurement_what_it_is(stores, accepted):
    accepted(ONE_TICKET, APRIL)
    first = measure.run(stores, Q, NOW, NOW)
    reconcile.run(stores, first)
    draft.run(stores, first, "", "performance team", NOW)
    approve(stores, at=NOW)
    publish.run(stores, Q, "officer", 1, NOW + TICK, NOW + TICK)

    assert measure.run(stores, Q, NOW + 2 * TICK, NOW + 2 * TICK) == first
