"""What is said while a person has a conversation: to the customer, and to support."""

# To the customer.
CART_KEPT = " Your cart is kept."
WRITES_TO_PERSON = "What you write goes to the person who helps you. To answer me, go back to the bot first."

TOO_MUCH_SAID = (
    "That was a lot in one minute, so I did not pass this one on; the person has what you wrote before. "
    "Please wait a minute, and then write it again, all in one message if you can."
)
TAKES_OVER = "What you write now goes to them; I stay silent until they hand you back, or you press “Back to the bot”."

SHALL_A_PERSON = "Shall a person look at it? I pass it on only if you write “human”."
NOBODY_CALLED = "All right, I call nobody. Write “human” if you need a person after all."

# To support.
CUSTOMER_WRITES = "The customer"
BOT_SAYS = "The bot"
CARD_NUMBER_REMOVED = "[card number removed]"
CUSTOMER_LEFT = "The customer went back to the bot, and the ticket is closed."
WORDS_ONLY = "I can pass on words only, so the customer did not get that."
NOBODY_READS = "They wrote on the page behind a mail, where nobody reads answers, so the customer did not get that."
NOT_SUPPORT = "Only people with the role support or admin answer customers here, so I did not pass that on."
LATE = "This ticket is closed, so the customer did not get that."
RESOLVE_DENIED = "Sorry, only people with the role support or admin can resolve tickets."


def handed_over(*, ticket_id: int, hours: str, cart_kept: bool) -> str:
    """To a customer who asked for a person."""
    return (
        f"Of course. I opened ticket T{ticket_id}, and a person will take over this chat ({hours}).\n"
        "What you write here goes to them; I stay silent until they hand you back, or you press “Back to the bot”."
        f"{CART_KEPT if cart_kept else ''}"
    )


def still_handed_over(*, ticket_id: int, hours: str) -> str:
    """To one who asks again."""
    return f"Ticket T{ticket_id} is with a person; somebody is there {hours}."


def too_many_asked(*, hours: str) -> str:
    """To one from where many were asked for."""
    return (
        f"Many people were asked for from where you are, so I open no further ticket for now. People answer {hours}; "
        "please write “human” again in an hour. Until then I am still here for orders, and your cart is kept."
    )


def passed_on(*, hours: str) -> str:
    """To a customer whose first words went to support."""
    return f"I passed that on. A person answers here {hours}."


def back_with_bot(*, ticket_id: int | None) -> str:
    """To a customer who went back to the bot."""
    return f"All right, you are back with me, the shop's bot. I closed ticket T{ticket_id}."


def resolved(*, ticket_id: int) -> str:
    """To a customer whom support gave back to the bot."""
    return (
        f"Ticket T{ticket_id} is closed, and you are back with me, the shop's bot. "
        "Write “human” if you need anything else."
    )


def case_closed(*, ticket_id: int) -> str:
    """To a customer whose complaint is settled, while the bot went on answering."""
    return f"Ticket T{ticket_id} is closed. If something is still wrong, just tell me."


def from_person(*, shop: str) -> str:
    """Above what a person writes to a customer."""
    return f"A person at {shop}"


def resolve_done(*, ticket_id: int) -> str:
    """To who pressed “Resolve”."""
    return f"Ticket T{ticket_id} is resolved. The customer knows, and the bot answers again."


def case_done(*, ticket_id: int) -> str:
    """To who pressed it on what was written on a page."""
    return f"Ticket T{ticket_id} is resolved."


def resolve_before(*, ticket_id: int) -> str:
    """To who pressed it too late."""
    return f"Ticket T{ticket_id} was resolved already. Nothing changed."


def resolve_unknown(*, ticket_id: int) -> str:
    """To who pressed it on a card of nothing."""
    return f"There is no ticket T{ticket_id}."


def one_of_several(*, who: str, words: str) -> str:
    """In a post of words of both the customer and the bot: whose these are."""
    return f"{who}: {words}"
