"""Replaces one product in the cart by another: "the blue one instead", "swap the teapot for a recipe box"."""

from collections.abc import Sequence
from fractions import Fraction

from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.shopping import basket, cart_lines, checkout, meaning, pointing, variants
from bot.shopping.references import resolve
from bot.turn import Turn
from domain.conversation import Conversation
from domain.model import Product
from domain.products.catalogue import Match, narrow, words
from nlu.rules.replacements import Replacement, find_replacement
from nlu.rules.said import Saying
from nlu.rules.vocabulary import ADJECTIVES
from nlu.understanding import WantedLine


def replace_line(turn: Turn) -> list[Reply] | None:
    """The answer to a message that replaces something; None where it replaces nothing that is in the cart."""
    conversation = turn.conversation
    if not conversation.cart or conversation.open_lines or turn.emails:
        return None
    wanted = turn.swap or in_another_colour(turn) or find_replacement(turn.message.text)
    if wanted is None or _counts(turn, wanted):
        return None
    old = what_goes(turn, wanted)
    if not old:
        return None
    match = _new(turn, wanted, old)
    there = match.product is not None and turn.conversation.quantity_of(match.product.product_id)
    if there and turn.said(Saying.NONE_OF_THAT):
        return None  # "no red" of who has red ones; "no, red" is another word
    if match.product is not None and match.product.product_id != old:
        return checkout.next_step(turn, put_instead(turn, wanted, match.product, old))
    if not wanted.explicit or not wanted.old or match.product is not None:
        return None
    heard = {wish.intent for wish in turn.understanding.wishes}
    if heard and "swap" not in heard and not match.options:
        return None  # words that only look like a swap
    if match.options:
        return checkout.next_step(turn, ask_instead(turn, wanted, match.options, old))
    not_found = phrases_shopping.not_found(phrase=wanted.new, close=[product.title for product in match.close])
    return checkout.next_step(turn, [not_found])


def in_another_colour(turn: Turn) -> Replacement | None:
    """ "The mats in grey", "2 of the chairs green" of who has others: what goes and what comes; else None."""
    lines = [line for line in basket.lines_said(turn) if line.phrase] if turn.meant.fills_cart else []
    adds = turn.said(Saying.ADDS) or turn.said(Saying.WANTS_ONE) or "same" in turn.plain_words
    if len(lines) != 1 or adds:
        return None
    phrase, some = lines[0].phrase, lines[0].quantity
    if some is None and (corrected := _corrected(turn, phrase)) is not None:
        return corrected
    name, joint, _ = phrase.partition(" in ")
    last = phrase.split()[-1]
    if some is not None and turn.said(Saying.SOME_OF) and not joint and meaning.only_describes(last):
        name, joint = phrase.removesuffix(last).strip(), last
    there = cart_lines.target(turn, WantedLine(phrase=name)).product_ids if joint and name else ()
    new = meaning.look_up(turn, phrase).product
    if len(there) != 1 or new is None or new in turn.screen or turn.conversation.quantity_of(new.product_id):
        return None
    if some is None:
        return Replacement(new=phrase, old=name)
    part = turn.said(Saying.SOME_OF) is not None and some < turn.conversation.quantity_of(there[0])
    return Replacement(new=phrase, old=name, part=Fraction(some)) if part else None


def _corrected(turn: Turn, phrase: str) -> Replacement | None:
    """ "She now says grey, sorry" of what was just added in another colour."""
    focus = turn.focus
    if focus is None or not turn.conversation.quantity_of(focus.product_id) or not meaning.only_describes(phrase):
        return None
    other = meaning.variant(turn, phrase, focus.product_id)
    if turn.said(Saying.TAKES_BACK_WORDS) is None or other is None or turn.conversation.quantity_of(other.product_id):
        return None
    return Replacement(new=phrase, old=focus.title)


