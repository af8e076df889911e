"""Reads who gives up what was told to be impossible: "then leave it", "I'll do it on the website"."""

from nlu.rules.aftersale_phrases import BY_THEMSELVES
from nlu.rules.patterns import rule

_LETS_BE = rule(
    r"\b(?:leave|keep|forget(?:\sabout)?)\s(?:it|that|them|this|everything|all(?:\sof\s(?:it|that))?|the\s(?:order|whole\sthing))\b|\bnever\s?mind\b"
    r"|\b(?:don'?t|do\snot)\s(?:touch|bother|do\s(?:it|that|anything))\b|\b(?:then|rather)\snot\b|\b(?:it|that|they|all|everything)\s(?:can\s)?stays?\b"
)


def lets_it_be(text: str) -> bool:
    """Whether a message gives up what was told to be impossible, or does it elsewhere."""
    plain = text.lower().replace("’", "'")
    return _LETS_BE.search(plain) is not None or BY_THEMSELVES.search(plain) is not None
