"""Reads values that staff typed or filled in, in a chat or on a page: a product's fields, money, pieces, a parcel."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from bot.phrases import misread
from domain.model import Product
from domain.orders.shipping import WELL_KNOWN, Parcel
from domain.products.editing import with_facts
from domain.products.fields import BY_NAME, MONEY, MOST_PIECES, OPTIONS, PICTURE, PIECES, ProductField, is_picture
from domain.records.returns import Condition, Return
from domain.returns.receiving import accept_return, receive_return, refuse_return

_DEAREST = Decimal("9999999999.99")  # what the database holds
_MONEY = re.compile(r"[^\w\s.,+-]?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", re.ASCII)
_QUOTES = "\"'“”„‘’"
_ORDER = re.compile(r"#?(\d{1,18})", re.ASCII)
_RETURN = re.compile(r"#?R?-?(\d{1,18})", re.ASCII | re.IGNORECASE)
_DECISIONS = {"refund": accept_return, "replace": accept_return, "refuse": refuse_return}
_TRACKING = re.compile(r"[A-Z0-9-]{4,40}")
_CARRIER = re.compile(r"[^\W\d_][\w .&'-]{0,39}")


@dataclass
class BadInput(Exception):
    """What was typed cannot be used; `reason` says why, in words, `usage` is the key of the right form."""

    reason: str
    usage: str = ""


def clean(text: str) -> str:
    """The text without what Postgres cannot keep and what nobody can see, but with its line breaks."""
    text = text.encode("utf-8", "replace").decode()
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


def order_number(text: str, usage: str) -> int:
    """An order's number, with or without "#".

    Raises:
        BadInput: it is none.
    """
    found = _ORDER.fullmatch(text.strip())
    if found is None:
        raise BadInput(misread.order(text=text), usage)
    return int(found[1])


def return_number(text: str, usage: str) -> int:
    """A return's number, with or without "R".

    Raises:
        BadInput: it is none.
    """
    found = _RETURN.fullmatch(text.strip())
    if found is None:
        raise BadInput(misread.return_number(text=text), usage)
    return int(found[1])


def return_step(text: str) -> Callable[..., Return]:
    """What is to be done with a return: called with the unit of work, its id, who does it, and when.

    Raises:
        BadInput: it is neither a condition, with or without "received", nor a decision.
    """
    said = " ".join(text.lower().split())
    if said in _DECISIONS:
        return _DECISIONS[said]
    condition = said.removeprefix("received ")
    if condition not in list(Condition):
        raise BadInput(misread.RETURN_STEP, "return")
    return partial(receive_return, condition=Condition(condition))


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
        return str(amount(field.name, text, usage))
    if field.kind is PIECES:
        return str(whole(text, field.least, usage))
    lines = text.splitlines() if field.multiline else [text]
    text = "\n".join(" ".join(line.split()) for line in lines)
    if len(text) > field.longest:
        raise BadInput(misread.too_long(name=field.name, length=len(text), most=field.longest), usage)
    if not (text or field.may_be_blank):
        raise BadInput(misread.needed(name=field.name), usage)
    if field.kind is PICTURE and text and not is_picture(text):
        raise BadInput(misread.NO_PICTURE, usage)
    return _options(text, usage) if field.kind is OPTIONS else text


def _options(text: str, usage: str) -> str:
    try:
        return OPTIONS.write(OPTIONS.read(text))
    except ValueError:
        raise BadInput(misread.OPTIONS, usage) from None


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


def amount(name: str, text: str, usage: str) -> Decimal:
    """An amount of money, which is called `name`.

    Raises:
        BadInput: the text is none, or one below nothing.
    """
    if text.startswith("-"):
        raise BadInput(misread.negative(name=name), usage)
    found = _MONEY.fullmatch(text)
    if found is None:
        raise BadInput(misread.money(text=text) if text else misread.missing(name=name), usage)
    whole_part, cents = found[1].replace(",", ""), found[2] or "0"
    if len(cents) > 2:
        raise BadInput(misread.decimals(text=text, count=len(cents), name=name), usage)
    found_sum = Decimal(f"{whole_part}.{cents}")
    if found_sum > _DEAREST:
        raise BadInput(misread.too_much(text=text), usage)
    return found_sum.quantize(Decimal("0.01"))


def wrong_values(command: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Why values of a command's form cannot be used, by field, as far as the values alone tell it.

    Args:
        command: the command that the form is of, as "inventory set MUG".
        fields: what was filled in, by the fields' names.
    """
    name, _, rest = command.partition(" ")
    word = rest.partition(" ")[0]
    found: dict[str, str] = {}
    for field, text in fields.items():
        try:
            if (name, word) == ("inventory", "restock") and field == "quantity":
                whole(text.strip(), 1, word)
            elif name == "inventory" and word in ("add", "set") and field in BY_NAME and (text or word == "set"):
                value_of(BY_NAME[field], text, word)
            elif (name, word) == ("orders", "ship") and field in ("carrier", "tracking"):
                parcel(**{"carrier": "", "tracking": "", field: text})
        except BadInput as wrong:
            found[field] = wrong.reason
    return found


def parcel(carrier: str, tracking: str) -> Parcel:
    """The parcel of a carrier and a tracking number, either of which may be blank.

    Raises:
        BadInput: one of them could be none.
    """
    carrier, tracking = " ".join(carrier.split()), "".join(tracking.split()).upper()
    if carrier and not _CARRIER.fullmatch(carrier):
        raise BadInput(misread.carrier(text=carrier), "ship")
    if tracking and not _TRACKING.fullmatch(tracking):
        raise BadInput(misread.tracking(text=tracking), "ship")
    return Parcel(carrier=WELL_KNOWN.get(carrier.casefold(), carrier), tracking=tracking)
