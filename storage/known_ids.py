"""The products' ids by all their spellings, for the imports."""

from sqlalchemy import Connection

from domain.product_ids import same


class KnownIds:
    """The ids of all products: each is found by every spelling that looks the same."""

    def __init__(self, ids: list[str]) -> None:
        self._ids = set(ids)
        self._spellings = {same(product_id): product_id for product_id in reversed(ids)}

    def get(self, written: str, default: str = "") -> str:
        """The id as it is kept; its own spelling before one that looks the same."""
        return written if written in self._ids else self._spellings.get(same(written), default)


def known_ids(connection: Connection) -> KnownIds:
    """Reads them all."""
    ids = connection.exec_driver_sql("SELECT product_id FROM shop.product ORDER BY product_id").scalars()
    return KnownIds(list(ids))
