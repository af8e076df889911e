"""What is bought together: the neighbours that a fit leaves behind, and which fit is served."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "fit",
        sa.Column("fit_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("counted_until", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT),
        sa.Column("orders", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("products", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("fit_id", name=op.f("pk_fit")),
        schema="shop",
    )
    op.create_table(
        "neighbour",
        sa.Column("fit_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("score", sa.REAL(), nullable=False),
        sa.Column("basket_score", sa.REAL(), nullable=False),
        sa.Column("orders_together", sa.BigInteger(), nullable=False),
        sa.Column("orders_of_product", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("fit_id", "product_id", "other_id", name=op.f("pk_neighbour")),
        schema="shop",
    )
    op.create_index(
        "ix_orders_cancelled_at",
        "orders",
        ["cancelled_at"],
        schema="shop",
        postgresql_where=sa.text("cancelled_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_orders_cancelled_at", "orders", schema="shop")
    op.drop_table("neighbour", schema="shop")
    op.drop_table("fit", schema="shop")
