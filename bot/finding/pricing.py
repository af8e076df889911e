"""What is read by its words, whatever the model makes of it: what several cost, the dearest of a kind, a bare topic."""

from dataclasses import replace

from bot.messages import Reply
from bot.phrases import finding as phrases_finding
from bot.shopping import cards, meaning
from bot.turn import CLEAR, Turn
from domain.products.topics import find_topic
from nlu.reading.entities import find_entities
from nlu.rules.needs import needed
from nlu.rules.price_orders import find_price_order
from nlu.rules.prices import find_prices
from nlu.rules.said import Saying
from nlu.understanding import wanted_lines

MOST_TOLD = 6  # words that say what is sought
MOST_BARE = 3  # of a message that does not ask for anything


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to what several of a product cost, or to who asks for the cheapest or dearest of a kind."""
    if turn.message.choice is not None or turn.asked is not None or turn.only_names:
        return None
    goods = turn.said(Saying.COSTS) and not turn.said(Saying.COSTS_TO_SEND)
    if goods and (replies := _sum(turn)) is not None:
        return replies
    if turn.understanding.intent == "change_quantity" and not turn.conversation.cart and turn.said(Saying.ASKS_FOR):
        return of_the_catalogue(turn)  # there is nothing to change
    most = turn.said(Saying.PRICED_MOST) and not turn.said(Saying.FILLS_CART)
    if not most or turn.understanding.intent in ("price_filter", "recommend"):
        return None
    priced = _as(turn, "price_filter")
    named = priced.understanding.first("product")
    if named is None or find_topic(turn.uow, named.value) is None:
        return None
    return priced.carry_out()


def of_the_catalogue(turn: Turn) -> list[Reply] | None:
    """The answer to who writes what for or in which price, and nothing that the model knows; None for anything else."""
    text = turn.message.text
    busy = turn.asked is not None or turn.conversation.open_lines or turn.said(Saying.FILLS_CART)
    if turn.reduced or busy:
        return None
    told = needed(text)
    if not 0 < len(told) <= MOST_TOLD:
        return None
    held = [word for word, found in turn.uow.catalogue.described(told, 1).items() if found]
    foreign = turn.understanding.intent == "out_of_scope" and turn.understanding.confidence >= CLEAR
    enough = 2 * len(held) >= len(told) and turn.said(Saying.ASKS_FOR) and not foreign
    if not enough and (len(held) < len(told) or len(told) > MOST_BARE):
        return None
    priced = any(find_prices(text, loose=False)) or find_price_order(text, bounded=True)
    return _as(turn, "price_filter" if priced else "recommend").carry_out()


def _as(turn: Turn, intent: str) -> Turn:
    """The turn as if the model had heard this intent."""
    understanding = turn.understanding.meaning(intent)
    entities = tuple(find_entities(understanding.text, intent, understanding.wishes))
    return replace(turn, understanding=replace(understanding, entities=entities))


def _sum(turn: Turn) -> list[Reply] | None:
    """What so many of one product cost; None where no number of one product is named."""
    lines = [line for line in wanted_lines(_as(turn, "stock_question").understanding) if line.phrase]
    if len(lines) != 1 or (count := lines[0].quantity or 0) < 2:
        return None
    product = meaning.found(turn, lines[0].phrase).product
    if product is None:
        return None
    turn.did.append("price_filter")
    turn.conversation.focus = product.product_id
    money = turn.shop.money
    said = phrases_finding.sum_of(count=count, price=money(product.sale_price), total=money(product.sale_price * count))
    return [cards.product_card(turn, product, said, cards.stock(product))]
