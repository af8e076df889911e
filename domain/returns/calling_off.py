"""Calls a requested return off: its customer keeps what they have, and what was set aside goes back into stock."""

from dataclasses import replace
from datetime import datetime

from domain.conversation import ChatRef
from domain.errors import ReturnMoved, ReturnNotFound
from domain.model import Identity
from domain.orders.cancelling import owns
from domain.ports import UnitOfWork
from domain.records.returns import Return, ReturnState
from domain.returns.moving import locked_return, set_aside, tell


def call_off_return(uow: UnitOfWork, return_id: int, *, identity: Identity, now: datetime, told_in: ChatRef) -> Return:
    """Ends a return of the customer's own that the shop did not receive yet; `told_in` is the chat that is answered.

    Raises:
        ReturnNotFound: there is none, or it is not this identity's: the answer is the same.
        ReturnMoved: it was received, or ended before.
        Busy: the order or the products are locked by others for too long.
    """
    order, one = locked_return(uow, return_id)
    if not owns(identity, order):
        raise ReturnNotFound(return_id)
    if one.state is not ReturnState.REQUESTED:
        raise ReturnMoved(return_id, one.state)
    ended = replace(one, state=ReturnState.CALLED_OFF, settled_at=now)
    uow.returns.change(ended)
    set_aside(uow, ended, 1, actor=told_in.channel, now=now)
    tell(uow, ended, told_in=told_in)
    return ended
