"""How an order was: takes the number that the question after its delivery asks for, and what was wrong to support."""

from bot.messages import Reply, Verb
from bot.orders.choosing_orders import recent
from bot.orders.complaining import complain, kinds_of, products_named
from bot.orders.rating_words import (
    blames,
    carry_out_rest,
    hanging,
    praises,
    praises_only,
    score_of,
    tries,
    wants_else,
)
from bot.phrases import rating as phrases_rating
from bot.phrases import talk as phrases_talk
from bot.shopping import asking, checkout
from bot.shopping.cards import HUMAN, button, scores, summary
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.errors import OrderNotFound
from domain.model import Order
from domain.numbers import plain_number
from domain.orders.rating import ASKED_WHY, rate, rateable
from domain.records.ratings import SCORES
from nlu.rules.complaints import Complaint
from nlu.rules.ratings import Score, corrected
from nlu.rules.said import Saying
from nlu.sayings import hear

SHORT = 3  # words of an "ok, thanks" that says no more than that
VAGUE = 2  # of a "very disappointed" that says nothing of what was wrong


def pressed(turn: Turn, arg: str) -> list[Reply]:
    """Takes the number of a button: "1001 4".

    Raises:
        OrderNotFound, NotRateable, Busy: it is no order of theirs, it is not to be rated now, or others are at it.
    """
    order_id, score = (plain_number(one) for one in arg.partition(" ")[::2])
    if order_id is None or score is None or score not in SCORES:
        return [Reply(text=phrases_talk.STALE)]
    return _rated(turn, _own(turn, order_id), score)


def typed(turn: Turn) -> list[Reply] | None:
    """The answer in words right after the question, while nothing else is asked; None for anything else."""
    pending = turn.conversation.pending
    if pending is not None:
        return take_words(turn, pending) if pending.kind is Asked.WHAT_WAS_WRONG else None
    asked = next((choice.arg for choice in reversed(turn.offered) if choice.verb is Verb.RATE), "")
    order_id = plain_number(asked.partition(" ")[0])
    if order_id is None:
        return None
    if turn.said(Saying.ASKS_NO_MORE):
        return turn.carry_out(turn.intents["stop_marketing"])
    score = score_of(turn)
    if score is not None and (condition := hanging(turn)):
        return _on_condition(turn, _own(turn, order_id), condition)
    if score is not None:
        return scored(turn, _own(turn, order_id), score)
    order = turn.own_order(order_id)
    if order is None or not rateable(order, turn.now):
        return None
    if turn.said(Saying.NOT_COME):
        return complain(turn, *(kinds_of(turn) if turn.meant.tells else (Complaint.LATE,)), order=order)
    if turn.said(Saying.ASKS_WHICH_ORDER):
        return [ask_of(turn, order)]
    if praises_only(turn):
        return [Reply(text=phrases_rating.GLAD, buttons=scores(order.order_id))]
    if tries(turn):
        return [Reply(text=phrases_rating.ONE_NUMBER, buttons=scores(order.order_id))]
    return None if wants_else(turn, turn.message.text) else _felt(turn, order)


def beside_a_condition(turn: Turn) -> list[Reply] | None:
    """The answer to a number that may hang on a condition; None for anything else, of which others tell what hangs."""
    if not turn.understanding.condition or turn.conversation.pending is not None or score_of(turn) is None:
        return None
    return typed(turn)


def _felt(turn: Turn, order: Order) -> list[Reply] | None:
    """The answer to words that give no number: what was wrong, blame, praise, or any other try."""
    unhappy, text = blames(turn), turn.message.text
    if turn.meant.tells and not (unhappy and len(text.split()) <= VAGUE):
        return complain(turn, order=_complained_of(turn, order))
    if unhappy:
        return _ask_why(turn, order, phrases_rating.SORRY)
    if praises(turn):
        return [Reply(text=phrases_rating.GLAD, buttons=scores(order.order_id))]
    if turn.meant.name == "affirm" and len(text.split()) <= SHORT:
        return [Reply(text=phrases_rating.ONE_NUMBER, buttons=scores(order.order_id))]
    return None


def _on_condition(turn: Turn, order: Order, condition: str) -> list[Reply]:
    """A number that hangs on something is none; what the shop shall do for it goes to a person."""
    ask = Reply(text=phrases_rating.ONE_NUMBER, buttons=scores(order.order_id))
    of_the_shop = hear(condition, Saying.OF_THE_SHOP) is not None
    return [*(_to_support(turn, order) if of_the_shop else []), ask]


