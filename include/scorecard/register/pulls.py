"""Which months of a system were pulled, and when.

Told by the names that pulled files bear, and by the time: what is pulled arrives as it is asked
for, while a file of the inbox, which may bear such a name, was written before it was kept.
"""

import re
from datetime import datetime

from sqlalchemy import Engine, func, select, union_all

from scorecard.period import Month
from scorecard.register.models import Extract, Resent

_NAMED = r"{system}_(\d{{4}}-\d\d)\..+"


def pulled(engine: Engine, source: str, system: str) -> dict[Month, datetime]:
    """Each month of a system that was pulled, with the moment at which it last was."""
    first = select(Extract.file_name, Extract.received_at, Extract.source).where(
        Extract.arrived_at == Extract.received_at
    )
    again = (
        select(Resent.file_name, Resent.received_at, Extract.source)
        .join(Resent)
        .where(Resent.arrived_at == Resent.received_at)
    )
    every = union_all(first, again).subquery()
    asked = (
        select(every.c.file_name, func.max(every.c.received_at))
        .where(every.c.source == source, every.c.file_name.startswith(f"{system}_"))
        .group_by(every.c.file_name)
    )
    pattern = re.compile(_NAMED.format(system=re.escape(system)))
    with engine.connect() as connection:
        rows = connection.execute(asked).all()
    named = [(pattern.fullmatch(name), at) for name, at in rows]
    return {Month.parse(found[1]): at for found, at in named if found}
