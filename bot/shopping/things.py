"""Which thing that comes in variants a message names, whatever else it says."""

from collections.abc import Iterator

from bot.shopping import meaning, variants
from bot.turn import Turn
from domain.products.variants import Group
from nlu.rules.vocabulary import CHANGING, FILLERS, PRICING, STOCK, words

CLOSED = (
    FILLERS
    | CHANGING
    | STOCK
    | PRICING
    | words("kind kinds type types sort sorts variant variants version versions option options model models come comes")
)
MOST_SOUGHT = 4  # words, each of which is looked up alone where all of them name nothing


def named(turn: Turn) -> Group | None:
    """The thing that a message names; None where it names none, or several products that are no variants of one."""
    for phrase in _sought(turn):
        match = meaning.found(turn, phrase)
        group = variants.one_group(turn, match.options if match.product is None else (match.product,))
        if group is not None and variants.names(phrase, group):
            return group
    return None


def _sought(turn: Turn) -> Iterator[str]:
    """What may name the thing: what the reader takes for a product, and the words that are none of asking."""
    yield from (entity.value for entity in turn.understanding.all("product"))
    said = [word.strip(".,;:!?\"'()") for word in turn.message.text.split()]
    telling = [word for word in said if word and word.lower().replace("’", "'") not in CLOSED]
    yield " ".join(telling)
    yield from sorted(telling, key=len, reverse=True)[:MOST_SOUGHT]
