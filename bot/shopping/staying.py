"""Keeps in the cart what a message says shall stay there: "I never said remove the tray", "leave the mug in"."""

from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.shopping import cart_lines, checkout
from bot.turn import Turn
from nlu.rules.deeds import TAKE_OUT
from nlu.rules.moods import Mood, mood_of
from nlu.rules.values import find_numbers
from nlu.understanding import WantedLine


def answer_what_stays(turn: Turn) -> list[Reply] | None:
    """The cart as it stays; what the last change took out of it wrongly comes back. None of any other message."""
    conversation = turn.conversation
    if turn.message.choice is not None or turn.only_names or (turn.asked is not None and not turn.asked.beside):
        return None
    wishes = [wish.intent for wish in turn.understanding.wishes if wish.intent not in ("deny", "affirm")]
    if not wishes or {*wishes} != {"keep"} or conversation.open_lines:
        return None
    named = [entity.value for entity in turn.understanding.all("stays")]
    after = list(conversation.cart)
    conversation.cart = list(after if conversation.cart_before is None else conversation.cart_before)
    before = [cart_lines.target(turn, WantedLine(phrase=phrase)) for phrase in named]
    lost = {
        line.product_id: line.quantity
        for line in conversation.cart
        if any(line.product_id in one.product_ids for one in before)
    }
    conversation.cart = after
    there = [cart_lines.target(turn, WantedLine(phrase=phrase)) for phrase in named]
    stays = any(one.product_ids or one.unclear for one in there)
    back = {} if stays else lost
    refused = mood_of(turn.message.text, TAKE_OUT) is Mood.REFUSED
    if not (stays or back or (after and (refused or not named))):
        return None
    turn.noted.as_it_is = not back and not any(find_numbers(turn.message.text))
    for product_id, quantity in back.items():
        conversation.put(product_id, quantity)
    return checkout.next_step(turn, [phrases_shopping.CART_BACK if back else phrases_shopping.CART_KEPT])
