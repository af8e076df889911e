"""Notes what a message did, for who takes it back afterwards."""

from collections.abc import Sequence
from dataclasses import replace

from bot.turn import Turn
from domain.conversation import Before, Did, Done
from domain.events import Event, OrderCancelled, OrderChanged, OrderPlaced, TicketNoted, TicketOpened


def note(turn: Turn, before: Before) -> None:
    """Keeps what a message did, for who takes it back afterwards; `before` is what was on its way until then."""
    if turn.message.chat.public:
        return
    conversation = turn.conversation
    what, of = _deed(turn)
    now = conversation.standing
    if what is None and before.changing is not None and now.changing is None:
        what = Did.TAKEN_BACK  # the change of a placed order was left
    if what is not None:
        conversation.done = Done(what=what, at=turn.now, of=of, fresh=True)
    elif now != before:
        conversation.done = Done(what=Did.CARD, at=turn.now, before=before, fresh=True)
    elif conversation.done is not None:
        conversation.done = replace(conversation.done, fresh=False)


def _deed(turn: Turn) -> tuple[Did | None, tuple[str, ...]]:
    if (carried := turn.noted.deeds.get(Did.CARRIED_OUT)) is not None:
        return Did.CARRIED_OUT, tuple(sorted(carried))
    events = turn.uow.recorded
    for what, kinds in _DEEDS:
        if of := _numbers(events, kinds):
            return what, of
    if "rating" in turn.did:
        return Did.RATED, ()
    for what, ids in reversed(turn.noted.deeds.items()):
        return what, tuple(sorted(ids))
    return None, ()


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
