"""What the bot says when an e-mail is proven and chats are linked."""

from domain.people.proving import CODE_MINUTES, MOST_TRIES

# Nothing here may tell whether the shop knows an address: the same words, buttons and messages for all of them.
WHICH_EMAIL = "Which e-mail address shall I check? Write it here, and I mail you a code."
NOT_TOLD = "I tell nothing of anybody's e-mail address. If it is yours, write “verify” and the address."
SEVERAL_EMAILS = "You wrote two different e-mail addresses, and one is proven at a time. Which of them first?"
TRY_LATER = (
    "I can mail no code right now: many mails were asked for within the hour, in this chat or from where you write."
    " Please try again in a while."
)
SPENT = f"After {MOST_TRIES} wrong tries that code no longer works. A new one is needed."
EXPIRED = f"That code is over: it works for {CODE_MINUTES} minutes, and only the newest one counts."
STOPPED = "All right, no code is needed now."
HOW_TO_LINK = (
    "Prove the same e-mail address in both chats: write “verify”, your address, and the code I mail you.\n"
    "Then both chats see the same orders."
)
HOW_TO_LINK_AT_ONCE = "This chat has proven its address, so a link code does it as well, without a mail."
LINK_REFUSED = (
    f"That link code does not work. Each one works once and for {CODE_MINUTES} minutes; "
    "after several wrong ones, please wait an hour."
)
LINK_NEEDS_PROOF = "First prove your e-mail address in this chat: write “verify”."


def which_email_or(*, email: str) -> str:
    """Asks for the address to prove; one is known."""
    return f"Which e-mail address shall I check: {email}, or another one? Write it here, and I mail you a code."


def code_comes(*, email: str) -> str:
    """A code was mailed, or not."""
    return f"If {email} is right, a code is on its way. It works for {CODE_MINUTES} minutes; type it here."


def already_proven(*, email: str) -> str:
    """There is nothing to prove."""
    return f"{email} is proven in this chat already."


def proven(*, email: str, orders: str) -> str:
    """The code was right; `orders` is of `orders_seen`."""
    return f"Thank you, {email} is yours. {orders}"


def linked(*, email: str, orders: str) -> str:
    """The same, with a code from another chat."""
    return f"Done, this chat is linked: {email} is yours here too. {orders}"


def wrong_code(*, left: int) -> str:
    """It was wrong, and this many tries are left."""
    return f"That is not the code. You have {tries(count=left)} left."


def link_code(*, code: str) -> str:
    """A code to write in another chat."""
    return (
        f"Write this in the other chat within {CODE_MINUTES} minutes: “link {code}”. It works once.\n"
        "Tell it to nobody: who has it sees your orders."
    )


def orders_seen(*, count: int, most: int) -> str:
    """How many orders can be seen after a proof; beyond `most` they are not counted."""
    if count > most:
        return f"You can see more than {most} orders here now."
    if not count:
        return "There are no orders with it so far."
    return f"You can see {count} order{'' if count == 1 else 's'} here now."


def tries(*, count: int) -> str:
    """1 try, 2 tries."""
    return "1 try" if count == 1 else f"{count} tries"
