"""What is said of an order's money: what paid, what went back, what is still to come."""

from collections.abc import Sequence
from decimal import Decimal

from bot.phrases.wording import listed
from bot.shop import Shop
from domain.payments.telling import Told
from domain.records.payments import Method, MethodKind, PaymentKind, PaymentState

PAYMENT = "Payment"
PAY_WITH = "You pay with"
CARDS_AWAY = "Cards cannot be taken right now"
CARDS_AWAY_TEXT = "Nothing was paid. Please open the link once more in a moment."
NOTHING_TO_PAY = "Nothing is to be paid here: it is paid already, or the order costs nothing any more. Thank you!"
NO_CARD_HERE = "What you type here goes to Stripe alone. The shop hears that it is paid, and the last four digits."
NOT_PAID = "That did not work, and nothing was paid. Please try again."
PERHAPS_PAID = "There was no answer, so it may be paid. Please open this page again: it says whether it is."
NO_FORM = (
    "The card form did not load, and nothing was paid. Please allow this page the scripts of Stripe, or try later."
)
NOTHING_BACK = "No money is on its way back to you."
LESS_TO_PAY = "That much less is to be paid with the invoice. What you paid of it all the same goes back to you."
NOTHING_OWED = "I see nothing of your orders that is still to be paid."
NOT_SEEN = "Whether an invoice is paid already I do not see here."
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


def pay_at(*, url: str) -> str:
    """Where a card pays what is open."""
    return f"Pay by card: {url}"


def pay_title(*, order_id: int) -> str:
    """The title of that page."""
    return f"Pay for order #{order_id}"


def pay_text(*, amount: str) -> str:
    """What is to be paid there."""
    return f"{amount} is still to be paid."


def pay_button(*, amount: str) -> str:
    """Its button."""
    return f"Pay {amount}"


def of_order(*, order_id: int) -> str:
    """What a row about the money of an order is called."""
    return f"{PAYMENT} of #{order_id}"


def method(shop: Shop, *, label: str, balance: Decimal | None) -> str:
    """What somebody pays with, and what is left on it."""
    return label if balance is None else f"{label} ({shop.money(balance)} left)"


def in_all(shop: Shop, *, amount: Decimal) -> str:
    """The title of what goes back and went back lately."""
    return f"{shop.money(amount)} back in all"


def how_far(shop: Shop, *, back: Decimal, to_go: Decimal) -> str:
    """How much of it went back."""
    if not to_go:
        return "All of it went back."
    return "All of it is still to go back." if not back else f"{shop.money(to_go)} of it is still to go back."


def if_cancelled(shop: Shop, *, back: Decimal, less: Decimal) -> str:
    """On the question whether to cancel: what would go back, and what no invoice would ask for any more."""
    parts = [f"{shop.money(back)} would go back to where it came from"] if back or not less else []
    parts += [f"{shop.money(less)} would not be to pay any more"] if less else []
    return f"{listed(parts)}."


def less_to_pay(shop: Shop, *, amount: Decimal) -> str:
    """The title where all of it comes off invoices."""
    return f"{shop.money(amount)} less to pay"


def owed(shop: Shop, *, amount: Decimal) -> str:
    """The title of what is still to be paid."""
    return f"{shop.money(amount)} to pay in all"


def by_method(shop: Shop, *, amount: Decimal, method: Method | None) -> str:
    """A row of it."""
    return f"{shop.money(amount)} by {_name(method, for_staff=False)}"


def after_cancelling(shop: Shop, *, total: Decimal, told: Sequence[Told]) -> str:
    """What becomes of a cancelled order's money, as part of a sentence: what no invoice paid goes back."""
    back = [one for one in told if one.kind is PaymentKind.REFUND and _moves(one.method)]
    if not back:
        return f"you will not be charged {shop.money(total)}"
    return listed([f"{shop.money(one.amount)} goes back to {_name(one.method, for_staff=False)}" for one in back])


def _moves(method: Method | None) -> bool:
    return method is None or method.kind is not MethodKind.INVOICE


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
    if told.off_invoice and not for_staff:
        return f"{amount} off the invoice"
    where = f" to {name}" if told.elsewhere else ""
    return f"{amount} back{where} on {shop.day(told.at)}" if told.at is not None else f"{amount} to go back{where}"


def _name(method: Method | None, for_staff: bool) -> str:
    if method is None:
        return _GONE
    return _KINDS[method.kind] if for_staff else method.label
