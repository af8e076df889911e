"""Rewrites a message into what the intent model reads: lower case, with class words for values that never repeat."""

import re

from nlu.cleaning import clean, shorten
from nlu.identifiers import find_emails
from nlu.vocabulary import CLOSED

_AMOUNT = r"\d+(?:[.,]\d+)*"
_CLASSES = tuple(
    (re.compile(pattern), f" {word} ")
    for pattern, word in (
        (rf"[$£€]\s*{_AMOUNT}|{_AMOUNT}\s*(?:[$£€]|(?:usd|eur|gbp|dollars?|bucks?|quid|euros?|pounds?|pence|cents?)\b)", "xxprice"),
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
_PIECE = re.compile(r"\w+|[^\w\s]")


def normalise(text: str) -> str:
    """Returns the words of `text` in lower case, values replaced by their class: "2 mugs" → "xxnumber mugs".

    Never blank: a text without any word is returned as it is.
    """
    text = clean(shorten(text))
    for email in find_emails(text):
        text = text[: email.start] + "\0" * (email.end - email.start) + text[email.end :]
    text = re.sub("\0+", " xxemail ", text.lower())
    for pattern, word in _CLASSES:
        text = pattern.sub(word, text)
    return " ".join(_PIECE.findall(text.replace("'", ""))) or text or "."


def readable(text: str) -> str:
    """Returns `text` in lower case and freed of markup, as the sentence encoder reads it best."""
    return " ".join(clean(shorten(text)).lower().split()) or "."


def skeleton(text: str) -> str:
    """Returns the closed-class words of `text`, every other run of words as one "xxthing".

    "bin the birthday cards" and "bin the rake" are the same here, whatever is for sale.
    """
    kept: list[str] = []
    for word in normalise(text).split():
        known = word in CLOSED or word.startswith("xx") or word in "?!:+<>"
        piece = word if known else "xxthing" if word[0].isalpha() else ""
        if piece and not (piece == "xxthing" and kept[-1:] == ["xxthing"]):
            kept.append(piece)
    return " ".join(kept) or "xxnothing"
