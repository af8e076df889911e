"""Products and their stock in Postgres, and questions to the catalogue by full-text and trigram search."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, text
from sqlalchemy.dialects.postgresql import insert

from domain.model import Product, StockMovement
from domain.products.catalogue import plain_words, singular, words
from domain.products.fields import PRODUCT_FIELDS
from domain.products.product_ids import same, shown
from domain.records.catalogue import PriceRange
from storage.locks import busy_when_timed_out, lock_products
from storage.prepared import Prepared
from storage.tables import product

NAMES = [field.name for field in fields(Product)]
COLUMNS = ", ".join(NAMES)
_GET = text(f"SELECT {COLUMNS} FROM shop.product WHERE product_id = ANY(:ids)")  # noqa: S608 - our own column names

_SPELLED = text(f"""
    SELECT {COLUMNS} FROM shop.product WHERE product_id = :id OR same_id = :same ORDER BY product_id = :id DESC LIMIT 1
""")  # noqa: S608 - our own column names

_ALL = text(f"SELECT {COLUMNS} FROM shop.product ORDER BY product_id")  # noqa: S608 - our own column names

_MOVE = """
    WITH moved AS (
        INSERT INTO shop.stock_movement (product_id, delta, reason, reference, actor, at)
        SELECT * FROM unnest(CAST(%(ids)s AS text[]), CAST(%(deltas)s AS int[]), CAST(%(reasons)s AS text[]),
                             CAST(%(refs)s AS text[]), CAST(%(actors)s AS text[]), CAST(%(ats)s AS timestamptz[]))
        RETURNING product_id, delta
    )
    UPDATE shop.product SET quantity = quantity + sums.delta
    FROM (SELECT product_id, sum(delta) AS delta FROM moved GROUP BY product_id) AS sums
    WHERE product.product_id = sums.product_id
"""

_VARIANTS = text(f"""
    SELECT {COLUMNS} FROM shop.product WHERE group_id = ANY(:group_ids) AND group_id <> '' AND retired_at IS NULL
    ORDER BY product_id
