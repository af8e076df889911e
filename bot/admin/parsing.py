"""Reads what staff typed or filled in: the words of a command, and the values of a product's fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.phrases import misread
from domain.model import Product
from domain.products.editing import with_facts
from domain.products.fields import BY_NAME, EDITABLE, MONEY, MOST_PIECES, PICTURE, PIECES, ProductField
from domain.products.product_ids import shown

LONGEST_ID = 48  # bytes; with a verb before it, an id still fits into a button
_DEAREST = Decimal("9999999999.99")  # what the database holds
_FIELDS = {word: field for field in EDITABLE for word in (field.name, *field.aliases)}
_NAMES = [field.name for field in EDITABLE]
_MONEY = re.compile(r"[^\w\s.,+-]?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", re.ASCII)
_KEY = re.compile(r"(?:^|(?<=\s))([A-Za-z_]+)=")
_QUOTES = "\"'“”„‘’"
_ORDER = re.compile(r"#?(\d{1,18})", re.ASCII)


@dataclass
class BadInput(Exception):
    """What was typed cannot be used; `reason` says why, in words, `usage` is the key of the right form."""

    reason: str
    usage: str = ""


def clean(text: str) -> str:
    """The text without what Postgres cannot keep and what nobody can see, but with its line breaks."""
    text = text.encode("utf-8", "replace").decode()
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


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


def order_number(text: str, usage: str) -> int:
    """An order's number, with or without "#".

    Raises:
        BadInput: it is none.
    """
    found = _ORDER.fullmatch(text.strip())
    if found is None:
        raise BadInput(misread.order(text=text), usage)
    return int(found[1])


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


def with_values(product: Product, values: Mapping[str, str], usage: str) -> Product:
    """The product with the given fields put to what their texts say.

    Raises:
        BadInput: a text is no value of its field.
    """
    return with_facts(product, {name: value_of(BY_NAME[name], text, usage) for name, text in values.items()})


def value_of(field: ProductField, text: str, usage: str) -> str:
    """A field's value as the audit log writes it: "12.50", "10", "Red Mug".

    Raises:
        BadInput: the text is no value of this field.
    """
    text = text.strip().strip(_QUOTES).strip() or field.usual
    if field.kind is MONEY:
        return str(_money(field.name, text, usage))
    if field.kind is PIECES:
        return str(whole(text, field.least, usage))
    lines = text.splitlines() if field.multiline else [text]
    text = "\n".join(" ".join(line.split()) for line in lines)
    if len(text) > field.longest:
        raise BadInput(misread.too_long(name=field.name, length=len(text), most=field.longest), usage)
    if not (text or field.may_be_blank):
        raise BadInput(misread.needed(name=field.name), usage)
    if field.kind is PICTURE and text and not re.match(r"https?://[^\s/]|/[^\s/]", text):
        raise BadInput(misread.NO_PICTURE, usage)
    return text


def whole(text: str, least: int, usage: str) -> int:
    """A whole number of pieces.

    Raises:
        BadInput: it is none, or not from `least` to a million.
    """
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", text, re.ASCII) else text
    if not re.fullmatch(r"[+-]?\d{1,18}", plain, re.ASCII):
        raise BadInput(misread.whole(text=text), usage)
    if not least <= int(plain) <= MOST_PIECES:
        raise BadInput(misread.between(text=text, least=least, most=MOST_PIECES), usage)
    return int(plain)


def _money(field: str, text: str, usage: str) -> Decimal:
    if text.startswith("-"):
        raise BadInput(misread.negative(name=field), usage)
    found = _MONEY.fullmatch(text)
    if found is None:
        raise BadInput(misread.money(text=text) if text else misread.missing(name=field), usage)
    whole_part, cents = found[1].replace(",", ""), found[2] or "0"
    if len(cents) > 2:
        raise BadInput(misread.decimals(text=text, count=len(cents), name=field), usage)
    amount = Decimal(f"{whole_part}.{cents}")
    if amount > _DEAREST:
        raise BadInput(misread.too_much(text=text), usage)
    return amount.quantize(Decimal("0.01"))
