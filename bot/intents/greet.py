"""greet: says hello, what this is and what it sells, and what is still in the cart."""

from dataclasses import replace

from bot.finding.departments import WHAT_WE_HAVE
from bot.finding.recommendations import POPULAR
from bot.finding.shop_window import shop_window
from bot.messages import Button, Reply, Row, Verb
from bot.phrases import labels, wording
from bot.phrases import talk as phrases_talk
from bot.shopping import basket
from bot.shopping.cards import CHECK_OUT, MY_ORDERS, button
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with a greeting; who comes in sees what there is, who is there already what can be done."""
    cart = turn.conversation.cart
    if cart:
        text = phrases_talk.hello_again(items=wording.items(basket.pieces(cart)))
        return [Reply(text=text, buttons=(CHECK_OUT, button(labels.SHOW_CART, Verb.INTENT, "show_cart")))]
    if turn.conversation.updated_at is not None:
        return [Reply(text=phrases_talk.HELLO_BACK, buttons=(WHAT_WE_HAVE, POPULAR, MY_ORDERS))]
    shown = shop_window(turn.uow, turn.shop, turn.now)
    rows = tuple(Row(card.title, card.text) for card in shown)
    pictured = any(card.image for card in shown)
    return [
        Reply(
            body=(phrases_talk.hello(shop=turn.shop.name), *rows),
            cards=tuple(shown) if pictured else (),
            buttons=(*map(_named, shown), WHAT_WE_HAVE, POPULAR),
        )
    ]


def _named(card: Reply) -> Button:
    """A card's button with the label that it has beside others of its kind."""
    (only,) = card.buttons
    adds = only.choice.verb is Verb.ADD
    return replace(only, label=labels.add(title=card.title) if adds else card.title)
