"""What all spellings of a product's id have in common, once in the shop.

Of twins from before, one gets it: what is for sale before what is not, then the first by id. The others stay as they
are, found by their own spelling only; `parley db upgrade` and `parley doctor` name them.
"""

import sqlalchemy as sa
from alembic import op

from domain.products.product_ids import same

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_IDS = sa.text('SELECT product_id FROM shop.product ORDER BY retired_at IS NOT NULL, product_id COLLATE "C"')
_NAME = sa.text("""
    UPDATE shop.product SET same_id = named.same_id
    FROM unnest(CAST(:ids AS text[]), CAST(:same AS text[])) AS named (product_id, same_id)
    WHERE product.product_id = named.product_id
""")


def upgrade() -> None:
    op.add_column("product", sa.Column("same_id", sa.Text()), schema="shop")
    keepers: dict[str, str] = {}
    for product_id in op.get_bind().scalars(_IDS):
        keepers.setdefault(same(product_id), product_id)
    op.get_bind().execute(_NAME, {"ids": list(keepers.values()), "same": list(keepers)})
    op.create_unique_constraint("uq_product_same_id", "product", ["same_id"], schema="shop")


def downgrade() -> None:
    op.drop_column("product", "same_id", schema="shop")
