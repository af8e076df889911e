"""What is said to those who did not ask: customers about their orders, staff about tickets and stock."""

from datetime import date

from bot.shop import Shop
from domain.conversation import Asked

# To customers.
_STEPS = {
    "changed": "was changed",
    "shipped": "is on its way",
    "delivered": "was delivered",
    "cancelled": "is cancelled",
}
MOST_LINES = 10  # of a file's wrong lines that are told in a channel
PARCEL_CORRECTED = "What I told you of its parcel was wrong. This is right:"
CART_LEFT = "These are still in your cart, and nothing is ordered yet:"
CART_LEFT_FOOT = "“Check out” shows you a new order card."
NO_REMINDERS = "No more reminders"
NO_MORE_IDEAS = "No more ideas"

# To staff.
NOT_KEPT = "What they wrote before that was not kept. From here on everything is in this thread; answer below."
ASKED = {
    Asked.OPEN_LINE: "which product they mean, or how many of it",
    Asked.EMAIL: "the e-mail address",
    Asked.EMAIL_FIX: "whether the e-mail address is mistyped",
    Asked.EMAIL_MEANT: "whether the confirmation shall go to an e-mail address that they wrote of",
    Asked.ADDRESS: "the shipping address",
    Asked.WHERE_TO: "where to ship",
    Asked.CONFIRM: "whether to place the order",
    Asked.CHECKOUT: "whether to go on to the checkout",
    Asked.WHICH_LINE: "which product in the cart they mean",
    Asked.CLEAR_CART: "whether to empty the cart",
    Asked.WHICH_ORDER: "which order to cancel",
    Asked.CANCEL_ORDER: "whether to cancel the order",
    Asked.CANCEL_MEANING: "what shall be cancelled",
    Asked.WHAT_TO_CHANGE: "what to change in the order",
    Asked.FORGET: "whether to erase what is kept of them",
    Asked.PROVE_EMAIL: "which e-mail address they want to prove",
    Asked.CODE: "the code that was mailed to prove their address",
    Asked.STOP_EMAIL: "which e-mail address shall get no more marketing",
    Asked.NOTE: "what the note for the parcel shall say",
    Asked.START_EMAIL: "which e-mail address shall get marketing",
    Asked.SOLD_OUT: "whether to tell them when something is back",
    Asked.CASE_ORDER: "which order their complaint is about",
    Asked.WHAT_WAS_WRONG: "what was wrong with an order that came",
    Asked.RETURN_WHAT: "what of an order shall come back, why, and for what",
    Asked.CONFIRM_RETURN: "whether to note a return",
    Asked.PLAN_ORDER: "which of their orders a wish is about",
    Asked.WHICH_ITEM: "which thing of an order a wish is about",
    Asked.WHICH_OPTION: "how something shall be that takes the place of what they ordered",
    Asked.EXCHANGE_OR_REFUND: "whether they want money back or something else",
    Asked.WHY_RETURN: "why something comes back",
    Asked.PAY_HOW: "what shall pay, or be paid back to",
    Asked.PLAN_ADDRESS: "where an order shall go",
    Asked.CONFIRM_PLAN: "whether to do what they wish of placed orders",
}
CART = "Cart:"
CART_EMPTY = "Cart: empty"
LAST_ORDERS = "Last orders:"
NO_ORDERS = "Last orders: none from this chat"
RESOLVE = "Resolve"


def cancelled(*, by_shop: bool, goes_back: bool) -> str:
    """What becomes of a cancelled order and its money."""
    if goes_back:
        money = "What you paid goes back to where it came from."
        return f"We are sorry. {money}" if by_shop else f"Everything went back into stock. {money}"
    return (
        "We are sorry. You will not be charged."
        if by_shop
        else "Everything went back into stock, and you will not be charged."
    )


def order_step(*, order_id: int, step: str) -> str:
    """The title where something became of an order; steps are as in `domain.orders.telling`."""
    return f"Order #{order_id} {_STEPS[step]}"


def shop_cancelled(*, order_id: int) -> str:
    """The title where the shop cancelled an order."""
    return f"The shop had to cancel order #{order_id}"


