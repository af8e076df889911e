"""Which products became cheaper, as the audit log tells: every change of a price is in it, by hand or by a file."""

from datetime import datetime

from sqlalchemy import Connection, text

from domain.deals import Deal
from storage.products import COLUMNS, NAMES, to_product

_LOWERED = text(f"""
    SELECT {COLUMNS}, was
    FROM shop.product JOIN (
        SELECT subject, min(CAST(changed_from ->> 'price' AS numeric)) AS was FROM shop.audit_log
        WHERE at >= :since AND jsonb_exists(changed_from, 'price') GROUP BY subject
    ) AS changes ON subject = 'product:' || product_id
    WHERE sale_price < was AND retired_at IS NULL AND quantity > 0
    ORDER BY sale_price / was, product_id LIMIT :limit
""")  # noqa: S608 - only our own column names


def lowered(connection: Connection, since: datetime, limit: int) -> list[Deal]:
    """The products in stock that cost less than at any time since then before their last change; largest cuts first."""
    rows = connection.execute(_LOWERED, {"since": since, "limit": limit})
    return [Deal(product=to_product(row), was=tuple(row)[len(NAMES)]) for row in rows]
