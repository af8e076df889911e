"""show_cart: what is in the cart and what it costs."""

from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.shopping import checkout
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with the cart, and with the question that is open."""
    alone = not turn.conversation.cart and turn.conversation.pending is None and not turn.message.chat.public
    if alone and turn.newest_open is not None:
        placed = turn.carry_out(turn.intents["order_status"])  # "did it go through?"
        return [Reply(text=phrases_shopping.EMPTY_CART), *placed]
    if not turn.conversation.cart:
        return [Reply(text=f"{phrases_shopping.EMPTY_CART} {phrases_talk.EXAMPLES}"), *checkout.reminder(turn)]
    return checkout.show(turn)
