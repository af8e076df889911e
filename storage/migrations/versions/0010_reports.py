"""Which reports were due, and what of each has been delivered where."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("sent_at", _MOMENT),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("totals", JSONB()),
        sa.PrimaryKeyConstraint("name", "span", "first_day", name=op.f("pk_report")),
        schema="shop",
    )
    op.create_table(
        "report_part",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", "span", "first_day", "destination", "part", name=op.f("pk_report_part")),
        schema="shop",
    )


def downgrade() -> None:
    op.drop_table("report_part", schema="shop")
    op.drop_table("report", schema="shop")
