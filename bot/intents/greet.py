"""greet: says hello, what this is, and what is still in the cart."""

from bot.messages import Reply, Verb
from bot.phrases import labels, wording
from bot.phrases import talk as phrases_talk
from bot.shopping import basket
from bot.shopping.cards import CHECK_OUT, button
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with a greeting."""
    cart = turn.conversation.cart
    if cart:
        text = phrases_talk.hello_again(items=wording.items(basket.pieces(cart)))
        return [Reply(text=text, buttons=(CHECK_OUT, button(labels.SHOW_CART, Verb.INTENT, "show_cart")))]
    return [Reply(text=f"{phrases_talk.hello(shop=turn.shop.name)}\n{phrases_talk.EXAMPLES}")]
