"""The views that reports read: their columns are a promise, their rows the newest word."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert, inspect, text

from scorecard.register.models import AcceptedFile, Extract, Figure, Measurement, Pack
from scorecard.register.views import VIEWS

Q = "2025-26-Q1"


def day(number):
    return datetime(2025, 7, number, 9, tzinfo=UTC)


@pytest.fixture
def told(register):
    """What a query answers, as rows."""

    def ask(query):
        with register.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    return ask


def measured(register, name, moment, *figures):
    """A measurement of the quarter and its figures: KPI, value, state, flags, rating."""
    with register.begin() as connection:
        connection.execute(
            insert(Measurement).values(
                id=name, quarter=Q, as_at=moment, measured_at=moment, identity={}
            )
        )
        for kpi, value, state, flags, rag in figures:
            connection.execute(
                insert(Figure).values(
                    measurement_id=name, kpi_id=kpi, version=1, period=Q, period_kind="quarter",
                    directorate="COUNCIL", value=value, state=state, flags=flags, why="", rag=rag,
                    rag_basis="", direction="same", details={},
                )
            )  # fmt: skip


def packed(register, revision, measurement, state):
    with register.begin() as connection:
        connection.execute(
            insert(Pack).values(
                quarter=Q, variant="officer", revision=revision, state=state,
                measurement_id=measurement, content_sha256="c", manifest_sha256="m",
                folder=f"{Q}/officer/r{revision}", reason="", drafted_at=day(revision),
                drafted_by="draft",
            )
        )  # fmt: skip


def test_the_columns_of_each_view_are_these_in_this_order(register):
    views = inspect(register)

    assert sorted(views.get_view_names()) == sorted(VIEWS)
    for name, (_, columns) in VIEWS.items():
        assert [column["name"] for column in views.get_columns(name)] == list(columns)


def test_a_figure_is_that_of_the_newest_measurement_and_nothing_is_published_yet(register, told):
    measured(register, "a", day(1), ("open_tickets", Decimal(12), "final", [], "red"))
    measured(register, "b", day(2), ("open_tickets", Decimal(9), "final", ["x", "y"], "green"))
    measured(register, "no figures yet", day(3))

    assert told(
        "select quarter, kpi_id, value, flags, rag, measurement_id, published_revision,"
        " published_value from v_figures"
    ) == [(Q, "open_tickets", Decimal(9), "x y", "green", "b", None, None)]


def test_a_published_figure_stands_beside_the_figure_of_now(register, told):
    old = [("open_tickets", Decimal(12), "final", [], "red")]
    measured(register, "a", day(1), *old)
    new = [("open_tickets", Decimal(9), "final", [], "green"), ("x", None, "awaiting", [], "none")]
    measured(register, "b", day(2), *new)
    packed(register, 1, "a", "published")
    packed(register, 2, "b", "draft")

    assert told(
        "select kpi_id, value, rag, published_revision, published_value, published_rag"
        " from v_figures order by kpi_id"
    ) == [
        ("open_tickets", Decimal(9), "green", 1, Decimal(12), "red"),
        ("x", None, "none", 1, None, None),
    ]
    assert told("select revision, is_newest, state, as_at from v_packs order by revision") == [
        (1, False, "published", day(1)),
        (2, True, "draft", day(2)),
    ]


def test_an_extract_tells_its_months_or_why_it_was_refused(register, told):
    common = {"source": "tickets", "bytes": 1, "received_at": day(1), "accepted_at": day(2)}
    with register.begin() as connection:
        accepted = connection.scalar(
            insert(Extract)
            .values(**common, sha256="a", file_name="a.csv", state="accepted", table="tickets")
            .returning(Extract.id)
        )
        refused = {"state": "refused", "refusal": "b.csv: the file is empty."}
        connection.execute(
            insert(Extract).values(**common, sha256="b", file_name="b.csv", **refused)
        )
        for month in ("2025-05", "2025-04", "2025-06"):
            connection.execute(
                insert(AcceptedFile).values(
                    extract_id=accepted, table="tickets", month=month, object_id=month,
                    sha256=month, rows=1,
                )
            )  # fmt: skip

    assert told(
        "select file_name, state, decided_at, refusal, table_name, first_month, last_month"
        " from v_extracts order by file_name"
    ) == [
        ("a.csv", "accepted", day(2), None, "tickets", "2025-04", "2025-06"),
        ("b.csv", "refused", day(2), "b.csv: the file is empty.", None, None, None),
    ]
