"""What is said of things that went wrong after they were ordered: one sentence of sympathy, and what becomes of it."""

SYMPATHY = {  # by the kinds of nlu/rules/complaints.py
    "broken": "I am sorry that it is not as it should be.",
    "wrong_item": "I am sorry that you got the wrong thing.",
    "missing": "I am sorry that something is missing.",
    "late": "I am sorry that you have to wait.",
    "other": "I am sorry about that.",
}
KINDS = {  # in words for support
    "broken": "broken or not working",
    "wrong_item": "not what was ordered",
    "missing": "something is missing",
    "late": "it is late, or did not come",
    "return": "wants to send it back",
    "refund": "wants money back",
    "warranty": "asks for the warranty",
    "change": "wants an order changed that I can no longer change",
    "other": "something else",
}
ASK_WHAT = "What is wrong, and with which order? For example “it came broken” or “one of the two is missing”."
ALL_WELL = "I am glad to hear that all is well."
ASK_ORDER = (
    "Which order is it about? Its number, or the e-mail you ordered with, is enough; “no” is fine too. "
    "Prove the e-mail, and I see your orders myself."
)
WITHOUT_ORDER = "All right, they will find it without the number."


def opened(*, ticket_id: int, about: str, hours: str) -> str:
    """The promise: what was passed on, and when somebody answers."""
    return f"I passed your words on as ticket T{ticket_id}{about}. A person answers {hours}, here in this chat."


def added(*, ticket_id: int, about: str, hours: str) -> str:
    """The same, where a ticket is open already."""
    return f"I added that to your ticket T{ticket_id}{about}; a person answers {hours}."


def added_order(*, ticket_id: int) -> str:
    """Which order it is was said afterwards."""
    return f"Thank you, that is with ticket T{ticket_id} now."


def about_order(*, order: str) -> str:
    """The order that a complaint was taken to be about."""
    return f", about order {order}"


def can_cancel(*, order_id: int, until: str) -> str:
    """What the customer can still do by themselves."""
    return f"Order #{order_id} has not left yet: until {until} you can also cancel or change it right here."


def for_support(*, kinds: list[str], order: str, products: list[str], besides: str = "") -> str:
    """What support reads below the customer's words."""
    about = f"Order {order}." if order else "No order of this chat."
    named = f" Named: {', '.join(products)}." if products else ""
    return f"Reported: {'; '.join(kinds)}. {about}{named} {besides}".rstrip()
