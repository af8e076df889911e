"""What comes back of delivered orders.

Revision ID: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"

_MONEY = sa.Numeric(12, 2)
_MOMENT = sa.DateTime(timezone=True)
# What goes back for the pieces, as `domain.records.returns.ReturnLine.back` has it.
_BACK = "CASE WHEN replacement_id = '' THEN amount ELSE least(amount, (unit_price - replacement_price) * quantity) END"


def upgrade() -> None:
    op.create_table(
        "order_return",
        sa.Column("return_id", sa.BigInteger, sa.Identity(start=1001), primary_key=True),
        sa.Column("order_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("condition", sa.Text),
        sa.Column("method_id", sa.Text, nullable=False, server_default=""),
        sa.Column("requested_at", _MOMENT, nullable=False),
        sa.Column("received_at", _MOMENT),
        sa.Column("settled_at", _MOMENT),
        sa.Column("updated_at", _MOMENT, nullable=False, server_default=sa.func.now()),
        sa.CheckConstraint("kind IN ('return', 'exchange')", name="known_kind"),
        sa.CheckConstraint(
            "state IN ('requested', 'received', 'refunded', 'replaced', 'refused', 'called_off')", name="known_state"
        ),
        sa.CheckConstraint("condition IN ('good', 'damaged', 'missing')", name="known_condition"),
        sa.CheckConstraint("(settled_at IS NULL) = (state IN ('requested', 'received'))", name="settled"),
        schema="shop",
    )
    op.create_index("ix_order_return_order_id", "order_return", ["order_id"], schema="shop")
    op.create_index("ix_order_return_settled_at", "order_return", ["settled_at"], schema="shop")
    op.create_index(
        "ix_order_return_open",
        "order_return",
        ["requested_at"],
        schema="shop",
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "order_return_line",
        sa.Column("return_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("line_no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("product_id", sa.Text, nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("unit_price", _MONEY, nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("replacement_id", sa.Text, nullable=False, server_default=""),
        sa.Column("replacement_price", _MONEY, nullable=False, server_default="0"),
        sa.Column("back", _MONEY, sa.Computed(_BACK, persisted=True)),
        sa.ForeignKeyConstraint(["return_id"], ["shop.order_return.return_id"], name="fk_order_return_line_return_id"),
        sa.CheckConstraint("quantity > 0", name="quantity_positive"),
        sa.CheckConstraint("amount >= 0 AND amount <= unit_price * quantity", name="amount_was_paid"),
        schema="shop",
    )
    op.execute("CREATE TRIGGER touched BEFORE UPDATE ON shop.order_return FOR EACH ROW EXECUTE FUNCTION shop.touch()")


def downgrade() -> None:
    op.drop_table("order_return_line", schema="shop")
    op.drop_table("order_return", schema="shop")
