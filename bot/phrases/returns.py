"""What customers read of what comes back of their orders: choosing it, the summary, what became of it."""

from collections.abc import Sequence

from bot.phrases.wording import listed
from domain.records.returns import ReturnKind, ReturnReason, ReturnState

RETURN_SOMETHING = "Return something"  # buttons
SAME_AGAIN = "The same once more"
EVERYTHING = "All of it"
MONEY_BACK = "Money back"
YES_RETURN = "Yes, return it"
YES_EXCHANGE = "Yes, exchange it"
NO_KEEP = "No, I keep it"
REASONS = {
    ReturnReason.CHANGED_MIND: "I do not want it after all",
    ReturnReason.DOES_NOT_FIT: "It does not fit",
    ReturnReason.NOT_AS_DESCRIBED: "It is not as described",
    ReturnReason.BROKEN: "It came broken",
    ReturnReason.WRONG_ITEM: "It is not what I ordered",
    ReturnReason.TOO_LATE: "It came too late",
    ReturnReason.OTHER: "Another reason",
}
WHAT = {ReturnKind.RETURN: "Return", ReturnKind.EXCHANGE: "Exchange"}
STATES = {
    ReturnState.REQUESTED: "we wait for the parcel",
    ReturnState.RECEIVED: "it is here, and a person looks at it",
    ReturnState.REFUNDED: "refunded",
    ReturnState.REPLACED: "replaced",
    ReturnState.REFUSED: "refused",
    ReturnState.CALLED_OFF: "called off",
}
WHY = "Why does it come back?"
GET_BACK, PAY_MORE = "You get back", "You pay on top"
SAME_PRICE = "It costs the same: there is nothing to pay."
HOW_PAID_BACK = "The money goes back the way you paid, once the parcel is here and we have looked at it."
WHEN_REPLACED = "We send it once the parcel is here and we have looked at it."
ASK_YES = "Nothing is noted yet. Shall I?"
KEPT = "All right, you keep it. Nothing comes back."
YOURS_TO_DECIDE = "That is yours to decide; nothing is noted. “Return it” begins it, and it takes a yes of its own."
CLEAR_YES = "I would need a clear yes for that. Nothing is noted yet."
KEEP_ALL = "You keep what you have, and there is nothing to send."
LOOKED_AT = "Something about it is not as we expected, so a person looks at it, and you hear from us."
NO_MONEY = "We are sorry: a person looked at it, and no money goes back for it."
CAN_BE_CALLED_OFF = "Until the parcel is here you can call it off, and keep everything."
NOTHING_LEFT = "There is nothing of it left that could come back."


def number_line(*, what: ReturnKind, number: str, state: ReturnState) -> str:
    """A return in a line of its order's card."""
    return f"{WHAT[what]} {number}: {STATES[state]}"


def title(*, what: ReturnKind, number: str, order_id: int, state: ReturnState) -> str:
    """The title where something became of a return."""
    became = {
        ReturnState.REQUESTED: "is noted",
        ReturnState.RECEIVED: "has arrived",
        ReturnState.REFUNDED: "is refunded",
        ReturnState.REPLACED: "is done",
        ReturnState.REFUSED: "is refused",
        ReturnState.CALLED_OFF: "is called off",
    }
    return f"{WHAT[what]} {number} of order #{order_id} {became[state]}"


def no_such_return(*, numbers: Sequence[str]) -> str:
    """Numbers called a return's that are none of theirs."""
    return f"I see no return {listed(numbers)} of yours."


def which(*, order_id: int) -> str:
    """Asks which item comes back."""
    return f"What of order #{order_id} shall come back?"


def how_many(*, title: str) -> str:
    """Asks how many of it."""
    return f"How many of {title}?"


def all_of(*, count: int) -> str:
    """A button with all pieces."""
    return f"All {count}"


def call_off(*, number: str) -> str:
    """A button that ends a return."""
    return f"Call {number} off"


def money_or_other(*, option: str) -> str:
    """Asks what shall come for it, and of another variant the first option."""
    by = f", by {option}" if option else ""
    return f"Would you like your money back, or another one in its place{by}?"


def which_option(*, option: str) -> str:
    """Asks for another option of what shall come."""
    return f"Which {option}?"


def ask(*, what: ReturnKind, order_id: int) -> str:
    """The title of the summary whose yes notes it."""
    return f"{WHAT[what]} of order #{order_id}?"


def because(*, reason: str) -> str:
    """Why, on the summary."""
    return f"Reason: {reason}"


def in_its_place(*, things: str) -> str:
    """What comes for it."""
    return f"In its place: {things}"


def send_to(*, number: str, address: str) -> str:
    """How it is sent; without an address a person says where to."""
    where = f"send it to: {address}" if address else "a person tells you where to send it"
    return f"Write {number} on the parcel, and {where}."


def used_up(*, order_id: int, most: int) -> str:
    """Something of an order came back before, as often as the shop takes it."""
    times = "once" if most <= 1 else f"{most} times"
    return f"Things of an order can come back {times} only, and of order #{order_id} something is coming back already."


def until(*, day: str) -> str:
    """Until when something can come back, on an order's card."""
    return f"You can return or exchange something of it until {day}."
