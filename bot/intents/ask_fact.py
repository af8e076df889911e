"""ask_fact: what is known of a product, by its description and by what staff answered about it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.facts import asks_of_a_kind, asks_the_price, known_of
from bot.answering.products import MOST_MEANT, products_meant
from bot.answering.topics import alike_answer
from bot.answering.unanswered import keep
from bot.messages import Reply
from bot.phrases import answering as phrases
from bot.shopping import cards, opting, things, variants
from bot.shopping.cards import HUMAN
from bot.turn import Turn
from domain.answering import answers_about
from domain.conversation import Listing
from domain.model import Product
from domain.products.variants import one_of_each

FLOOR = 0.7  # the likeness of a question to one that staff answered about the product


def handle(turn: Turn) -> list[Reply]:
    """Answers for the product meant, or for a few; asks which, where a name fits many or none is clear."""
    group = None if turn.named else things.named(turn)
    products = products_meant(turn) if group is None else group.variants
    if not products:
        return [Reply(text=phrases.WHICH_PRODUCT)]
    if (thing := _thing(turn, products)) is not None:
        return thing
    products = one_of_each(products)
    if len(products) > MOST_MEANT:
        shown = products[: cards.MOST_LISTED]
        turn.conversation.listing = Listing(product_ids=tuple(product.product_id for product in shown))
        return [cards.product_list(turn, phrases.WHICH_PRODUCT, shown)]
    turn.conversation.focus = products[0].product_id
    return [_reply(turn, product) for product in products]


def _thing(turn: Turn, products: Sequence[Product]) -> list[Reply] | None:
    """The answer about a thing of which it is not said which variant: what it costs, or what is known of all of it."""
    group = variants.one_group(turn, products)
    if group is None or (len(products) == 1 and products[0].product_id == turn.conversation.focus):
        return None
    text = turn.message.text
    told = variants.meant_of(group, variants.wish_in(text, group))
    if len(told.variants) == 1 and told.wish:
        return [_reply(turn, told.variants[0])]
    if asks_the_price(text) and not asks_of_a_kind(text):
        return opting.show(turn, told)
    turn.conversation.focus = products[0].product_id
    return [_reply(turn, products[0])]


def _reply(turn: Turn, product: Product) -> Reply:
    text, vector = turn.message.text, turn.understanding.vector
    if asks_the_price(text) and not asks_of_a_kind(text):
        return cards.product_card(turn, product)
    answers = answers_about(product.product_id, turn.uow).values()
    if (answer := alike_answer(turn, text, vector, answers, FLOOR)) is not None:
        said = phrases.with_source(text=phrases.shop_says(text=answer.text), source=answer.source)
        return cards.product_card(turn, product, said)
    known = known_of(text, product)
    if not known:
        keep(turn, text, vector, product.product_id)
        again = HUMAN.choice in turn.offered
        unknown = phrases.unknown_fact(title=product.title, described=bool(product.description), again=again)
        card = cards.product_card(turn, product, unknown)
        return replace(card, buttons=(*card.buttons, HUMAN))
    facts = [phrases.description_says(text=" ".join(known.sentences))] if known.sentences else []
    facts += [phrases.name_says(name=known.name)] if known.name else []
    facts += [phrases.pack_holds(turn.shop, pieces=known.pack_size)] if known.pack_size else []
    return cards.product_card(turn, product, *facts)
