"""How an order was: takes the number that the question after its delivery asks for, and what was wrong to support."""

from dataclasses import replace

from bot.messages import Reply, Verb
from bot.orders.choosing_orders import recent
from bot.orders.complaining import complain, kinds_of, products_named
from bot.phrases import rating as phrases_rating
from bot.phrases import talk as phrases_talk
from bot.shopping import asking, checkout
from bot.shopping.cards import HUMAN, button, scores
from bot.turn import CLEAR, About, Turn
from domain.conversation import Asked, PendingQuestion
from domain.errors import OrderNotFound
from domain.model import Order
from domain.numbers import plain_number
from domain.orders.rating import ASKED_WHY, rate, rateable
from domain.records.ratings import SCORES
from nlu.rules import marketing_words
from nlu.rules.complaints import Complaint
from nlu.rules.ratings import Score, score_said
from nlu.rules.said import Saying
from nlu.sayings import hear

CERTAIN = 0.9  # how sure the reader must be of a question that has no question mark
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
    score = _score(turn)
    if score is not None:
        return _scored(turn, _own(turn, order_id), score)
    order = turn.own_order(order_id)
    if order is None or not rateable(order, turn.now) or _wants_else(turn, turn.message.text):
        return None
    unhappy = turn.said(Saying.IS_UNHAPPY) is not None
    if turn.meant.tells and not (unhappy and len(turn.message.text.split()) <= VAGUE):
        return complain(turn, order=_complained_of(turn, order))
    if unhappy:
        return _ask_why(turn, order, phrases_rating.SORRY)
    if turn.said(Saying.IS_GLAD):
        return [Reply(text=phrases_rating.GLAD, buttons=scores(order_id))]
    return None


def take_words(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """What was wrong, for support; another number, nothing, or a wish of its own, which is no complaint."""
    turn.conversation.pending = None
    order = _own(turn, int(pending.subject))
    refuses = turn.says_no and turn.said(Saying.IS_UNHAPPY) is None  # "did not like it" is no refusal
    if refuses or any(map(turn.said, (Saying.NOTHING_WRONG, Saying.STOP, Saying.LETS_BE))):
        return [Reply(text=phrases_rating.ALL_RIGHT)]
    score = _score(turn)
    if score is not None and score.number is not None:
        return _scored(turn, order, score)
    if turn.message.choice is not None or _wants_else(turn, turn.message.text):
        return None
    polite = turn.meant.name in ("affirm", "thanks") and len(turn.message.text.split()) <= SHORT
    return [Reply(text=phrases_rating.ALL_RIGHT)] if polite else _to_support(turn, order)


def _score(turn: Turn) -> Score | None:
    """The number of a message, also behind praise or blame: "all good, 5 from me"."""
    text = turn.message.text
    if (score := score_said(text, turn.written)) is not None:
        return score
    said = max(text.rfind(sign) for sign in ",.;:!-\n")
    behind = score_said(text[said + 1 :], "") if said > 0 else None
    blames = hear(text[:said], Saying.IS_UNHAPPY) is not None
    if behind is None or behind.why or not (blames or hear(text[:said], Saying.IS_GLAD)):
        return None
    return replace(behind, why=text[:said] if blames else "")


def _scored(turn: Turn, order: Order, score: Score) -> list[Reply] | None:
    """Takes a number that was said, and goes on with what was said beside it; None where that is an order."""
    if score.number is None:
        return [Reply(text=phrases_rating.ONE_NUMBER, buttons=scores(order.order_id))]
    if not score.why:
        return _rated(turn, order, score.number)
    wants_else = _wants_else(turn, score.why)
    if wants_else and not score.clear:
        return None
    rate(turn.uow, order, score.number, source=turn.source, now=turn.now)
    turn.note_done("rating")
    if wants_else:
        return [Reply(text=phrases_rating.noted(score=score.number)), *_rest_of(turn, score.why).carry_out()]
    if score.number > ASKED_WHY:
        return [Reply(text=phrases_rating.THANKS)]
    return _to_support(turn, order)


def _rated(turn: Turn, order: Order, score: int) -> list[Reply]:
    rate(turn.uow, order, score, source=turn.source, now=turn.now)
    turn.note_done("rating")
    if score <= ASKED_WHY:
        return _ask_why(turn, order, phrases_rating.noted(score=score))
    if turn.conversation.pending is not None and turn.conversation.pending.kind is Asked.WHAT_WAS_WRONG:
        turn.conversation.pending = None
    return [Reply(text=phrases_rating.THANKS), *checkout.reminder(turn)]


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


def _wants_else(turn: Turn, said: str) -> bool:
    """Whether words are a wish or a question of their own, and do not tell how the order was.

    The model hears a question about prices in "cheap quality" and an order in "the box", so a wish has to name more.
    """
    meant, sure = turn.meant, turn.understanding.confidence >= CLEAR
    if meant.tells and turn.sure:
        return False
    if "?" in said or hear(said, Saying.ASKS_BACK) or marketing_words.read(said) is not None:
        return True
    if meant.fills_cart:
        counted = turn.understanding.first("quantity") is not None or hear(said, Saying.WISHES_FOR) is not None
        return sure and counted and (turn.only_names or _names_product(turn, said))
    if meant.asks:
        return sure and any(wish.confidence >= CERTAIN for wish in turn.understanding.wishes)
    if meant.about is About.CONTACT:
        return meant.name != "note" and sure
    return sure and meant.name not in ("affirm", "deny", "thanks", "out_of_scope", "note")


def _names_product(turn: Turn, said: str) -> bool:
    whole = turn.understanding
    return any(whole.text[named.start : named.end] in said for named in whole.all("product"))


def _rest_of(turn: Turn, said: str) -> Turn:
    """The turn as if only these words of its message had been said."""
    whole = turn.understanding
    start = max(whole.text.rfind(said), 0)
    entities = tuple(
        replace(entity, start=entity.start - start, end=entity.end - start)
        for entity in whole.entities
        if entity.start >= start
    )
    understanding = replace(whole, text=said, entities=entities, wishes=())
    return replace(turn, message=replace(turn.message, text=said), understanding=understanding)
