"""When the DAGs run, on the days around which clocks change and bank holidays fall."""

from datetime import UTC, datetime

import pendulum
import pytest
from airflow.exceptions import InvalidPartitionKeyError
from airflow.timetables.base import DagRunInfo, TimeRestriction
from airflow.utils.types import DagRunType

from scorecard.orchestration import timetable
from scorecard.orchestration.timetable import FinancialQuarterTimetable, MonthlyArrivalTimetable

QUARTERLY = FinancialQuarterTimetable(15)
MONTHLY = MonthlyArrivalTimetable(6)


@pytest.fixture
def at(monkeypatch):
    """Set the clock that the timetable reads."""

    def set_clock(text):
        moment = datetime.fromisoformat(text)

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return moment.astimezone(tz)

        monkeypatch.setattr(timetable, "datetime", Clock)

    return set_clock


def _day(text):
    """A day as Airflow hands it over: midnight in UTC."""
    return pendulum.instance(datetime.fromisoformat(text).replace(tzinfo=UTC))


def _next(schedule, last=None, earliest="2018-04-01", latest=None, catchup=False):
    run = last and DagRunInfo(pendulum.now(), None, schedule.resolve_partition_date(last), last)
    restriction = TimeRestriction(
        earliest and _day(earliest), latest and _day(latest), catchup=catchup
    )
    info = schedule.next_dagrun_info_v2(last_dagrun_info=run, restriction=restriction)
    return info and info.partition_key


@pytest.mark.parametrize(
    ("schedule", "now", "due"),
    [
        # The fifteenth working day after June 2025 is Monday 21 July; midnight in London.
        (QUARTERLY, "2025-07-20T22:59:59+00:00", "2024-25-Q4"),
        (QUARTERLY, "2025-07-20T23:00:00+00:00", "2025-26-Q1"),
        # After March 2025 come Good Friday and Easter Monday: Thursday 24 April.
        (QUARTERLY, "2025-04-22T22:59:59+00:00", "2024-25-Q3"),
        (QUARTERLY, "2025-04-23T23:00:00+00:00", "2024-25-Q4"),
        # After December, in winter, London's midnight is that of UTC: 22 January 2026.
        (QUARTERLY, "2026-01-21T23:59:59+00:00", "2025-26-Q2"),
        (QUARTERLY, "2026-01-22T00:00:00+00:00", "2025-26-Q3"),
        # The sixth working day after June 2025 is Tuesday 8 July.
        (MONTHLY, "2025-07-07T22:59:59+00:00", "2025-05"),
        (MONTHLY, "2025-07-07T23:00:00+00:00", "2025-06"),
    ],
)
def test_a_period_falls_due_at_midnight_in_london_of_its_working_day(at, schedule, now, due):
    at(now)

    assert _next(schedule) == due


@pytest.mark.parametrize(
    ("last", "following"),
    [
        (None, "2025-26-Q1"),  # never run: the newest that is due
        ("2024-25-Q1", "2025-26-Q1"),  # runs were missed: only the newest of them
        ("2025-26-Q1", "2025-26-Q2"),  # the newest has run, or was backfilled: the one after
        ("2025-26-Q2", "2025-26-Q3"),  # drafted early by hand
    ],
)
def test_without_catching_up_only_the_newest_quarter_that_is_due_is_run(at, last, following):
    at("2025-08-01T00:00:00+00:00")

    assert _next(QUARTERLY, last) == following


@pytest.mark.parametrize(
    ("last", "earliest", "latest", "following"),
    [
        (None, "2024-04-01", None, "2024-25-Q1"),
        ("2024-25-Q1", "2024-04-01", None, "2024-25-Q2"),
        ("2024-25-Q1", "2024-04-01", "2024-06-30", None),
        (None, None, None, "2025-26-Q1"),
    ],
)
def test_catching_up_runs_every_quarter_in_its_turn(at, last, earliest, latest, following):
    at("2025-08-01T00:00:00+00:00")

    assert _next(QUARTERLY, last, earliest, latest, catchup=True) == following


def test_a_quarter_before_the_dag_began_is_not_run(at):
    at("2025-08-01T00:00:00+00:00")

    assert _next(QUARTERLY, earliest="2026-04-01") == "2026-27-Q1"


@pytest.mark.parametrize(
    ("schedule", "first", "last", "periods"),
    [
        (QUARTERLY, "2024-04-01", "2025-01-01",
         ["2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2024-25-Q4"]),
        (QUARTERLY, "2024-04-02", "2024-12-31", ["2024-25-Q2", "2024-25-Q3"]),
        # What is not due by now would stay queued and block every later backfill.
        (QUARTERLY, "2025-01-01", "2030-01-01", ["2024-25-Q4", "2025-26-Q1"]),
        (QUARTERLY, "2025-07-01", "2025-07-01", []),
        (MONTHLY, "2025-05-01", "2025-12-01", ["2025-05", "2025-06"]),
    ],
)  # fmt: skip
def test_a_backfill_has_the_periods_that_begin_in_it_and_are_due(
    at, schedule, first, last, periods
):
    at("2025-08-01T00:00:00+00:00")

    infos = list(schedule.iter_partition_dagrun_infos(earliest=_day(first), latest=_day(last)))

    assert [info.partition_key for info in infos] == periods
    assert all(info.run_after <= datetime(2025, 8, 1, tzinfo=UTC) for info in infos)
    assert all(info.data_interval is None for info in infos)


@pytest.mark.parametrize(
    ("schedule", "key"),
    [
        (QUARTERLY, "2025-26-Q5"), (QUARTERLY, "2025-27-Q1"), (QUARTERLY, "2025-06"),
        (QUARTERLY, ""), (MONTHLY, "2025-13"), (MONTHLY, "2025-26-Q1"),
    ],
)  # fmt: skip
def test_a_key_that_names_no_period_is_refused(schedule, key):
    with pytest.raises(InvalidPartitionKeyError, match="Write it like"):
        schedule.resolve_partition_date(key)


def test_how_long_after_the_quarter_a_pack_is_drafted_is_the_councils_decision(
    tmp_path, monkeypatch
):
    (tmp_path / "council.yaml").write_text("publication: {drafted_working_day: 9}\n")
    monkeypatch.setenv("SCORECARD_COUNCIL", str(tmp_path))

    assert FinancialQuarterTimetable().summary == "Working day 9 after the financial quarter"


def test_when_a_source_arrives_is_the_councils_decision(tmp_path, monkeypatch):
    (tmp_path / "feeds.yaml").write_text("tickets: {arrival_working_day: 4}\n")
    monkeypatch.setenv("SCORECARD_COUNCIL", str(tmp_path))

    schedule = MonthlyArrivalTimetable(timetable.arrival_working_day("tickets"))
    assert schedule.summary == "Working day 4 after the month"


def test_a_run_is_named_after_its_period_and_never_like_another():
    def name():
        return QUARTERLY.generate_run_id(
            run_type=DagRunType.BACKFILL_JOB,
            run_after=_day("2025-07-21"),
            data_interval=None,
            partition_key="2025-26-Q1",
        )

    first, second = name(), name()

    assert first.startswith("backfill__2025-26-Q1__2025-07-21T00:00:00+00:00__")
    assert first != second
