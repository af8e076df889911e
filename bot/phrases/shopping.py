"""What is said on the way from words to a card: the cart, its open lines, e-mail and address, the card itself."""

from collections.abc import Sequence

from bot.phrases.wording import listed

EMPTY_CART = "Your cart is empty."
OF_THOSE = "of those"
NOT_THAT_EMAIL = "All right, nothing goes to that address."
CART_EMPTIED = "Your cart is empty now."
CART_BACK = "Sorry, I put it back into your cart."
ADDRESS_KEPT = "All right, the address stays as it is."
CART_KEPT = "All right, your cart stays as it is."
CART_KEPT_UNLESS = f"{CART_KEPT} Nothing is ordered yet. “Undo” takes the last change back."
CLEAR_CART = "Shall I take everything out of your cart?"
NOTHING_TO_UNDO = "There is nothing to undo."
UNDONE = "Undone."
TAKEN_BACK = "I took the last change back."
NO_EMAIL_NOW = "No e-mail address is noted any more."
NO_ADDRESS_NOW = "No shipping address is noted any more."
STOPPED = "All right, nothing was ordered. Your cart is kept."
STOPPED_EMPTY = "All right, nothing was ordered."
IN_CART_ALREADY = "That is in your cart already, so I added nothing. For more, say how many more."
FITTED = "I changed your cart to what is left."
WHICH_LINE = "Which one do you mean?"
WHICH_OF_THEM = "Which of them? A name, a number from the list or a tap is enough."

ASK_EMAIL = "Which e-mail address shall the confirmation go to?"
BAD_EMAIL = "That does not look like a complete e-mail address. It should be like name@example.com."
NO_EMAIL_NOTED = "I noted no e-mail address of that. To give me yours, write it alone."
SEVERAL_EMAILS = "You wrote two different e-mail addresses, and the confirmation goes to one."
FORM_ADDRESS = "Shipping address"
FORM_STREET = "Street and number"
FORM_UNIT = "Apartment or unit"
FORM_TOWN = "Town"
FORM_POSTCODE = "State and postcode"
ASK_ADDRESS = "Where shall we ship it? Street and number, town and postcode, please."
ASK_NOTE = "Gladly. What shall it say?"
ASK_NOTE_AGAIN = "What shall the note say? Write its words, or “no” for none."
ASK_NOTE_OF_NEXT = "What shall the note of your next order say?"
NOTE_LEFT_OUT = "All right, no note."
ASK_NEW_ADDRESS = "Where shall your parcels go from now on? Street and number, town and postcode, please."
BAD_ADDRESS = (
    "I need a little more for the parcel: street and number, town and postcode, "
    "for example “12 Main St, Denver CO 80203”."
)

NOT_THERE = "All right, not there."

YOUR_ORDER = "Your order"
ASK_PLACE = "shall I place it?"
ASK_PLACE_CARD = "Shall I place this order?"
TOTAL = "Total"
DISCOUNT = "Discount"
PRICES_SAME = "They did not change."


def still_in_cart(*, items: str) -> str:
    """After a silence."""
    return f"You still have {items} in your cart."


def in_cart(*, lines: str) -> str:
    """What a message put into the cart, above a question."""
    return f"In your cart: {lines}."


def asked_later(*, lines: str) -> str:
    """The open lines behind the one that is asked about."""
    return f"After that: {lines}."


def open_line(*, quantity: int, phrase: str) -> str:
    """A line that is asked about later."""
    return f"{quantity} × “{phrase}”"


def left_out(*, phrase: str) -> str:
    """It was not wanted, and was not there."""
    return f"I left out “{phrase}”."


def taken_out(*, phrase: str) -> str:
    """It was not wanted, and was there."""
    return f"I took “{phrase}” out."


def in_that_size(*, title: str) -> str:
    """A number was taken for a size."""
    return f"I took that as the size: {title}. For so many pieces, say “pieces”."


def kept_all(*, phrase: str) -> str:
    """What shall stay cannot be told, so nothing goes."""
    return f"I cannot tell which “{phrase}” in your cart shall stay, so I took nothing out."


def unread_numbers(*, numbers: Sequence[str]) -> str:
    """Numbers in an order that were not taken for how many of something are wanted."""
    said = listed([f"“{number}”" for number in numbers])
    return f"I could not read {said} as how many, so please check the numbers below."


