"""What the bot says when marketing is agreed to or stopped."""

from domain.records.opting_in import HOLDS

# Nothing here may tell whether the shop knows an address: the same words and buttons for all of them.
IDEAS_OFF = "All right, no ideas by mail. What concerns your orders still comes."
IDEAS_HERE = "Good, what suits a chat comes here, the rest by mail. “Stop emails” ends both."
NOT_HERE = "All right, no ideas here in the chat. Those by mail still come; “Stop emails” ends them."
IDEAS_WHERE = "Gladly. Which e-mail address shall get ideas and offers?"
ASK_CLEARLY = "Is that a yes to ideas by mail? Your order is placed in any case."
STOP_WHICH = "Which e-mail address shall get no more ideas and reminders?"
YOUR_ADDRESS = "your address"
IDEAS_UNTOLD = (
    "I changed nothing about the mails you get. “Send me ideas” asks for ideas by mail, “stop emails” ends them. "
    "Whether an address gets them I tell its owner alone: prove it with “verify”."
)
OF_SOMEBODY = (
    "Who gets ideas by mail I tell their owner alone, and I changed nothing. “Send ideas to name@example.com” asks "
    "that address by a mail first; “stop emails to name@example.com” ends them."
)
NOT_STOPPED = "All right, I changed nothing about the mails you get. “Stop marketing” would end them."


def ask_stop(*, email: str) -> str:
    """Whether marketing to an address shall end that was written of."""
    return f"Shall I send no more ideas and reminders to {email}?"


def ask_ideas(*, day: int, week: int) -> str:
    """Below the card of a new order. `domain.records.opting_in.WORDS`, their version, changes with them."""
    return (
        f"May I mail you ideas that go with what you bought? At most {day} a day and {week} a week; one tap stops them."
    )


def ideas_go(*, email: str) -> str:
    """How it stands, to who only asks."""
    return f"Ideas by mail go to {email}, and I changed nothing about that now. “Stop emails” ends them."


def ideas_do_not_go(*, email: str) -> str:
    """The same, where none go."""
    return f"No ideas by mail go to {email}, and I changed nothing about that now. “Send me ideas” turns them on."


def ideas_on(*, email: str) -> str:
    """To an address that is proven."""
    return f"Thank you, ideas go to {email}. “Stop emails” ends them."


def ideas_later(*, time: str) -> str:
    """Where the first must wait."""
    return f"It is quiet time now: nothing is mailed before {time}."


def ideas_confirm(*, email: str) -> str:
    """To an address that is not proven, whatever the shop knows of it."""
    return (
        f"Thank you. A mail with a link goes to {email}, unless one did in the last {HOLDS.days} days or its owner has "
        f"decided already. No ideas come without its owner's yes; the link works for {HOLDS.days} days. "
        "To get them at once, prove the address: write “verify”."
    )


def ideas_too_many(*, email: str) -> str:
    """The same, where no mail goes."""
    return (
        "Thank you, but too many mails were asked for from where you write. "
        f"To get ideas at {email}, write “send me ideas” again in an hour."
    )


def stopped_mails(*, email: str) -> str:
    """Marketing has ended."""
    return (
        f"Done: no more ideas and reminders to {email}.\n"
        "What concerns your orders still comes: confirmations and news of them.\n"
        "“Send me ideas” turns it on again."
    )
