"""Products are found by what their descriptions say: an index over name, category and description."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_product_described ON shop.product USING gin"
        " (to_tsvector('english', name || ' ' || category || ' ' || description))"
    )


def downgrade() -> None:
    op.execute("DROP INDEX shop.ix_product_described")
