"""greet: says hello, what this is, and what is still in the cart."""

from bot.messages import Reply
from bot.phrases import customer as phrases
from bot.shopping import basket
from bot.shopping.cards import CHECK_OUT, button
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with a greeting."""
    cart = turn.conversation.cart
    if cart:
        text = phrases.HELLO_AGAIN.format(items=phrases.items(basket.pieces(cart)))
        return [Reply(text=text, buttons=(CHECK_OUT, button("Show cart", "intent", "show_cart")))]
    return [Reply(text=f"{phrases.HELLO.format(shop=turn.shop.name)}\n{phrases.EXAMPLES}")]
