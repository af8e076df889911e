"""Answers who takes back what was ordered, in fixed words: all of it, a part, or for something else in its place."""

import re
from dataclasses import replace

from bot.messages import Reply, Verb
from bot.orders import cancelling, changing, editing, parting
from bot.phrases import orders as phrases_orders
from bot.phrases import wording
from bot.routing import wishes
from bot.shopping import basket, cards, meaning
from bot.trust import consenting
from bot.turn import UNKNOWN, Turn
from domain.conversation import Asked, Did
from domain.model import Order
from nlu.rules import marketing_words
from nlu.rules.cancelled import Extent, cancelled, names
from nlu.rules.deeds import CANCEL, CANCELLING
from nlu.rules.moods import Mood, mood_of
from nlu.rules.patterns import rule
from nlu.rules.said import Saying
from nlu.sayings import hear

_TAKING = {"cancel_order", "remove_from_cart", "change_order", "keep", "undo", "affirm", "deny", "thanks", "greet"}
_STORIES = {"after_sales", "out_of_scope", "ask_fact"}  # why it is taken back
_BEHIND = {"product", "quantity", "replaced", "left_out", "kept", "reference", "address"}
_NO_IDEAS = {"keep", "leave", "mind", "nevermind", "nvm", "forget", "ignore", "disregard"}
_WANTS = rule(
    r"\b(?:want|need|like|make|add|change|put|send|order|take|swap|prefer|instead|should|too\s+many|less|fewer)\b"
)
# What is wanted besides: these are never said of what is only cancelled.
_MORE = rule(
    r"\b(?:add|make|change|swap|replace|send|give|buy|take|get|(?:i want|i need|i'd like|i would like)(?! to)"
    r"|order (?:an?|the|\d))\b",
    re.IGNORECASE,
)
_ANY_MORE = rule(r"\A\W{0,3}(?:any\s?more|any\s+longer|at\s+all|now|again)\b", re.IGNORECASE)
_ABOUT = rule(r"\W{0,3}(?:about|on)\b", re.IGNORECASE)
_STAYS = rule(r"\b(?:no|not|only|keep|leave|except|but)\b", re.IGNORECASE)


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to such words; None to all others, and where an open question reads them."""
    if turn.message.choice is not None or (turn.asked is not None and turn.asked.about_cancelling):
        return None
    if marketing_words.read(turn.message.text) is not None:
        return None  # "stop all mails" is about no order
    if turn.said(Saying.UNCANCELS) and nothing_open(turn):
        return [Reply(text=phrases_orders.STAYS_CANCELLED)]
    if turn.said(Saying.HOLDS_OFF) and nothing_open(turn) and turn.newest_open is not None:
        return cancelling.hold(turn, turn.newest_open)
    read = {wish.intent for wish in turn.understanding.wishes}
    one = len(turn.understanding.wishes) < 2 or read <= _TAKING or _MORE.search(turn.message.text) is None
    if one and (parted := parting.of_a_part(turn, alone=False)) is not None:
        return parted
    if (swapped := _for_something_else(turn)) is not None:
        return swapped
    calls_off, placed = turn.said(Saying.CALLS_OFF), _just_placed(turn)
    done = turn.conversation.done
    if done is not None and done.what is Did.CHANGED and turn.said(Saying.UNDO):
        return None  # the order was there before
    if placed is not None and (calls_off or turn.said(Saying.TAKES_BACK)):
        return cancelling.ask(turn, placed.order_id) if calls_off else _take_back(turn, placed)
    if placed is not None and turn.said(Saying.LETS_BE) and mood_of(turn.message.text, CANCEL) is None:
        of_ideas = None if turn.plain_words & _NO_IDEAS else consenting.typed(turn)  # asked below the order
        return of_ideas or cancelling.keep(turn)
    if calls_off and nothing_open(turn) and not turn.said(Saying.UNDO):
        return cancelling.begin(turn)
    return None


def nothing_open(turn: Turn) -> bool:
    """Whether nothing is asked, and nothing on its way."""
    return turn.conversation.pending is None and not turn.conversation.cart and not turn.conversation.open_lines


def _just_placed(turn: Turn) -> Order | None:
    """The order that the last answer placed or changed, where nothing else is on its way and it can be cancelled."""
    if not nothing_open(turn):
        return None
    if mood_of(turn.message.text, CANCELLING) not in (None, Mood.COMMAND):
        return None
    cancels = [choice.arg for choice in turn.offered if choice.verb == Verb.CANCEL]
    placed = turn.newest_open if len(cancels) == 1 else None
    return placed if placed is not None and cancels == [str(placed.order_id)] else None


def _take_back(turn: Turn, placed: Order) -> list[Reply] | None:
    """Asks whether to cancel it where nothing else is said; a wish behind that is what counts."""
    rest, heard = turn.message.text, ""
    while (found := hear(rest, Saying.TAKES_BACK)) is not None:
        rest, heard = rest[found.end :], rest[: found.end].lower()
    rest = _ANY_MORE.sub("", rest)
    behind = len(turn.message.text) - len(rest)
    wish = next(
        (
            wish
            for wish in turn.understanding.wishes
            if wish.end > behind and wish.confidence >= wishes.LEAST and wish.intent not in _TAKING | _STORIES
        ),
        None,
    )
    if wish is not None and turn.intents.get(wish.intent, UNKNOWN).asks:
        return replace(wishes.part_of(turn, wish), goes_on=False).carry_out()
    named = any(one.start >= behind and one.name in _BEHIND for one in turn.understanding.entities)
    about = (said := _ABOUT.match(rest)) is not None and bool(names(rest[said.end() :]))
    wants = _WANTS.search(rest.lower()) is not None
    says_more = (wish or named or about) and (names(rest) or any(map(str.isdigit, rest)))
    if not says_more or ("cancel" in heard and not wants):
        return cancelling.ask(turn, placed.order_id)
    part = replace(
        turn,
        message=replace(turn.message, text=rest.strip(" ,.;:!-")),
        understanding=turn.understanding.part(rest.strip(" ,.;:!-"), "change_order"),
    )
    if "address" in part.plain_words:
        return part.carry_out(part.intents["change_address"])
    if about:
        return changing.begin(turn, placed.order_id)
    if wants or "mind" in heard:
        return editing.edit_said(part)
    goes = None if _STAYS.search(rest) else parting.answer(part, placed.order_id)
    return goes or parting.ask(turn, placed)


def _for_something_else(turn: Turn) -> list[Reply] | None:
    """Asks whether to cancel, and keeps what shall be ordered in its place: "cancel it and order 2 mugs instead"."""
    told = cancelled(turn.message.text)
    if told is None or told.extent is not Extent.WHOLE or turn.cart_then or not nothing_open(turn):
        return None
    if not turn.said(Saying.IN_ITS_PLACE) or mood_of(turn.message.text, CANCEL) is not Mood.COMMAND:
        return None
    lines = [line for line in basket.lines_said(turn) if line.phrase]
    found = [meaning.found(turn, line.phrase) for line in lines]
    if not any(match.product or match.options for match in found):
        return None
    replies = cancelling.begin(turn)
    if turn.asked is None or turn.asked.kind not in (Asked.CANCEL_ORDER, Asked.WHICH_ORDER):
        return replies
    notes = basket.add(turn, lines)
    conversation = turn.conversation
    conversation.checking_out = True
    things = [*cards.names(turn, conversation.cart), *(f"“{line.phrase}”" for line in conversation.open_lines)]
    notes += [phrases_orders.afterwards(things=wording.listed(things))] if things else []
    return [replies[0].with_lines(above=notes), *replies[1:]]
