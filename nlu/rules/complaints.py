"""What may go wrong with an order, and the words by which a question about it is none of one's own.

What a message complains of is learned (`nlu/components/complaint_component.py`), from lines of many trades.
"""

import re
from collections.abc import Collection
from enum import StrEnum

from nlu.rules.patterns import rule

# Which order it is, in words, for a person to find: "my cancelled one", "the one with the mugs".
TELLS_ORDER = rule(
    r"\W{0,3}(?:(?:it(?:'s|\sis)|about|for|i\smean)\s)?(?:the|my)\s(?:\w{1,12}\s){0,2}(?:one|orders?)(?:\s(?:with|from|of|that|i|to)\b[^?]{0,60})?\W{0,3}"
)


class Complaint(StrEnum):
    """What went wrong with an order, or what its customer wants done about it."""

    BROKEN = "broken"
    WRONG_ITEM = "wrong_item"
    MISSING = "missing"
    LATE = "late"
    RETURN = "return"
    REFUND = "refund"
    WARRANTY = "warranty"
    CHANGE = "change"  # of an order, where the shop cannot do it by itself any more
    OTHER = "other"


_OF_RULES = {Complaint.RETURN, Complaint.REFUND, Complaint.WARRANTY, Complaint.OTHER}
_ASKS = rule(
    r"\W{0,5}(?:(?:hi|hello|hey|and|so|also|ok)\W{1,4}){0,3}(?:how|what|who|where|when|do|does|can|could|is|are|will|whats|what's)\b",
    re.IGNORECASE,
)
_OWN = rule(
    r"\b(?:my|mine|our|ours|it|its|it's|this|these|them|they|that|those|bought|ordered|got|received|sent|came|arrived|paid|had|order|parcel)\b"
    r"|\b(?:the|these|this)\s+(?!return|refund|warrant|guarant|postage|shipping|money|cost|policy|price|deadline)\w",
    re.IGNORECASE,
)
_OF_A_MAIL = rule(r"\b(?:confirm\w{0,6}|e-?mails?|mail|inbox|mailbox|receipt|invoice|link)\b", re.IGNORECASE)


def is_of_a_mail(text: str) -> bool:
    """Whether what did not come may be a mail: that is no complaint about an order."""
    return _OF_A_MAIL.search(text.replace("’", "'")) is not None


def asks_in_general(text: str, kinds: Collection[Complaint]) -> bool:
    """Whether it asks how returns, refunds or the warranty work, and speaks of nothing of its own."""
    said = text.replace("’", "'")
    return {*kinds} <= _OF_RULES and _ASKS.match(said) is not None and _OWN.search(said) is None
