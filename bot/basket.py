"""Puts what a customer asked for into the cart, or keeps it as an open line when a question must come first.

Every function returns notes: sentences for what could not be done, so that nothing of a message is dropped silently.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import phrases
from bot.turn import Turn
from domain.catalogue import Match, choose, find, narrow, words
from domain.conversation import CartLine, OpenLine, Problem
from domain.model import Product
from nlu.understanding import WantedLine

SAME = {"it", "that", "this", "them", "those", "these"}


@dataclass(frozen=True, kw_only=True)
class Target:
    """The cart lines a change is about; empty with `unclear` when the customer must say which."""

    product_ids: tuple[str, ...] = ()
    unclear: bool = False


def add(turn: Turn, lines: Iterable[WantedLine]) -> list[str]:
    """Adds lines to the cart, each by name or by its place in the last list."""
    lines = list(lines)
    if lines:
        turn.conversation.remember_cart()
    notes: list[str] = []
    for line in lines:
        quantity = 1 if line.quantity is None else line.quantity
        product, note = by_reference(turn, line.reference) if not line.phrase else (None, "")
        if product is not None:
            notes += settle(turn, product, quantity)
        elif line.phrase:
            notes += _add_by_name(turn, line.phrase, quantity)
        elif note:
            notes.append(note)
    return notes


def _add_by_name(turn: Turn, phrase: str, quantity: int) -> list[str]:
    match = find(turn.uow, phrase)
    if match.product is None and not match.options:
        match = _variant(turn, phrase)
    if match.product is not None:
        return settle(turn, match.product, quantity)
    if match.options:
        turn.conversation.open_lines.append(
            OpenLine(
                phrase=phrase,
                quantity=quantity,
                problem=Problem.WHICH,
                options=tuple(product.product_id for product in match.options),
            )
        )
        return []
    return [phrases.not_found(phrase, [product.title for product in match.close])]


def _variant(turn: Turn, phrase: str) -> Match:
    """ "the green one", after a product was named: the same thing with another word in its name."""
    focus = turn.products([turn.conversation.focus]).get(turn.conversation.focus)
    if focus is None or len(words(phrase)) > 2:
        return Match()
    last = words(focus.title)[-1:]
    match = choose(f"{phrase} {' '.join(last)}", turn.uow.catalogue.candidates(f"{phrase} {last}", 20))
    return match if match.product is not None and match.product != focus else Match()


def by_reference(turn: Turn, reference: str) -> tuple[Product | None, str]:
    """The product that "it" or "the second one" means, or a note that says why none."""
    conversation = turn.conversation
    product_id = ""
    if reference in SAME or reference == "":
        product_id = conversation.focus
    elif reference == "last" and conversation.listing.product_ids:
        product_id = conversation.listing.product_ids[-1]
    elif reference.isdigit() and 1 <= int(reference) <= len(conversation.listing.product_ids):
        product_id = conversation.listing.product_ids[int(reference) - 1]
    product = turn.products([product_id]).get(product_id) if product_id else None
    if product is None:
        return None, f"I have no number {reference} in a list." if reference.isdigit() else ""
    return product, ""


def settle(turn: Turn, product: Product, quantity: int, *, adds: bool = True) -> list[str]:
    """Brings one product into the cart, `adds` to what is there or sets the quantity.

    Sold-out products and impossible quantities become notes; large ones and short stock become open lines.
    """
    conversation, terms = turn.conversation, turn.shop.terms
    wanted = quantity + (conversation.quantity_of(product.product_id) if adds else 0)
    if quantity < 1 or wanted > terms.most_per_line:
        return [
            f"I can put between 1 and {terms.most_per_line} pieces of {product.title} into an order, "
            f"so I left out “{quantity}”."
        ]
    if product.retired_at is not None or product.quantity == 0:
        return [phrases.sold_out(product.title)]
    problem = None
    if wanted > product.quantity:
        problem = Problem.SHORT
    elif quantity > terms.ask_above:
        problem = Problem.MANY
    if problem is None:
        conversation.put(product.product_id, wanted)
        return []
    conversation.open_lines.append(
        OpenLine(
            phrase=product.title,
            quantity=wanted if problem is Problem.SHORT else quantity,
            problem=problem,
            options=(product.product_id,),
            adds=adds,
        )
    )
    return []


def target(turn: Turn, line: WantedLine) -> Target:
    """Which cart lines a correction means: the named one, all, the last named, or the only one."""
    cart = turn.conversation.cart
    ids = tuple(cart_line.product_id for cart_line in cart)
    if not ids:
        return Target()
    if line.reference == "all":
        return Target(product_ids=ids)
    if line.phrase:
        in_cart = turn.products(ids)
        named = narrow(line.phrase, in_cart.values())
        if len(named) == 1:
            return Target(product_ids=(named[0].product_id,))
        return Target(unclear=bool(named))
    if line.reference.isdigit() and 1 <= int(line.reference) <= len(ids):
        return Target(product_ids=(ids[int(line.reference) - 1],))
    if turn.conversation.focus in ids:
        return Target(product_ids=(turn.conversation.focus,))
    return Target(product_ids=ids) if len(ids) == 1 else Target(unclear=True)


def change(turn: Turn, product_ids: Sequence[str], operation: str, quantity: int) -> list[str]:
    """Sets, raises, lowers or multiplies the quantities of cart lines; 0 takes a line out."""
    conversation = turn.conversation
    conversation.remember_cart()
    notes: list[str] = []
    products = turn.products(product_ids)
    for product_id in product_ids:
        current = conversation.quantity_of(product_id)
        wanted = {
            "add": current + quantity,
            "subtract": max(current - quantity, 0),
            "times": current * quantity,
        }.get(operation, quantity)
        if wanted <= 0 or product_id not in products:
            conversation.put(product_id, 0)
        else:
            notes += settle(turn, products[product_id], wanted, adds=False)
    return notes


def cart_lines(conversation_cart: Iterable[CartLine]) -> int:
    """How many pieces a cart holds."""
    return sum(line.quantity for line in conversation_cart)
