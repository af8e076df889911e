"""The products' ids by all their spellings, for the imports; and what still is a product's twin."""

from collections.abc import Mapping
from functools import cached_property

from sqlalchemy import Connection

from domain.products.product_ids import looks, same


class KnownIds:
    """The ids of all products: each is found by every spelling that looks the same."""

    def __init__(self, ids: Mapping[str, str | None]) -> None:
        """`ids`: each with its `shop.product.same_id`."""
        self._ids = ids
        self._spellings = {spelling: product_id for product_id, spelling in ids.items() if spelling is not None}

    def get(self, written: str, default: str = "") -> str:
        """The id as it is kept; its own spelling before one that looks the same."""
        return written if written in self._ids else self._spellings.get(same(written), default)

    @cached_property
    def _looks(self) -> dict[str, str]:
        return {looks(product_id): product_id for product_id in self._ids}

    def doubts(self, product_id: str) -> list[str]:
        """What is to be said about an id that is looked at for the first time: which other one it is taken for."""
        other = self._looks.setdefault(looks(product_id), product_id)
        return (
            [] if other == product_id else [f"product_id {product_id!r} looks like {other!r}, and is another product"]
        )


def known_ids(connection: Connection) -> KnownIds:
    """Reads them all."""
    rows = connection.exec_driver_sql("SELECT product_id, same_id FROM shop.product")
    return KnownIds({row.product_id: row.same_id for row in rows})


def twins(connection: Connection) -> list[tuple[str, str]]:
    """Products for sale that look the same as another one, each with that one; see migration 0019."""
    rows = connection.exec_driver_sql("SELECT product_id, same_id, retired_at FROM shop.product ORDER BY 1").all()
    keepers = {row.same_id: row.product_id for row in rows}
    return [
        (row.product_id, keepers[same(row.product_id)])
        for row in rows
        if row.same_id is None and row.retired_at is None
    ]
