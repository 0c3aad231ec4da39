"""What became of a notice at each mailbox: rows are added and never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

REFUSE = """
create function refuse_change_of_addressed() returns trigger language plpgsql as $$
begin
    raise exception 'addressed: what was done stays as it was written. Add a row that corrects it.';
end
$$
"""


def upgrade() -> None:
    """Bring the register forward."""
    op.create_table(
        "addressed",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column(
            "notice_id",
            sa.BigInteger(),
            sa.ForeignKey("notices.id", name="addressed_notice_id_fkey"),
            nullable=False,
        ),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("notice_id", "address", name="addressed_notice_id_key"),
    )
    op.execute(REFUSE)
    for name, when, each in (
        ("never_change", "update or delete", "row"),
        ("are_never_emptied", "truncate", "statement"),
    ):
        op.execute(
            f"create trigger addressed_{name} before {when} on addressed "
            f"for each {each} execute function refuse_change_of_addressed()"
        )


def downgrade() -> None:
    """Refused: what was done is not forgotten."""
    raise NotImplementedError(
        "0010: what was done is not forgotten. Restore the register from its backup."
    )
