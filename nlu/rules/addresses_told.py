"""Puts an address that is told in sentences into one: "7 Hill Street in Salem, Oregon. The zip is 97301"."""

import re

from nlu.rules.patterns import rule
from nlu.rules.streets import find_streets
from nlu.rules.towns import STATES

MOST = 6  # parts behind a street
_STATE = "|".join(
    [*(re.escape(name).replace(r"\ ", r"\s") for name in STATES.values()), *(f"(?-i:{one})" for one in STATES)]
)
_ZIP = r"\d{5}(?:-\d{4})?(?![\w-])"
_LABEL = r"zip\s?code|zip|post\s?code|postal\scode|postcode|town|city|state"
_UNIT = r"(?:apt|apartment|unit|suite|ste|flat)\b\.?\s?(?:number\s|no\.?\s)?#?[a-z]?\d{1,5}[a-z]?\b"
_TOWN = (
    rf"[a-z][\w.'’-]{{1,20}}(?:\s[a-z][\w.'’-]{{1,20}}){{0,2}}?(?=,?\s{{1,2}}\(?(?:{_STATE}|zip|post|{_ZIP})(?!\w))"
    r"|(?-i:[A-Z][\w.'’-]{1,20}(?:\s[A-Z][\w.'’-]{1,20}){0,2})"
)
_PART = rule(
    r"(?P<link>[\s,;()–-]{1,3}|\.\s{1,2})(?:(?:and|but)\s)?(?:(?:that|it|this|which)(?:['’]?s|\sis)\s)?"
    r"(?P<led>(?:in|at)\s(?:the\s(?:town|city|village)\sof\s)?)?(?:(?:the|my|its)\s)?"
    rf"(?:(?P<label>{_LABEL})(?:\s(?:is|of)\b|:)?\s)?(?:(?P<zip>{_ZIP})|(?P<state>(?:{_STATE})(?!\w))|(?P<unit>{_UNIT})|(?P<town>{_TOWN}))",
    re.IGNORECASE,
)
_CLOSES = rule(r"\s?\)")


def in_one(text: str) -> str:
    """A message in which the last street stands with its flat, its town, its state and its postcode, in that order.

    Messages that write them so already, or tell no town and no postcode behind a street, stay as they are.
    """
    for begin, end in reversed(list(find_streets(text))):
        if re.search(_ZIP, text[begin:end]):
            return text
        parts: dict[str, str] = {}
        at = end
        while len(parts) < MOST and (part := _PART.match(text, at)) is not None:
            kind = next(kind for kind in ("zip", "state", "unit", "town") if part[kind])
            new_sentence = "." in part["link"] and not part["label"]
            loose = kind == "town" and not (part["led"] or part["label"] or "," in part["link"])
            if kind in parts or new_sentence or loose:
                break
            parts[kind], at = part[kind], part.end()
            closed = _CLOSES.match(text, at) if "(" in part["link"] else None
            at = at if closed is None else closed.end()
        if "zip" not in parts and "town" not in parts:
            return text
        place = ", ".join(parts[kind] for kind in ("unit", "town", "state") if kind in parts)
        whole = ", ".join(one for one in (text[begin:end].rstrip(" ,."), place) if one)
        return f"{text[:begin]}{whole}{' ' if 'zip' in parts else ''}{parts.get('zip', '')}{text[at:]}"
    return text
