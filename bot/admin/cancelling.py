"""`/orders cancel`: why, and of what has left the shop also what became of it."""

import re

from bot.admin import forms
from bot.admin.parsing import first_word
from bot.admin.replies import actor, button
from bot.messages import Reply, Verb
from bot.phrases import misread, staff_orders
from bot.phrases import staff as phrases
from bot.turn import Turn
from bot.values import BadInput, order_number
from domain.errors import OrderNotFound, ParcelOut
from domain.model import Order, OrderState
from domain.orders.cancelling import LONGEST_REASON, Fate, cancel_for_shop

# What says it for itself. That something came back is not enough: it may have come back in pieces.
_FATES = (
    (
        Fate.BACK,
        re.compile(
            r"\b(?:(?:came|come|comes|is|was|sent|got it) back|returned)(?: to (?:us|sender))?,? (?:and )?(?:it |all )?"
            r"(?:is |was |in )?(?:good|fine|ok|okay|intact|unopened|undamaged|unharmed|sellable)\b",
            re.I,
        ),
    ),
    (Fate.LOST, re.compile(r"\b(?:lost|stolen|went missing|missing|never arrived|disappeared|vanished)\b", re.I)),
    (Fate.DAMAGED, re.compile(r"\b(?:damaged|broken|broke|smashed|crushed|destroyed|shattered|soaked)\b", re.I)),
)
_DOUBT = re.compile(r"\b(?:not|no|nor|maybe|perhaps|might|may|or|unless|if|whether)\b|n['’]t\b|\?", re.I)


def cancel(turn: Turn, text: str) -> tuple[Order, Fate | None] | Reply:
    """Cancels an order of `NUMBER REASON`, of a filled-in form, or of a button: `NUMBER lost`.

    Returns the order as it was before and what became of its parcel, or what is still to be asked.

    Raises:
        BadInput, ShopError: nothing was changed.
    """
    number, typed = first_word(text)
    order_id = order_number(number, "cancel")
    fields = dict(turn.message.command.fields) if turn.message.command else {}
    order = turn.uow.orders.get(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    chosen = typed.lower() if typed.lower() in list(Fate) else ""
    fate = Fate(chosen) if chosen else fate_said(" ".join([fields.get("fate", ""), fields.get("reason", typed)]))
    reason = " ".join(fields.get("reason", "" if chosen else typed).split())
    if chosen and order.state is OrderState.SHIPPED:
        reason = turn.uow.people.reason(order_id) or staff_orders.REASONS[chosen]
    elif chosen:
        reason = typed
    if not reason:
        form = forms.cancel_form(order_id, shipped=order.state is OrderState.SHIPPED)
        return Reply(text=phrases.usage("cancel", misread.WHY_CANCELLED), form=form)
    if len(reason) > LONGEST_REASON:
        raise BadInput(misread.too_long(name="reason", length=len(reason), most=LONGEST_REASON), "cancel")
    try:
        return cancel_for_shop(turn.uow, order_id, reason=reason, actor=actor(turn), now=turn.now, fate=fate), fate
    except ParcelOut:
        turn.uow.people.remember_reason(order_id, reason, turn.now)
        return _ask(order_id)


def fate_said(words: str) -> Fate | None:
    """What a reason says of the parcel; None where it says nothing, two things, or says it in doubt."""
    found = [fate for fate, pattern in _FATES if pattern.search(words)]
    return found[0] if len(found) == 1 and not _DOUBT.search(words) else None


def _ask(order_id: int) -> Reply:
    buttons = tuple(
        one
        for fate, label in staff_orders.FATES.items()
        for one in button(label, Verb.ORD_CANCEL, f"{order_id} {fate}")
    )
    return Reply(
        title=staff_orders.order(order_id=order_id),
        text=staff_orders.what_became_of_it(order_id=order_id),
        buttons=buttons,
    )
