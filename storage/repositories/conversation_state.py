"""How SQL looks into a kept conversation: the one place that spells the keys of its JSON."""

from domain.conversation import Asked

# Where things are; each is a key of what `conversations.py` keeps, or of the object under such a key.
HASHED_EMAIL = ("hashed_email",)
ADDRESS_ID = ("address_id",)
ADDRESS_ASIDE = ("aside", "address_id")
EMAIL_BEFORE = ("done", "before", "hashed_email")
ADDRESS_BEFORE = ("done", "before", "address_id")
CHANGING = ("changing",)
TICKET = ("ticket_id",)
ASKED = ("pending", "kind")
ASKED_ABOUT = ("pending", "subject")
PATHS = (
    HASHED_EMAIL,
    ADDRESS_ID,
    ADDRESS_ASIDE,
    EMAIL_BEFORE,
    ADDRESS_BEFORE,
    CHANGING,
    TICKET,
    ASKED,
    ASKED_ABOUT,
)
# What belongs to an e-mail that somebody used, and goes with it.
OF_THE_EMAIL = (
    "hashed_email",
    "masked_email",
    "address_id",
    "pending",
    "checking_out",
    "changing",
    "aside",
    "done",
    "plan",
    "spoken",
    "spoken_of",
    "refused",
    "weighed",
)
OF_BEFORE = ("done",)


def value(path: tuple[str, ...], state: str = "state") -> str:
    """What is there, as a text; NULL where nothing is. `state` is the column, as the query calls it."""
    return f"{_before(path, state)} ->> '{path[-1]}'"


def has(path: tuple[str, ...], state: str = "state") -> str:
    """Whether something is there."""
    return f"{_before(path, state)} ? '{path[-1]}'"


def without(keys: tuple[str, ...], state: str = "state") -> str:
    """The state without these keys."""
    listed = ", ".join(f"'{key}'" for key in keys)
    return f"{state} - ARRAY[{listed}]"


def shows_card_of(quote_id: str, state: str = "state") -> str:
    """Whether the card of that quote is open for a yes."""
    return f"{value(ASKED, state)} = '{Asked.CONFIRM}' AND {value(ASKED_ABOUT, state)} = {quote_id}"


def _before(path: tuple[str, ...], state: str) -> str:
    return "".join((state, *(f" -> '{key}'" for key in path[:-1])))