def _counts(turn: Turn, wanted: Replacement) -> bool:
    """Whether it only says how many: "make it 3 mugs" where mugs are in the cart, "change the mugs to -3"."""
    if not any(letter.isalpha() for letter in wanted.new):
        return True
    if wanted.old or turn.swap is not None or wanted.quantity is None:
        return False
    return len(cart_lines.target(turn, WantedLine(phrase=wanted.new)).product_ids) == 1


def what_goes(turn: Turn, wanted: Replacement) -> str:
    """What goes: the named thing, or of several the one that is most like what comes; "" where that is not clear.

    Where nothing is named that is what was spoken of last, if it comes in what is wanted, or else what is like it.
    """
    found = cart_lines.target(turn, WantedLine(phrase=wanted.old))
    known = found.product_ids if len(found.product_ids) == 1 else ()
    last_named = (
        turn.swap is not wanted
    )  # rules know what is meant where nothing is named; the reader's may be anything
    if known and (wanted.old or last_named or meaning.variant(turn, wanted.new, known[0]) is not None):
        return known[0]
    cart = turn.products([line.product_id for line in turn.conversation.cart]).values()
    among = narrow(wanted.old, cart) if wanted.old else tuple(cart)
    new = meaning.look_up(turn, wanted.new).product if wanted.explicit else None
    said = {*words(wanted.new), *(words(new.title) if new is not None else ())} - ADJECTIVES
    likeness = {one.product_id: len(said & {*words(one.title)}) for one in among if one != new}
    most = max(likeness.values(), default=0)
    alike = [product_id for product_id, shared in likeness.items() if shared == most > 0]
    if len(alike) == 1:
        return alike[0]
    return known[0] if known and len(turn.conversation.cart) == 1 else ""


def _new(turn: Turn, wanted: Replacement, old: str) -> Match:
    """Another kind of the old product first; any other product only where the message says so."""
    variant = meaning.variant(turn, wanted.new, old)
    if variant is not None:
        return Match(product=variant)
    goes = turn.products([old]).get(old)
    group = variants.group_of(turn, goes) if goes is not None else None
    if group is not None and variants.only_options(wanted.new, group):
        told = variants.meant_of(group, variants.wish_in(wanted.new, group), goes).variants
        return Match(product=told[0]) if len(told) == 1 else Match(options=told)
    alike = pointing.siblings(turn, goes) if goes is not None else ()
    meant = resolve(wanted.new, focus=goes, siblings=alike)
    if meant is not None and len(meant.products) == 1 and meant.products[0] in alike:
        return Match(product=meant.products[0])  # "the smaller one"
    return meaning.look_up(turn, wanted.new) if wanted.explicit else Match()


def put_instead(turn: Turn, wanted: Replacement, product: Product, old: str) -> list[str]:
    """The new product takes the old one's place and quantity; what cannot be had replaces nothing."""
    quantity, place = _take_out(turn.conversation, wanted, old)
    notes = basket.settle(turn, product, quantity, place=place, told=True)
    if notes:
        turn.conversation.undo()
    return notes


def ask_instead(turn: Turn, wanted: Replacement, options: Sequence[Product], old: str) -> list[str]:
    """Takes the old line out, and asks which of some products takes its place and quantity."""
    quantity, place = _take_out(turn.conversation, wanted, old)
    basket.ask_which(turn, wanted.new, quantity, options, place=place)
    return []


def _take_out(conversation: Conversation, wanted: Replacement, old: str) -> tuple[int, int]:
    """Takes the old line out, and says how many of the new product come to which place."""
    there, place = conversation.quantity_of(old), conversation.place_of(old)
    conversation.remember_cart()
    goes = there
    if wanted.part is not None:
        goes = min(there, int(wanted.part) if wanted.part >= 1 else max(1, int(wanted.part * there)))
    conversation.put(old, there - goes)
    return wanted.quantity or goes, place if goes == there else conversation.next_place()
