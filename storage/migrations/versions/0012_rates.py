"""How often something was done of late, by networks and visitors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("times", postgresql.ARRAY(sa.DateTime(timezone=True)), server_default="{}", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate")),
        schema="pii",
        prefixes=["UNLOGGED"],  # nothing waits for the disk; after a crash of the server all rates begin anew
        postgresql_with={"fillfactor": 50},  # rows are overwritten all the time, so there is room beside them
    )


def downgrade() -> None:
    op.drop_table("rate", schema="pii")
