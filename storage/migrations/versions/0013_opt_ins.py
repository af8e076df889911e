"""Marketing consent that its address confirmed, with its evidence; addresses whose owner confirmed orders."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "opt_in",
        sa.Column("opt_in_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("hashed_email", sa.Text(), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_in", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("mailed_at", _MOMENT, nullable=True),
        sa.Column("confirmed_by", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("opt_in_id", name=op.f("pk_opt_in")),
        schema="chat",
    )
    op.create_index("ix_opt_in_hashed_email", "opt_in", ["hashed_email"], schema="chat")
    op.create_index("ix_opt_in_identity_id", "opt_in", ["identity_id"], schema="chat")
    op.create_table(
        "confirmed",
        sa.Column("identity_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashed_email", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("identity_id", "hashed_email", name=op.f("pk_confirmed")),
        schema="chat",
    )
    op.create_index("ix_confirmed_hashed_email", "confirmed", ["hashed_email"], schema="chat")
    # Who ordered until now got all mails, and still does.
    op.execute(
        "INSERT INTO chat.confirmed SELECT DISTINCT identity_id, hashed_email, now() FROM shop.orders"
        " WHERE identity_id IS NOT NULL"
    )
    op.add_column("proof", sa.Column("digits", sa.SmallInteger(), server_default="6", nullable=False), schema="pii")


def downgrade() -> None:
    op.drop_column("proof", "digits", schema="pii")
    op.drop_table("confirmed", schema="chat")
    op.drop_table("opt_in", schema="chat")
