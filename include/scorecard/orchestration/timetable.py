"""When the DAGs run: each run carries the period it is about as its partition key.

Airflow's own schedules speak UTC and lose a quarter when the clocks change, so a period, not a
data interval, says what a run is about. Registered by plugins/financial_quarter.py.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, ClassVar, Self
from uuid import uuid4

import pendulum
import yaml
from airflow.exceptions import InvalidPartitionKeyError
from airflow.timetables.base import DagRunInfo, Timetable

from scorecard import settings
from scorecard.period import LONDON, FinancialQuarter, Month, UnknownPeriod


@cache
def bank_holidays() -> frozenset[date]:
    """The days on which England does not work, from include/reference/bank_holidays.csv."""
    with (settings.INCLUDE / "reference" / "bank_holidays.csv").open(encoding="utf-8") as file:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(file))


def _moment(moment: datetime) -> pendulum.DateTime:
    return pendulum.instance(moment.astimezone(UTC))


class _PeriodTimetable(Timetable):
    """Runs once for each period, on the Nth working day after it has ended."""

    partitioned = True
    run_ordering = ("partition_date", "run_after")
    period: ClassVar[type[Month] | type[FinancialQuarter]]

    def __init__(self, working_days: int) -> None:
        self.working_days = working_days

    @property
    def summary(self) -> str:
        return f"Working day {self.working_days} after the {self._noun}"

    @property
    def description(self) -> str:  # type: ignore[override]
        return f"{self.summary} has ended; bank holidays of England are not worked."

    @property
    def _noun(self) -> str:
        return "month" if self.period is Month else "financial quarter"

    def serialize(self) -> dict[str, Any]:
        return {"working_days": self.working_days}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Self:
        return cls(working_days=data["working_days"])

    def next_dagrun_info_v2(
        self, *, last_dagrun_info: DagRunInfo | None, restriction: Any
    ) -> DagRunInfo | None:
        """The run to be created next: without catch-up the newest period due, then the one after.

        A backfilled period counts as run, so that the newest one is never drafted twice.
        """
        upcoming = self._newest_due()
        earliest = restriction.earliest and self.period.containing(restriction.earliest)
        if restriction.catchup and earliest:
            upcoming = earliest
        if last_dagrun_info is not None and last_dagrun_info.partition_date is not None:
            following = self.period.containing(last_dagrun_info.partition_date).shifted(1)
            upcoming = following if restriction.catchup else max(upcoming, following)
        if earliest:
            upcoming = max(upcoming, earliest)
        if restriction.latest is not None and upcoming.starts_at > restriction.latest:
            return None
        return self._info(upcoming)

    def iter_partition_dagrun_infos(
        self, *, earliest: datetime, latest: datetime
    ) -> Iterator[DagRunInfo]:
        """The periods that begin from one day to another and are due by now.

        A period that is not due would stay queued and block every later backfill.
        """
        first, last = (self.localize_partition_datetime(moment) for moment in (earliest, latest))
        period = self.period.containing(first)
        if period.starts_at < first:
            period = period.shifted(1)
        while period.starts_at <= last and self._due_at(period) <= datetime.now(UTC):
            yield self._info(period)
            period = period.shifted(1)

    def localize_partition_datetime(self, dt: datetime) -> pendulum.DateTime:
        """A day that a person wrote, such as 2024-04-01, as its midnight in London."""
        return _moment(dt.replace(tzinfo=LONDON))

    def infer_manual_data_interval(self, *, run_after: datetime) -> None:  # type: ignore[override]
        """A run is about its partition key, not about an interval."""

    def generate_run_id(
        self, *, run_type: Any, run_after: datetime, data_interval: Any, **extra: Any
    ) -> str:
        """The name of a run: its period if known, when it was due, and a tail that is its own."""
        words = [
            extra.get("partition_key"),
            run_after.isoformat(timespec="seconds"),
            uuid4().hex[:8],
        ]
        return str(run_type.generate_run_id(suffix="__".join(word for word in words if word)))

    def _decode_partition_date(self, partition_key: str) -> datetime:
        try:
            return _moment(self.period.parse(partition_key).starts_at)
        except UnknownPeriod as error:
            raise InvalidPartitionKeyError(str(error)) from error

    def _due_at(self, period: Month | FinancialQuarter) -> datetime:
        return period.due_at(self.working_days, bank_holidays())

    def _newest_due(self) -> Month | FinancialQuarter:
        """The newest period whose run is due by now."""
        now = datetime.now(UTC)
        period = self.period.containing(now)
        while self._due_at(period) > now:
            period = period.shifted(-1)
        return period

    def _info(self, period: Month | FinancialQuarter) -> DagRunInfo:
        return DagRunInfo(
            run_after=_moment(self._due_at(period)),
            data_interval=None,
            partition_date=_moment(period.starts_at),
            partition_key=str(period),
        )


class FinancialQuarterTimetable(_PeriodTimetable):
    """A run for each financial quarter, such as 2025-26-Q1.

    How many working days after the quarter it is drafted is a line of council.yaml.
    """

    period = FinancialQuarter

    def __init__(self, working_days: int | None = None) -> None:
        super().__init__(working_days or _drafted_working_day())


class MonthlyArrivalTimetable(_PeriodTimetable):
    """A run for each month, such as 2025-04, on the working day by which its extracts arrive."""

    period = Month


def arrival_working_day(source: str) -> int:
    """The working day after a month by which a source's extracts arrive: a line of feeds.yaml."""
    return int(_decided("feeds.yaml")[source]["arrival_working_day"])


def _drafted_working_day() -> int:
    return int(_decided("council.yaml")["publication"]["drafted_working_day"])


def draft_within_hours() -> int:
    """The hours after which the drafts of a quarter stand: a line of alerts.yaml."""
    return int(_decided("alerts.yaml")["draft_within_hours"])


def _decided(name: str) -> Any:
    """What a file of the council's says; it is small, so that a DAG may ask while it is parsed."""
    return yaml.safe_load((settings.read().council / name).read_text(encoding="utf-8"))
