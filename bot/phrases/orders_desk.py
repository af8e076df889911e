"""What the pages for staff say of orders: the list with its filters, an order's card, its steps, the packing slip."""

from collections.abc import Sequence
from decimal import Decimal

from bot.phrases import payments, staff_orders, staff_returns
from bot.phrases.staff_orders import FATES, SHIP_TO_UNKNOWN, SHIP_TO_WITH_TICKET
from bot.phrases.staff_products import label
from bot.shop import Shop
from domain.model import OrderState
from domain.orders.refunding import Way
from domain.records.auditing import Action, Entry

__all__ = ["FATES", "SHIP_TO_UNKNOWN", "SHIP_TO_WITH_TICKET"]

ORDERS = "Orders"
STATES = {
    "": "All",
    "placed": "To ship",
    "shipped": "On their way",
    "delivered": "Delivered",
    "cancelled": "Cancelled",
}
STATE_VIEWS = "Orders by state"
LOOK_FOR = "Look for"
NUMBER, PRODUCT, FROM, TO, CUSTOMER = "Order number", "Product id", "Placed from", "Placed until", "Customer"
CUSTOMER_HINT = "cust_7f3a12"
NO_EMAILS = "Say who by pseudonym: an e-mail address does not belong into an address of a page."
FIND, CLEAR = "Find", "Clear"
NOTHING = "There are no such orders."
NOTHING_YET = "None among the orders that were looked through so far."
NEXT, FURTHER, FIRST = "Next", "Look further", "From the beginning"
BAD_RANGE = "The last day is before the first."
ALL_ORDERS = "All orders"
PLACED, STATE, PIECES, TOTAL = "Placed", "State", "Pieces", "Total"
LINES = "What was ordered"
QUANTITY, AMOUNT = "Pieces", "Amount"
DISCOUNT = "Discount"
FACTS = "The order"
RATED = "Rated"
PAYMENT = payments.PAYMENT
SOURCE = "Ordered by"
NOT_CONFIRMED, CONFIRMED = "not confirmed", "confirmed"
EMAIL = "E-mail"
PARCEL = "Parcel"
MOMENTS = {"shipped": "Shipped", "delivered": "Delivered", "cancelled": "Cancelled"}
OTHERS_OF_THEIRS = "All orders of theirs"
NUMBER_WITH_ADDRESS = "its number is shown with the address"
SHIP_TO = "Ship to"
SHOW_ADDRESS = "Show address"
LOOKS_ARE_NOTED = "Each look is noted in the audit log."
FOLLOW = "Follow the parcel"
SLIP = "Packing slip"
HOW_TO_PRINT = "Print this page with your browser: Ctrl+P, or ⌘P. Only what is on the slip is printed."
BACK = "Back to the order"
ID, WHAT = "Id", "Product"
SHIP, CORRECT, DELIVER, CANCEL, REFUND = "Ship", "Correct", "Mark delivered", "Cancel this order", "Note the refund"
SHIP_IT, CORRECT_IT, CANCEL_IT = "Ship this order", "Correct the parcel", "Cancel this order"
DELIVER_IT, REFUND_IT = "It has arrived", "Refund"
CARRIER_HINT = "UPS, DHL, Royal Mail … Both may stay blank."
CORRECT_HINT = "What stays blank is as it was."
FATE_ASKED = "What became of the parcel?"
FATE_HINT = "Only what came back good goes back into stock."
REFUND_TEXT = "This moves no money: it notes that it was given back."
WAY = "How"
WAYS = {
    Way.CARD: "to the card",
    Way.TRANSFER: "bank transfer",
    Way.CASH: "cash",
    Way.VOUCHER: "voucher",
    Way.OTHER: "another way",
}
NO_WAY = "Say how the money went back."
NO_FATE = "Say what became of it: it is one of the three."
RETURNS = staff_returns.RETURNS
HISTORY = "What staff did"
NO_HISTORY = "Nothing yet."
LOOKED = "looked at the address"
SAME_PARCEL = "That is how it already is. Nothing was changed."
DONE = {
    "shipped": "The order is shipped.",
    "corrected": "The parcel is corrected.",
    "delivered": "The order is delivered.",
    "back": f"The order is cancelled. {staff_orders.STOCK_IS_BACK}",
    "lost": f"The order is cancelled. {staff_orders.STOCK_IS_NOT_BACK}",
    "refunded": "The refund is noted.",
    "return_received": "How it came back is noted. Decide what becomes of it.",
    "return_refunded": "The return is refunded.",
    "return_replaced": f"The replacement is the customer's. {staff_returns.SEND_REPLACEMENT}",
    "return_refused": "The return is refused.",
}
UNTOLD = "refunded"  # of which no customer hears


def order(*, order_id: int, state: OrderState) -> str:
    """The title of a card."""
    return staff_orders.order_in_state(order_id=order_id, state=state)


def slip(*, order_id: int) -> str:
    """The title of a packing slip."""
    return f"Packing slip, order #{order_id}"


def slip_sums(shop: Shop, *, pieces: int) -> str:
    """Below its lines."""
    return f"Pieces in all: {shop.number(pieces)}"


def ordered(*, day: str) -> str:
    """When, on a packing slip."""
    return f"Ordered {day}"


def some(shop: Shop, *, count: int, most: int) -> str:
    """How many orders are in a state; of many only that they are."""
    return f"{shop.number(count)}+" if count >= most else shop.number(count)


def done(word: str, *, is_told: bool) -> str:
    """What was done; empty for a word that names nothing."""
    said = DONE.get(word, "")
    told = staff_orders.CUSTOMER_IS_TOLD if is_told else staff_orders.NOBODY_IS_TOLD
    return said if not said or word == UNTOLD else f"{said} {told}"


def left(shop: Shop, amount: Decimal) -> str:
    """How much can still be given back."""
    return f"At most {shop.money(amount)}."


def entry_line(shop: Shop, entry: Entry, at: str, actor: str) -> str:
    """What staff did with an order, in one line: when, who, what."""
    who = "you" if entry.actor == actor else entry.actor
    return " · ".join([at, who, *_what(shop, entry)])


def _what(shop: Shop, entry: Entry) -> Sequence[str]:
    if entry.action == Action.REFUND:
        facts = entry.changed_to
        return entry.action, f"{shop.money(Decimal(facts['amount']))} {WAYS[Way(facts['way'])]}"
    if entry.action == Action.RETURN:
        return [entry.action, *staff_returns.step(entry.changed_to)]
    steps = [f"{label(name)} {entry.changed_from.get(name, '')} → {value}" for name, value in entry.changed_to.items()]
    return [LOOKED if entry.action == Action.LOOK else entry.action, *steps]