def shop_reason(*, reason: str) -> str:
    """Why it did."""
    return f"Reason: {reason}"


def still_cancellable(*, until: str) -> str:
    """Below an order that was changed."""
    return f"You can cancel it until {until}."


def ticket(*, ticket_id: int, customer: str, channel: str) -> str:
    """To support: the title of a ticket's card."""
    return f"Ticket T{ticket_id}: {customer} on {channel}"


def asked_at(*, time: str, silent: bool) -> str:
    """When a person was asked for, or something was reported while the bot goes on answering."""
    if silent:
        return f"Asked for a person at {time}; the bot is silent until you press Resolve."
    return f"Reported at {time}. The bot goes on answering; it is silent once you write below, until you press Resolve."


def written_at(*, time: str) -> str:
    """When something was written on a page."""
    return f"Written at {time} on the page behind a mail. Nobody reads answers there, so nothing below reaches them."


def they_wrote(*, words: str) -> str:
    """What the customer asked with."""
    return f"They wrote: “{words}”"


DOCUMENTED = (
    "The warehouse's tables, columns and metrics, what each means and what it is made of. Open the file in a browser."
)


def open_question(*, question: str) -> str:
    """What the customer left open; see `ASKED`."""
    return f"The bot's open question: {question}"


def low_stock(*, title: str, product_id: str, quantity: int) -> str:
    """To admins: little is left of a product."""
    return f"Low: {title} ({product_id}), {quantity} left"


def none_left(*, title: str, product_id: str) -> str:
    """To admins: nothing is left of it."""
    return f"Sold out: {title} ({product_id})"


def doubtful(*, pieces: int, orders: str) -> str:
    """To admins: orders that may hold more of it than is left."""
    return f"{pieces} are in orders whose e-mail nobody confirmed, the newest: {orders}. See `/orders NUMBER`."


def guest(*, identity_id: int) -> str:
    """What staff calls a customer without an e-mail."""
    return f"guest {identity_id}"


def not_proven(*, customer: str) -> str:
    """What staff calls who typed an e-mail: they may be its owner, or not."""
    return f"{customer} (address not proven)"


def not_built(shop: Shop, *, failure: str, last_good: date | None) -> str:
    """For the admins: what failed, and which figures stand meanwhile."""
    stands = f"The figures of {shop.month_day(last_good)} stand." if last_good else "There are no figures yet."
    return f"The warehouse could not be built ({failure}). {stands} `parley analytics status` says more."


def fitted(*, what: str, version: str, chosen: bool, said: str) -> str:
    """For the admins: a model of what customers will do was fitted, and whether it serves."""
    if chosen:
        return f"Predictions of {what} come from a new model, {version}: {said}."
    return f"A new model of {what}, {version}, was worse than the one that serves, which stays: {said}."


def file_loaded(*, said: str) -> str:
    """For the admins: a file that a branch handed in was loaded."""
    return f"Taken in: {_first_lines(said)}"


def file_refused(*, name: str, said: str) -> str:
    """For the admins: one was not, with the first of its wrong lines."""
    return (
        f"Not taken in: {name}. {said[0].upper()}{_first_lines(said[1:])}\nIt is kept apart; hand in a corrected one."
    )


def more_files(*, count: int, what: str) -> list[str]:
    """For the admins: how many there are beside those that are named; nothing where there are none."""
    return [f"… and {count} more {what}: `parley ingest status`"] if count > 0 else []


def _first_lines(said: str) -> str:
    lines = said.splitlines()
    more = [f"… and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES + 1 else []
    return "\n".join([*lines[: MOST_LINES + 1], *more])


def folder_away(*, address: str, reason: str) -> str:
    """For the admins: a folder of files does not answer."""
    return f"The folder {address} does not answer ({reason}). It is asked again every minute; files in it wait."


def not_documented(*, failure: str) -> str:
    """For who asked for the warehouse's documentation: why there is none."""
    return f"The documentation could not be made ({failure}). Ask again later; the worker's log says more."
