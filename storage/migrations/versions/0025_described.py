"""Products are found by what their descriptions say: name, category and description, indexed."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE shop.product ADD COLUMN described tsvector GENERATED ALWAYS AS"
        " (to_tsvector('english', name || ' ' || category || ' ' || description)) STORED"
    )
    op.create_index("ix_product_described", "product", ["described"], schema="shop", postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("ix_product_described", table_name="product", schema="shop")
    op.drop_column("product", "described", schema="shop")
