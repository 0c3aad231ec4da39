"""The register: PostgreSQL through SQLAlchemy, its schema by Alembic, and its locks."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text

MIGRATIONS = Path(__file__).parent / "migrations"


def open_register(url: str) -> Engine:
    """The register at a SQLAlchemy address, brought up to the newest schema."""
    engine = create_engine(url, pool_pre_ping=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        # Two processes may open a new register at once: one migrates, the other waits.
        connection.execute(text("select pg_advisory_xact_lock(20180401)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return engine


@contextmanager
def only_one(engine: Engine, name: str) -> Iterator[None]:
    """Hold a lock by name, such as a quarter; another process waits for it here."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(:number)"), {"number": number})
        try:
            yield
        finally:
            connection.execute(text("select pg_advisory_unlock(:number)"), {"number": number})
