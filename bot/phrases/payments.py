"""What is said of an order's money: what paid, what went back, what is still to come."""

from collections.abc import Sequence
from decimal import Decimal

from bot.shop import Shop
from domain.payments.telling import Told
from domain.records.payments import Method, MethodKind, PaymentKind, PaymentState

PAYMENT = "Payment"
PAY_WITH = "You pay with"
_KINDS = {
    MethodKind.INVOICE: "invoice",
    MethodKind.CARD: "card",
    MethodKind.GIFT_CARD: "gift card",
    MethodKind.ACCOUNT: "account",
}
_GONE = "a method that is no longer kept"


def in_a_line(shop: Shop, told: Sequence[Told], *, for_staff: bool = False) -> str:
    """The ledger of an order: “$54.00 by invoice · $12.00 back on Nov 3, 2026”. Staff reads no customer's label."""
    return " · ".join(_part(shop, one, for_staff) for one in told)


def of_order(*, order_id: int) -> str:
    """What a row about the money of an order is called."""
    return f"{PAYMENT} of #{order_id}"


def method(shop: Shop, *, label: str, balance: Decimal | None) -> str:
    """What somebody pays with, and what is left on it."""
    return label if balance is None else f"{label} ({shop.money(balance)} left)"


def no_such_method(*, method_id: str) -> str:
    """There is none of theirs by that name."""
    return f"I know no way to pay of yours that is called “{method_id}”, so nothing was changed."


def gift_card_too_low(shop: Shop, *, label: str, balance: Decimal, amount: Decimal) -> str:
    """A gift card does not cover what is to be paid with it."""
    return (
        f"The {label} has {shop.money(balance)} left, and {shop.money(amount)} would have to be paid with it. "
        "Nothing was changed; another way to pay works."
    )


def _part(shop: Shop, told: Told, for_staff: bool) -> str:
    amount, name = shop.money(told.amount), _name(told.method, for_staff)
    if told.kind is PaymentKind.CHARGE:
        return f"{amount} {'to pay ' if told.state is PaymentState.OPEN else ''}by {name}"
    where = f" to {name}" if told.elsewhere else ""
    return f"{amount} back{where} on {shop.day(told.at)}" if told.at is not None else f"{amount} to go back{where}"


def _name(method: Method | None, for_staff: bool) -> str:
    if method is None:
        return _GONE
    return _KINDS[method.kind] if for_staff else method.label
