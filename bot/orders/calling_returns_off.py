"""Calls returns off that are wished for no more: at once where it is said which, by a button where it may be meant."""

from collections.abc import Sequence

from bot.messages import Button, Choice, Reply, Verb
from bot.orders import returning
from bot.phrases import returns as phrases
from bot.shopping import checkout
from bot.shopping.cards import HUMAN
from bot.turn import Turn
from domain.conversation import Did
from domain.records.returns import Return, ReturnState, number_of
from nlu.rules.returns_called_off import asks_whether_to_return, may_call_off, read_called_off, refuses_return

MOST_ORDERS = 60
MOST_BUTTONS = 8


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to who calls a return off; None of other messages, and of who has none that could be meant."""
    if turn.message.chat.public:
        return None
    text, done = turn.message.text, turn.conversation.done
    said = read_called_off(text)
    if said is None:
        lately = done is not None and done.fresh and done.what is Did.CARRIED_OUT
        back = told(turn, done.of) if lately and done is not None and may_call_off(text) else []
        if not back and refuses_return(text) and (turn.asked is None or turn.asked.on_the_way):
            return [Reply(text=phrases.KEPT), *checkout.reminder(turn)]
        if not back and asks_whether_to_return(text) and (turn.asked is None or turn.asked.on_the_way):
            return [Reply(text=phrases.YOURS_TO_DECIDE), *checkout.reminder(turn)]
        return back or None
    returns = _own(turn)
    if said.numbers:
        chosen = [one for one in returns if one.return_id in said.numbers]
        if not chosen:
            return [
                Reply(text=phrases.no_such_return(numbers=[number_of(one) for one in said.numbers]), buttons=(HUMAN,))
            ]
    else:
        chosen = [one for one in returns if one.state is ReturnState.REQUESTED]
    waiting = [one for one in chosen if one.state is ReturnState.REQUESTED]
    if not chosen:
        return None
    if not waiting:
        return [Reply(body=tuple(map(_line, chosen)), buttons=(HUMAN,))]
    if said.asks or (not said.numbers and len(waiting) > 1):
        return [offer(waiting)]
    turn.note_done("call_off")
    turn.note_deed(Did.TAKEN_BACK)
    return [reply for one in waiting for reply in returning.call_off(turn, one.return_id)]


def told(turn: Turn, numbers: Sequence[str]) -> list[Reply]:
    """How returns of these numbers stand, with what ends each; nothing where there is none."""
    returns = [one for one in _own(turn) if number_of(one.return_id) in numbers]
    return [offer(returns)] if returns else []


def offer(returns: Sequence[Return]) -> Reply:
    """How returns stand, each with the button that calls it off while it can be."""
    waiting = [one for one in returns if one.state is ReturnState.REQUESTED]
    lines = [*map(_line, returns), *([phrases.CAN_BE_CALLED_OFF] if waiting else [])]
    return Reply(body=tuple(lines), buttons=buttons(waiting) or (HUMAN,))


def buttons(returns: Sequence[Return]) -> tuple[Button, ...]:
    """A button for each that calls it off."""
    return tuple(
        Button(
            label=phrases.call_off(number=number_of(one.return_id)),
            choice=Choice(verb=Verb.CALL_OFF, arg=str(one.return_id)),
        )
        for one in returns[:MOST_BUTTONS]
    )


def _line(one: Return) -> str:
    return phrases.number_line(what=one.kind, number=number_of(one.return_id), state=one.state)


def _own(turn: Turn) -> list[Return]:
    """The customer's returns, newest first."""
    orders = turn.uow.orders.of_identity(turn.identity, limit=MOST_ORDERS)
    found = turn.uow.returns.of_orders([order.order_id for order in orders])
    return sorted((one for some in found.values() for one in some), key=lambda one: -one.return_id)
