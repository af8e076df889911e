"""Reads what shall be written or noted for a parcel: its words as they were said, without the asking around them."""

import re

from nlu.rules.order_edits import of_the_order, speaks_of_placed
from nlu.rules.patterns import rule
from nlu.rules.vocabulary import words

LONGEST = 120
_ASKING = rule(
    r"\A\W{0,9}(?:(?:hi|hello|hey|please|pls|plz|kindly|also|and|oh|ok|so|but|then|just|again|hang\s+on|one\s+more\s+thing|if\s+possible"
    r"|(?:can|could|would|will)\s+(?:you|u|i)|i(?:'d|\s+would)\s+like(?:\s+you)?\s+to|i\s+want\s+to|is\s+it\s+possible\s+to)\b[\s,:!-]{0,4}){1,8}",
    re.IGNORECASE,
)
_POLITE_END = rule(
    r"[\s,]{0,4}(?:\b(?:please|pls|plz|thanks|thank\s+you|thx|ta|cheers)\b[\s.!]{0,4}){1,3}\Z", re.IGNORECASE
)
# Nothing but these says only that there shall be one: what it says must be asked.
_EMPTY = words(
    """add leave put include have write send make attach can could is it there a an the my some special little short
    personal gift greeting delivery parcel package order box note notes message messages card cards comment comments
    remark remarks instruction instructions for to on with in of driver courier something somewhere do you i want need
    would like possible also too get wrap wrapped it's its present as get please pls"""
)
_LABEL = rule(
    r"\A\W{0,3}(?:please\s)?(?:(?:add|leave|put)\s(?:an?\s|the\s)?)?(?:(?:gift|delivery|parcel|order|driver)\s)?(?:note|remark|comment|instructions?)"
    r"(?:\s(?:for|to)\s(?:the\s|my\s)?\w{2,12})?\s?:\s?(?=\S)",
    re.IGNORECASE,
)
_AT_THE_DOOR = rule(
    r"\b(?:call|phone|ring|text|message|buzz)\s(?:me|us|ahead|first|my\s\w{2,12})\b.{0,30}\b(?:before|when|once|on|upon|at|if|as\ssoon\sas)\b"
    r".{0,30}\b(?:deliver\w*|arriv\w*|coming|come|comes|here|outside|driver|courier|gate|door|drop\w*|nobody|no\sone)\b",
    re.IGNORECASE,
)
_WORD = rule(r"[\w'-]+")
_SIGNS = rule(r"[,;()!\n]+|\.(?=\s|\Z)")


def note_said(text: str) -> str:
    """The note, in one line; empty where only is said that there shall be one."""
    said = text.replace("’", "'")
    if (order := of_the_order(said)) and speaks_of_placed(order):
        said = said.replace(order, " ")
    said = _POLITE_END.sub("", _ASKING.sub("", _LABEL.sub("", said))).strip()
    if all(word in _EMPTY for word in _WORD.findall(said.lower())):
        return ""
    return " ".join(_SIGNS.sub(" –", said).split()).strip(" –")[:LONGEST]


def is_labelled(text: str) -> bool:
    """Whether a message says first that all of it is a note: "note: the bell is broken"."""
    return _LABEL.match(text.replace("’", "'")) is not None


def calls_at_the_door(text: str) -> bool:
    """Whether somebody wants to be called by who brings the parcel, and by no person of the shop."""
    return _AT_THE_DOOR.search(text) is not None and "?" not in text
