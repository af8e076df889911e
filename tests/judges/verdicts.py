"""What became of a message, held against what was meant: right, asked, wrong or lost."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tests.judges.sets import Expected

_QUOTED = re.compile(r"“([^”]+)”")
_WORDS = re.compile(r"[^\W_]+")
_CALLED = {"human": "person"}  # the sets' own word for an intent, where it is another one
_LIKE = 0.5  # of the words that a list is about, the share that its products' names hold together


class Verdict(StrEnum):
    """The four ends of a message."""

    RIGHT = "right"  # done as meant, or asked where only a question is right
    ASKED = "asked"  # a question back, or quoted as not found; nothing changed and nothing lost
    WRONG = "wrong"  # something was done that nobody meant
    LOST = "lost"  # dropped without a word, or not understood


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """A line of the trade's inventory, as far as lists are judged by it."""

    product_id: str
    name: str
    price: Decimal
    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What a message did: the cart before and after, what was shown, and what the shop's tables hold of it."""

    cart_before: Mapping[str, int]
    cart: Mapping[str, int]
    asked: str | None = None
    did: Sequence[str] = ()
    placed: int = 0
    cancelled: int = 0
    order_before: Mapping[str, int] | None = None
    order: Mapping[str, int] | None = None
    address: str = ""
    email_noted: bool = False
    text: str = ""
    shown: Sequence[str] = ()  # product ids, in the order in which the answer names them
    offered: Sequence[str] = field(default=())  # product ids that a tap would choose


def judge(expect: Expected, seen: Seen, products: Mapping[str, Product]) -> Verdict:
    """The verdict on one message."""
    if _ordered_as_well(expect, seen):
        return Verdict.RIGHT
    if _harmed(expect, seen):
        return Verdict.WRONG
    asks = seen.asked is not None or "?" in seen.text
    if expect.get("asks"):
        to_choose_from = bool(expect.get("candidates")) and len(seen.offered) > 1
        return Verdict.RIGHT if (asks or to_choose_from) and _offers(expect, seen) else Verdict.LOST
    if seen.cart == dict(expect.get("cart", seen.cart)):
        missing = _missing(expect, seen, products)
        if not missing:
            return Verdict.RIGHT
        if (
            missing == {"lists"}
            and seen.shown
            and "lists" in expect
            and not _in_bounds(expect["lists"], seen, products)
        ):
            return Verdict.WRONG
    if expect.get("or_asks") and asks and _offers(expect, seen):
        return Verdict.RIGHT
    return Verdict.ASKED if asks or _QUOTED.search(seen.text) else Verdict.LOST


def by_itself(expect: Expected, expected_before: Mapping[str, int], seen: Seen) -> Expected:
    """What a dialogue's turn owes where an earlier one went wrong: its own change, to the cart as it stood."""
    if "cart" not in expect:
        return expect
    meant, own = dict(seen.cart_before), dict(expect)
    for one in {*expected_before, *expect["cart"]}:
        was, now = expected_before.get(one, 0), expect["cart"].get(one, 0)
        if was != now:
            meant[one] = now if seen.cart.get(one, 0) == now else meant.get(one, 0) + now - was
    if expect.get("placed"):
        own["order"] = dict(seen.cart_before)
        meant = {}
    return {**own, "cart": {one: count for one, count in meant.items() if count > 0}}


def _ordered_as_well(expect: Expected, seen: Seen) -> bool:
    """Whether what was to be shown was put into the cart, once each, where that is as right."""
    as_right = "order" in _as_list(expect.get("or_does")) or "cart" not in expect
    if not as_right or not expect.get("names"):
        return False
    meant = dict(expect.get("cart", seen.cart_before))
    return dict(seen.cart) == {**meant, **{one: meant.get(one, 0) + 1 for one in expect["names"]}}


