"""What became of the extracts that were taken in: for a person to read, source by source."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import create_engine, func, select

from scorecard.register.models import Extract


def since(address: str, moment: datetime) -> Iterator[str]:
    """A line for each source of which extracts were accepted or refused, and for each refusal."""
    engine = create_engine(address)
    counted = (
        select(
            Extract.source,
            func.count().filter(Extract.state == "accepted"),
            func.sum(Extract.rows_accepted),
            func.sum(Extract.rows_set_aside).filter(Extract.state == "accepted"),
        )
        .where(Extract.accepted_at >= moment)
        .group_by(Extract.source)
        .order_by(Extract.source)
    )
    refused = (
        select(Extract.source, Extract.refusal)
        .where(Extract.accepted_at >= moment, Extract.state == "refused")
        .order_by(Extract.source, Extract.id)
    )
    with engine.connect() as connection:
        for source, extracts, accepted, aside in connection.execute(counted):
            yield (
                f"  {source}: {extracts:,} extracts accepted, with {accepted or 0:,} rows; "
                f"{aside or 0:,} rows set aside"
            )
        for source, refusal in connection.execute(refused):
            yield f"  {source}, refused: {refusal}"
    engine.dispose()
