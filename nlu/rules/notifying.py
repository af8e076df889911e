"""Finds the wish to be told when something is there again."""

import re
from collections.abc import Iterator

from nlu.rules.patterns import rule
from nlu.understanding import Entity

_NOTIFY = rule(
    r"\b(?:let\s+(?:me|us)\s+know|tell\s+(?:me|us)|notify|ping|e-?mail\s+(?:me|us)|message\s+(?:me|us)"
    r"|text\s+(?:me|us)|remind\s+(?:me|us)|alert|give\s+(?:me|us)\s+a\s+(?:shout|heads?[- ]?up|buzz|call)"
    r"|drop\s+(?:me|us)\s+a|inform|heads[- ]up|shout\s+when|waitlist|waiting\s+list|contact\s+(?:me|us)"
    r"|write\s+(?:me|us)|send\s+(?:me|us)\s+a)\b",
    re.IGNORECASE,
)
_WHEN_BACK = rule(
    r"\b(?:when|once|as\s+soon\s+as|if|the\s+moment|again|back|available|restock\w*|in\s+stock)\b", re.IGNORECASE
)


def find_notify(text: str) -> Iterator[Entity]:
    """Yields `notify` where a message asks to be told when a product is back."""
    notify = _NOTIFY.search(text)
    if notify and _WHEN_BACK.search(text):
        yield Entity(name="notify", value="yes", start=notify.start(), end=notify.end())
