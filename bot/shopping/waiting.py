"""Puts customers on the list of who is told when something is back, takes them off it, and offers it to them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Button, Choice, Reply, Verb
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.phrases import waiting as phrases
from bot.shopping import variants
from bot.shopping.asking import token
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.model import Product
from domain.records.waiting import Waiting

MOST_WAITED = 20  # products that one customer can wait for
MOST_OFFERED = 3
MOST_ASKED = 5  # products with a button each


def wait_for(turn: Turn, product: Product, quantity: int, *, besides: bool = False) -> str:
    """Puts whoever writes on the list, for so many pieces; says so, or why not. It counts as asked for in vain.

    They are wanted `besides` what is there, or with it.
    """
    conversation, stock = turn.conversation, turn.journey.stock_of(product)
    quantity = max(1, min(quantity, turn.shop.terms.most_per_line))
    if product.retired_at is not None:
        return phrases_shopping.retired(title=product.title)
    turn.noted.waited.add(product.product_id)
    waits = turn.uow.waiting.of_identity(conversation.identity_id)
    if len(waits) >= MOST_WAITED and product.product_id not in [one.product_id for one in waits]:
        return phrases.too_many(most=MOST_WAITED)
    if not stock:
        turn.noted.missing(product, quantity, stock)
    turn.uow.waiting.add(
        Waiting(
            waiting_id=0,
            identity_id=conversation.identity_id,
            channel=conversation.chat.channel,
            chat_id=conversation.chat.chat_id,
            sender_id=conversation.sender_id,
            product_id=product.product_id,
            quantity=quantity,
            lacking=quantity if besides else max(1, quantity - stock),
            at=turn.now,
        )
    )
    turn.note_done("waiting")
    return phrases.will_tell(title=product.title, quantity=quantity)


def answer(turn: Turn, product: Product, quantity: int) -> Reply:
    """The same as a reply of its own; of what is there it says so."""
    stock = turn.journey.stock_of(product)
    if product.retired_at is None and stock >= quantity:
        turn.conversation.focus = product.product_id
        there = phrases.is_there(title=product.title, left=stock)
        return Reply(text=there, buttons=(button(labels.ADD_TO_CART, Verb.ADD, product.product_id),))
    return Reply(text=wait_for(turn, product, quantity), buttons=_stopping(product))


def stop_all(turn: Turn, product_ids: Sequence[str] = ()) -> list[Reply]:
    """Takes whoever writes off the list: of these products, or of all."""
    identity_id = turn.conversation.identity_id
    wanted = product_ids or ("",)
    gone = [one for product_id in wanted for one in turn.uow.waiting.leave(identity_id, product_id)]
    titles = [product.title for product in turn.products(gone).values()]
    return [Reply(text=phrases.stopped(titles=titles) if titles else phrases.NOT_WAITING)]


def ask_which(turn: Turn, waits: Sequence[Waiting]) -> list[Reply]:
    """Asks of which of these products whoever writes wants to hear no more."""
    products = list(turn.products([one.product_id for one in waits]).values())
    buttons = [
        Button(label=labels.stop_telling(title=product.title), choice=choice)
        for product in products[:MOST_ASKED]
        if (choice := Choice(verb=Verb.TELL_NO_MORE, arg=product.product_id)).fits
    ]
    return [Reply(text=phrases.which(titles=[product.title for product in products]), buttons=tuple(buttons))]


def offer_buttons(turn: Turn, product: Product, quantity: int, *, alone: bool) -> tuple[Button, ...]:
    """To be told when it is back, or something alike; with its name where it is not the only one."""
    told = Choice(verb=Verb.TELL_WHEN, arg=f"{quantity} {product.product_id}")
    alike = Choice(verb=Verb.ALIKE, arg=product.product_id)
    found = [Button(label=labels.TELL_WHEN_BACK if alone else labels.tell_when(title=product.title), choice=told)]
    near = variants.nearest_there(turn, product) if alone else ()
    found += [
        Button(label=labels.take_instead(title=one.title), choice=Choice(verb=Verb.ADD, arg=one.product_id))
        for one in near
    ]
    found += [Button(label=labels.SOMETHING_ALIKE, choice=alike)] if alone and not near else []
    return tuple(one for one in found if one.choice.fits)


def offer(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """The replies; where something was asked for and none of it is there, the last one offers to tell when it is.

    It is a question only where nothing else is asked.
    """
    conversation = turn.conversation
    gone = {
        one.product_id: one.asked
        for one in turn.noted.shortages.values()
        if not one.available and one.product_id not in turn.noted.waited
    }
    if not gone or not replies or any(_offers(reply) for reply in replies):
        return replies
    products = [product for product in turn.products(gone).values() if not turn.journey.stock_of(product)]
    products = products[:MOST_OFFERED]
    if not products:
        return replies
    alone, last = len(products) == 1, replies[-1]
    buttons = [
        one for product in products for one in offer_buttons(turn, product, gone[product.product_id], alone=alone)
    ]
    free = conversation.pending is None and not conversation.cart and not conversation.open_lines
    if alone and free:
        product = products[0]
        conversation.pending = PendingQuestion(
            kind=Asked.SOLD_OUT, subject=product.product_id, quantity=gone[product.product_id]
        )
        conversation.focus = product.product_id
        last = last.with_lines(below=[phrases.SHALL_I_TELL])
        buttons.append(button(labels.LEAVE_IT, Verb.NO, token(turn)))
    return [*replies[:-1], replace(last, buttons=(*last.buttons, *buttons))]


def _offers(reply: Reply) -> bool:
    return any(one.choice.verb in (Verb.TELL_WHEN, Verb.TAKE_AND_TELL) for one in reply.buttons)


def _stopping(product: Product) -> tuple[Button, ...]:
    choice = Choice(verb=Verb.TELL_NO_MORE, arg=product.product_id)
    return (Button(label=labels.STOP_TELLING, choice=choice),) if choice.fits else ()
