from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from scorecard.register import audit, models, notices, removals  # noqa: F401  (their tables)
from scorecard.register.base import Base


def test_the_migrations_make_exactly_the_tables_of_the_models(register):
    with register.connect() as connection:
        options = {"version_table": "scorecard_schema", "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
