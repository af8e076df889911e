"""Answers to the question about a line that is not in the cart yet: which product, so many, or fewer."""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.phrases import variants as phrases_variants
from bot.shopping import basket, checkout, narrowing, packs, variants, waiting
from bot.shopping.choosing import Choosing, Chosen, choose_by_words
from bot.shopping.narrowing import Narrowed
from bot.turn import Turn
from domain.conversation import OpenLine, Problem
from domain.model import Product
from domain.products.variants import Group
from nlu.rules.deeds import TAKE, Deed
from nlu.rules.moods import Stance
from nlu.rules.said import Saying

LONGEST_NAMED = 3  # words of an answer that may be any name


def answer_open_line(turn: Turn) -> list[Reply] | None:
    """The answer to the first open line; None where the message is about something else."""
    conversation = turn.conversation
    if not conversation.open_lines:
        return None
    line = conversation.open_lines[0]
    if turn.says_no and not turn.understanding.first("product"):
        conversation.open_lines = conversation.open_lines[1:]
        return checkout.next_step(turn, [phrases_shopping.left_out(phrase=line.phrase)])
    if line.problem is Problem.PACKS:
        return _packs_or_pieces(turn, line)
    return _which(turn, line) if line.problem is Problem.WHICH else _how_many(turn, line)


def _which(turn: Turn, line: OpenLine) -> list[Reply] | None:
    products = turn.products(line.options)
    shown = [products[product_id] for product_id in line.options if product_id in products]
    if not _tells_a_story(turn) and (told := narrowing.narrowed(turn, shown)) is not None:
        return narrow(turn, line, told)
    if len(shown) == 1 and turn.stance(_taking(turn, line, shown[0])) is Stance.YES:
        return pick(turn, [Chosen(product=shown[0])])
    choosing = Choosing() if _tells_a_story(turn) else choose_by_words(turn, shown, line.quantity)
    if choosing.chosen:
        return pick(turn, choosing.chosen, basket.add(turn, choosing.besides))
    if choosing.left:
        narrowed = replace(line, options=tuple(product.product_id for product in choosing.left))
        turn.conversation.open_lines = [narrowed, *turn.conversation.open_lines[1:]]
        return checkout.next_step(turn, [])
    if not turn.says_yes:
        return None
    return checkout.next_step(turn, [phrases_talk.NO_CLEAR_YES if len(shown) == 1 else phrases_shopping.WHICH_OF_THEM])


def narrow(turn: Turn, line: OpenLine, told: Narrowed) -> list[Reply]:
    """The variant that an answer leaves of the first open line, or the next option to be told."""
    quantity = told.quantity or line.quantity
    if len(told.variants) == 1 and not told.in_vain:
        return pick(turn, [Chosen(product=told.variants[0], quantity=quantity)])
    ids = tuple(product.product_id for product in told.variants)
    turn.conversation.open_lines = [replace(line, quantity=quantity, options=ids), *turn.conversation.open_lines[1:]]
    how = list(told.in_vain)
    return checkout.next_step(turn, [phrases_variants.no_such(name=told.group.name, how=how)] if how else [])


def _tells_a_story(turn: Turn) -> bool:
    """Whether a message names an option and chooses none: "red is ugly", "I already have a red one", "not the red"."""
    read = turn.understanding.wishes
    said = turn.understanding.vector is not None or bool(read)  # by the model, and not by a button or fixed words
    long = len(turn.message.text.split()) > LONGEST_NAMED
    other = long and bool(read) and all(wish.intent == "out_of_scope" for wish in read)
    return said and (other or turn.said(Saying.STATES) is not None)


def pick(turn: Turn, chosen: Sequence[Chosen], notes: Sequence[str] = ()) -> list[Reply]:
    """Products were chosen for the first open line; they come to its place in the cart."""
    conversation = turn.conversation
    line = conversation.open_lines[0]
    conversation.open_lines = conversation.open_lines[1:]
    conversation.remember_cart()
    settled: list[str] = []
    for one in chosen:
        quantity = line.quantity if one.quantity is None else one.quantity
        if len(line.options) > 1 and (group := _stands_for(turn, line, one.product)) is not None:
            meant = variants.meant_of(group, variants.wish_in(f"{line.phrase} {turn.message.text}", group))
            settled += basket.add_variant(turn, meant, quantity, place=line.place)
            continue
        settled += basket.settle(turn, one.product, quantity, adds=line.adds, place=line.place, told=True)
    return checkout.next_step(turn, [*settled, *notes])


