"""What the gate found of a measurement's quarter, beside the figures that it marked."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the register forward."""
    op.create_table(
        "gate_findings",
        sa.Column("measurement_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("kind", "outcome", "table", "period", "directorate", "message")
        ),
        sa.ForeignKeyConstraint(["measurement_id"], ["measurements.id"]),
        sa.PrimaryKeyConstraint("measurement_id", "position"),
    )


def downgrade() -> None:
    """Take the register back."""
    op.drop_table("gate_findings")
