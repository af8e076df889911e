"""What each button does. The verb comes from `Choice`; a button from an older card never does harm."""

from collections.abc import Callable
from dataclasses import replace

from bot.finding import departments, price_lists, recommendations
from bot.intents import my_data, past_orders, recommend, remove_from_cart
from bot.messages import Choice, Reply, Verb, reply_from_json
from bot.orders import cancelling, changing, rating, reordering, returning, taking_back
from bot.orders.placing import place
from bot.phrases import labels
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.routing import cart_answers, questions, shortage_answers
from bot.shopping import asking, basket, checkout, contact, open_lines, opting
from bot.shopping.cards import EMPTY_CART, button
from bot.shopping.choosing import Chosen
from bot.shopping.steps import AskWhatToChange
from bot.trust import consenting, proving
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.numbers import plain_number
from domain.orders.journeys import ChangeOrder
from domain.records.feedback import POSTS_LAST, Placement
from nlu.understanding import Guess, Understanding

Action = Callable[[Turn, str], list[Reply]]


def press(turn: Turn, choice: Choice) -> list[Reply]:
    """Does what the pressed button stands for; unknown and outdated ones are answered, not obeyed."""
    action = _ACTIONS.get(choice.verb)
    return [Reply(text=phrases_talk.STALE)] if action is None else action(turn, choice.arg)


def knows(choice: Choice) -> bool:
    """Whether a customer's button stands for it."""
    return choice.verb in VERBS


def as_intent(turn: Turn, intent: str) -> Turn:
    """The same turn, understood as an intent that a button named."""
    return replace(turn, understanding=Understanding(text="", ranking=(Guess(intent=intent, confidence=1.0),)))


def _answer(intent: str) -> Action:
    def action(turn: Turn, arg: str) -> list[Reply]:
        if not arg or arg != asking.token(turn):
            return [Reply(text=phrases_talk.STALE)]
        told = as_intent(turn, intent)
        return questions.answer_question(told) or told.carry_out()

    return action


def _of_product(action: Action) -> Action:
    """What a button does whose argument is a product's id, however a link or a client of its own spells it."""
    return lambda turn, arg: action(turn, _kept_id(turn, arg))


def _kept_id(turn: Turn, written: str) -> str:
    product = turn.uow.products.spelled(written)
    return product.product_id if product else written


def _add(turn: Turn, product_id: str) -> list[Reply]:
    product = turn.products([product_id]).get(product_id)
    if product is None:
        return [Reply(text=phrases_talk.STALE)]
    turn.conversation.remember_cart()
    return checkout.next_step(turn, basket.settle(turn, product, 1, told=True))


def _dismiss(turn: Turn, product_id: str) -> list[Reply]:
    if product_id not in turn.conversation.recommended:
        return [Reply(text=phrases_talk.STALE)]
    return recommendations.dismiss(turn, [product_id])


def _follow(turn: Turn, arg: str) -> list[Reply]:
    """Adds what a mail's link leads to."""
    conversation = turn.conversation
    message_id, _, written = arg.partition(" ")
    product_id = _kept_id(turn, written)
    before = conversation.quantity_of(product_id)
    replies = _add(turn, product_id)
    if conversation.quantity_of(product_id) > before:
        turn.uow.impressions.followed(message_id, product_id, conversation.identity_id, turn.now)
        conversation.recommended = tuple(one for one in conversation.recommended if one != product_id)
    return replies


def _take_deal(turn: Turn, product_id: str) -> list[Reply]:
    """Adds what a post in a customers' channel shows; anybody can say so, and only what was posted counts as shown."""
    if not turn.products([product_id]):
        return _greet(turn)  # a link that somebody made up
    if turn.uow.impressions.was_posted(turn.source, product_id, turn.now - POSTS_LAST):
        recommendations.note_shown(turn, Placement.CHANNEL_POST, [product_id])
    return _add(turn, product_id)


def _go_on(turn: Turn, arg: str) -> list[Reply]:
    """Shows here what was asked where others read along; it may not have arrived, since the chat had not begun."""
    conversation = turn.conversation
    told = turn.uow.conversations.replies_to(conversation.chat, conversation.answers) if conversation.answers else []
    return [reply_from_json(one.reply) for one in told] or _greet(turn)


def _pick(turn: Turn, product_id: str) -> list[Reply]:
    pending = turn.conversation.pending
    if pending is not None and product_id in pending.options:
        product = turn.products([product_id]).get(product_id)
        if pending.kind is Asked.OPEN_LINE and turn.conversation.open_lines and product is not None:
            return open_lines.pick(turn, [Chosen(product=product)])
        if pending.kind is Asked.WHICH_LINE:
            return cart_answers.change_lines(turn, [product_id])
    return [Reply(text=phrases_talk.STALE)]


def _count(turn: Turn, quantity: int) -> list[Reply]:
    return open_lines.take_packs(turn, quantity) or [Reply(text=phrases_talk.STALE)]


def _check_out(turn: Turn, arg: str) -> list[Reply]:
    turn.conversation.checking_out = True
    return checkout.next_step(turn, contact.take(turn))


def _change(turn: Turn, quote_id: str) -> list[Reply]:
    pending = turn.conversation.pending
    if pending is None or pending.subject != quote_id:
        return [Reply(text=phrases_talk.STALE)]
    if isinstance(turn.journey, ChangeOrder):
        return checkout.present(turn, AskWhatToChange(order=turn.journey.order), [])
    turn.conversation.pending = PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=quote_id)
    return [
        Reply(
            text=turn.words.what_to_change,
            buttons=(
                button(labels.OTHER_ADDRESS, Verb.OTHER, "address"),
                button(labels.OTHER_EMAIL, Verb.OTHER, "email"),
                EMPTY_CART,
            ),
        )
    ]


