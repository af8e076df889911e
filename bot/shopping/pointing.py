"""Answers a message that only points at what is on screen or was spoken of last: to buy it, or to ask about it."""

import re
from collections.abc import Sequence

from bot.messages import Reply
from bot.phrases import finding as phrases_finding
from bot.shopping import basket, cards, checkout
from bot.shopping.references import Meant, resolve
from bot.turn import Turn
from domain.conversation import Asked
from domain.model import Product
from domain.products.catalogue import words
from nlu.rules.vocabulary import words as word_set

LONGEST = 12  # words; who says more says more than what is meant
MOST_ALIKE = 30
_WISHING = word_set(
    """i i'll ill i'd id we we'll will would like want wanna need take have get give gimme me us add order buy grab let
    let's lets go make ok okay yes yeah yep so then and can could please pls put my our basket cart to into too as well
    think just actually hmm oh thanks thank you cheers also maybe"""
)
_ASKING = word_set(
    """do does you u have got is are was how much what what's cost costs price stock available left show me see any
    there about in still it's comes come tell more can i get may"""
)
_ASKS = word_set("have got much cost costs price stock available left show see do does is are how what come comes")
_POINTING = word_set(
    """the that this those these them it one ones both all each every rest other others first second third fourth fifth
    last cheapest dearest in of which either"""
)
# "Cheaper ones" asks for another list; "the cheaper one" is one of what is shown.
_COMPARING = word_set("cheaper dearer pricier smaller bigger larger longer shorter nicer other others")
_WORD = re.compile(r"#?[^\W_]+(?:['’-][^\W_]+)*")


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to who points at products; None for every other message."""
    said = [word.lower().replace("’", "'") for word in _WORD.findall(turn.message.text)]
    waits = turn.asked is not None and turn.asked.kind not in (Asked.CHECKOUT, Asked.CONFIRM, Asked.EMAIL)
    changes = "make" in said and turn.conversation.quantity_of(turn.conversation.focus) > 0  # "make it the red one"
    if changes or not 0 < len(said) <= LONGEST or waits or turn.only_names or not _POINTING & set(said):
        return None
    compares = _COMPARING & set(said) or {"more", "expensive"} <= set(said)
    if compares and "the" not in said:
        return None
    asks = (
        turn.only_asks or said[0] in _ASKS | {"which", "any"} or ("?" in turn.message.text and bool(_ASKS & set(said)))
    )
    screen = turn.screen
    focus = turn.focus
    if not screen and not (asks and focus is not None):
        return None
    pointer = _stripped(said, _ASKING if asks else _WISHING)
    if pointer is None:
        return None
    alike = siblings(turn, focus) if focus is not None else ()
    meant = resolve(pointer, screen=screen, focus=focus, cart=_in_cart(turn), siblings=alike)
    if meant is None or (not screen and meant.products == (focus,)):
        return None
    return _shown(turn, meant) if asks else _bought(turn, pointer, meant)


def is_on_screen(turn: Turn, product_id: str) -> bool:
    """Whether the last answer showed a product."""
    return any(product.product_id == product_id for product in turn.screen)


def siblings(turn: Turn, product: Product) -> tuple[Product, ...]:
    """What is called like a product but for a word or two: its other colours and sizes."""
    said, unmeasured = set(words(product.title)), _without_numbers(product)
    return tuple(
        one
        for one in turn.uow.catalogue.candidates(product.title, MOST_ALIKE)
        if one != product and (len(said ^ set(words(one.title))) <= 2 or _without_numbers(one) == unmeasured)
    )


def of_a_kind(product: Product, other: Product) -> bool:
    """Whether two names differ in their numbers only: two sizes of the same thing."""
    name, its = ([word for word in words(one.title) if not word.isdecimal()] for one in (product, other))
    return name == its


def _without_numbers(product: Product) -> tuple[str, ...]:
    return tuple(word for word in words(product.title) if not word[0].isdigit() and len(word) > 2)


def _stripped(said: Sequence[str], around: frozenset[str]) -> str | None:
    """The words that point, without the wish or the question around them; None where nothing is left."""
    places = [place for place, word in enumerate(said) if word not in around or word in _POINTING]
    if not places:
        return None
    inner = said[places[0] : places[-1] + 1]
    trailing = {"in", "of", "which"}
    while inner and inner[-1] in trailing:
        inner = inner[:-1]
    return " ".join(word for word in inner if word not in around or word in _POINTING) or None


def _in_cart(turn: Turn) -> tuple[Product, ...]:
    return tuple(turn.products([line.product_id for line in turn.conversation.cart]).values())


def _bought(turn: Turn, pointer: str, meant: Meant) -> list[Reply]:
    quantity = meant.quantity or 1
    turn.note_done("add_to_cart")
    if meant.unclear:
        basket.ask_which(turn, pointer, quantity, meant.products)
        return checkout.next_step(turn, [])
    turn.conversation.remember_cart()
    notes = [note for product in meant.products for note in basket.settle(turn, product, quantity)]
    return checkout.next_step(turn, notes)


def _shown(turn: Turn, meant: Meant) -> list[Reply]:
    """What is asked about: one product as a card, several as the list of those that are there."""
    turn.note_done("stock_question")
    there = [product for product in meant.products if turn.journey.stock_of(product)] or list(meant.products)
    if len(there) > 1:
        shown = there[: cards.MOST_LISTED]
        counts = [cards.stock(product) for product in shown]
        return [cards.product_list(turn, phrases_finding.OF_THESE, shown, counts)]
    (product,) = there
    turn.conversation.focus = product.product_id
    stock = turn.journey.stock_of(product)
    return [
        cards.product_card(
            turn, product, phrases_finding.in_stock(wanted=meant.quantity, available=stock, title=product.title)
        )
    ]
