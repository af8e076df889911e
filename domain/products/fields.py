"""PRODUCT_FIELDS, what is known of a product and how: the one table that forms, files, showing and editing read.

Another column of products takes a migration, a line in `storage/tables.py`, one in `domain/model.py` and a row here.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain.model import Product, money
from domain.products.options import LONGEST_GROUP, LONGEST_OPTIONS, options_from, written

MOST_PIECES = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What values are: how the audit log writes one and it is read from there, and what Postgres calls the type.

    `kept` is how a value is handed to Postgres, and `as_text` how Postgres writes one as `write` does.
    """

    name: str
    write: Callable[[Any], str] = str
    read: Callable[[str], Any] = str
    sql: str = "text"
    kept: Callable[[Any], Any] = lambda value: value
    as_text: str = "CAST({} AS text)"


TEXT = Kind(name="text")
PICTURE = Kind(name="address of a picture")
MONEY = Kind(name="money", write=lambda value: str(money(value)), read=Decimal, sql="numeric(12,2)")
PIECES = Kind(name="pieces", read=int, sql="int")
MOMENT = Kind(
    name="moment",
    write=lambda value: value.isoformat() if value else "",
    read=lambda text: datetime.fromisoformat(text) if text else None,
    sql="timestamptz",
)
OPTIONS = Kind(
    name="options",
    write=written,
    read=options_from,
    sql="jsonb",
    kept=json.dumps,
    as_text="""(
        SELECT coalesce(string_agg(concat(pair ->> 0, '=', pair ->> 1), ';' ORDER BY place), '')
        FROM jsonb_array_elements({}) WITH ORDINALITY AS pairs (pair, place)
    )""",
)
TEXTS = (TEXT, PICTURE)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProductField:
    """One field: `name` is what staff and the audit log call it, `column` the attribute of `Product` and the column.

    `file_place` is where it stands in inventory files; 0: in none. They call it as the column is called, or
    `called_in_files`. Files must have those that are `in_every_file`, a new product those that are `needed`. What is
    not `editable` has commands of its own. `as_row`: shown in a row of its own, called `shown_as`. A new product's
    value is not worth a word where it is the `usual` one.
    """

    name: str
    column: str
    kind: Kind
    label: str = ""
    hint: str = ""
    shown_as: str = ""
    usual: str = ""
    aliases: tuple[str, ...] = ()
    longest: int = 0
    least: int = 0
    file_place: int = 0
    called_in_files: str = ""
    in_every_file: bool = False
    needed: bool = False
    editable: bool = True
    as_row: bool = False
    may_be_blank: bool = True
    multiline: bool = False

    @property
    def title(self) -> str:
        """What people read: "pack size"."""
        return self.shown_as or self.name

    @property
    def file_column(self) -> str:
        """What the column of an inventory file is called."""
        return self.called_in_files or self.column

    def fact(self, product: Product) -> str:
        """A product's value, as the audit log writes it."""
        return self.kind.write(getattr(product, self.column))


_PICTURE = re.compile(r"https?://[^\s/]\S*|/[^\s/]\S*")


def is_picture(address: str) -> bool:
    """Whether a picture can be fetched from an address: over the web, or from the shop itself."""
    return _PICTURE.fullmatch(address) is not None


PRODUCT_FIELDS = (
    ProductField(name="name", column="name", kind=TEXT, label="Name", longest=120, file_place=5),
    ProductField(
        name="category",
        column="category",
        kind=TEXT,
        label="Category",
        longest=60,
        file_place=6,
        as_row=True,
    ),
    ProductField(
        name="price",
        column="sale_price",
        kind=MONEY,
        label="Price",
        hint="12.50",
        aliases=("sale_price",),
        file_place=3,
        in_every_file=True,
        needed=True,
        as_row=True,
    ),
    ProductField(
        name="cost",
        column="wholesale_cost",
        kind=MONEY,
        label="Cost",
        hint="What the shop pays, 4.00",
        aliases=("wholesale_cost",),
        file_place=2,
        in_every_file=True,
        needed=True,
        as_row=True,
    ),
    ProductField(
        name="quantity",
        column="quantity",
        kind=PIECES,
        label="Pieces in stock",
        hint="10",
        aliases=("stock", "qty"),
        file_place=1,
        in_every_file=True,
        needed=True,
        as_row=True,
    ),
    ProductField(
        name="pack_size",
        column="pack_size",
        kind=PIECES,
        label="Pieces in a pack",
        hint="How many are in what is sold, 6",
        shown_as="pack size",
        usual="1",
        least=1,
        file_place=9,
        as_row=True,
    ),
    ProductField(
        name="supplier",
        column="supplier_id",
        kind=TEXT,
        label="Supplier",
        aliases=("supplier_id",),
        longest=60,
        file_place=4,
        in_every_file=True,
        as_row=True,
        may_be_blank=False,
    ),
    ProductField(
        name="description",
        column="description",
        kind=TEXT,
        label="Description",
        longest=1000,
        file_place=7,
        multiline=True,
    ),
    ProductField(
        name="image",
        column="image_url",
        kind=PICTURE,
        label="Picture",
        hint="https://…",
        shown_as="picture",
        aliases=("image_url", "picture"),
        longest=500,
        file_place=8,
    ),
    ProductField(
        name="group",
        column="group_id",
        kind=TEXT,
        label="Group",
        hint="The same for all variants of a thing",
        longest=LONGEST_GROUP,
        file_place=10,
        called_in_files="group",
        as_row=True,
    ),
    ProductField(
        name="options",
        column="options",
        kind=OPTIONS,
        label="Options",
        hint="Which variant it is, color=red;size=M",
        longest=LONGEST_OPTIONS,
        file_place=11,
        as_row=True,
    ),
    ProductField(name="retired", column="retired_at", kind=MOMENT, shown_as="state", editable=False),
)
BY_NAME = {field.name: field for field in PRODUCT_FIELDS}
EDITABLE = tuple(field for field in PRODUCT_FIELDS if field.editable)
NEEDED_FIRST = tuple(sorted(EDITABLE, key=lambda field: not field.needed))
IN_FILES = tuple(sorted((field for field in PRODUCT_FIELDS if field.file_place), key=lambda field: field.file_place))
REQUIRED_COLUMNS = ("product_id", *(field.file_column for field in IN_FILES if field.in_every_file))
OPTIONAL_COLUMNS = tuple(field.file_column for field in IN_FILES if not field.in_every_file)
