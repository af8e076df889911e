"""Products tell how many pieces are in what is sold; until somebody says otherwise it is one."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("product", sa.Column("pack_size", sa.Integer, nullable=False, server_default="1"), schema="shop")
    op.create_check_constraint("pack_size_positive", "product", "pack_size >= 1", schema="shop")


def downgrade() -> None:
    op.drop_column("product", "pack_size", schema="shop")
