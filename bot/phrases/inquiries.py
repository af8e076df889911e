"""What is answered to questions about placed orders: figures, parcels, dates, and what was ordered."""

from collections.abc import Sequence

from bot.phrases.wording import listed

ASK_AGAIN = "So, shall I do what stands above? Nothing is done yet."
BACK_SO_FAR = "With what is done already, you get back in all"
PAYS_SO_FAR = "With what is done already, you pay in all"
DONE_BACK, DONE_PAYS = "You get back in all", "You pay in all"
TOGETHER = "Together"
NET_BACK, NET_PAYS = "So you get back, one against the other", "So you pay, one against the other"
NOTHING_OPEN = "It comes to nothing: neither do you pay anything, nor do you get anything back."
BEFORE_THAT = "What it comes to stands in the summary, before anything is done."
NO_DAY = "I cannot promise a day for the money."
ONE_METHOD = "An order is paid by one card, account or gift card; I cannot divide it between two."
NO_METHODS = "I know no card, account or gift card of yours."


def cancelled_row(*, order_id: int) -> str:
    """A row of what comes back: an order that was cancelled."""
    return f"Order #{order_id}, cancelled"


def changed_row(*, order_id: int) -> str:
    """A row of what comes back: an order that was changed."""
    return f"Order #{order_id}, changed"


def returned_row(*, number: str, order_id: int) -> str:
    """A row of what comes back: something of an order."""
    return f"{number} of order #{order_id}"


def each_row(*, what: str) -> str:
    """A row of what each of several ways comes to."""
    return f"Only {what}"


EACH = {"cancel": "the cancelling", "change": "the change", "return": "the return", "exchange": "the exchange"}


def of_order(*, what: str, order_id: int) -> str:
    """The same, with its order."""
    return f"{what} (order #{order_id})"


def item(*, title: str, order_id: int, quantity: int) -> str:
    """A thing that was ordered."""
    many = f"{quantity} × " if quantity > 1 else ""
    return f"{many}{title}, order #{order_id}"


def order_row(*, order_id: int, day: str) -> str:
    """What an order cost."""
    return f"Order #{order_id} of {day}"


def order_after_row(*, order_id: int) -> str:
    """What an order costs once the plan is done."""
    return f"Order #{order_id} would cost then"


def utmost(*, dearest: bool, order_id: int) -> str:
    """The dearest or cheapest thing of an order."""
    return f"The {'most expensive' if dearest else 'cheapest'} item of order #{order_id}"


def tracking(*, order_id: int, parcel: str) -> str:
    """A parcel's number."""
    return f"Order #{order_id} has the tracking number {parcel}."


def no_tracking(*, order_id: int, left: bool) -> str:
    """There is none."""
    if left:
        return f"I have no tracking number of order #{order_id}."
    return f"Order #{order_id} has not left yet, so it has no tracking number."


def went_to(*, order_id: int, address: str, left: bool) -> str:
    """Where an order goes or went."""
    return f"Order #{order_id} {'went' if left else 'goes'} to {address}."


def address_unknown(*, order_id: int) -> str:
    """Nobody knows where it went."""
    return f"I no longer know where order #{order_id} went."


def delivered(*, order_id: int, day: str) -> str:
    """An order arrived."""
    return f"Order #{order_id} is not on its way any more: it was delivered on {day}."


def on_its_way(*, order_id: int, day: str) -> str:
    """An order left."""
    return f"Order #{order_id} left on {day} and is on its way."


def not_left(*, order_id: int) -> str:
    """An order waits."""
    return f"Order #{order_id} is being packed and has not left yet."


def cancelled(*, order_id: int, day: str) -> str:
    """An order was cancelled."""
    return f"Order #{order_id} was cancelled on {day}."


def placed_on(*, order_id: int, day: str) -> str:
    """When an order was placed."""
    return f"You placed order #{order_id} on {day}."


def is_in(*, order_id: int, things: Sequence[str]) -> str:
    """What is in an order, for who asks for its number."""
    return f"Order #{order_id} holds {listed(things)}."


def until(*, order_id: int, day: str) -> str:
    """Until when something can come back."""
    return f"You can return or exchange something of order #{order_id} until {day}."


def until_over(*, order_id: int, day: str) -> str:
    """It cannot any more."""
    return f"Something of order #{order_id} could come back until {day}; that is over."


def paid_by(*, order_id: int, labels: Sequence[str]) -> str:
    """What paid for an order."""
    return f"Order #{order_id} was paid by {listed(labels)}."


def by_invoice(*, order_id: int, amount: str, has_left: bool) -> str:
    """An order is paid with its invoice, of which the shop's chat does not know whether it is paid."""
    if has_left:
        return f"Order #{order_id} went by invoice, over {amount}. Whether that is paid already I do not see here."
    return f"Order #{order_id} goes by invoice: {amount} is to be paid with it."


def to_be_paid(*, order_id: int, amount: str, label: str) -> str:
    """Something of an order is open."""
    return f"For order #{order_id} {amount} is still to be paid, by {label}."


def costs_nothing(*, order_id: int) -> str:
    """Nothing is left of an order that could be paid."""
    return f"For order #{order_id} nothing is to be paid."


def methods(*, labels: Sequence[str]) -> str:
    """All ways to pay."""
    return f"You have {listed(labels)}."


def counted(*, count: int, name: str) -> str:
    """How many of something were ordered."""
    return f"{count} × {name}:"


def option(*, title: str, said: str) -> str:
    """How something that was ordered is."""
    return f"{title}: {said}."


def balance_after(*, label: str, now: str, then: str) -> str:
    """What is left on a gift card before and after the plan."""
    return f"There is {now} on your {label or 'gift card'}; after this it will be {then}."


def offers(*, name: str, count: int) -> str:
    """What there is of something, listed below."""
    return f"There {'is' if count == 1 else 'are'} {count} of {name} like that in stock:"


def all_offers(*, name: str, count: int) -> str:
    """The same, of all of it."""
    return f"There {'is' if count == 1 else 'are'} {count} kinds of {name} in stock:"


def no_offers(*, name: str) -> str:
    """There is none like that."""
    return f"There is no {name} like that in stock."


def more_offers(*, count: int) -> str:
    """More than are listed."""
    return f"… and {count} more"
