"""Who did what to a pack, and when: rows are added and never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

REFUSE = """
create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
    raise exception 'audit: what was done stays as it was written. Add a row that corrects it.';
end
$$
"""
TRIGGERS = """
audit_never_changes before update or delete on audit for each row
audit_is_never_emptied before truncate on audit for each statement
"""


def upgrade() -> None:
    """Bring the register forward."""
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
    )
    op.create_index("audit_pack_idx", "audit", ["quarter", "variant", "revision"])
    op.execute(REFUSE)
    for trigger in TRIGGERS.strip().splitlines():
        op.execute(f"create trigger {trigger} execute function refuse_change_of_audit()")


def downgrade() -> None:
    """Refused: what was done is not forgotten."""
    raise NotImplementedError(
        "0008: what was done is not forgotten. Restore the register from its backup."
    )
