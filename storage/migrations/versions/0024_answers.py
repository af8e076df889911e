"""Staff's answers, the questions that wait for one, and the vectors by which answers are found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("product_id", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("questions", ARRAY(sa.Text), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("short", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        schema="shop",
    )
    op.create_table(
        "question_vector",
        sa.Column("encoder", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        schema="shop",
    )
    op.create_table(
        "question",
        sa.Column("question_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("number", sa.BigInteger),
        sa.Column("identity_id", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("product_id", sa.Text, nullable=False),
        sa.Column("encoder", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("told_at", _MOMENT),
        sa.Column("closed_at", _MOMENT),
        schema="pii",
    )
    op.create_index("ix_question_number", "question", ["number"], schema="pii")
    op.create_index("ix_question_identity_id", "question", ["identity_id"], schema="pii")


def downgrade() -> None:
    op.drop_table("question", schema="pii")
    op.drop_table("question_vector", schema="shop")
    op.drop_table("answer", schema="shop")
