"""How Alembic reaches the register: over the connection that `open_register` hands it."""

from alembic import context

from scorecard.register import models  # noqa: F401
from scorecard.register.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table="scorecard_schema",
)
context.run_migrations()
