"""How an order was, from who was not just asked: stars, "how do I leave a review", another number, or none any more."""

from datetime import timedelta

from bot.messages import Reply, Verb
from bot.orders import rating
from bot.orders.choosing_orders import recent
from bot.orders.complaining import products_named
from bot.orders.rating_words import score_of, wants_else
from bot.phrases import rating as phrases
from bot.shopping import checkout
from bot.shopping.cards import HUMAN, scores
from bot.turn import Turn
from domain.model import Order
from domain.orders.rating import rateable
from domain.records.ratings import Rating
from nlu.rules.ratings import Score, corrected, rates, stars_said
from nlu.rules.said import Saying

JUST_NOW = timedelta(hours=1)  # so long "make it a 3" may mean a rating
MOST = 5  # orders that are looked through for ratings


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to who speaks of a rating on their own, while nothing else is asked; None for anything else.

    "Rate it 5" and "1 star, awful" are about what came also where something else is asked, which stays.
    """
    if turn.message.choice is not None:
        return None
    if turn.conversation.pending is not None:
        return _beside(turn) if _judges(turn) else None
    if turn.said(Saying.UNRATES) is not None:
        return _another(turn)
    if (score := corrected(turn.message.text)) is not None and (order := _rated_just_now(turn)) is not None:
        return rating.scored(turn, order, score)
    score = stars_said(turn.message.text, turn.written)
    reviews = turn.said(Saying.REVIEWS) is not None
    if not reviews and (score is None or score.number is None or _asks_or_orders(turn, score)):
        return None
    came = [order for order in recent(turn)[:MOST] if rateable(order, turn.now)]
    if not came:
        return [Reply(text=phrases.NOTHING_CAME)] if reviews or _judges(turn) else None
    named = [order for order in came if products_named(turn, order)] or came
    if score is None or score.number is None or len(named) > 1:
        return [rating.ask_of(turn, named[0])]
    return rating.scored(turn, named[0], score, phrases.of_order(order_id=named[0].order_id))


def _judges(turn: Turn) -> bool:
    """Whether a message surely rates: it says so, or gives stars and says what was bad."""
    text = turn.message.text
    stars = stars_said(text, turn.written) is not None and turn.said(Saying.IS_UNHAPPY) is not None
    return rates(text) or stars


def _beside(turn: Turn) -> list[Reply]:
    """The question for the rating of what came, or that nothing did; what was asked before stays open."""
    came = [order for order in recent(turn)[:MOST] if rateable(order, turn.now)]
    told = rating.ask_of(turn, came[0]) if came else Reply(text=phrases.NOTHING_CAME)
    return [told, *checkout.reminder(turn)]


def is_meant(turn: Turn) -> bool:
    """Whether a message is about a rating: one is asked for right now, or was given a moment ago, or shall be gone."""
    if turn.said(Saying.UNRATES) is not None:
        return True
    if any(choice.verb is Verb.RATE for choice in turn.offered) and score_of(turn) is not None:
        return True
    return corrected(turn.message.text) is not None and _rated_just_now(turn) is not None


def _asks_or_orders(turn: Turn, score: Score) -> bool:
    """Whether stars stand in a question or beside an order: "do you have five-star hotels on a card?"."""
    if "?" in turn.message.text or turn.said(Saying.ASKS_BACK):
        return True
    return bool(score.why) and wants_else(turn, score.why)


def _another(turn: Turn) -> list[Reply]:
    """A rating is not taken away here: another number takes its place, or a person looks at it."""
    rated = _newest_rating(turn)
    if rated is None:
        return [Reply(text=phrases.NOTHING_RATED)]
    order, given = rated
    if (score := corrected(turn.message.text)) is not None and score.number is not None:
        return rating.scored(turn, order, score) or []
    told = phrases.another(order_id=order.order_id, score=given.score)
    return [Reply(text=told, buttons=(*scores(order.order_id), HUMAN))]


def _rated_just_now(turn: Turn) -> Order | None:
    """The order that was rated a moment ago, where nothing was put into the cart or ordered since."""
    rated = None if turn.conversation.cart else _newest_rating(turn)
    if rated is None or rated[1].at + JUST_NOW < turn.now:
        return None
    return rated[0] if all(order.placed_at <= rated[1].at for order in recent(turn)) else None


def _newest_rating(turn: Turn) -> tuple[Order, Rating] | None:
    rated = [(order, given) for order in recent(turn)[:MOST] if (given := turn.uow.ratings.of_order(order.order_id))]
    return max(rated, key=lambda pair: pair[1].at, default=None)
