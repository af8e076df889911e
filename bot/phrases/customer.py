"""Every sentence the bot says. Handlers decide what is said, this file how."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.shop import Shop
from domain import errors
from domain.model import OrderState, Product
from domain.outreach.unproven import Expected


class Occasion(Protocol):
    """When something is said, by which shop, and what its products are called: a turn."""

    @property
    def shop(self) -> Shop:
        """Whose rules and ways to write hold."""
        ...

    @property
    def now(self) -> datetime:
        """When it is said."""
        ...

    def products(self, product_ids: Collection[str], /) -> Mapping[str, Product]:
        """Those products that there are."""
        ...


HELLO = "Hello! I am {shop}'s shop bot. Tell me what you need, in your own words."
HELLO_AGAIN = "Hello again! You still have {items} in your cart."
EXAMPLES = "For example: “2 mugs and a teapot”, “what is available for less than $20?”, “show my past orders”."
HELP = (
    "I am a bot, and I can:\n"
    "• take an order: “2 mugs and a teapot, ship to 12 Main St, Denver CO 80203”\n"
    "• change it: “make it 3”, “drop the teapot”, “undo”\n"
    "• find things: “what do you sell?”, “show me aprons”, “what is available for less than $20?”, “what goes with the "
    "mug?”\n"
    "• look up, change and cancel: “show my past orders”, “where is my order?”, “change my order”, “cancel my order”\n"
    "• look after your data: “what do you know about me”, “verify my e-mail”, “stop marketing”, “forget me”\n"
    "• fetch a person: “human”"
)
THANKS = "You are welcome!"
ASK_WHAT = "What would you like to order? You can name several things at once, for example “2 mugs and a teapot”."
ASK_EMAIL = "Which e-mail address shall the confirmation go to?"
FORM_ADDRESS = "Shipping address"
FORM_STREET = "Street and number"
FORM_UNIT = "Apartment or unit"
FORM_TOWN = "Town"
FORM_POSTCODE = "State and postcode"
ASK_ADDRESS = "Where shall we ship it? Street and number, town and postcode, please."
SEVERAL_EMAILS = "You wrote two different e-mail addresses, and the confirmation goes to one."
EMAIL_IS = "The confirmation goes to {email}. To change that, write the other address."
EMAIL_NOTED = "I noted {email} for your confirmations."
ADDRESS_NOTED = "I noted the address: {address}."
BAD_EMAIL = "That does not look like a complete e-mail address. It should be like name@example.com."
DID_YOU_MEAN_EMAIL = "Did you mean {email}?"
BAD_ADDRESS = (
    "I need a little more for the parcel: street and number, town and postcode, "
    "for example “12 Main St, Denver CO 80203”."
)
ADDRESS_STREET = "I have “{part}”. Which street and number go with it?"
ADDRESS_REST = "I have “{part}”. Which town and postcode go with it?"
EMPTY_CART = "Your cart is empty."
CART_EMPTIED = "Your cart is empty now."
CART_BACK = "Sorry, I put it back into your cart."
CART_KEPT = "All right, your cart stays as it is."
CLEAR_CART = "Shall I take everything out of your cart?"
NOTHING_TO_UNDO = "There is nothing to undo."
UNDONE = "Undone."
STOPPED = "All right, nothing was ordered. Your cart is kept."
STOPPED_EMPTY = "All right, nothing was ordered."
ALL_RIGHT = "All right."
STILL_IN_CART = "You still have {items} in your cart."
IN_CART = "In your cart: {lines}."
ASKED_LATER = "After that: {lines}."
LEFT_OUT = "I left out “{phrase}”."
TAKEN_OUT = "I took “{phrase}” out."
KEPT_ALL = "I cannot tell which “{phrase}” in your cart shall stay, so I took nothing out."
TOO_MUCH_AT_ONCE = "That is more than I can do at once: please write anew what comes from “{words}” on."
NOT_DONE = "I did not do: “{words}”."
IN_CART_ALREADY = "That is in your cart already, so I added nothing. For more, say how many more."
NO_ANSWER = "I do not know the answer to “{words}”. A person does."
NOT_IN_CART = "“{phrase}” is not in your cart."
FITTED = "I changed your cart to what is left."
RETIRED = "{title} is no longer sold."
NO_SUCH_NUMBER = "My last list has no number {number}."
WHICH_PRODUCT = "Which product do you mean? I can look up its price and how many we have."
ASK_PLACE = "shall I place it?"
TOTAL = "Total"
DISCOUNT = "Discount"
ASK_PLACE_CARD = "Shall I place this order?"
CANCEL_AND_HOLD = "You can cancel for {minutes} after placing. Prices hold until {until}."
OPEN_UNTIL = "You can change or cancel it until {until}."
CONFIRMATION = {
    Expected.GOES: "A confirmation goes to {email}.",
    Expected.ASKS: "A confirmation goes to {email}. Press the button in it: other mails about your orders wait for it.",
    Expected.WAITS: (
        "Many mails were asked for from where you write, so the confirmation comes to {email} once you prove that the "
        "address is yours. The order is placed all the same."
    ),
}
PRICE_CHANGED = "{title} was {before} and is {after} now."
PRICES_SAME = "They did not change."
STALE = "That button belongs to an older message, so I did nothing with it."
NOTHING_OPEN = "I have no open question. What can I do for you?"
WHICH_LINE = "Which one do you mean?"
NO_ORDERS = "I see no orders placed from this chat."
NO_SUCH_ORDER = "I see no order #{order_id} placed from this chat."
NO_ORDER_WITH = "None of your orders has “{phrase}” in it."
NOTHING_AT_ALL_TO_CANCEL = "There is nothing to cancel: your cart is empty, and I see no orders placed from this chat."
CANCELLED = "{lines} went back into stock, and you will not be charged {total}."
NOTHING_TO_REPEAT = "I see no earlier order from this chat that I could repeat."
NO_MORE_ORDERS = "These were all of them."
WHICH_ORDER = "Which order shall I cancel?"
CANCEL_SEVERAL = "Cancel orders {orders}?"
CANCEL_NO_CLEAR_YES = "Nothing is cancelled yet, because I would need a clear yes for that."
NO_CLEAR_YES = "I would need a clear yes or no for that."
CANCEL_UNTIL = "You can change or cancel order #{order_id} until {until}."
CANCEL_WHAT_HAPPENS = "What was in it would go back into stock, and you would not be charged. Nothing is cancelled yet."
CANCEL_RULE = "You can cancel an order for {minutes} after placing it; it costs nothing. Nothing was cancelled now."
NOTHING_CANCELLED = "All right, nothing is cancelled."
BACK_TO_CANCELLING = "Back to cancelling: shall I cancel {orders}?"
CANCEL_KEPT = "All right, your order stays as it is."
CANCEL_MEANING = "Shall I drop what is in your cart, or cancel an order you already placed?"
ORDER_SAME = "This is the same as order #{order_id} that you placed a moment ago."
NOTHING_FOUND = "I found nothing in stock {bounds}."
CHEAPEST = "Nothing in stock{about} costs less."
DEAREST = "Nothing in stock{about} costs more."
NOTHING_IN_STOCK = "I am sorry, nothing is in stock right now."
NOTHING_MORE = "That is all there is."
IN_STOCK = "In stock {bounds}:"
NOTHING_TO_RECOMMEND = "I have nothing to recommend right now."
ALSO_TOOK = "Customers who bought {titles} also took:"
TOO_FEW_ORDERS = "Too few orders show what goes with it, so here is what was popular {since}:"
MOST_ORDERED = "What people ordered most {since}:"
TOGETHER = "bought together in {together} of {orders} orders"
BUY_AGAIN = "You bought these before:"
NEW_FOR_YOU = "New for you, going by what you bought:"
TOGETHER_WITH = "bought with {title} in {together} of {orders} orders"
OF_A_KIND = "Ordered most {since}:"
TOO_FEW_ORDERS_OF = "Too few orders show what goes with it, so here is what was popular in {category} {since}:"
SIMILAR_TO = "Like the {title}:"
OF_CATEGORY = "also in {category}"
NO_OTHERS = "That is all I have to recommend for that."
DISMISSED = "All right, I leave out the {titles}."
WHICH_DISMISSED = "Which one do you not want? Press it, or say “the second one”."
WE_HAVE = "For “{phrase}” we have:"
DEPARTMENTS = "This is what we have, with the number of products in each. Name a department, or say what you look for:"
WITHOUT_DEPARTMENT = "other products"
AND_MORE = "and {count} more"
TICKET = (
    "Of course. Your request is ticket T{ticket_id}; a person answers {hours}.\n"
    "Until then I am still here for orders, and your cart is kept."
)
OUT_OF_SCOPE = (
    "I am the shop's bot, so I cannot help with that. I can take orders, find products and look after your orders."
)
NOT_UNDERSTOOD_FIRST = "I did not get that. Did you want one of these?"
NOT_UNDERSTOOD = (  # from the second time on, never the same one twice in a row
    "Sorry, I still do not understand. Short sentences help: “2 mugs”, “under $20”, “my orders”. "
    "A person can take over too.",
    "I cannot work this one out. Shall a person look at it?",
    "That one is beyond me as well. “Help” lists what I can do, and a person can do the rest.",
)
EMPTY_MESSAGE = "That message has no words I can read. Please write what you need."
ONLY_QUOTED = "That is only a quote, or struck out, so I did nothing with it. What shall I do?"
TOO_LONG = "That is a long message. Could you put it in a few sentences, at most 2000 characters?"
CARD_NUMBER = "Please never send card numbers in a chat. I did not keep it; payment goes by invoice with the parcel."
REDUCED = (
    "I am in reduced mode right now: buttons work, and short commands such as “order 2 MUG-RED”, “orders”, "
    "“cancel 1042”, “under 20”, “help”, “human”."
)
REDUCED_NOTE = "(Reduced mode: I understand buttons and short commands only.)"
BROKEN = "Something went wrong on our side, and nothing was changed. Please try again in a moment."
NOTIFY_NOT_YET = "I cannot write to you when it is back, but you can ask me any time."
BACK_TO = "Back to your order: {question}"
PARCEL = "It travels with {parcel}."
STATES = {
    OrderState.PLACED: "placed, being packed",
    OrderState.SHIPPED: "shipped",
    OrderState.DELIVERED: "delivered",
    OrderState.CANCELLED: "cancelled",
}


def sentence(words: str) -> str:
    """The words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def items(count: int) -> str:
    """1 item, 2 items."""
    return f"{count} item" if count == 1 else f"{count} items"


