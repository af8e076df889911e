"""Sets what is said again or as a total: "I said 2 pitchers", "6 plates altogether" are how many there shall be."""

from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.shopping import basket, cart_lines, checkout, meaning
from bot.turn import Slot, Turn
from domain.products.catalogue import words
from nlu.rules.said import Saying
from nlu.rules.values import number_from_words
from nlu.sayings import hear
from nlu.understanding import WantedLine, wanted_lines

MOST_APART = 4  # words by which two names of a kind differ: "Beanie Grey", "Beanie Mustard"


def answer_restated(turn: Turn) -> list[Reply] | None:
    """The cart with the numbers set; None where no number is said again, or its line cannot be told."""
    text, conversation = turn.message.text.replace("’", "'"), turn.conversation
    if turn.message.choice is not None or conversation.open_lines or not conversation.cart:
        return None
    if (again := _as_it_is(turn)) is not None:
        return again
    if (total := _to_a_total(turn, text)) is not None:
        return total
    if (settled := _settles_on(turn)) is not None:
        return settled
    said_again = turn.said(Saying.SAID_BEFORE) or turn.said(Saying.ENOUGH)
    counts = Slot.COUNT not in turn.meant.never
    few = turn.said(Saying.ONLY_SO_MANY) or (turn.said(Saying.IN_TOTAL) and not turn.said(Saying.MORE_OR_ASKS))
    if not said_again and not (few and counts):
        return None
    lines = basket.lines_said(turn)
    targets = [(line, cart_lines.target(turn, line)) for line in lines]
    if not targets or any(not line.phrase or line.quantity is None or found.unclear for line, found in targets):
        return None
    if not any(found.product_ids for _, found in targets):
        return None
    conversation.remember_cart()
    before = conversation.cart_before
    notes = basket.add(turn, [line for line, found in targets if not found.product_ids])
    for line, found in targets:
        notes += basket.change(turn, found.product_ids, "set", line.quantity or 0)
    conversation.cart_before = before
    return checkout.next_step(turn, notes)


def _as_it_is(turn: Turn) -> list[Reply] | None:
    """Nothing is added where what is in the cart is said once more, as many of it; None of any other message."""
    lines = basket.lines_said(turn)
    if not turn.meant.buys or not lines or turn.said(Saying.ADDS):
        return None
    conversation = turn.conversation
    for line in lines:
        there = cart_lines.target(turn, line).product_ids if line.phrase and line.operation == "set" else ()
        new = len(there) == 1 and there[0] == conversation.focus and line.quantity == conversation.quantity_of(there[0])
        if not new or turn.cart_then == tuple(conversation.cart_before or ()):
            return None
    turn.noted.as_it_is = True
    turn.conversation.checking_out |= turn.understanding.intent == "order"
    return checkout.next_step(turn, [phrases_shopping.IN_CART_ALREADY])


def _settles_on(turn: Turn) -> list[Reply] | None:
    """Sets what is all in the cart already: "make it a dozen lavender", "2 hoodies then"; None of any other message."""
    lines = basket.lines_said(turn)
    counts = turn.meant.buys and turn.said(Saying.SETTLES_ON) and not turn.said(Saying.ADDS)
    if (
        not counts
        or not lines
        or any(line.operation != "set" or not line.quantity or not line.phrase for line in lines)
    ):
        return None
    found = [(line, cart_lines.target(turn, line)) for line in lines]
    there = [(line, one) for line, one in found if len(one.product_ids) == 1]
    if not all(_is_that(turn, line.phrase, one.product_ids[0]) for line, one in there):
        return None
    others = [line for line, one in found if not one.product_ids]
    if not there or len(there) + len(others) < len(found):
        return None
    turn.conversation.remember_cart()
    before = turn.conversation.cart_before
    notes = [note for line, one in there for note in basket.change(turn, one.product_ids, "set", line.quantity or 0)]
    notes += basket.add(turn, others)
    turn.conversation.cart_before = before
    return checkout.next_step(turn, notes)


def _is_that(turn: Turn, phrase: str, product_id: str) -> bool:
    """Whether words that fit a line of the cart fit nothing else in the shop, or only its other sizes and colours."""
    match, product = meaning.look_up(turn, phrase), turn.products([product_id]).get(product_id)
    if product is None or match.product is not None:
        return match.product == product
    own = set(words(product.title))
    return product in match.options and all(len(own ^ set(words(one.title))) <= MOST_APART for one in match.options)


def _to_a_total(turn: Turn, text: str) -> list[Reply] | None:
    """Sets the one product that is meant to a total that is said beside another number: "2 more, so 6 in all"."""
    total = turn.said(Saying.TOTAL_OF)
    if total is None or turn.said(Saying.ASKS_SOMETHING) or Slot.COUNT in turn.meant.never:
        return None
    before = turn.understanding.part(text[: total.start], "order")
    phrases_said = {line.phrase for line in wanted_lines(before) if line.phrase}
    named = {phrase for phrase in phrases_said if not hear(phrase, Saying.NOTHING_COUNTED)}
    found = cart_lines.target(turn, WantedLine(phrase=named.pop() if len(named) == 1 else ""))
    quantity = _number(total.values.get("before") or total.values["behind"])
    if named or found.unclear or len(found.product_ids) != 1:
        return None
    return checkout.next_step(turn, basket.change(turn, found.product_ids, "set", quantity))


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else number_from_words(said.lower())
