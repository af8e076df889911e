"""The acts that a message is made of and the kinds of spans in them, as the marked messages and the models name them.

The order is the models': a label that is added needs a new training.
"""

from dataclasses import dataclass

ACTS = (
    "-", "add", "set", "more", "less", "times", "remove", "swap", "keep", "skip", "clear", "undo",
    "stock", "price_of", "prices", "recommend", "fact", "shop",
    "status", "past", "again", "cancel", "keep_order", "change_order", "change_address", "after_sales", "note",
    "email", "address", "yes", "no", "checkout", "show_cart",
    "privacy", "ads_on", "ads_off", "human", "help", "greet", "thanks", "language", "other",
)  # fmt: skip
NOTHING = ACTS[0]  # words that want nothing: reasons, stories, courtesies

PRODUCT, QUANTITY, OLD_QUANTITY, REFERENCE, OLD, WITH = "p", "q", "oq", "r", "o", "w"
BOUND, ORDER_NUMBER, ORDER_TIME, EMAIL, ADDRESS = "b", "n", "t", "e", "a"
KINDS = (
    PRODUCT, QUANTITY, OLD_QUANTITY, REFERENCE, OLD, WITH, BOUND, ORDER_NUMBER, ORDER_TIME, EMAIL, ADDRESS,
)  # fmt: skip
OUTSIDE = "O"


@dataclass(frozen=True, kw_only=True, slots=True)
class Labels:
    """What one model tells apart: acts, kinds of spans, and those of them that stand for parts of words ("x3")."""

    acts: tuple[str, ...]
    kinds: tuple[str, ...]
    unread: frozenset[str] = frozenset()
    of_parts: frozenset[str] = frozenset()

    @property
    def tags(self) -> tuple[str, ...]:
        """Of each token: outside, or the first or a further one of a span; I-x stands right behind B-x."""
        return (OUTSIDE, *(f"{place}-{kind}" for kind in self.kinds for place in "BI"))


SHOP = Labels(acts=ACTS, kinds=KINDS, unread=frozenset({"f"}), of_parts=frozenset({QUANTITY, EMAIL}))
TAGS = SHOP.tags
