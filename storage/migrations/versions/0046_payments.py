"""The ledger of orders, and what customers pay with.

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"

# Staff's notes of refunds were the log's alone: the ledgers of those orders open with them.
_CHARGES = """
    INSERT INTO shop.payment (order_id, kind, amount, method_id, why, state, at, done_at)
    SELECT o.order_id, 'charge', o.total, 'invoice', 'placed', 'done', o.placed_at, o.placed_at FROM shop.orders o
    WHERE o.total > 0 AND EXISTS (
        SELECT FROM shop.audit_log l WHERE l.action = 'refund' AND l.subject = 'order:' || o.order_id
    )
"""
_REFUNDS = """
    INSERT INTO shop.payment (order_id, kind, amount, method_id, why, state, reference, at, done_at, charge_id)
    SELECT c.order_id, 'refund', CAST(l.changed_to ->> 'amount' AS numeric), 'invoice', 'cancelled', 'done',
        l.changed_to ->> 'way', coalesce(o.cancelled_at, l.at), l.at, c.payment_id
    FROM shop.payment c JOIN shop.orders o USING (order_id)
    JOIN shop.audit_log l ON l.action = 'refund' AND l.subject = 'order:' || c.order_id
    ORDER BY l.entry_id
"""
_OWED = """
    INSERT INTO shop.payment (order_id, kind, amount, method_id, why, state, at, charge_id)
    SELECT c.order_id, 'refund', c.amount - r.back, 'invoice', 'cancelled', 'open', o.cancelled_at, c.payment_id
    FROM shop.payment c JOIN shop.orders o USING (order_id)
    JOIN (SELECT charge_id, sum(amount) AS back FROM shop.payment GROUP BY 1) r ON r.charge_id = c.payment_id
    WHERE o.cancelled_at IS NOT NULL AND r.back < c.amount
"""


def upgrade() -> None:
    op.create_table(
        "payment",
        sa.Column("payment_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("order_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False),
        sa.Column("method_id", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False, server_default=""),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("charge_id", sa.BigInteger),
        sa.CheckConstraint("amount > 0", name="amount_positive"),
        sa.CheckConstraint("kind IN ('charge', 'refund')", name="known_kind"),
        sa.CheckConstraint("state IN ('open', 'done', 'void')", name="known_state"),
        schema="shop",
    )
    op.create_index("ix_payment_order_id", "payment", ["order_id"], schema="shop")
    op.create_index(
        "ix_payment_open", "payment", ["kind", "at"], schema="shop", postgresql_where=sa.text("state = 'open'")
    )
    op.create_table(
        "payment_event",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        schema="shop",
    )
    op.create_table(
        "payment_method",
        sa.Column("method_id", sa.Text, primary_key=True),
        sa.Column("hashed_email", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("balance", sa.Numeric(12, 2)),
        sa.Column("provider", sa.Text, nullable=False, server_default=""),
        sa.CheckConstraint("balance >= 0", name="balance_covers"),
        schema="pii",
    )
    op.create_index("ix_payment_method_hashed_email", "payment_method", ["hashed_email"], schema="pii")
    for statement in (_CHARGES, _REFUNDS, _OWED):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("payment_method", schema="pii")
    op.drop_table("payment_event", schema="shop")
    op.drop_table("payment", schema="shop")
