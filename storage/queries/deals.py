"""Which products became cheaper, as the audit log tells: every change of a price is in it, by hand or by a file."""

from datetime import datetime

from sqlalchemy import Connection, text

from domain.products.deals import PRICES_COMPARED, Deal
from storage.repositories.products import COLUMNS, NAMES, to_product

_LOWERED = text(f"""
    SELECT {COLUMNS}, was
    FROM (
        SELECT subject, max(at) AS at FROM shop.audit_log
        WHERE at >= :since AND jsonb_exists(changed_from, 'price') GROUP BY subject
    ) AS cut
    JOIN shop.product ON cut.subject = 'product:' || product_id
    CROSS JOIN LATERAL (
        SELECT min(CAST(changed_from ->> 'price' AS numeric)) AS was FROM shop.audit_log a
        WHERE a.subject = cut.subject AND jsonb_exists(changed_from, 'price')
          AND a.at > cut.at - :compared AND a.at <= cut.at
    ) AS before
    WHERE sale_price < was AND retired_at IS NULL AND quantity > 0 AND EXISTS (
        SELECT FROM shop.stock_movement m WHERE m.product_id = product.product_id AND m.at <= cut.at - :compared
    )
    ORDER BY sale_price / was, product_id LIMIT :limit
""")  # noqa: S608 - only our own column names


def lowered(connection: Connection, since: datetime, limit: int) -> list[Deal]:
    """The products in stock whose price was cut since then, below all that they cost in the time compared before that.

    A product must have been in the shop all that time. Largest cuts come first.
    """
    rows = connection.execute(_LOWERED, {"since": since, "compared": PRICES_COMPARED, "limit": limit})
    return [Deal(product=to_product(row), was=tuple(row)[len(NAMES)]) for row in rows]
