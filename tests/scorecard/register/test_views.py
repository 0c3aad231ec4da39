"""The views that reports read: their columns are a promise, their rows the newest word."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from record import done
from sqlalchemy import insert, inspect, text

from scorecard.register import packs
from scorecard.register.models import AcceptedFile, Extract, Figure, Measurement, Pack
from scorecard.register.published import Publication, write
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


def published(register, revision, measurement, quarter=Q):
    """A pack that was published a day after it was drafted."""
    packed(register, revision, measurement, "draft", quarter)
    pack = packs.find(register, quarter, "officer", revision)
    rows = packs.read(register, measurement).figures
    at = day(revision + 1)
    told = done(pack, "published", at)
    write(register, pack, Publication("approver", at, "m"), rows, (), told)


def packed(register, revision, measurement, state, quarter=Q):
    with register.begin() as connection:
        connection.execute(
            insert(Pack).values(
                quarter=quarter, variant="officer", revision=revision, state=state,
                measurement_id=measurement, content_sha256="c", manifest_sha256="m",
                folder=f"{quarter}/officer/r{revision}", reason="", drafted_at=day(revision),
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
    published(register, 1, "a")
    packed(register, 2, "b", "draft")

    assert told(
        "select kpi_id, value, rag, published_revision, published_value, published_rag,"
        " published_at from v_figures order by kpi_id"
    ) == [
        ("open_tickets", Decimal(9), "green", 1, Decimal(12), "red", day(2)),
        ("x", None, "none", 1, None, None, day(2)),
    ]
    columns = "revision, is_newest, state, as_at, published_at, published_by"
    assert told(f"select {columns} from v_packs order by revision") == [
        (1, False, "published", day(1), day(2), "approver"),
        (2, True, "draft", day(2), None, None),
    ]


def test_the_last_published_figure_is_that_of_the_last_pack_of_any_quarter(register, told):
    measured(register, "a", day(1), ("open_tickets", Decimal(12), "final", [], "red"))
    published(register, 1, "a")
    measured(register, "b", day(2), ("open_tickets", Decimal(9), "final", [], "green"))
    with register.begin() as connection:
        connection.execute(text("update measurements set quarter = '2025-26-Q2' where id = 'b'"))
    published(register, 2, "b", quarter="2025-26-Q2")

    columns = "quarter, value, published_value, last_published_value, last_published_in"
    assert told(f"select {columns} from v_figures order by quarter") == [
        (Q, Decimal(12), Decimal(12), Decimal(9), "2025-26-Q2/officer/r2"),
        ("2025-26-Q2", Decimal(9), Decimal(9), Decimal(9), "2025-26-Q2/officer/r2"),
    ]


def test_the_figure_of_now_is_that_of_the_latest_moment_and_not_of_the_latest_run(register, told):
    measured(register, "past", day(1), ("open_tickets", Decimal(12), "final", [], "red"))
    measured(register, "now", day(3), ("open_tickets", Decimal(9), "final", [], "green"))
    with register.begin() as connection:
        connection.execute(text("update measurements set measured_at = now() where id = 'past'"))
    assert told("select measurement_id from v_figures") == [("now",)]

    found_again = "update measurements set latest_as_at = :moment where id = 'past'"
    with register.begin() as connection:
        connection.execute(text(found_again), {"moment": day(4)})
    assert told("select measurement_id from v_figures") == [("past",)]


def test_a_kpi_of_which_anything_is_withheld_tells_only_what_was_published(register, told):
    few, many = "user_satisfaction", "open_tickets"
    measured(register, "a", day(1), (few, Decimal(80), "final", ["x"], "red"))
    measured(register, "b", day(1), (few, None, "suppressed", [], "none"))
    measured(register, "c", day(1), (many, Decimal(12), "final", [], "red"))
    with register.begin() as connection:
        for name, quarter in (("b", "2025-26-Q2"), ("c", "2025-26-Q3")):
            connection.execute(
                text("update measurements set quarter = :quarter where id = :name"),
                {"name": name, "quarter": quarter},
            )

    now = "select kpi_id, value, state, flags, rag, direction from v_figures order by quarter"
    withheld = (few, None, "suppressed", "", "not_rated", "not_comparable")
    assert told(now) == [
        withheld,
        withheld,
        (many, Decimal(12), "final", "", "red", "same"),
    ]
    published(register, 1, "a")
    assert told(now)[0] == (few, Decimal(80), "final", "x", "red", "same")


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
