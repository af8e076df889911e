"""Reads that something of a placed order shall be done at a time to come: "return the lamp next week, not now"."""

import re

from nlu.rules.conditions import OF_ELSE, PERHAPS, THEN, TO_COME
from nlu.rules.patterns import rule

_LED = (
    r"\W{0,3}(?:(?:please|pls|plz|ok|okay|yes|just|then|and|but|so|also|hi|hey|hello|let'?s|you can"
    r"|(?:can|could|will|would) you"
    r"|(?:can|could|may) (?:i|we)|(?:i|we)(?:'ll| will| want(?: you)? to|'d like(?: you)? to| would like(?: you)? to"
    r"| need(?: you)? to|'m going to| am going to|'m gonna| plan to| intend to))\W{1,3}){0,4}"
)
_DOES = (
    r"(?:return|refund|exchange|swap|replace|trade|switch|change|cancel|call off|ship|send|give|bring|take|get|put|set"
    r"|remove|make|do)\b"
)
_SENTENCE = rule(r"[^.!?;\n]{1,600}")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)"
)
_DATE = (
    rf"(?:in {_MONTH}|(?:on |in )?early {_MONTH}|on (?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}"
    rf"|on {_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)"
)
_TIME = (
    rf"(?:(?P<surely>{TO_COME}"
    r"|(?:not|no (?:sooner|earlier)) (?:before|until|till|than) (?:\w{1,12} ){0,2}\w{1,12}"
    rf"|only (?:on|in|after|from) (?:{PERHAPS}|{_DATE}|{TO_COME}))|{PERHAPS}|{_DATE})"
)
_BEFORE = "".join(
    rf"(?<!\b{word} )" for word in "for by until till before since from of last per than valid open".split()
)
_AT_THE_END = rule(
    rf"\A{_LED}{_DOES}(?P<what>.{{1,160}}?)[\s,]{{1,3}}{_BEFORE}(?P<time>{_TIME})"
    r"(?=[\s,]{0,3}(?:\Z|,|\)|(?:and|but|please|pls|plz|thanks|thank|ok|okay|instead|only|then|not|or|for|because|so)\b))",
    re.IGNORECASE,
)
_AT_THE_BEGINNING = rule(
    rf"\A\W{{0,3}}(?:(?:please|pls|ok|okay|and|then|but|so|only|just)\W{{1,3}}){{0,3}}(?P<time>{_TIME})[\s,:]{{1,3}}{_LED}{_DOES}",
    re.IGNORECASE,
)


def shall_wait(text: str) -> str:
    """The time at which something shall be done that would be done at once; empty where a message says none.

    When something came, was bought or is needed is no such time.
    """
    for sentence in _SENTENCE.findall(text.replace("’", "'")):
        if (first := _AT_THE_BEGINNING.match(sentence)) is not None:
            return first["time"].strip()
        found = _AT_THE_END.match(sentence)
        if found is None or OF_ELSE.search(found["what"]):
            continue
        if found["surely"] is not None or not THEN.search(found["what"]):
            return found["time"].strip()
    return ""