def _stands_for(turn: Turn, line: OpenLine, product: Product) -> Group | None:
    """The thing of which a product was the only variant among several things to choose from."""
    products = turn.products(line.options).values()
    alone = sum(one.group_id == product.group_id for one in products) == 1
    return variants.group_of(turn, product) if alone else None


def _packs_or_pieces(turn: Turn, line: OpenLine) -> list[Reply] | None:
    """A number counts packs; the word alone says what the number that was said before counts."""
    product = turn.products(line.options).get(line.options[0])
    if product is None:
        return None
    quantity = packs.answered(turn.message.text, line.quantity, packs.size_of(product))
    return None if quantity is None else take_packs(turn, quantity)


def take_packs(turn: Turn, quantity: int) -> list[Reply] | None:
    """So many packs of the open line are meant; None where no line waits for that."""
    conversation = turn.conversation
    line = conversation.open_lines[0] if conversation.open_lines else None
    product = turn.products(line.options).get(line.options[0]) if line else None
    if line is None or product is None or line.problem is not Problem.PACKS:
        return None
    conversation.open_lines = conversation.open_lines[1:]
    conversation.remember_cart()
    return checkout.next_step(turn, basket.settle(turn, product, quantity, adds=line.adds, place=line.place))


def _how_many(turn: Turn, line: OpenLine) -> list[Reply] | None:
    """Yes takes the large quantity, or what is left; a number takes that many."""
    product = turn.products(line.options).get(line.options[0])
    if product is None:
        return None
    said = turn.message.text.strip()
    if said.isdecimal():
        return _take(turn, line, product, int(said[:9]), checked=False)
    if turn.stance(_taking(turn, line, product)) is Stance.YES:
        return _take(turn, line, product, line.quantity, checked=True)
    doubtful = turn.understanding.intent == "affirm"  # "is that right?" is a yes to a model at most
    return checkout.next_step(turn, [phrases_talk.NO_CLEAR_YES]) if doubtful else None


def _taking(turn: Turn, line: OpenLine, product: Product) -> Deed:
    """Taking what the line's question offers, where its number and the product's name belong to a yes."""
    named = {form for word in product.title.lower().split() if word.isalpha() for form in (word, f"{word}s")}
    offered = min(turn.journey.stock_of(product), line.quantity) if line.problem is Problem.SHORT else line.quantity
    return replace(TAKE, things=TAKE.things | named | {str(offered)})


def take_what_is_left(turn: Turn, *, tell: bool) -> list[Reply]:
    """Takes what is there of the first open line, which asks for more; with `tell` the customer waits for the rest."""
    line = turn.conversation.open_lines[0]
    product = turn.products(line.options).get(line.options[0])
    if product is None:
        return [Reply(text=phrases_talk.STALE)]
    left = turn.journey.stock_of(product)
    lacking = line.quantity - left
    notes = [waiting.wait_for(turn, product, lacking, besides=True)] if tell and lacking > 0 else []
    return _take(turn, line, product, line.quantity, checked=True, notes=notes)


def _take(
    turn: Turn, line: OpenLine, product: Product, quantity: int, *, checked: bool, notes: Sequence[str] = ()
) -> list[Reply]:
    """Takes that many into the cart, or what is left; a number that was not `checked` may lead to a question again."""
    conversation, stock = turn.conversation, turn.journey.stock_of(product)
    conversation.open_lines = conversation.open_lines[1:]
    conversation.remember_cart()
    if checked and line.problem is Problem.SHORT:
        quantity = min(stock, line.quantity) or line.quantity  # with nothing left it is said that it is sold out
    elif checked and line.adds:
        quantity += conversation.quantity_of(product.product_id)
    if checked and 0 < quantity <= min(stock, turn.shop.terms.most_per_line):
        conversation.put(product.product_id, quantity, line.place)
        return checkout.next_step(turn, notes)
    settled = basket.settle(turn, product, quantity, adds=False, place=line.place)
    return checkout.next_step(turn, [*settled, *notes])
