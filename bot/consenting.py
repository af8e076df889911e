"""A customer's word on marketing, in the chat: asked once with an order, stopped and started by a sentence or a tap."""

import re
from dataclasses import replace

from bot import checkout, phrases, phrases_consenting
from bot.cards import button
from bot.messages import Reply
from bot.turn import Turn
from domain.cancelling import owns
from domain.consenting import give_consent, stop_marketing
from domain.conversation import Asked, PendingQuestion
from domain.errors import BadEmail
from domain.identity import hash_email, mask_email, normalise_email
from domain.model import Order

_START = re.compile(
    r"\W*(yes\W+)?(please )?(send me ideas|start marketing|start (the )?e?mails)( again)?( please)?\W*", re.IGNORECASE
)
_STOP = re.compile(
    r"\W*(please )?(stop|no more|(stop|don[’']?t) (send|mail)(ing)? me( any)?( more)?)( the)? ideas( please)?\W*",
    re.IGNORECASE,
)


def with_question(turn: Turn, order: Order, card: Reply) -> Reply:
    """The card of a new order, with the question below everything else; as it is when the customer's word is known."""
    if turn.uow.consents.of(order.hashed_email) is not None:
        return card
    yes = button("Yes, mail me ideas", "ideas_yes", str(order.order_id))
    no = button("No, thanks", "ideas_no", str(order.order_id))
    line = phrases_consenting.ASK_IDEAS.format(day=turn.shop.limits.per_day, week=turn.shop.limits.per_week)
    return replace(card, text=f"{card.text}\n{line}", buttons=(*card.buttons, yes, no))


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to "send me ideas" and "no more ideas"; None for anything else."""
    if _START.fullmatch(turn.message.text):
        return start(turn)
    return stop(turn) if _STOP.fullmatch(turn.message.text) else None


def start(turn: Turn) -> list[Reply]:
    """Gives consent for the address of this conversation."""
    hashed = turn.conversation.hashed_email or turn.conversation.proven_email
    return [Reply(text=phrases_consenting.IDEAS_WHERE)] if hashed is None else _give(turn, hashed, None)


def say_yes(turn: Turn, order_id: int) -> list[Reply]:
    """The button on an order's card; 0 stands for no order."""
    if not order_id:
        return start(turn)
    order = _mine(turn, order_id)
    return [Reply(text=phrases.STALE)] if order is None else _give(turn, order.hashed_email, order_id)


def say_no(turn: Turn, order_id: int) -> list[Reply]:
    """The other button; a no is remembered, so that nobody is asked twice."""
    order = _mine(turn, order_id)
    if order is None:
        return [Reply(text=phrases.STALE)]
    _stop(turn, order.hashed_email)
    return [Reply(text=phrases_consenting.IDEAS_OFF)]


def stop(turn: Turn) -> list[Reply]:
    """Ends marketing for the address in the message, or for those of this conversation; asks where there is none."""
    written = turn.understanding.first("email")
    if written is not None:
        return stop_for(turn, written.value)
    conversation = turn.conversation
    known = {hashed for hashed in (conversation.hashed_email, conversation.proven_email) if hashed is not None}
    if not known:
        conversation.pending = PendingQuestion(kind=Asked.STOP_EMAIL)
        return [Reply(text=phrases_consenting.STOP_WHICH)]
    for hashed in sorted(known):
        _stop(turn, hashed)
    masked = _masked(turn, conversation.hashed_email or conversation.proven_email or "")
    on_again = button("Send me ideas", "ideas_yes", "0")
    return [Reply(text=phrases_consenting.STOPPED_MAILS.format(email=masked), buttons=(on_again,))]


def stop_for(turn: Turn, written: str) -> list[Reply]:
    """Ends marketing for a written address, with the same answer whether the shop knows it or not."""
    try:
        email = normalise_email(written)
    except BadEmail as error:
        return _bad(turn, error)
    return stop_offered(turn, hash_email(email, turn.shop.hash_key), mask_email(email))


def stop_offered(turn: Turn, hashed_email: str, masked_email: str) -> list[Reply]:
    """As `stop_for`, for the fix of a typo that was offered."""
    _stop(turn, hashed_email)
    done = Reply(text=phrases_consenting.STOPPED_MAILS.format(email=masked_email))
    return [done, *leave_question(turn)]


def leave_question(turn: Turn) -> list[Reply]:
    """Closes the question for an address, if it is open; an order that was on its way goes on."""
    pending = turn.conversation.pending
    if pending is None or pending.kind is not Asked.STOP_EMAIL:
        return []
    turn.conversation.pending = None
    return checkout.next_step(turn, []) if turn.conversation.checking_out else []


def _bad(turn: Turn, error: BadEmail) -> list[Reply]:
    if not error.suggestion:
        turn.conversation.pending = PendingQuestion(kind=Asked.STOP_EMAIL)
        return [Reply(text=phrases.sorry(turn, error))]
    hashed, masked = hash_email(error.suggestion, turn.shop.hash_key), mask_email(error.suggestion)
    turn.conversation.pending = PendingQuestion(kind=Asked.STOP_EMAIL, subject=hashed, options=(masked,))
    return [checkout.yes_no(turn, phrases.sorry(turn, error), "Yes, that one", "No")]


def _give(turn: Turn, hashed_email: str, order_id: int | None) -> list[Reply]:
    """What is said without a proof does not tell whether the owner had opted out."""
    proven = hashed_email == turn.conversation.proven_email
    give_consent(turn.uow, hashed_email, turn.source, turn.now, order_id, proven=proven)
    text = [phrases_consenting.IDEAS_ON.format(email=_masked(turn, hashed_email))]
    quiet_end = turn.shop.limits.quiet_end(turn.now)
    if quiet_end is not None:
        text.append(phrases_consenting.IDEAS_LATER.format(time=turn.shop.local(quiet_end, turn.now)))
    if not proven:
        text.append(phrases_consenting.IDEAS_UNLESS_STOPPED)
    return [Reply(text="\n".join(text))]


def _stop(turn: Turn, hashed_email: str) -> None:
    proven = hashed_email == turn.conversation.proven_email
    stop_marketing(turn.uow, hashed_email, turn.source, turn.now, proven=proven)


def _mine(turn: Turn, order_id: int) -> Order | None:
    order = turn.uow.orders.get(order_id)
    return order if order is not None and owns(turn.identity, order) else None


def _masked(turn: Turn, hashed_email: str) -> str:
    if hashed_email == turn.conversation.hashed_email:
        return turn.conversation.masked_email
    email = turn.uow.people.email(hashed_email)
    return phrases_consenting.YOUR_ADDRESS if email is None else mask_email(email)
