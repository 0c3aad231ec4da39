"""What is said of the service's health, and that nothing of a file or a person is in it."""

from datetime import UTC, datetime

import pytest
from record import an_extract
from sqlalchemy import create_engine

from scorecard import health

# 4 July 2025 is the fourth working day after June: tickets were due on the third, the ledger comes
# on the seventh.
NOW = datetime(2025, 7, 4, 12, tzinfo=UTC)


def feed_of(stores, source, now=NOW):
    return {feed.source: feed for feed in health.look(lambda: stores, now).feeds}[source]


def put(stores, sha256):
    path = stores.settings.home / "extract.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("one row")
    stores.objects.put(path, f"raw/{sha256}")


@pytest.fixture
def stores(stores):
    stores.settings.home.mkdir()
    return stores


def test_a_month_is_missing_from_the_day_on_which_it_was_due(stores):
    an_extract(stores.register, "a" * 64, months={"2025-05": 11})
    put(stores, "a" * 64)
    told = feed_of(stores, "tickets")

    assert (told.month, told.state) == ("2025-06", "accepted")
    assert told.missing == (
        "tickets: nothing has been accepted for 2025-06. Head of ICT Service Delivery sends it.",
    )
    assert feed_of(stores, "tickets", datetime(2025, 7, 2, 12, tzinfo=UTC)).missing == ()
    assert feed_of(stores, "budget").month == "2025-05"


def test_the_store_is_well_while_it_holds_what_the_register_received_last(stores):
    an_extract(stores.register, "a" * 64)
    lost = {part.name: part for part in health.look(lambda: stores, NOW).parts}["Object store"]
    put(stores, "a" * 64)
    there = {part.name: part for part in health.look(lambda: stores, NOW).parts}["Object store"]

    assert (lost.is_well, there.is_well) == (False, True)
    assert "MissingObject" in lost.said
    assert "a" * 64 not in lost.said


def test_a_register_that_does_not_answer_is_said_without_its_address(stores):
    def opened():
        engine = create_engine("postgresql+psycopg2://secret:word@/nowhere?host=/nowhere")
        engine.connect()

    told = health.look(opened, NOW)

    assert (told.status, told.feeds) == ("down", ())
    assert told.parts[0].said == (
        "Does not answer (OperationalError). The log of the API server says more."
    )


def test_the_next_deadlines_come_first_and_none_that_has_passed(stores):
    told = health.look(lambda: stores, NOW).deadlines

    assert [each.what for each in told[:3]] == [
        "workforce of 2025-06", "budget of 2025-06", "Drafts of 2025-26-Q1",
    ]  # fmt: skip
    assert all(each.at > NOW for each in told)
    assert [each.at for each in told] == sorted(each.at for each in told)


def test_no_file_name_and_no_word_of_a_refusal_is_told(stores):
    an_extract(
        stores.register, "a" * 64, file_name="Jane Smith.csv", state="refused", refusal="Jane Smith"
    )

    told = health.look(lambda: stores, NOW)
    assert feed_of(stores, "tickets").state == "refused"
    assert "Smith" not in str(told)
