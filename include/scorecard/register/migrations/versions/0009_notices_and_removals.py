"""What people were told, and what was removed by retention: rows are added and never changed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXTS = sa.ARRAY(sa.Text())
REFUSE = """
create function refuse_change_of_{table}() returns trigger language plpgsql as $$
begin
    raise exception '{table}: what was done stays as it was written. Add a row that corrects it.';
end
$$
"""


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True)


def upgrade() -> None:
    """Bring the register forward."""
    op.create_table(
        "notices",
        _id(),
        *_texts("identity", "kind", "about", "period", "title", "page"),
        *(sa.Column(name, TEXTS, nullable=False) for name in ("items", "roles", "lines")),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.UniqueConstraint("identity", name="notices_identity_key"),
    )
    op.create_table(
        "deliveries",
        _id(),
        sa.Column(
            "notice_id",
            sa.BigInteger(),
            sa.ForeignKey("notices.id", name="deliveries_notice_id_fkey"),
            nullable=False,
        ),
        *_texts("way", "outcome"),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("notice_id", "way", name="deliveries_notice_id_key"),
    )
    op.create_table(
        "removals",
        _id(),
        *_texts("place", "event", "rule", "sha256", "about", "month", "run"),
        sa.Column("extract_id", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("place", "event", "extract_id", name="removals_place_key"),
    )
    op.create_index("removals_extract_id_idx", "removals", ["extract_id"])
    for table in ("notices", "deliveries", "removals"):
        function = f"refuse_change_of_{table}()"
        op.execute(REFUSE.format(table=table))
        op.execute(
            f"create trigger {table}_never_change before update or delete on {table} "
            f"for each row execute function {function}"
        )
        op.execute(
            f"create trigger {table}_are_never_emptied before truncate on {table} "
            f"for each statement execute function {function}"
        )


def downgrade() -> None:
    """Refused: what was done is not forgotten."""
    raise NotImplementedError(
        "0009: what was done is not forgotten. Restore the register from its backup."
    )
