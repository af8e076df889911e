"""What customers were recommended, and what they did with it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "impression",
        sa.Column("impression_id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("placement", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("identity_id", sa.BigInteger()),
        sa.Column("hashed_email", sa.Text()),
        sa.Column("message_id", sa.Text()),
        sa.Column("shown_at", _MOMENT, nullable=False),
        sa.Column("added_at", _MOMENT),
        sa.Column("dismissed_at", _MOMENT),
        sa.Column("order_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("impression_id", name=op.f("pk_impression")),
        sa.UniqueConstraint("message_id", "product_id", name=op.f("uq_impression_message_id_product_id")),
        schema="shop",
    )
    op.create_index("ix_impression_identity_id_shown_at", "impression", ["identity_id", "shown_at"], schema="shop")
    op.create_index("ix_impression_shown_at", "impression", ["shown_at"], schema="shop")
    op.create_index(
        "ix_impression_hashed_email",
        "impression",
        ["hashed_email"],
        schema="shop",
        postgresql_where=sa.text("hashed_email IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("impression", schema="shop")