def not_in_cart(*, phrase: str) -> str:
    """It cannot be taken out."""
    return f"“{phrase}” is not in your cart."


def retired(*, title: str) -> str:
    """The shop has it no longer."""
    return f"{title} is no longer sold."


def sold_out(*, title: str) -> str:
    """Nothing left of it."""
    return f"{title} is sold out at the moment."


def no_such_number(*, number: str) -> str:
    """A place that the last list does not have."""
    return f"My last list has no number {number}."


def not_found(*, phrase: str, close: Sequence[str]) -> str:
    """A product that was named and is not in the catalogue."""
    sentence = f"I could not find “{phrase}”."
    return f"{sentence} The closest we have: {listed(close)}." if close else sentence


def bad_quantity(*, quantity: int, title: str, most: int) -> str:
    """A quantity that no order can hold."""
    return f"I can put between 1 and {most} pieces of {title} into an order, so I left out “{quantity}”."


def which(*, phrase: str, quantity: int, count: int) -> str:
    """Several products are near; the customer chooses."""
    if count == 1:
        return f"I am not sure about {quantity} × “{phrase}”. Did you mean this one?"
    return f"{quantity} × “{phrase}”: which one do you mean?"


def which_of_many(*, phrase: str, quantity: int, count: int) -> str:
    """Too many products are near; another word helps."""
    return f"{quantity} × “{phrase}”: we have {count} kinds. A word more helps, or pick one of these:"


def many(*, quantity: int, title: str) -> str:
    """An unusually large quantity."""
    return f"{quantity} × {title}, is that right?"


def packs(*, quantity: int, title: str, size: int) -> str:
    """A number that may count packs or what is in them."""
    return f"{title} comes {size} to a pack. Did you mean {quantity} pieces or {quantity} packs?"


def short(*, asked: int, available: int, title: str) -> str:
    """Less in stock than was asked for."""
    return f"You asked for {asked} × {title}, and {left(count=available)}. Shall I take {available}?"


def enough(*, quantity: int, title: str) -> str:
    """More came while it was asked how many to take of what is left."""
    are = "is" if quantity == 1 else "are"
    return f"{quantity} × {title} {are} there now. Shall I take {'it' if quantity == 1 else 'them'}?"


def left(*, count: int) -> str:
    """How few there are."""
    return "only 1 is left" if count == 1 else f"only {count} are left"


def stock(*, count: int) -> str:
    """How many are there, in a list."""
    return f"{count} in stock" if count else "sold out"


def email_is(*, email: str) -> str:
    """The answer to who asks which e-mail is noted."""
    return f"The confirmation goes to {email}. To change that, write the other address."


def email_noted(*, email: str) -> str:
    """An e-mail was taken."""
    return f"I noted {email} for your confirmations."


def noted_ahead(*, email: str, address: str) -> str:
    """An e-mail, an address or both were taken while something else was asked."""
    told = " and ".join([*([f"{email} for your confirmation"] if email else []), *([address] if address else [])])
    return f"I noted {told}."


def email_changed(*, email: str, before: str) -> str:
    """An e-mail took the place of the one that was known."""
    return f"The confirmation now goes to {email} instead of {before}."


def email_of_next(*, email: str) -> str:
    """The same, where nothing is on its way to an order and one was placed before."""
    return f"The confirmation of your next order goes to {email}."


def email_stays(*, email: str) -> str:
    """An e-mail was written of that was not taken."""
    return f"The confirmation still goes to {email}."


def email_of_order_stays(*, order_id: int, email: str) -> str:
    """Another e-mail is noted, and the order that was placed last has its own."""
    return (
        f"Order #{order_id} stays under {email}: if its mails shall go elsewhere, cancel it and order again, "
        "or ask for a human."
    )


def email_of_order(*, order_id: int, email: str) -> str:
    """The same, where it is too late to cancel it."""
    return f"Order #{order_id} stays under {email}: if its mails shall go elsewhere, ask for a human."


def shall_email(*, email: str, before: str) -> str:
    """Whether an e-mail that was written of is meant for the confirmation."""
    return f"Shall the confirmation go to {email}{f' instead of {before}' if before else ''}?"