def _harmed(expect: Expected, seen: Seen) -> bool:
    """Whether something was done that nobody meant."""
    meant = dict(expect.get("cart", seen.cart_before))
    if dict(seen.cart) not in (meant, dict(seen.cart_before)) and not _on_the_way(meant, seen):
        return True
    if seen.placed > int(expect.get("placed", 0)) or seen.cancelled > int(expect.get("cancelled", 0)):
        return True
    changed = seen.order_before is not None and seen.order != seen.order_before
    return changed and (bool(expect.get("order_unchanged")) or ("order" in expect and seen.order != expect["order"]))


def _on_the_way(meant: Mapping[str, int], seen: Seen) -> bool:
    """Whether a part of what was meant is done, and nothing else: the rest may be asked or quoted."""
    before, now = seen.cart_before, seen.cart
    changed = {one for one in {*before, *now} if before.get(one, 0) != now.get(one, 0)}
    return all(now.get(one, 0) == meant.get(one, 0) for one in changed)


def _offers(expect: Expected, seen: Seen) -> bool:
    candidates = expect.get("candidates")
    return not candidates or bool({*candidates} & {*seen.offered, *seen.shown})


def _missing(expect: Expected, seen: Seen, products: Mapping[str, Product]) -> set[str]:
    """What is owed and did not come."""
    missing = set()
    if seen.placed < int(expect.get("placed", 0)) or seen.cancelled < int(expect.get("cancelled", 0)):
        missing.add("order")
    if "order" in expect and seen.order != expect["order"]:
        missing.add("order")
    if "names" in expect and not all(_named(products[one].name, seen) or one in seen.shown for one in expect["names"]):
        missing.add("names")
    if "lists" in expect and not (
        _in_bounds(expect["lists"], seen, products) and _about(expect["lists"], seen, products)
    ):
        missing.add("lists")
    if "address" in expect and _plain(expect["address"]) not in _plain(seen.address):
        missing.add("address")
    if "email" in expect and not seen.email_noted:
        missing.add("email")
    owed = _as_list(expect.get("does"))
    if not all(any(_same_deed(one, did) for did in seen.did) for one in owed):
        missing.add("does")
    others = _as_list(expect.get("or_does"))
    if missing and others and any(_same_deed(one, did) for one in others for did in seen.did):
        return set()
    return missing


def _same_deed(meant: str, did: str) -> bool:
    """Whether a deed is what was meant; one without its topic stands for each of them."""
    return _CALLED.get(did, did) in (meant, meant.partition(":")[0])


def _in_bounds(wanted: Mapping[str, Any], seen: Seen, products: Mapping[str, Product]) -> bool:
    shown = [products[one] for one in seen.shown]
    prices = [one.price for one in shown]
    fits: dict[str, Callable[[Decimal, Decimal], bool]] = {
        "at_most": lambda price, bound: price <= bound,
        "below": lambda price, bound: price < bound,
        "at_least": lambda price, bound: price >= bound,
        "above": lambda price, bound: price > bound,
    }
    within = all(
        fit(price, Decimal(str(wanted[name]))) for name, fit in fits.items() if name in wanted for price in prices
    )
    order = wanted.get("order")
    ordered = prices == sorted(prices, reverse=order == "desc") if order else True
    return bool(shown) and within and ordered and len(shown) >= min(int(wanted.get("first", 1)), 5)


def _about(wanted: Mapping[str, Any], seen: Seen, products: Mapping[str, Product]) -> bool:
    """Whether what is shown has to do with what was asked for."""
    words = set(_WORDS.findall(_plain(wanted.get("about", ""))))
    held = _plain(" ".join(f"{products[one].name} {products[one].category}" for one in seen.shown))
    found = sum(word.removesuffix("s") in held for word in words)
    return not words or found >= _LIKE * len(words)


def _named(name: str, seen: Seen) -> bool:
    return _plain(name) in _plain(seen.text)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(_WORDS.findall("".join(char for char in folded if not unicodedata.combining(char))))


def _as_list(value: str | Sequence[str] | None) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
