"""What is answered about the shop and its products, where that stands, and that nobody knows."""

from bot.shop import Shop

WHICH_PRODUCT = "Which product do you mean? Name it, and I look what we know of it."
UNKNOWN = (  # never the same one twice in a row
    "I do not know that. I keep the question for the people of the shop; a person can answer it now, too.",
    "That is not written down for me either. I keep it for the people of the shop, or you ask one now.",
)
# What a topic is called in a sentence; of others it is only said that nobody knows.
TOPICS = {
    "shipping_cost": "what shipping costs",
    "countries": "where we ship to",
    "delivery_time": "how long delivery takes",
    "payment": "how one pays",
    "returns": "how returns work",
    "refunds": "how refunds work",
    "opening_hours": "our opening hours",
    "discounts": "discounts",
    "invoice": "invoices",
    "gift_note": "gift wrapping and notes",
    "warranty": "a guarantee",
    "pick_up": "picking things up",
    "contact": "how we are reached",
    "loyalty": "points or membership",
    "gift_card": "gift cards",
    "back_order": "ordering what we do not have",
    "languages": "languages",
}


def unknown_words(*, words: str) -> str:
    """Nothing is known of a question that stood beside other wishes."""
    return f"I do not know “{words}”. I keep the question for the people of the shop; a person can answer it now, too."


def unknown_topic(*, topic: str, again: bool) -> str:
    """The shop has no answer to a topic; `again`: it just said so."""
    if topic not in TOPICS:
        return UNKNOWN[again]
    what = TOPICS[topic]
    if again:
        return f"Nothing is written down for me about {what}. I keep the question; a person can tell you."
    return f"I do not know about {what}. I keep the question for the people of the shop; a person can tell you now."


def unknown_fact(*, title: str, described: bool, again: bool) -> str:
    """What is asked of a product is not known; `again`: the last answer was such a one."""
    why = "its description does not say" if described else "we have no description of it"
    if again:
        return f"That is not known of the {title} either: {why}. A person can look for you."
    return f"I do not know that of the {title}: {why}. I keep the question; a person can look for you."


def with_source(*, text: str, source: str) -> str:
    """An answer and where it is written at length."""
    return f"{text}\nMore: {source}" if source else text


def description_says(*, text: str) -> str:
    """A sentence of a product's description."""
    return f"Its description says: “{text}”"


def name_says(*, name: str) -> str:
    """A fact that only the name tells."""
    return f"All I know is its name: “{name}”."


def pack_holds(shop: Shop, *, pieces: int) -> str:
    """How many pieces are in what is sold."""
    return f"{shop.number(pieces)} pieces are in a pack."


def shop_says(*, text: str) -> str:
    """What staff answered about a product."""
    return f"The shop says: {text}"


def paid(*, how: str) -> str:
    """On a card: how it is paid."""
    return f"Paid {how}" if how[:3] in ("by ", "in ", "on ", "wit") else f"Payment: {how}"


def arrives(*, when: str) -> str:
    """On a card: when it comes."""
    return f"Delivery: {when}"
