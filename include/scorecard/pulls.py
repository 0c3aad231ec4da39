"""Which months a connector asks a system for."""

from collections.abc import Mapping
from datetime import datetime

from scorecard.period import Month, months_between

LATE_MONTHS = 3  # so many months before the one asked for may still have changed (proposed)


def months_to_ask(
    asked: Month | None, first: Month | None, pulled: Mapping[Month, datetime], now: datetime
) -> list[Month]:
    """The months, oldest first. `pulled` says when each was last asked for.

    Of a run for a month: that month, and those shortly before it that were pulled already, because
    late rows may have come. Of a run for none: those from the feed's first to the last that is
    over, unless they were pulled since they were over. None is before the feed's first: those
    months came another way, and would count twice.
    """
    current = Month.containing(now)
    if asked:
        return [
            month
            for month in months_between(asked.shifted(-LATE_MONTHS), asked)
            if (month == asked or month in pulled) and (first or month) <= month <= current
        ]
    last = current.shifted(-1)
    whole = {month for month, at in pulled.items() if at >= month.ends_at}
    return [month for month in months_between(first or last, last) if month not in whole]
