"""Takes back what was done last where it can be undone, and elsewhere says how it stands; notes what was done."""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Reply
from bot.orders import changing, standing
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.shopping import checkout
from bot.turn import Turn
from domain.conversation import Asked, Before, Did, Done
from domain.events import Event, OrderCancelled, OrderChanged, OrderPlaced, TicketNoted, TicketOpened
from nlu.rules.retractions import only_takes_back, says_nothing_itself
from nlu.rules.said import Saying

_AT_THE_CARD = (Asked.CONFIRM, Asked.CHECKOUT, Asked.WHAT_TO_CHANGE)


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to a message that wants nothing but the last change of what is on its way undone; None of others."""
    return of_the_card(turn) if only_takes_back(turn.message.text) else None


def of_the_card(turn: Turn) -> list[Reply] | None:
    """Undoes the last change of what is on its way, and shows it as it is then; None where there is none."""
    conversation, done = turn.conversation, turn.conversation.done
    pending = conversation.pending
    if done is None or done.what is not Did.CARD:
        return None
    before, now = done.before, conversation.standing
    on_the_way = turn.asked is not None and turn.asked.on_the_way
    only_codes = on_the_way and before != now and replace(before, codes=now.codes) == now
    if pending is not None and pending.kind not in _AT_THE_CARD and not only_codes:
        return None
    if now.changing is not None and turn.said(Saying.LEAVES_CHANGE):
        return None
    conversation.done = None
    differs = before.changing == now.changing and turn.journey.differs(before.cart, before.address_id)
    if now.changing is not None and not differs:
        return changing.leave(turn)
    if before.changing != now.changing or before == now:
        return None
    if not before.cart and now.changing is None:
        return checkout.stop(turn) if conversation.cart else None
    conversation.go_back_to(_that_are_there(turn, before))
    return checkout.next_step(turn, [phrases_shopping.TAKEN_BACK])


def of_the_contact(turn: Turn) -> list[Reply] | None:
    """The same where only the address or the e-mail was changed, and not what is in the cart."""
    done, now = turn.conversation.done, turn.conversation.standing
    if done is None or (done.before.cart, done.before.changing) != (now.cart, now.changing):
        return None
    known = done.before.hashed_email is not None and done.before.address_id is not None
    return of_the_card(turn) if known else None


def _that_are_there(turn: Turn, before: Before) -> Before:
    """What was there before, without a contact that was erased meanwhile."""
    if before.hashed_email is not None and turn.uow.people.email(before.hashed_email) is None:
        before = replace(before, hashed_email=None, masked_email="", email_from_proof=False)
    if before.address_id is not None and not turn.uow.people.address(before.address_id):
        before = replace(before, address_id=None)
    return before


def answer(turn: Turn) -> list[Reply]:
    """The answer to a message that takes back what it says, or what came before it; nothing is done."""
    if turn.asked is not None and turn.asked.hard_to_undo:
        return [Reply(text=phrases_talk.ALL_STAYS)]
    own = not says_nothing_itself(turn.message.text)
    lead = [phrases_talk.NOT_DONE] if own else []
    if turn.asked is not None and turn.asked.kind is Asked.CONFIRM:
        return checkout.show(turn, lead)
    if told := standing.last(turn):
        return [told[0].with_lines(above=lead), *told[1:]]
    return [Reply(text=phrases_talk.NOT_DONE if own else phrases_talk.NOTHING_TO_TAKE_BACK)]


def note(turn: Turn, before: Before) -> None:
    """Keeps what a message did, for who takes it back afterwards; `before` is what was on its way until then."""
    if turn.message.chat.public:
        return
    conversation = turn.conversation
    what, of = _deed(turn)
    now = conversation.standing
    if what is not None:
        conversation.done = Done(what=what, at=turn.now, of=of)
    elif now != before:
        left = before.changing is not None and now.changing is None
        conversation.done = None if left else Done(what=Did.CARD, at=turn.now, before=before)


def _deed(turn: Turn) -> tuple[Did | None, tuple[str, ...]]:
    events, conversation = turn.uow.recorded, turn.conversation
    for what, kinds in _DEEDS:
        if of := _numbers(events, kinds):
            return what, of
    asks = conversation.pending is not None and conversation.pending.kind in (Asked.START_EMAIL, Asked.STOP_EMAIL)
    if "stop_marketing" in turn.did and not asks:
        return Did.MAILS_STOPPED, ()
    if "start_marketing" in turn.did and not asks:
        return Did.MAILS_STARTED, ()
    return (Did.WAITS, tuple(sorted(turn.noted.waited))) if turn.noted.waited else (None, ())


_DEEDS: tuple[tuple[Did, tuple[type[Event], ...]], ...] = (
    (Did.PLACED, (OrderPlaced,)),
    (Did.CHANGED, (OrderChanged,)),
    (Did.CANCELLED, (OrderCancelled,)),
    (Did.TICKET, (TicketOpened, TicketNoted)),
)


def _numbers(events: Sequence[Event], kinds: tuple[type[Event], ...]) -> tuple[str, ...]:
    """The orders or tickets of these events, each once, in their order."""
    found = (
        getattr(event, "order_id", None) or getattr(event, "ticket_id", None)
        for event in events
        if isinstance(event, kinds)
    )
    return tuple(dict.fromkeys(str(number) for number in found if number))
