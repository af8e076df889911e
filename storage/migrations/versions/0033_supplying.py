"""What is ordered from suppliers: their terms, purchase orders; how a product's stock stands; who waits for a product.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "supplier",
        sa.Column("supplier_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, server_default=""),
        sa.Column("lead_days", sa.Integer),
        sa.Column("order_pack", sa.Integer, nullable=False, server_default="1"),
        sa.Column("minimum_pieces", sa.Integer, nullable=False, server_default="0"),
        sa.Column("minimum_amount", sa.Numeric(12, 2), nullable=False, server_default="0"),
        sa.CheckConstraint("lead_days BETWEEN 0 AND 730", name="lead_days"),
        sa.CheckConstraint("order_pack >= 1", name="order_pack_positive"),
        sa.CheckConstraint("minimum_pieces >= 0 AND minimum_amount >= 0", name="minimum_not_negative"),
        schema="shop",
    )
    op.create_table(
        "purchase_order",
        sa.Column("purchase_order_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("supplier_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="open"),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("ordered_at", Moment, nullable=False),
        sa.Column("expected_on", sa.Date, nullable=False),
        sa.Column("closed_at", Moment),
        sa.CheckConstraint("state IN ('open', 'received', 'cancelled')", name="known_state"),
        sa.Index("ix_purchase_order_supplier_id", "supplier_id", "day"),
        schema="shop",
    )
    op.create_table(
        "purchase_order_line",
        sa.Column("purchase_order_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.Text, primary_key=True),
        sa.Column("ordered", sa.Integer, nullable=False),
        sa.Column("received", sa.Integer, nullable=False, server_default="0"),
        sa.Column("unit_cost", sa.Numeric(12, 2), nullable=False),
        sa.ForeignKeyConstraint(["purchase_order_id"], ["shop.purchase_order.purchase_order_id"]),
        sa.CheckConstraint("ordered > 0 AND received >= 0", name="pieces"),
        sa.Index("ix_purchase_order_line_product_id", "product_id"),
        schema="shop",
    )
    op.create_table(
        "purchase_receipt",
        sa.Column("entry_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("purchase_order_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.Text, primary_key=True),
        sa.Column("pieces", sa.Integer, nullable=False),
        sa.CheckConstraint("pieces > 0", name="pieces_positive"),
        schema="shop",
    )
    op.create_table(
        "stock_watch",
        sa.Column("product_id", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False, server_default="ok"),
        sa.Column("movement_id", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("snoozed_until", Moment),
        sa.CheckConstraint("state IN ('ok', 'low', 'out')", name="known_state"),
        schema="shop",
    )
    op.create_table(
        "reorder_notice",
        sa.Column("week", sa.Date, primary_key=True),
        sa.Column("at", Moment, nullable=False),
        schema="shop",
    )
    op.create_table(
        "waiting",
        sa.Column("waiting_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("identity_id", sa.BigInteger, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("chat_id", sa.Text, nullable=False),
        sa.Column("sender_id", sa.Text, nullable=False),
        sa.Column("product_id", sa.Text, nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("lacking", sa.Integer, nullable=False),
        sa.Column("movement_id", sa.BigInteger, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("told_at", Moment),
        sa.CheckConstraint("lacking > 0 AND lacking <= quantity", name="lacking_of_quantity"),
        sa.Index("ix_waiting_identity_id", "identity_id"),
        sa.Index("ix_waiting_product_id", "product_id", "told_at"),
        sa.Index(
            "uq_waiting_open", "product_id", "identity_id", unique=True, postgresql_where=sa.text("told_at IS NULL")
        ),
        schema="chat",
    )


def downgrade() -> None:
    op.drop_table("waiting", schema="chat")
    for name in (
        "reorder_notice",
        "stock_watch",
        "purchase_receipt",
        "purchase_order_line",
        "purchase_order",
        "supplier",
    ):
        op.drop_table(name, schema="shop")