def shall_email_next(*, email: str, before: str) -> str:
    """The same of an order that is still to come."""
    return f"Shall the confirmation of your next order go to {email}{f' instead of {before}' if before else ''}?"


def one_email(*, email: str, before: str) -> str:
    """The same, to who wants a copy for somebody."""
    return f"One order has one address for its mails, and that is {before}. Shall they go to {email} instead?"


def did_you_mean_email(*, email: str) -> str:
    """A likely fix of a mistyped e-mail."""
    return f"Did you mean {email}?"


def address_noted(*, address: str) -> str:
    """An address was taken outside a checkout."""
    return f"I noted the address: {address}."


def address_of_next(*, address: str) -> str:
    """The same, where an order was placed before."""
    return f"I noted the address for your next order: {address}."


def ships_only(*, address: str, countries: Sequence[str]) -> str:
    """An address was not taken, because nothing is shipped to its country."""
    there = listed(countries)
    return (
        f"I did not take “{address}”: I read it as an address elsewhere, and we ship within {there} only. "
        f"If it is there, write it with its state or country, please."
    )


def address_street(*, part: str) -> str:
    """A town is known, its street is not."""
    return f"I have “{part}”. Which street and number go with it?"


def address_rest(*, part: str) -> str:
    """A street is known, its town is not."""
    return f"I have “{part}”. Which town and postcode go with it?"


def goes_now(*, new: str, old: str) -> str:
    """Another address took the place of the one before."""
    return f"It goes to {new} now, instead of {old}."


def goes_to(*, address: str) -> str:
    """An address was asked about that it goes to."""
    return f"It goes to {address}."


def not_there(*, address: str) -> str:
    """An address was refused."""
    return f"All right, it still goes to {address}."


def order_goes_to(*, order_id: int, address: str) -> str:
    """An address is spoken of, and a placed order goes to this one."""
    return f"Order #{order_id} goes to {address}."


def shall_go_to(*, new: str, old: str, order_id: str, next_one: bool = False) -> str:
    """Whether an address was meant to ship to."""
    order = f"order #{order_id}" if order_id else "your next order" if next_one else "your order"
    return f"Shall {order} go to {new} instead of {old}?" if old else f"Shall {order} go to {new}?"


def which_address(*, first: str, second: str) -> str:
    """Which of two addresses was meant."""
    return f"Which address shall it go to: first, {first}, or second, {second}?"


def one_at_a_time(*, order_id: int) -> str:
    """Several orders shall go elsewhere."""
    return f"I change one order at a time, so this is only #{order_id}; say the same of the other one then."


def ships_to(*, address: str) -> str:
    """On a card: where it goes."""
    return f"To: {address}"


def confirms_to(*, email: str) -> str:
    """On a card: who gets the confirmation."""
    return f"Confirmation to: {email}"


def cancel_and_hold(*, minutes: str, until: str) -> str:
    """On a card: how long its order could be cancelled, and how long its prices hold."""
    return f"You can cancel for {minutes} after placing. Prices hold until {until}."


def line_at(*, quantity: int, title: str, price: str) -> str:
    """On a card: a line, without its amount."""
    return f"{quantity} × {title} at {price}"


def price_changed(*, title: str, before: str, after: str) -> str:
    """What costs something else than on the card before."""
    return f"{title} was {before} and is {after} now."


def order_same(*, order_id: int) -> str:
    """A card like the order that was just placed."""
    return f"This is the same as order #{order_id} that you placed a moment ago."


def back_to(*, question: str) -> str:
    """The open question in short, below the answer to something else."""
    return f"Back to your order: {question}"


def no_wrapping(*, answer: str) -> str:
    """Gift wrapping was wished for; `answer` is what the shop says of it, if it does."""
    return (
        f"No gift wrapping is ordered. {answer or 'I do not know whether we do it; write “human”, and a person says.'}"
    )


def noted(*, note: str) -> str:
    """A note for the parcel, before the card shows it."""
    return f"I noted for the parcel: “{note}”."


def noted_for_next(*, note: str) -> str:
    """The same, where no order is on its way that it could go with."""
    return f"I noted for the parcel of your next order: “{note}”."
