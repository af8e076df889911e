"""Reads the answers to which order is meant and whether to cancel it; None is about something else."""

from collections.abc import Iterable

from bot.messages import Reply, Verb
from bot.orders import cancelling, changing, parting
from bot.orders.choosing_orders import choose_orders
from bot.phrases import orders as phrases_orders
from bot.routing import cart_answers
from bot.shopping import basket, checkout
from bot.turn import Turn
from domain.conversation import PendingQuestion
from domain.model import Order
from nlu.rules.deeds import CANCEL, EMPTY
from nlu.rules.moods import Stance, names_only
from nlu.rules.said import Saying

LONGEST_PART = 7  # words that say yes to a part; longer ones tell why, or want something else


def take_order(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """The order that was meant, to cancel or to change it."""
    if turn.stance(CANCEL) is Stance.ASKS:
        return cancelling.explain(turn)
    named = choose_orders(turn, _own(turn, map(int, pending.options)))
    if named.orders:
        if pending.subject == Verb.CANCEL:
            return cancelling.chosen(turn, named)
        if len(named.orders) == 1:
            return changing.begin(turn, named.orders[0].order_id)
    if turn.says_no or turn.stance(CANCEL) is Stance.NO:
        turn.conversation.pending = None
        return [Reply(text=phrases_orders.CANCEL_KEPT)]
    return None


def take_cancelling(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """Only a clear yes to what was named cancels; what names other orders asks about those."""
    numbers = [int(number) for number in pending.options or (pending.subject,)]
    said = set(turn.message.text.lower().replace(",", " ").rstrip(".!").split())
    deed = cancelling.deed(turn, numbers)
    stance = turn.stance(deed)
    if turn.is_of_two_minds(deed):
        return cancelling.ask_again(turn, pending, phrases_orders.CANCEL_NO_CLEAR_YES)
    if stance is Stance.ASKS:
        return cancelling.explain(turn)
    instead = said & {"other", "others"} and not said & {"keep", "leave"}
    if (stance is not Stance.NO or instead) and (others := cancelling.others_named(turn, numbers)):
        return others
    short = len(turn.message.text.split()) <= LONGEST_PART
    counts = short and stance is not Stance.NO and turn.said(Saying.PART_OF_IT) is not None
    if counts or (stance is not Stance.YES and cancelling.names_parts(turn, _own(turn, numbers))):
        return cancelling.ask_about_parts(turn, *numbers)
    match stance:
        case Stance.YES:
            return cancelling.cancel_all(turn, numbers)
        case Stance.NO:
            kept = cancelling.keep(turn)
            wishes = turn.meant.fills_cart and any(line.phrase for line in basket.lines_said(turn))
            return [*kept, *turn.carry_out()] if wishes else kept
        case _ if basket.lines_said(turn) or turn.understanding.intent not in ("affirm", "cancel_order"):
            return cancelling.keep(turn) if turn.says_no else None
        case _:
            return cancelling.ask_again(turn, pending, phrases_orders.CANCEL_NO_CLEAR_YES)


def take_meaning(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """Whether the cart or an order was meant."""
    said = turn.plain_words
    if turn.stance(CANCEL) is Stance.ASKS:
        return cancelling.explain(turn)
    if turn.says_no or turn.stance(CANCEL) is Stance.NO or turn.stance(EMPTY) is Stance.NO:
        if not turn.conversation.cart:
            return cancelling.keep(turn)
        turn.conversation.pending = None
        return checkout.next_step(turn, [])
    if said & {"change", "edit"}:
        return changing.begin(turn, int(pending.subject))
    if said & {"cart", "basket"} and names_only(turn.message.text, EMPTY):
        return cart_answers.clear(turn)
    if said & {"order", "order."}:
        return cancelling.ask(turn, int(pending.subject))
    just_asked = any(choice.verb is Verb.CHANGE_ORDER for choice in turn.offered)  # later "2 mugs" is a wish
    return parting.answer(turn, int(pending.subject)) if just_asked and not turn.conversation.cart else None


def _own(turn: Turn, numbers: Iterable[int]) -> list[Order]:
    """Those of these orders that are the asker's."""
    return [order for number in numbers if (order := turn.own_order(number)) is not None]
