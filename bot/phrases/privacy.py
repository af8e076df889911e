"""What the bot says about what is kept of a customer, and when it forgets them."""

from collections.abc import Sequence

from bot.phrases.wording import listed

PRIVACY = (
    "What I keep: the number of your account here, your cart, the orders placed from this chat, and what I am to "
    "tell you of when it is back.\n"
    "The e-mail address and the shipping address you give me are kept apart from the orders, and only to confirm and "
    "ship them, and to send you ideas if you agreed to that. Reports never see them.\n"
    "While a person helps you, what you write is kept for them and deleted some time after the ticket is closed.\n"
    "Questions that I have no answer to are kept for a while without addresses, so that people can answer them.\n"
    "Otherwise, what you write is used to answer you and is not stored; my answers are deleted after a while."
)
IN_SHORT = (
    "What I keep is what your orders need, and reports never see who you are.\n"
    "What you write is not stored, except while a person helps you and where I have no answer to a question."
)
# One row each, of this chat's customer.
EMAIL = "E-mail"
ORDERS = "Orders"
ADDRESSES = "Addresses"
CART = "Cart"
MARKETING = "Ideas by mail"
EMAIL_NONE = "none"
CART_EMPTY = "empty"
MARKETING_YES = "yes"
MARKETING_NO = "no"
MARKETING_UNPROVEN = "told to a proven address only"
WHOLE = "The file has all of it. “Forget me” erases it."
WHOLE_BUT_MAILS = "The file has all of it; mails only once their address is proven here. “Forget me” erases it."
FILE_NAME = "my-data.json"
TOO_OFTEN = "You have had the file with all that I keep a few times just now. Please ask again in an hour."

WRITE_DIRECTLY = "Others can read this chat, so please write to me directly for that. I did nothing with it here."

FORGET_WHAT = (
    "Nothing is deleted. If an address or e-mail is wrong, write the right one, and it takes the place of the old one. "
    "Or shall I forget you, with all that I keep of you?"
)
FORGET_TITLE = "Forget you?"
FORGET_FOR_GOOD = "It cannot be undone. Shall I?"
YES = "Yes, erase it"
YES_CANCEL = "Cancel and erase"
NO = "No, keep it"
KEPT = "All right, nothing was erased."
ERASES_NOTHING = "All right, I erase nothing. What was erased before cannot be brought back."
FORGOTTEN_TITLE = "Forgotten"


def email_proven(*, email: str) -> str:
    """What is kept: the address."""
    return f"{email}, proven"


def email_typed(*, email: str) -> str:
    """The same, of one that is only said."""
    return f"{email}, not proven"


def marketing_of(*, emails: Sequence[str], said: str) -> str:
    """The word on marketing of proven addresses, where another one is typed, of which it is not told."""
    return f"{said}, to {listed(emails)}; of others it is {MARKETING_UNPROVEN}"


def marketing_asked(*, about: str, text: str) -> str:
    """How marketing was asked for, and what was answered."""
    return f"Asked about it last: {about}: {text}"


def forget_what(*, things: str) -> str:
    """What would be erased."""
    return f"I would erase: {things}."


def forget_unproven(*, email: str) -> str:
    """Said of every address that is not proven, so that it tells nothing about what the shop knows of it."""
    return (
        f"{email} is not proven here. "
        "What was done with it from other chats stays, unless you prove it first: “verify”."
    )


def forget_cancels(*, count: int, orders: str) -> str:
    """What happens to orders before."""
    return f"Not shipped yet, so {'it' if count == 1 else 'they'} would be cancelled first: {orders}."


def gift_cards_end(*, amount: str) -> str:
    """What is left on gift cards, before it is lost."""
    return f"{amount} is left on your gift cards, and is lost with them."


def forget_wait(*, orders: str) -> str:
    """Orders stand in the way."""
    return (
        f"Still to be shipped, and too late to be cancelled here: {orders}. Shipping needs the address.\n"
        "Once that is done, write “forget me” again. A person can also do it at once."
    )


def forgotten(*, things: str, number: str) -> str:
    """What was erased."""
    return f"Erased: {things}.\nReceipt number: {number}. Keep it if you like; I keep nothing that links it to you."


def vouched(*, channel: str) -> str:
    """A channel that tells the address by itself tells it again."""
    return f"{channel} tells me your e-mail address whenever you write to me, so your next message begins anew."


def things(*, chats: int, addresses: int, answers: int, notes: int, mails: int, email: bool) -> str:
    """What is erased, in numbers, as one part of a sentence."""
    counted = [
        (chats, "chat", "chats"),
        (addresses, "shipping address", "shipping addresses"),
        (answers, "answer of mine", "answers of mine"),
        (notes, "message with support", "messages with support"),
        (mails, "mail", "mails"),
    ]
    named = [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]
    named = ["your e-mail address", *named] if email else named
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def orders_stay(*, count: int) -> str:
    """What stays of the orders."""
    stay = "1 order stays" if count == 1 else f"{count} orders stay"
    return f"{stay} in the shop's books, without your name, e-mail and address."


def parcels_stay(*, count: int, orders: str) -> str:
    """What another chat ordered under the same address is not held up, and needs to know where it goes."""
    comes = "It still comes, and where it goes" if count == 1 else "They still come, and where they go"
    until = "until it is delivered or cancelled" if count == 1 else "until each is delivered or cancelled"
    return f"Ordered under your e-mail address in another chat: {orders}. {comes} is kept {until}."


def cancel_parcels(*, count: int, orders: str) -> str:
    """Before it is too late for that."""
    it = "it" if count == 1 else "them"
    return f"If {orders} shall not come, cancel {it} first: once I forgot you, no chat can do that any more."
