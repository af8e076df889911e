"""Imports write less: no key beside an order's customer and moment, and smaller indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("orders", "import_key", schema="shop")
    op.drop_index("ix_orders_hashed_email_placed_at", "orders", schema="shop", if_exists=True)
    op.create_index("ix_orders_hashed_email", "orders", ["hashed_email"], schema="shop")
    op.drop_index("ix_order_line_product_id", "order_line", schema="shop", if_exists=True)


def downgrade() -> None:
    op.create_index("ix_order_line_product_id", "order_line", ["product_id"], schema="shop")
    op.drop_index("ix_orders_hashed_email", "orders", schema="shop")
    op.create_index("ix_orders_hashed_email_placed_at", "orders", ["hashed_email", "placed_at"], schema="shop")
    op.add_column("orders", sa.Column("import_key", sa.Text(), unique=True), schema="shop")