def listed(names: Sequence[str]) -> str:
    """A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def not_found(phrase: str, close: Sequence[str]) -> str:
    """A product that was named and is not in the catalogue."""
    sentence = f"I could not find “{phrase}”."
    return f"{sentence} The closest we have: {listed(close)}." if close else sentence


def bad_quantity(quantity: int, title: str, most: int) -> str:
    """A quantity that no order can hold."""
    return f"I can put between 1 and {most} pieces of {title} into an order, so I left out “{quantity}”."


def which(phrase: str, quantity: int, shown: int) -> str:
    """Several products are near; the customer chooses."""
    if shown == 1:
        return f"I am not sure about {quantity} × “{phrase}”. Did you mean this one?"
    return f"{quantity} × “{phrase}”: which one do you mean?"


def which_of_many(phrase: str, quantity: int, count: int) -> str:
    """Too many products are near; another word helps."""
    return f"{quantity} × “{phrase}”: we have {count} kinds. A word more helps, or pick one of these:"


def many(quantity: int, title: str) -> str:
    """An unusually large quantity."""
    return f"{quantity} × {title}, is that right?"


def short(asked: int, available: int, title: str) -> str:
    """Less in stock than was asked for."""
    return f"You asked for {asked} × {title}, and {_left(available)}. Shall I take {available}?"


def _left(count: int) -> str:
    return "only 1 is left" if count == 1 else f"only {count} are left"


def in_stock(wanted: int | None, available: int, title: str) -> str:
    """The answer to a question about stock."""
    if not available:
        return sold_out(title)
    if wanted is None:
        return f"Yes, {available} in stock."
    if wanted > available:
        return f"Not {wanted}: {_left(available)}."
    return f"Yes, you can have {wanted}: {available} in stock."


def bought_before(times: int, day: str) -> str:
    """How often a customer bought something, and when last."""
    return f"bought once, on {day}" if times == 1 else f"bought {times} times, last on {day}"


def in_orders(count: int) -> str:
    """How often something was ordered."""
    return f"in {count} order{'s' if count != 1 else ''}" if count else "not ordered yet"


def popular_since(days: int) -> str:
    """How far back best sellers were counted; 0 days: all time."""
    return f"in the last {days} days" if days else "so far"


def sold_out(title: str) -> str:
    """Nothing left of it."""
    return f"{title} is sold out at the moment."


def bounds(parts: Sequence[str], phrase: str) -> str:
    """What a price search was about."""
    about = f"for “{phrase}”" if phrase else ""
    return " ".join(part for part in (about, listed(parts) if parts else "") if part) or "like that"


def sorry(occasion: Occasion, error: errors.ShopError) -> str:
    """A rule of the shop said no: what happened, and what to do next."""
    shop, now = occasion.shop, occasion.now
    match error:
        case errors.UnknownProduct(product_id):
            return f"There is no product {product_id} any more. Please choose another one."
        case errors.ProductRetired(product_id):
            return f"{_title(occasion, product_id)} is no longer sold. Please choose another one."
        case errors.BadQuantity(product_id, _, most):
            return f"I can put between 1 and {most} pieces of {_title(occasion, product_id)} into an order."
        case errors.OutOfStock(shortages):
            parts = [
                f"{shortage.available} × {_title(occasion, shortage.product_id)} (you asked for {shortage.asked})"
                for shortage in shortages
            ]
            return f"Somebody was faster, and only this is left: {listed(parts)}. Nothing was ordered."
        case errors.EmptyCart():
            return f"{EMPTY_CART} {ASK_WHAT}"
        case errors.QuoteUnknown() | errors.QuoteExpired():
            return STALE
        case errors.OrderNotFound(order_id):
            return f"{NO_SUCH_ORDER.format(order_id=order_id)} “Show my orders” lists yours."
        case errors.AlreadyCancelled(order_id, cancelled_at):
            return f"Order #{order_id} was already cancelled at {shop.local(cancelled_at, now)}. Nothing changed."
        case errors.AlreadyShipped(order_id, _):
            return f"Order #{order_id} is already on its way, so I cannot cancel it. A person can help you return it."
        case errors.CancelWindowClosed(order_id, closed_at):
            return (
                f"Order #{order_id} could be cancelled until {shop.local(closed_at, now)}, and that time is over. "
                "A person may still be able to stop it."
            )
        case errors.BadEmail(suggestion):
            return DID_YOU_MEAN_EMAIL.format(email=suggestion) if suggestion else BAD_EMAIL
        case errors.BadAddress():
            return BAD_ADDRESS
        case _:
            return "Many people are ordering right now. Please try again in a moment; nothing was changed."


def _title(occasion: Occasion, product_id: str) -> str:
    product = occasion.products([product_id]).get(product_id)
    return product.title if product else product_id