def take_words(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """What was wrong, for support; another number, nothing, or a wish of its own, which is no complaint."""
    turn.conversation.pending = None
    order = _own(turn, int(pending.subject))
    if (other := corrected(turn.message.text)) is not None and other.number is not None:
        return scored(turn, order, other)
    refuses = turn.says_no and turn.said(Saying.IS_UNHAPPY) is None  # "did not like it" is no refusal
    if refuses or any(map(turn.said, (Saying.NOTHING_WRONG, Saying.STOP, Saying.LETS_BE))):
        return [Reply(text=phrases_rating.ALL_RIGHT)]
    score = score_of(turn)
    if score is not None and score.number is not None and not hanging(turn):
        return scored(turn, order, score)
    if turn.message.choice is not None or wants_else(turn, turn.message.text):
        return None
    polite = turn.meant.name in ("affirm", "thanks") and len(turn.message.text.split()) <= SHORT
    return [Reply(text=phrases_rating.ALL_RIGHT)] if polite else _to_support(turn, order)


def scored(turn: Turn, order: Order, score: Score, lead: str = "") -> list[Reply] | None:
    """Takes a number that was said, and goes on with what was said beside it; None where that is an order."""
    besides = bool(score.why) and not score.reason and wants_else(turn, score.why)
    if score.number is None:
        ask = Reply(text=phrases_rating.ONE_NUMBER, buttons=scores(order.order_id))
        return [ask, *carry_out_rest(turn, score.why)] if besides else [ask]
    if not score.why:
        return _rated(turn, order, score.number, lead)
    if besides and not score.clear:
        return None
    rate(turn.uow, order, score.number, source=turn.source, now=turn.now)
    turn.note_done("rating")
    if besides:
        noted = Reply(text=f"{lead} {phrases_rating.noted(score=score.number)}".strip())
        return [noted, *carry_out_rest(turn, score.why)]
    if score.number > ASKED_WHY:
        return [Reply(text=f"{lead} {phrases_rating.THANKS}".strip())]
    return _to_support(turn, order)


def ask_of(turn: Turn, order: Order) -> Reply:
    """The question for the number of one order, with what was in it."""
    return Reply(text=phrases_rating.which(order=summary(turn, order)), buttons=scores(order.order_id))


def _rated(turn: Turn, order: Order, score: int, lead: str = "") -> list[Reply]:
    rate(turn.uow, order, score, source=turn.source, now=turn.now)
    turn.note_done("rating")
    if score <= ASKED_WHY:
        return _ask_why(turn, order, f"{lead} {phrases_rating.noted(score=score)}".strip())
    if turn.conversation.pending is not None and turn.conversation.pending.kind is Asked.WHAT_WAS_WRONG:
        turn.conversation.pending = None
    return [Reply(text=f"{lead} {phrases_rating.THANKS}".strip()), *checkout.reminder(turn)]


def _ask_why(turn: Turn, order: Order, lead: str) -> list[Reply]:
    """Asks what was wrong; where another question is open, that one stays, and words are only asked for."""
    pending = turn.conversation.pending
    if pending is not None and pending.kind is not Asked.WHAT_WAS_WRONG:
        return [Reply(text=f"{lead} {phrases_rating.SAY_WRONG}", buttons=(HUMAN,)), *checkout.reminder(turn)]
    turn.conversation.pending = PendingQuestion(kind=Asked.WHAT_WAS_WRONG, subject=str(order.order_id))
    nothing = button(phrases_rating.NOTHING, Verb.NO, asking.token(turn))
    return [Reply(text=f"{lead} {phrases_rating.ASK_WRONG}", buttons=(nothing, HUMAN))]


def _to_support(turn: Turn, order: Order) -> list[Reply]:
    """The words as a ticket, with the number that the order has."""
    kinds = kinds_of(turn) if turn.meant.tells else (Complaint.OTHER,)
    given = turn.uow.ratings.of_order(order.order_id)
    said = phrases_rating.for_support(score=given.score) if given is not None else ""
    return complain(turn, *kinds, order=order, said=said)


def _own(turn: Turn, order_id: int) -> Order:
    order = turn.own_order(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    return order


def _complained_of(turn: Turn, asked: Order) -> Order | None:
    """The order that was asked about, unless the words name another one, or what only another one holds."""
    if turn.understanding.first("order_number") is not None:
        return None
    named = [order.order_id for order in recent(turn) if products_named(turn, order)]
    return asked if not named or asked.order_id in named else None
