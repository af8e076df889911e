"""What staff asks of the catalogue, in Postgres: pages of it, one product by its id, its history, files of it."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, delete, insert, select, text

from domain.errors import BadImport, BadLine
from domain.model import Product, Reason, StockMovement
from domain.products.product_ids import same
from domain.records.catalogue import CheckedFile, Imported
from storage.errors import ImportRefused
from storage.imports.inventory import load_inventory
from storage.repositories.products import COLUMNS, to_product
from storage.tables import checked_file, stock_movement

_LISTED = text(f"""
    SELECT {COLUMNS}, count(*) OVER () FROM shop.product
    WHERE retired_at IS NULL AND (CAST(:at_most AS int) IS NULL OR quantity <= :at_most)
    ORDER BY CASE WHEN CAST(:at_most AS int) IS NULL THEN 0 ELSE quantity END, product_id LIMIT :limit OFFSET :offset
""")  # noqa: S608 - only our own column names

_FOUND = text(f"""
    SELECT {COLUMNS}, count(*) OVER () FROM shop.product
    WHERE coalesce(same_id, product_id) ILIKE :like_id OR name ILIKE :like
       OR search @@ plainto_tsquery('english', :phrase) OR :phrase <% name
    ORDER BY same_id = :same DESC NULLS LAST, word_similarity(:phrase, name) DESC, product_id
    LIMIT :limit OFFSET :offset
""")  # noqa: S608 - only our own column names

_PAGE = text(f"""
    SELECT {COLUMNS} FROM shop.product
    WHERE retired_at IS NULL AND product_id > :after AND (CAST(:category AS text) IS NULL OR category = :category)
        AND (CAST(:in_stock AS boolean) IS NULL OR (quantity > 0) = :in_stock)
    ORDER BY product_id LIMIT :limit
""")  # noqa: S608 - only our own column names
_ALL = text(f"SELECT {COLUMNS} FROM shop.product WHERE retired_at IS NULL ORDER BY product_id")  # noqa: S608 - our own


class PostgresStockRoom:
    """Implements `domain.records.catalogue.StockRoom`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def listed(
        self, *, phrase: str = "", at_most: int | None = None, limit: int, offset: int = 0
    ) -> tuple[list[Product], int]:
        """See `domain.records.catalogue.StockRoom.listed`."""
        page = {"limit": limit, "offset": offset}
        if phrase:
            likes = {"like": f"%{_escaped(phrase)}%", "like_id": f"%{_escaped(same(phrase))}%"}
            rows = self._connection.execute(_FOUND, {"phrase": phrase, "same": same(phrase), **likes, **page}).all()
        else:
            rows = self._connection.execute(_LISTED, {"at_most": at_most, **page}).all()
        return [to_product(row) for row in rows], rows[0][-1] if rows else 0

    def page(
        self, after: str, limit: int, *, category: str | None = None, in_stock: bool | None = None
    ) -> list[Product]:
        """See `domain.records.catalogue.StockRoom.page`."""
        terms = {"after": after, "limit": limit, "category": category, "in_stock": in_stock}
        return [to_product(row) for row in self._connection.execute(_PAGE, terms)]

    def movements(self, product_id: str, limit: int) -> list[StockMovement]:
        """See `domain.records.catalogue.StockRoom.movements`."""
        rows = self._connection.execute(
            select(stock_movement)
            .where(stock_movement.c.product_id == product_id)
            .order_by(stock_movement.c.movement_id.desc())
            .limit(limit)
        )
        return [
            StockMovement(
                product_id=row.product_id,
                delta=row.delta,
                reason=Reason(row.reason),
                reference=row.reference,
                actor=row.actor,
                at=row.at,
            )
            for row in rows
        ]

    def all(self) -> list[Product]:
        """See `domain.records.catalogue.StockRoom.all`."""
        return [to_product(row) for row in self._connection.execute(_ALL)]

    def load(self, content: str, *, file: str, actor: str, now: datetime) -> Imported:
        """See `domain.records.catalogue.StockRoom.load`."""
        with TemporaryDirectory(prefix="parley-import-") as folder:
            path = Path(folder, file)
            path.write_bytes(content.encode("utf-8", errors="surrogateescape"))
            try:
                result = load_inventory(self._connection, path, now=now, actor=actor)
            except ImportRefused as refused:
                bad = tuple(BadLine(line=row.line, reason=row.reason) for row in refused.bad_rows)
                raise BadImport(bad, refused.total_bad) from refused
        return Imported(
            rows=result.rows,
            created=result.created,
            changed=result.changed,
            unchanged=result.unchanged,
            entry_id=result.entry_id,
        )

    def keep(self, file: CheckedFile) -> int:
        """See `domain.records.catalogue.StockRoom.keep`."""
        kept = insert(checked_file).values(content=file.content, difference=file.difference, until=file.until)
        return int(self._connection.execute(kept.returning(checked_file.c.file_id)).scalar_one())

    def take(self, file_id: int, now: datetime) -> CheckedFile | None:
        """See `domain.records.catalogue.StockRoom.take`."""
        taken = delete(checked_file).where(checked_file.c.file_id == file_id, checked_file.c.until > now)
        row = self._connection.execute(taken.returning(checked_file)).first()
        return None if row is None else CheckedFile(content=row.content, difference=row.difference, until=row.until)


def forget_checked(connection: Connection, now: datetime) -> None:
    """Deletes the files that were checked and never imported."""
    connection.execute(delete(checked_file).where(checked_file.c.until <= now))


def _escaped(phrase: str) -> str:
    """The phrase without the meaning that LIKE gives to some characters."""
    return phrase.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
