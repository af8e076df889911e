"""Takes out of a question what names a person: e-mails, addresses, numbers, links, mentions, names."""

import re

from nlu.rules.addresses import find_address
from nlu.rules.identifiers import find_emails

LONGEST = 300  # characters; a longer message is a story, not a question
_PATTERNS = (
    (re.compile(r"<[@#!][^>\n]{1,80}>|(?<!\w)@\w{2,40}"), "[somebody]"),
    (re.compile(r"(?:https?://|www\.)\S{1,500}", re.IGNORECASE), "[link]"),
    (re.compile(r"(?<![\w.])[+(]?\d[\d ()./-]{3,24}\d(?!\w)"), "[number]"),
    (re.compile(r"#?\b\w{0,4}\d{5,}\w{0,10}\b"), "[number]"),
    (
        re.compile(
            r"(?i:\b(?:my name is|my name's|name's|i am called|this is|i am|i'm|im|regards,?|thanks,?|cheers,?"
            r"|yours,?|dear|mrs?\.?|ms\.?|dr\.?))\s{1,3}(?-i:[A-Z][\w'’-]{1,30}(?:\s[A-Z][\w'’-]{1,30}){0,2})"
        ),
        "[somebody]",
    ),
    (re.compile(r"\b(?i:my name is|my name's|i am called) \w{2,30}"), "[somebody]"),
)


def scrub(text: str) -> str:
    """The text in one line, without what names a person."""
    spans = [(email.start, email.end, "[e-mail]") for email in find_emails(text)]
    taken = list(text)
    for start, end, _ in spans:
        taken[start:end] = " " * (end - start)
    addresses = [one for one in find_address("".join(taken), expected=False) if one.name == "address"]
    spans += [(address.start, address.end, "[address]") for address in addresses]
    for start, end, mark in sorted(spans, reverse=True):
        text = f"{text[:start]}{mark}{text[end:]}"
    for pattern, mark in _PATTERNS:
        text = pattern.sub(mark, text)
    return " ".join(text.split())
