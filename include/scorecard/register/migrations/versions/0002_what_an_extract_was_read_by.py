"""What an extract was read by, so that a refused one is looked at again when that has changed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the register forward."""
    op.add_column("extracts", sa.Column("definitions_sha256", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take the register back."""
    op.drop_column("extracts", "definitions_sha256")
