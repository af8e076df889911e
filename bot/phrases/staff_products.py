"""What staff reads of products: lists, facts, changes, files, and what stood in the way."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from bot.shop import Shop
from domain.products.fields import BY_NAME, MONEY
from domain.records.auditing import Entry

LONGEST_FACT = 60
_ORDER = list(BY_NAME)

NO_PRODUCTS = "There are no products in the shop. /inventory add makes one, /inventory import takes a file."
PRODUCTS = "Products"
REMOVED = "removed"
NO_VALUE = "none"
NOTHING_LOW = "No product is low on stock."
NOTHING_CHANGED = "That is how it already is. Nothing was changed."
NOTHING_TO_UNDO = "There is no change of yours left to undo."
NO_HISTORY = "Nothing happened to it yet."
UNDONE = "Undone."
SINCE_THEN = "Since then:"
IMPORT_UNDONE = "Import undone"
PUT_BACK = "put back"
CONFLICT = "Somebody was faster, so nothing of yours was saved. Since you opened the form:"
BY_ANOTHER_WAY = "it was changed by an import or another program"
IMPORTED = "Imported"
CHECKED = "What the file would change"
CHECKED_AGAIN = "Not imported: the stock changed meanwhile. What the file would change now"
NO_CHECKED_FILE = (
    "There is no checked file of that number: it was imported already, or checked more than a day ago. Nothing was "
    "changed. Send the file again with “inventory import check”."
)
NEW = "new"
ROWS = "rows"
CREATED = "created"
CHANGED = "changed"
UNCHANGED = "unchanged"


def missing_pieces(*, pieces: int) -> str:
    """An undone change that brought more than is left."""
    return (
        f"{pieces} pieces could not be taken back, because they are sold. If an order of them is cancelled, count "
        "again: what comes back by it was never there."
    )


def stock_moved(*, expected: int, actual: int) -> str:
    """What became of the stock since a form was opened."""
    return f"the stock moved from {expected} to {actual}"


def changed_since(*, entry_id: int, fact: str, expected: str, actual: str) -> str:
    """A change that others built upon."""
    return f"Change #{entry_id} cannot be undone: the {fact} is no longer {expected}, it is {actual}."


def import_changed_since(shop: Shop, *, entry_id: int, by: Sequence[tuple[str, int]], total: int) -> str:
    """An import that others built upon: the products in the way, by which change, and how to go on."""
    named = ", ".join(f"{product_id} (#{number})" if number else product_id for product_id, number in by)
    more = f" {more_products(shop, count=total - len(by))}" if total > len(by) else ""
    were = "1 product of it was" if total == 1 else f"{shop.number(total)} products of it were"
    first = next((number for _, number in by if number), 0)
    how = (
        f"Undo those changes first (/inventory undo {first}), then the import; they can be made again afterwards."
        if first
        else "/inventory history ID shows what it changed of a product, by a number that /inventory undo takes."
    )
    return (
        f"Import #{entry_id} cannot be undone, because {were} changed since: {named}{more}. Nothing was changed. {how}"
    )


def fact(shop: Shop, name: str, value: str) -> str:
    """A fact's value for people's eyes: $12.50, 10, removed."""
    kind = BY_NAME[name].kind if name in BY_NAME else None
    if kind is MONEY and value:
        return shop.money(Decimal(value))
    if name == "retired":
        return REMOVED if value else "in the shop"
    short = value if len(value) <= LONGEST_FACT else f"{value[: LONGEST_FACT - 1]}…"
    return " ".join(short.split()) or "nothing"


def label(name: str) -> str:
    """What a fact is called."""
    return BY_NAME[name].title if name in BY_NAME else name


def changes(shop: Shop, entry: Entry) -> list[tuple[str, str]]:
    """Two cells for each changed fact: before → after; of a new product what it is."""
    rows = []
    for name in sorted(entry.changed_to, key=_ORDER.index):
        before, after = entry.changed_from.get(name, ""), fact(shop, name, entry.changed_to[name])
        rows.append((label(name), f"{fact(shop, name, before)} → {after}" if entry.changed_from else after))
    return rows


def because(*, why: str) -> str:
    """Why the stock was changed, as staff said it."""
    return f"because {why}"


def entry_line(shop: Shop, entry: Entry, actor: str, now: datetime, *, why: str = "") -> str:
    """An audit entry in one line: when, who, what, from → to, why, its number."""
    who = "you" if entry.actor == actor else entry.actor
    parts = [
        f"{label(name)} {fact(shop, name, entry.changed_from.get(name, ''))} → {fact(shop, name, value)}"
        for name, value in sorted(entry.changed_to.items(), key=lambda pair: _ORDER.index(pair[0]))
    ]
    what = ", ".join(parts) if entry.changed_from else f"{fact(shop, 'quantity', added(entry.changed_to))} at the start"
    what += f", {because(why=why)}" if why else ""
    undone = ", undone" if entry.undone_at else ""
    return f"{shop.local(entry.at, now)} · {who} · {entry.action} · {what} (#{entry.entry_id}{undone})"


def added(facts: Mapping[str, str]) -> str:
    """The stock that a product was made with."""
    return facts.get("quantity", "0")


def warnings(shop: Shop, before: Decimal | None, price: Decimal, cost: Decimal) -> list[str]:
    """What is odd about a new price."""
    found = []
    if before is not None and abs(price - before) * 2 > before:
        found.append(f"⚠ The price changed by more than half: {shop.money(before)} → {shop.money(price)}.")
    if price < cost:
        found.append(f"⚠ The price {shop.money(price)} is below the cost {shop.money(cost)}.")
    return found


def no_product(product_id: str) -> str:
    """An id that nothing has."""
    return f"There is no product “{product_id}”."


def look_for_one(*, product_id: str) -> str:
    """An id that nothing has, nor anything like it."""
    return f"{no_product(product_id)} /inventory find TEXT looks for one."


def did_you_mean(*, product_id: str, nearest: str) -> str:
    """An id that nothing has, and the products that are like it."""
    return f"{no_product(product_id)} Did you mean: {nearest}?"


def low_or_fewer(*, low_stock: int) -> str:
    """Above the products that are low on stock."""
    return f"{low_stock} or fewer in stock"


def found_for(*, phrase: str) -> str:
    """Above what was found."""
    return f"“{phrase[:40]}”"


def span(shop: Shop, *, first: int, last: int, total: int) -> str:
    """Which of how many a page shows: "11 to 20 of 10,012"."""
    return f"{shop.number(first)} to {shop.number(last)} of {shop.number(total)}"


def more_products(shop: Shop, *, count: int) -> str:
    """How many more products a file would change than are shown."""
    return f"and {shop.number(count)} more"


def not_imported(*, number: str) -> str:
    """Below what a file would change."""
    return f"Nothing was changed yet. Import takes in this very file, within a day; so does /inventory import {number}."


def movement_line(shop: Shop, *, at: str, actor: str, what: str, delta: int) -> str:
    """A stock movement in one line."""
    return f"{at} · {actor} · {what} · {shop.signed(delta)} pieces"


def exported(shop: Shop, *, products: int) -> str:
    """With the catalogue as a file."""
    return f"{shop.number(products)} products. /inventory import takes the file back."
