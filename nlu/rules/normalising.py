"""Rewrites a message into what the intent model reads: lower case, with class words for values that never repeat."""

import re

from nlu.rules.addresses import find_address
from nlu.rules.cleaning import blank, clean, shorten, squeeze
from nlu.rules.identifiers import find_emails
from nlu.rules.patterns import rule

_AMOUNT = r"\d{1,12}(?:[.,]\d{1,12}){0,6}"
_CLASSES = tuple(
    (rule(pattern), f" {word} ")
    for pattern, word in (
        (rf"^\s*(?:what(?:'?s|\s+is)\s+)?{_AMOUNT}(?:\s*[-+*/x^]\s*{_AMOUNT})+\s*=?\s*\??\s*$", "xxsum"),
        (
            rf"[$£€]\s*{_AMOUNT}|(?<!\d){_AMOUNT}\s*(?:[$£€]|(?:usd|eur|gbp|dollars?|bucks?|quid|euros?|pounds?|pence|cents?)\b)",
            "xxprice",
        ),
        (r"(?:#|\bno\.?\s*|\bnumber\s+)\d{3,}", "xxordernumber"),
        (r"\b(?=\w*\d)(?=\w*[a-z])[a-z0-9]{8,}\b|\b\d{5}[a-z]{1,2}\b|\b[a-z]{1,3}\d*-\d{2,}\b", "xxproductid"),
        (r"\b\d{5}(?:-\d{4})?\b", "xxfive"),
        (r"\b\d{3,4}\b", "xxlong"),
        (r"\b[x*]\s?\d{1,3}\b|\b\d{1,3}\s?[x*](?=\s|$)", "xxtimes"),
        (r"\b\d+(?:[.,]\d+)?\b", "xxnumber"),
        (
            r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
            r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozen)\b",
            "xxnumber",
        ),
    )
)
_SPELLINGS = tuple(
    (rule(pattern, re.IGNORECASE), word)
    for pattern, word in (
        (r"\b2(?=\s+(?:talk|speak|get|buy|order|have|my|me|us|u|the|be|go|pay|see|some\w*)\b)", "to"),
        (r"\b4(?=\s+(?:my|me|us|u|a|the)\b)", "for"),
        (r"<=?(?=\s*[$£€]?\s*\d)", " under "),
        (r">=?(?=\s*[$£€]?\s*\d)", " over "),
        (r"(?<=\bsome)1\b|(?<=\bany)1\b|(?<=\bevery)1\b", "one"),
    )
)
_PIECE = rule(r"\w+|[^\w\s]")


def normalise(text: str) -> str:
    """Returns the words of `text` in lower case, values replaced by their class: "2 mugs" → "xxnumber mugs".

    Never blank: a text of nothing but spaces becomes a full stop.
    """
    text = _spelt_out(text)
    spans = [(email.start, email.end, "xxemail") for email in find_emails(text)]
    without = blank(text, ((start, end) for start, end, _ in spans))
    addresses = [found for found in find_address(without, expected=False) if found.name == "address"]
    spans += [(address.start, address.end, "xxaddress") for address in addresses]
    for start, end, word in sorted(spans, reverse=True):
        text = f"{text[:start]} {word} {text[end:]}"
    text = text.lower()
    for pattern, word in _CLASSES:
        text = pattern.sub(word, text)
    return " ".join(_PIECE.findall(text.replace("'", ""))) or "."


def readable(text: str) -> str:
    """Returns `text` in lower case and freed of markup, as the sentence encoder reads it best."""
    return " ".join(_spelt_out(text).lower().split()) or "."


def _spelt_out(text: str) -> str:
    text, _ = squeeze(clean(shorten(text)))
    for pattern, word in _SPELLINGS:
        text = pattern.sub(word, text)
    return text
