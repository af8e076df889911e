"""Mails to addresses that their asker has not proven: a few an hour, so that nobody pesters others with them.

Order confirmations, codes and opt-in mails count together, for the network (or the sender, where a channel knows them).
An address that has not confirmed an order's chat is mailed one confirmation, and what the shop does with that order;
all else about orders there waits: a chat can cause it as often as it likes. The link that confirms is a tap in a mail,
maybe by somebody who never ordered: what it lets through still counts. Only a proof lets everything through.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from domain import message_ids
from domain.errors import OrderNotFound
from domain.events import HeldMailsFreed
from domain.message_ids import RETURN
from domain.model import Identity, Order, OrderState
from domain.ports import UnitOfWork
from domain.records.notifications import Kind, new_mail
from domain.records.rates import Rate
from domain.records.returns import ReturnState

NOT_CONFIRMED = "e-mail not confirmed"
TOO_MANY = f"{NOT_CONFIRMED}, and too many mails were asked for from one place"
HOLDS = timedelta(days=30)  # the link that confirms an order
LATEST = 5  # orders of an identity that may hold back the mail of the next
NEWEST = 50  # orders that are looked through for who emptied the shelves
MOST_CHANGES = 3  # of an order, that are mailed without a proof


class Expected(StrEnum):
    """What becomes of the confirmation of a new order."""

    GOES = "goes"
    ASKS = "asks"  # it goes, and asks its reader to confirm the address
    LATER = "later"  # once the button in an earlier mail is pressed
    WAITS = "waits"  # until the address is proven


def may_mail(uow: UnitOfWork, origin: str, now: datetime, most: int) -> bool:
    """Counts one more mail that `origin` asks for, whatever becomes of it, and says whether it may go.

    `most` may go in an hour.
    """
    rate = Rate(name="mails to unproven addresses", most=most, per=timedelta(hours=1))
    return uow.rates.allows(rate, origin, now)


def confirmed(uow: UnitOfWork, order: Order) -> bool:
    """Whether mails about an order may go freely; those that came from no chat always may."""
    return order.identity_id is None or uow.people.confirmed(order.identity_id, order.hashed_email)


def confirmed_yet(uow: UnitOfWork, order: Order) -> bool:
    """As `confirmed`; after a no nobody confirms before this unit of work ends, so that no mail is held for good.

    Raises:
        Busy: another mail to the address is being decided about for too long.
    """
    if confirmed(uow, order):
        return True
    uow.consents.lock(order.hashed_email)
    return confirmed(uow, order)


def expect_mail(uow: UnitOfWork, order: Order, origin: str, now: datetime, most: int) -> Expected:
    """Decides about a new order's confirmation; nothing that is said tells what the shop knows of the address."""
    if _proven(uow, order):
        return Expected.GOES
    if may_mail(uow, origin, now, most):
        return _asks(uow, order)
    key = message_ids.order_mail(order.order_id, OrderState.PLACED)
    uow.notifications.note(
        new_mail(key, Kind.ORDER_PLACED, order.hashed_email, now, order_id=order.order_id, reason=TOO_MANY)
    )
    return Expected.WAITS


def expect_change(uow: UnitOfWork, order: Order) -> Expected:
    """What becomes of the mail about a change of an order that was just made; see `must_wait`."""
    if _proven(uow, order):
        return Expected.GOES
    if _too_many(uow, order, order.changes):
        return Expected.WAITS
    return Expected.GOES if confirmed(uow, order) else Expected.LATER


def _asks(uow: UnitOfWork, order: Order) -> Expected:
    """Whether the confirmation goes, where mails may be asked for; told by what this identity ordered, and no other."""
    if confirmed(uow, order) or order.identity_id is None:
        return Expected.GOES
    newest = uow.orders.of_identity(Identity(identity_id=order.identity_id), limit=LATEST)
    before = [one for one in newest if one.hashed_email == order.hashed_email and one.order_id != order.order_id]
    return Expected.LATER if any(_holds_back(uow, one) for one in before) else Expected.ASKS


def _holds_back(uow: UnitOfWork, order: Order) -> bool:
    """Whether the mail about an unconfirmed order went, or is about to, and nobody answered it."""
    placed = uow.notifications.get(message_ids.order_mail(order.order_id, OrderState.PLACED))
    return placed is None or (placed.answered_at is None and placed.reason != TOO_MANY)


