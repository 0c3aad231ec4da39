"""A source's inbox and register, as the intake's tests use them."""

import os
from datetime import UTC, datetime

import duckdb
from given import NOW
from sqlalchemy import select

from scorecard import accept, keep
from scorecard.register.models import Extract


class Office:
    """A source's inbox and the two steps that empty it."""

    def __init__(self, stores):
        self.stores = stores
        self.sent = 0

    def send(self, name, content, source="tickets"):
        """Put a file into the inbox; each arrives a minute after the one before."""
        inbox = self.stores.settings.inbox / source
        inbox.mkdir(parents=True, exist_ok=True)
        path = inbox / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.sent += 1
        arrived = datetime(2025, 7, 1, 9, self.sent % 60, tzinfo=UTC).timestamp()
        os.utime(path, (arrived, arrived))
        return path

    def take_in(self, source="tickets", now=NOW):
        """Keep and accept what was sent; the ids that were accepted come back."""
        keep.run(self.stores, source, now)
        return accept.run(self.stores, source, now)

    def extracts(self):
        """Every extract of the register, oldest first."""
        with self.stores.register.connect() as connection:
            return connection.execute(select(Extract).order_by(Extract.id)).all()

    def refusals(self):
        """What the register says of the extracts that were refused."""
        return [extract.refusal for extract in self.extracts() if extract.refusal]

    def rows(self, query, table="tickets", as_at=NOW):
        """Rows of a query over `accepted`, the table's accepted rows as at a moment."""
        from scorecard.accepted import select as accepted_rows

        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'")
            chosen = accepted_rows(self.stores, table, as_at).sql
            return connection.execute(
                f"with accepted as (select * from ({chosen})) {query}"
            ).fetchall()

    def aside(self, extract_id):
        """The rows of an extract that were set aside: row and rule."""
        path = self.stores.objects.address(f"aside/{extract_id}.parquet")
        return duckdb.sql(f"select row, rule from '{path}' order by row").fetchall()

    def objects(self):
        """Everything in the object store, by its id."""
        root = self.stores.settings.home / "store"
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
