"""Commentary in the register: every comment ever written; of a figure's, the newest counts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine, func, insert, select

from scorecard.commentary import Comment
from scorecard.register import audit
from scorecard.register.audit import Event
from scorecard.register.models import Commentary, Figure, Measurement


class NoFigures(LookupError):
    """A quarter of which the register holds no figures."""


def of_quarter(engine: Engine, quarter: str, until: datetime | None = None) -> tuple[Comment, ...]:
    """A quarter's comments in the order in which they were written, up to a moment."""
    columns = [getattr(Commentary, name) for name in Comment.__dataclass_fields__]
    chosen = (
        select(*columns)
        .where(Commentary.quarter == quarter)
        .order_by(Commentary.written_at, Commentary.id)
    )
    if until is not None:
        chosen = chosen.where(Commentary.written_at <= until)
    with engine.connect() as connection:
        return tuple(Comment(**row) for row in connection.execute(chosen).mappings())


def write(engine: Engine, comments: Iterable[Comment], done: Event | None = None) -> None:
    """Add comments, all or none; those that stand there are never changed.

    `done`: what the audit keeps of it, in the same transaction.
    """
    rows = [vars(comment) for comment in comments]
    if rows:
        with engine.begin() as connection:
            connection.execute(insert(Commentary), rows)
            if done is not None:
                audit.write(connection, done)


def newest_measurement(engine: Engine, quarter: str) -> str:
    """The measurement as at the latest moment, however late an earlier one was looked up.

    NoFigures if there is none.
    """
    chosen = (
        select(Measurement.id)
        .where(Measurement.quarter == quarter)
        .where(select(Figure.kpi_id).where(Figure.measurement_id == Measurement.id).exists())
        .order_by(
            func.coalesce(Measurement.latest_as_at, Measurement.as_at).desc(),
            Measurement.measured_at.desc(),
            Measurement.id,
        )
        .limit(1)
    )
    with engine.connect() as connection:
        found: str | None = connection.execute(chosen).scalar()
    if found is None:
        raise NoFigures(
            f"{quarter}: the register holds no figures of it. Run `make pack QUARTER={quarter}`."
        )
    return found