def _too_many(uow: UnitOfWork, order: Order, changes: int) -> bool:
    """Whether so many mails were asked for that the order's wait for a proof."""
    placed = uow.notifications.get(message_ids.order_mail(order.order_id, OrderState.PLACED))
    return (placed is not None and placed.reason == TOO_MANY) or changes > MOST_CHANGES


def must_wait(uow: UnitOfWork, order: Order, step: str, *, confirmed: bool) -> str:
    """Why the mail about a step of an order must wait; empty if it may go.

    `confirmed_yet` was asked before: where it said no, no other mail to the address is decided about until this unit
    of work ends, and one order's mails may go.

    Raises:
        Busy: another mail to the address is being decided about for too long.
    """
    if _proven(uow, order):
        return ""
    by_shop = _by_shop(uow, order, step)
    if _too_many(uow, order, 0 if by_shop else _number(step)):
        uow.consents.lock(order.hashed_email)
        return "" if _proven(uow, order) else TOO_MANY
    if confirmed:
        return ""
    mailed = step == OrderState.PLACED or by_shop
    other = uow.notifications.unconfirmed_out(order.hashed_email, order.order_id)
    return "" if mailed and not other else NOT_CONFIRMED


def _proven(uow: UnitOfWork, order: Order) -> bool:
    """Whether whoever ordered proved the address; orders that came from no chat need no proof."""
    return order.identity_id is None or uow.people.proven(order.identity_id, order.hashed_email)


def _number(step: str) -> int:
    """3 for "changed-3", 0 for a step without a number."""
    return int(step.partition("-")[2] or 0)


def _by_shop(uow: UnitOfWork, order: Order, step: str) -> bool:
    """Whether the shop did it, not the chat; only the shop gives a reason when it cancels."""
    if step == OrderState.CANCELLED:
        return bool(uow.people.reason(order.order_id))
    kind = step.partition("-")[0]
    if kind.startswith(RETURN):
        return kind.removeprefix(RETURN) not in (ReturnState.REQUESTED, ReturnState.CALLED_OFF)
    return kind in (OrderState.SHIPPED, OrderState.DELIVERED)


def held_by(uow: UnitOfWork, product_id: str) -> list[tuple[int, int]]:
    """Orders that nobody confirmed and that are not shipped yet, and how many pieces of a product each holds.

    Of the newest only: what somebody does to empty the shelves is new.
    """
    return [
        (order.order_id, sum(line.quantity for line in order.lines if line.product_id == product_id))
        for order in uow.orders.waiting_for(product_id, NEWEST)
        if not confirmed(uow, order)
    ]


def confirmable(uow: UnitOfWork, order_id: int, now: datetime) -> bool:
    """Whether the link in an order's confirmation still works.

    Raises:
        OrderNotFound: there is no such order, or its customer was forgotten.
    """
    order, _ = _ordered(uow, order_id)
    return now < order.placed_at + HOLDS


def confirm_order(uow: UnitOfWork, order_id: int, now: datetime) -> bool:
    """Takes that link: from now on mails about this chat's orders go to the address; False when it is too late.

    It proves nothing to the chat: a stranger who ordered under an address sees none of its owner's orders by it.

    Raises:
        OrderNotFound: there is no such order, or its customer was forgotten.
        Busy: a mail to the address is being decided about for too long.
    """
    order, identity_id = _ordered(uow, order_id)
    if now >= order.placed_at + HOLDS:
        return False
    if uow.people.confirm_email(identity_id, order.hashed_email, now):
        free_mails(uow, order.hashed_email)
    return True


def free_mails(uow: UnitOfWork, hashed_email: str) -> None:
    """Has the held mails of an address decided about anew, now that it is confirmed for an identity, or was answered.

    The lock comes after the row that confirms: a mail is decided about before, and then it is among the held, or
    after, and then it goes.

    Raises:
        Busy: a mail to the address is being decided about for too long.
    """
    uow.consents.lock(hashed_email)
    uow.record(HeldMailsFreed(hashed_email=hashed_email))


def note_cancelled_by_link(uow: UnitOfWork, order: Order, now: datetime) -> None:
    """The reader of an address' mails answered one: what it held back is decided about anew; it proves no chat.

    Raises:
        Busy: a mail to the address is being decided about for too long.
    """
    if order.identity_id is not None:
        uow.notifications.answer(order.hashed_email, order.order_id, now)
        free_mails(uow, order.hashed_email)


def _ordered(uow: UnitOfWork, order_id: int) -> tuple[Order, int]:
    """An order, and who placed it."""
    order = uow.orders.get(order_id)
    if order is None or order.identity_id is None:
        raise OrderNotFound(order_id)
    return order, order.identity_id
