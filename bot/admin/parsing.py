"""Reads the words of a command that staff typed; what a single value says is read by `bot.values`."""

import re

from bot.phrases import misread
from bot.values import BadInput
from domain.products.fields import EDITABLE
from domain.products.product_ids import shown

LONGEST_ID = 48  # bytes; with a verb before it, an id still fits into a button
LONGEST_REASON = 200
_BECAUSE = re.compile(r"(?<!\s)\s+because\s+", re.IGNORECASE)
_FIELDS = {word: field for field in EDITABLE for word in (field.name, *field.aliases)}
_NAMES = [field.name for field in EDITABLE]
_KEY = re.compile(r"(?:^|(?<=\s))([A-Za-z_]+)=")


def first_word(text: str) -> tuple[str, str]:
    """The first word in lower case, and the trimmed rest."""
    word, *rest = text.split(None, 1) or [""]
    return word.lower(), "".join(rest).strip()


def read_page(text: str, usage: str) -> tuple[str, int]:
    """A trailing page number and what is before it: "red mug page 2" and, with nothing before it, "2".

    Raises:
        BadInput: the page is no number from 1.
    """
    words = text.split()
    if len(words) == 1 and words[0].isdecimal():
        before, number = "", words[0]
    elif len(words) > 1 and words[-2].lower() == "page":
        before, number = " ".join(words[:-2]), words[-1]
    else:
        return text.strip(), 1
    if not re.fullmatch(r"[1-9]\d{0,6}", number, re.ASCII):
        raise BadInput(misread.bad_page(text=number), usage)
    return before, int(number)


def setting(text: str) -> tuple[str, dict[str, str]]:
    """The id and the one field of `ID FIELD VALUE`, or the fields of `ID FIELD=VALUE FIELD=VALUE …`, if any.

    An id may hold spaces: it ends where a field's name begins.

    Raises:
        BadInput: there is no id, or no field of that name.
    """
    product_id, values = assignments(text, "set")
    if values:
        return product_id, values
    words = text.split(" ")
    for place, word in enumerate(words[1:], 1):
        if field := _FIELDS.get(word.lower()):
            value = " ".join(words[place + 1 :]).strip()
            if not value:
                raise BadInput(misread.no_value(name=field.name), "set")
            return " ".join(words[:place]).strip(), {field.name: value}
    if len(words) > 2:
        raise BadInput(misread.field(word=words[1], known=_NAMES), "set")
    return text.strip(), {}


def assignments(text: str, usage: str) -> tuple[str, dict[str, str]]:
    """The words before the first `FIELD=`, and the values by field.

    Raises:
        BadInput: a field is unknown or there twice.
    """
    found = list(_KEY.finditer(text))
    values: dict[str, str] = {}
    for place, match in enumerate(found):
        field = _FIELDS.get(match[1].lower())
        if field is None:
            raise BadInput(misread.field(word=match[1], known=_NAMES), usage)
        if field.name in values:
            raise BadInput(misread.twice(name=field.name), usage)
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        values[field.name] = text[match.end() : end].strip()
    return (text[: found[0].start()] if found else text).strip(), values


def with_reason(text: str, usage: str) -> tuple[str, str]:
    """A number of pieces and why they changed: "5 because one broke"; the reason is blank where none is said.

    Raises:
        BadInput: the reason is too long.
    """
    said, _, why = (part.strip() for part in _BECAUSE.sub("\0", text, count=1).partition("\0"))
    why = " ".join(why.split())
    if len(why) > LONGEST_REASON:
        raise BadInput(misread.too_long(name="reason", length=len(why), most=LONGEST_REASON), usage)
    return said, why


def new_id(text: str) -> str:
    """The id of a product that is to be made.

    Raises:
        BadInput: it is blank, too long, or holds spaces.
    """
    product_id = shown(text)
    if not product_id:
        raise BadInput(misread.ID_NEEDED, "add")
    if len(product_id.split()) > 1:
        raise BadInput(misread.id_with_space(product_id=product_id), "add")
    if len(product_id.encode()) > LONGEST_ID:
        raise BadInput(misread.id_too_long(most=LONGEST_ID), "add")
    return product_id