def _other(turn: Turn, what: str) -> list[Reply]:
    if what == "address":
        turn.conversation.address_id = None
    elif what == "email":
        turn.conversation.hashed_email, turn.conversation.masked_email = None, ""
    else:
        return [Reply(text=phrases_talk.STALE)]
    return checkout.next_step(turn, [])


def _stop(turn: Turn, quote_id: str) -> list[Reply]:
    pending = turn.conversation.pending
    if pending is None or pending.subject != quote_id:
        return [Reply(text=phrases_talk.STALE)]
    return checkout.stop(turn)


def undo(turn: Turn, arg: str = "") -> list[Reply]:
    """Brings the cart back to before its last change; right after an order was placed, cancelling it is the undo."""
    if (contact_back := taking_back.of_the_contact(turn)) is not None:
        return contact_back
    if not turn.conversation.undo():
        if not turn.conversation.cart and (placed := turn.newest_open) is not None:
            return cancelling.ask(turn, placed.order_id)
        return [Reply(text=phrases_shopping.NOTHING_TO_UNDO)]
    turn.conversation.open_lines = []
    if not turn.conversation.cart:
        turn.conversation.checking_out, turn.conversation.pending = False, None
        return [Reply(text=f"{phrases_shopping.UNDONE} {phrases_shopping.EMPTY_CART}")]
    return checkout.next_step(turn, [phrases_shopping.UNDONE])


def _numbered(action: Callable[[Turn, int], list[Reply]]) -> Action:
    """What a button does whose argument is a number: an order's, or how many were shown before."""

    def pressed(turn: Turn, arg: str) -> list[Reply]:
        number = plain_number(arg)
        return [Reply(text=phrases_talk.STALE)] if number is None else action(turn, number)

    return pressed


def _reorder(turn: Turn, order_id: int) -> list[Reply]:
    order = turn.own_order(order_id)
    if order is None:
        return [Reply(text=phrases_talk.STALE)]
    return reordering.again(turn, order)


def _intent(turn: Turn, intent: str) -> list[Reply]:
    told = as_intent(turn, intent)
    return [Reply(text=phrases_talk.STALE)] if intent not in turn.intents else told.carry_out()


def _greet(turn: Turn) -> list[Reply]:
    return _intent(turn, "greet")


def _clear(turn: Turn, arg: str) -> list[Reply]:
    return remove_from_cart.ask_to_clear(turn) if turn.conversation.cart else [Reply(text=phrases_shopping.EMPTY_CART)]


_ACTIONS: dict[Verb, Action] = {
    Verb.YES: _answer("affirm"),
    Verb.NO: _answer("deny"),
    Verb.ADD: _of_product(_add),
    Verb.FOLLOW: _follow,
    Verb.DEAL: _of_product(_take_deal),
    Verb.GO_ON: _go_on,
    Verb.DISMISS: _of_product(_dismiss),
    Verb.OTHERS: lambda turn, _: recommendations.others(turn),
    Verb.PICK: _of_product(_pick),
    Verb.GROUP: _of_product(opting.pressed_group),
    Verb.OPTION: opting.pressed_option,
    Verb.COUNT: _numbered(_count),
    Verb.ADD_SOME: shortage_answers.add_some,
    Verb.TAKE_AND_TELL: shortage_answers.pressed_take_and_tell,
    Verb.TELL_WHEN: shortage_answers.pressed_tell,
    Verb.ALIKE: _of_product(shortage_answers.pressed_alike),
    Verb.TELL_NO_MORE: _of_product(shortage_answers.pressed_no_more),
    Verb.CHECKOUT: _check_out,
    Verb.CONFIRM: place,
    Verb.CHANGE: _change,
    Verb.CHANGE_ORDER: _numbered(changing.begin),
    Verb.OTHER: _other,
    Verb.STOP: _stop,
    Verb.DROP: lambda turn, _: cart_answers.clear(turn),
    Verb.CLEAR: _clear,
    Verb.UNDO: undo,
    Verb.CANCEL: _numbered(cancelling.ask),
    Verb.CANCEL_YES: _numbered(cancelling.confirmed),
    Verb.ORDERS: _numbered(past_orders.orders_page),
    Verb.REORDER: _numbered(_reorder),
    Verb.RATE: rating.pressed,
    Verb.RETURN: _numbered(returning.begin),
    Verb.RETURN_CHOICE: returning.pressed,
    Verb.CALL_OFF: _numbered(returning.call_off),
    Verb.DEPARTMENT: departments.show,
    Verb.DEPARTMENTS: lambda turn, _: departments.overview(turn),
    Verb.MORE: lambda turn, _: price_lists.next_page(turn),
    Verb.POPULAR: lambda turn, _: recommend.popular(turn),
    Verb.INTENT: _intent,
    Verb.CODE_AGAIN: lambda turn, _: proving.again(turn),
    Verb.LINK_CODE: lambda turn, _: proving.link_code(turn),
    Verb.PRIVACY: lambda turn, _: my_data.what_is_kept(),
    Verb.IDEAS_YES: _numbered(consenting.say_yes),
    Verb.IDEAS_NO: _numbered(consenting.say_no),
    Verb.IDEAS_HERE: lambda turn, _: consenting.say_here(turn),
}
VERBS = frozenset(_ACTIONS)
