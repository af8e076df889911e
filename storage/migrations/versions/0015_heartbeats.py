"""Signs of life of the parts that nobody calls: bot, worker, scheduler."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("part", "host", name=op.f("pk_heartbeat")),
        schema="jobs",
    )


def downgrade() -> None:
    op.drop_table("heartbeat", schema="jobs")
