"""Promotions: codes and automatic discounts, and which orders used them; a quote keeps what each takes off.

Revision ID: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0042"
down_revision = "0041"

_MONEY = sa.Numeric(12, 2)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "promotion",
        sa.Column("promotion_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False, server_default=""),
        sa.Column("same_code", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("percent", sa.Numeric(5, 2)),
        sa.Column("amount", _MONEY),
        sa.Column("free_product", sa.Text, nullable=False, server_default=""),
        sa.Column("buy", sa.Integer),
        sa.Column("pay", sa.Integer),
        sa.Column("product_ids", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("categories", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("least_pieces", sa.Integer, nullable=False, server_default="0"),
        sa.Column("least_amount", _MONEY, nullable=False, server_default="0"),
        sa.Column("first_order", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("segment", sa.Text),
        sa.Column("most_uses", sa.Integer),
        sa.Column("most_per_customer", sa.Integer),
        sa.Column("combinable", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("listed", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT),
        sa.Column("ended_at", _MOMENT),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.CheckConstraint(
            "CASE kind WHEN 'percent' THEN percent > 0 AND percent <= 100 WHEN 'amount' THEN amount > 0"
            " WHEN 'free_item' THEN free_product <> '' WHEN 'n_for_m' THEN pay >= 1 AND buy > pay ELSE false END",
            name="gives",
        ),
        sa.CheckConstraint("least_pieces >= 0 AND least_amount >= 0", name="least_not_negative"),
        sa.CheckConstraint("most_uses >= 1 AND most_per_customer >= 1", name="limits_positive"),
        sa.CheckConstraint("ends_at > starts_at", name="time"),
        schema="shop",
    )
    op.create_index(
        "uq_promotion_same_code",
        "promotion",
        ["same_code"],
        unique=True,
        schema="shop",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "promotion_use",
        sa.Column("order_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("promotion_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False, server_default=""),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("given_back_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["shop.promotion.promotion_id"], name="fk_promotion_use_promotion_id"
        ),
        sa.CheckConstraint("amount > 0", name="amount_positive"),
        schema="shop",
    )
    op.create_index(
        "ix_promotion_use_live",
        "promotion_use",
        ["promotion_id"],
        schema="shop",
        postgresql_where=sa.text("given_back_at IS NULL"),
    )
    op.add_column("quote", sa.Column("discounts", JSONB, nullable=False, server_default="[]"), schema="shop")


def downgrade() -> None:
    op.drop_column("quote", "discounts", schema="shop")
    op.drop_table("promotion_use", schema="shop")
    op.drop_table("promotion", schema="shop")
