"""Catalogues of several trades, the ways in which customers write a name or an id alone, and what they got for it."""

import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from bot import router
from domain.conversation import Asked
from domain.model import Product
from nlu.understanding import Understanding
from tests.support.memory import cart_of
from tests.support.reading import as_read
from tests.support.talking import Talker, words_in

TRADES = Path(__file__).parent / "trades"
SHARED = Path(__file__).parents[3] / "shared" / "data"
SEED = 15
# How many of what a way says; the number stands apart from the name's own.
WAYS = (
    ("{}", 1),
    ("{} please", 1),
    ("3 x {}", 3),
    ("2 {}", 2),
    ("{} x3", 3),
    ("the {}", 1),
)


# What a model may take a name for, at its worst.
_WORST = ("remove_from_cart", "after_sales", "thanks", "cancel_order", "human", "out_of_scope", "greet", "order_status")


class Mishearing:
    """A model that is sure of something else whenever a name is said; its rules are the real ones."""

    def understand(self, text: str) -> Understanding:
        intent = _WORST[len(text) % len(_WORST)]
        return as_read(text, intent, 0.9)


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A message that is a product's name or id, and how many it wants."""

    text: str
    product: Product
    quantity: int
    shared: bool = False  # several products are called so


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """What was written, and what became of it."""

    text: str
    cart: dict[str, int]
    said: str


def trade(name: str) -> list[Product]:
    """A made-up catalogue of hard names: id, name and, where several pieces are sold as one, how many."""
    rows = [line.split("|") for line in (TRADES / f"{name}.txt").read_text(encoding="utf-8").splitlines()]
    return [_product(row[0], row[1], int(row[2]) if len(row) > 2 else 1) for row in rows]


def sample(file: Path, count: int) -> list[Product]:
    """Some products of an inventory file, always the same ones."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    chosen = random.Random(SEED).sample(rows, count) if len(rows) > count else rows
    return [_product(row["product_id"], row.get("name", "")) for row in chosen]


def _product(product_id: str, name: str, pack_size: int = 1) -> Product:
    return Product(
        product_id=product_id,
        name=name,
        category="",
        wholesale_cost=Decimal("1.00"),
        sale_price=Decimal("2.50"),
        supplier_id="TRADE",
        quantity=100,
        pack_size=pack_size,
    )


def ways(products: Sequence[Product], *, each: int = len(WAYS)) -> Iterator[Written]:
    """Every name and every id in `each` of the ways, in turn."""
    names = Counter(product.name.casefold() for product in products)
    for place, product in enumerate(products):
        for title in dict.fromkeys((product.name, product.product_id)):
            for step in range(each if title else 0):
                way, quantity = WAYS[(place + step) % len(WAYS)]
                if way == "2 {}" and title[:1].isdigit():
                    way = "2 × {}"  # "2 7 Up" is no way to write it
                lower = (place // len(WAYS) + step) % 2
                yield Written(
                    text=way.format(title.lower() if lower else title),
                    product=product,
                    quantity=quantity,
                    shared=title == product.name and names[title.casefold()] > 1,
                )


def missed(products: Sequence[Product], messages: Sequence[Written]) -> list[Missed]:
    """The messages that did not end in the cart with their number, nor in a question about names that are shared."""
    found, talker = [], Talker(*products)
    for written in messages:
        talker.conversation = Talker().conversation
        understanding = Mishearing().understand(written.text)
        turn = replace(talker.turn(written.text), understanding=understanding)
        try:
            said = words_in(router.choose(turn))
        except AttributeError as missing:  # a shop in memory has no tickets and the like: they are not to be reached
            said = str(missing)
        cart, pending = cart_of(talker.conversation), talker.conversation.pending
        asks = written.shared and pending is not None and pending.kind is Asked.OPEN_LINE
        if cart != {written.product.product_id: written.quantity} and not asks:
            found.append(Missed(text=written.text, cart=cart, said=said))
    return found
