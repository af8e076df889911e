"""Tells what only points back at what was named before, and whether a no stands in a part of a message."""

from nlu.rules.aftersale_words import phrase_set
from nlu.rules.patterns import rule

NEGATES = rule(
    r"\b(?:not|never|no|nor|neither|none|nothing|nobody|without|hardly|far from|cannot)\b"
    r"|n't\b|\b(?:dont|wont|cant|didnt|doesnt|wouldnt)\b"
)

# Words that say themselves that something is taken away, or comes back.
TAKES_AWAY = rule(r"\b(?:return|refund|cancel|revok|undo|back\b|call(?:ed|ing)?\b|exchang|swap|tak(?:e|ing)\b|withdr)")

_ONE = phrase_set(
    """
    it | this | that | this one | that one | the one | the thing | the item | this thing | that thing | the whole thing
    | this item | that item | the product | the article | one | the same | the pair | itself | the poor thing | he | she
    | yours | mine | ours | his | hers | theirs | your one | my one
    """
)
_ALL = phrase_set(
    """
    them | they | these | those | both | both of them | the two | the two of them | em | 'em | all of them | all three |
    all four | them both | them all | these two | those two | all of these | all of those | either | the pair of them
    """
)


_PLACE = phrase_set("there | here | where | that place | that address | that | it")


def means_one_before(words: str) -> bool:
    """Whether words stand for the thing that was named last."""
    return words.strip().lower() in _ONE


def means_all_before(words: str) -> bool:
    """Whether words stand for all that was named right before."""
    return words.strip().lower() in _ALL


def means_place_before(words: str) -> bool:
    """Whether words stand for the place that was named last."""
    return words.strip().lower() in _PLACE