""")  # noqa: S608 - our own column names
_SAVED = {field.column: field.kind.sql for field in PRODUCT_FIELDS if field.column != "quantity"}
_SENT = {"product_id": "text", **_SAVED}
_SAVE = text(f"""
    UPDATE shop.product SET version = version + 1, {", ".join(f"{name} = saved.{name}" for name in _SAVED)}
    FROM unnest({", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in _SENT.items())}) AS saved ({", ".join(_SENT)})
    WHERE product.product_id = saved.product_id
""")  # noqa: S608 - only our own column names

_NAMED = text(f"""
    SELECT {COLUMNS} FROM shop.product
    WHERE retired_at IS NULL AND (
        search @@ websearch_to_tsquery('english', :any_word) OR product_id = :phrase OR same_id = ANY(:ids)
    )
    ORDER BY product_id = :phrase DESC, same_id = ANY(:ids) DESC NULLS LAST,
             ts_rank(search, websearch_to_tsquery('english', :any_word)) DESC,
             quantity = 0, product_id
    LIMIT :limit
""")  # noqa: S608 - only our own column names
_ALIKE = text(f"""
    SELECT {COLUMNS} FROM shop.product WHERE retired_at IS NULL AND name %> :word
    ORDER BY word_similarity(:word, name) DESC, quantity = 0, product_id LIMIT :limit
""")  # noqa: S608 - only our own column names
_EXACTLY = Prepared(
    name="named_exactly",
    types={"names": "text[]", "ids": "text[]", "limit": "integer"},
    statement=f"""
    SELECT {COLUMNS} FROM shop.product
    WHERE retired_at IS NULL AND (name_key = ANY(%(names)s) OR id_key = ANY(%(ids)s)) LIMIT %(limit)s
    """,  # noqa: S608 - only our own column names
)
MOST_NAMED = 100
MOST_WORDS = 8  # of a phrase that are looked up
SHORTEST_MISSPELT = 3


# A price range; its terms are those of `bounds_terms`.
WITHIN = """
    (CAST(:below AS numeric) IS NULL OR sale_price < :below)
    AND (CAST(:at_most AS numeric) IS NULL OR sale_price <= :at_most)
    AND (CAST(:above AS numeric) IS NULL OR sale_price > :above)
    AND (CAST(:at_least AS numeric) IS NULL OR sale_price >= :at_least)
"""
# What a phrase means, the surest meaning first.
# "Knives" has no stem, and a size "S" is no word of English.
_WORDS = (("english", "phrase"), ("english", "singular"), ("simple", "phrase"))
_QUERY = " || ".join(f"plainto_tsquery('{language}', :{term})" for language, term in _WORDS)
_HOLDS = f"search @@ ({_QUERY})"
_MEANINGS = {
    "nothing": ":phrase = ''",
    "name": f"{_HOLDS} AND ts_filter(search, CAST(ARRAY['a'] AS \"char\"[])) @@ ({_QUERY})",
    "either": _HOLDS,
    "alike": ":phrase <% name",
}
_IS_ONE = "EXISTS (SELECT FROM shop.product WHERE retired_at IS NULL AND {})"
_MEANT = text(f"""
    SELECT CASE WHEN {_IS_ONE.format(_MEANINGS["name"])} THEN 'name'
                WHEN {_IS_ONE.format(_MEANINGS["either"])} THEN 'either' ELSE 'alike' END
""")
# The first of its group by price stands for it; in a query within another, names are those of its own table.
_PRICED = {
    (meaning, descending): text(f"""
        SELECT {COLUMNS} FROM shop.product AS listed WHERE {sought} AND (group_id = '' OR NOT EXISTS (
            SELECT FROM shop.product WHERE group_id = listed.group_id AND {sought}
              AND (sale_price {">" if descending else "<"} listed.sale_price
                   OR (sale_price = listed.sale_price AND product_id < listed.product_id))
        ))
        ORDER BY sale_price {"DESC" if descending else "ASC"}, product_id LIMIT :limit OFFSET :offset
    """)  # noqa: S608 - only our own column names
    for meaning, is_so in _MEANINGS.items()
    for sought in [
        f"retired_at IS NULL AND quantity > 0 AND {WITHIN} AND {is_so}"
        " AND (:category = '' OR lower(category) = lower(:category))"
    ]
    for descending in (False, True)
}
_DESCRIBED = text("""
    SELECT word, product_id, named FROM unnest(CAST(:words AS text[])) AS word CROSS JOIN LATERAL (
        SELECT product_id, search @@ plainto_tsquery('english', word) AS named FROM shop.product
        WHERE described @@ plainto_tsquery('english', word) AND retired_at IS NULL AND quantity > 0
        ORDER BY 2 DESC, 1 LIMIT :limit
    ) AS held
""")
_CATEGORIES = text("""
    SELECT min(category), count(*) FROM shop.product WHERE retired_at IS NULL AND quantity > 0
    GROUP BY lower(category) ORDER BY count(*) DESC, lower(category)
""")


class PostgresProducts:
    """Implements `domain.records.catalogue.Products` and `domain.records.catalogue.Catalogue`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """See `domain.records.catalogue.Products.get`."""
        rows = self._connection.execute(_GET, {"ids": list(product_ids)})
        return {row[0]: to_product(row) for row in rows}

    def lock(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """See `domain.records.catalogue.Products.lock`."""
        rows = lock_products(self._connection, COLUMNS, product_ids)
        return {row[0]: to_product(row) for row in rows}

    def spelled(self, written: str) -> Product | None:
        """See `domain.records.catalogue.Products.spelled`."""
        known = written if written.isprintable() else shown(written)  # others Postgres need not take
        row = self._connection.execute(_SPELLED, {"id": known, "same": same(written)}).first()
        return None if row is None else to_product(row)

    def create(self, new: Product) -> bool:
        """See `domain.records.catalogue.Products.create`."""
        statement = insert(product).values(product_id=new.product_id, same_id=same(new.product_id), **_facts(new))
        with busy_when_timed_out():
            return self._connection.execute(statement.on_conflict_do_nothing()).rowcount == 1

    def save(self, products: Sequence[Product]) -> None:
        """See `domain.records.catalogue.Products.save`."""
        kept = {field.column: field.kind.kept for field in PRODUCT_FIELDS}
        sent = {name: [kept[name](getattr(one, name)) for one in products] for name in _SAVED}
        self._connection.execute(_SAVE, {"product_id": [one.product_id for one in products], **sent})

    def move(self, movements: Sequence[StockMovement]) -> None:
        """See `domain.records.catalogue.Products.move`."""
        self._connection.exec_driver_sql(
            _MOVE,
            {
                "ids": [movement.product_id for movement in movements],
                "deltas": [movement.delta for movement in movements],
                "reasons": [str(movement.reason) for movement in movements],
                "refs": [movement.reference for movement in movements],
                "actors": [movement.actor for movement in movements],
                "ats": [movement.at for movement in movements],
            },
        )

    def candidates(self, phrase: str, limit: int) -> list[Product]:
        """See `domain.records.catalogue.Catalogue.candidates`.

        Words are looked up by their stem; those that no name holds may be misspelt, and are looked up by trigrams.
        """
        known = tuple(dict.fromkeys((*plain_words(phrase)[:MOST_WORDS], *words(phrase)[:MOST_WORDS]))) or (phrase,)
        ids = {same(part) for part in (phrase, *phrase.split())}
        terms = {"any_word": " or ".join(known), "phrase": phrase.strip(), "ids": list(ids), "limit": limit}
        found = {product.product_id: product for product in map(to_product, self._connection.execute(_NAMED, terms))}
        if any(same(product_id) == same(phrase) for product_id in found):  # an id is not misspelt
            return list(found.values())
        spelled = {word for product in found.values() for word in (*plain_words(product.title), *words(product.title))}
        for word in known:
            if word not in spelled and len(word) >= SHORTEST_MISSPELT:
                alike = self._connection.execute(_ALIKE, {"word": word, "limit": limit // 2})
                found |= {product.product_id: product for product in map(to_product, alike)}
        return list(found.values())

    def named(self, names: Collection[str], ids: Collection[str]) -> list[Product]:
        """See `domain.records.catalogue.Catalogue.named`."""
        terms = {"names": list(names), "ids": list(ids), "limit": MOST_NAMED}
        return [to_product(row) for row in _EXACTLY.execute(self._connection, terms)]

    def priced(self, bounds: PriceRange, phrase: str, limit: int, offset: int, *, category: str = "") -> list[Product]:
        """See `domain.records.catalogue.Catalogue.priced`."""
        said = {"phrase": phrase, "singular": " ".join(map(singular, phrase.lower().split()))}
        terms = {**bounds_terms(bounds), **said, "category": category, "limit": limit, "offset": offset}
        meaning = self._connection.execute(_MEANT, said).scalar_one() if phrase else "nothing"
        return [to_product(row) for row in self._connection.execute(_PRICED[meaning, bounds.descending], terms)]

    def described(self, words: Sequence[str], limit: int) -> dict[str, dict[str, bool]]:
        """See `domain.records.catalogue.Catalogue.described`."""
        found: dict[str, dict[str, bool]] = {word: {} for word in words}
        for word, product_id, named in self._connection.execute(_DESCRIBED, {"words": list(words), "limit": limit}):
            found[word][product_id] = named
        return found

    def variants(self, group_ids: Collection[str]) -> list[Product]:
        """See `domain.records.catalogue.Catalogue.variants`."""
        rows = self._connection.execute(_VARIANTS, {"group_ids": list(group_ids)}) if group_ids else ()
        return [to_product(row) for row in rows]

    def categories(self) -> list[tuple[str, int]]:
        """See `domain.records.catalogue.Catalogue.categories`."""
        return [(category, count) for category, count in self._connection.execute(_CATEGORIES)]

    def all(self) -> list[Product]:
        """Every product, retired ones included, by id; for catalogues of a size that fits."""
        rows = self._connection.execute(_ALL)
        return [to_product(row) for row in rows]


def bounds_terms(bounds: PriceRange) -> dict[str, Any]:
    """A price range as the terms of `WITHIN`."""
    return {"below": bounds.below, "at_most": bounds.at_most, "above": bounds.above, "at_least": bounds.at_least}


def _facts(product: Product) -> dict[str, Any]:
    """All columns of a product that are neither its id nor counted by Postgres."""
    return {name: getattr(product, name) for name in _SAVED}


def to_product(row: Row[Any]) -> Product:
    """A product from a row that begins with `COLUMNS`."""
    columns = dict(zip(NAMES, tuple(row), strict=False))
    return Product(**{**columns, "options": tuple((name, value) for name, value in columns["options"])})
