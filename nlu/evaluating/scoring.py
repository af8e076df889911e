"""Compares what was understood with a gold answer, for the evaluation.

Gold grammar, by intent:

* order, add_to_cart: `2 x mug; 1 x plate`, `+1 x doormat`, `2 x #3` (the third of the list)
* change_quantity: `set 3 x mug`, `set 3 x ?`, `set 3 x all`, `inc 1 x ?`, `dec 2 x plate`
* remove_from_cart: `remove plate`, `remove all`, `remove ?`, `remove #2`
* cancel_order, order_status: `order=1042`, `which=last|today|yesterday|duplicate|all`, `item=teapot`
* recommend: `with=cake stand`, `with=cart`
* price_filter: `lt= le= gt= ge= eq=`, `lt=prev`, `gt=prev`, `sort=asc|desc`, `q=lunch bag`
* stock_question: `q=lunch bag`, `q=?`, `n=40`, `notify=1`
* provide_email: `email=a@b.c`; provide_address: `zip=62704`, `zip=` for none

Product names are compared as words: case, accents, punctuation, hyphens ("t-light" is "tlight"), plural and stop words
do not matter. A name counts as found when its words are gold's, or some of gold's including its head noun (the last
word before a preposition), because the catalogue search finds "party bunting" by "bunting" too. More words than gold's
do not count. The strict figure asks for the same words.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial

from nlu.understanding import Understanding, WantedLine, wanted_lines

_STOP_WORDS = frozenset({"the", "a", "an", "of", "and", "some", "my", "those", "these", "that", "this", "x", "&"})
_PREPOSITIONS = frozenset({"in", "with", "for", "about", "on", "from", "by", "to"})
_SILENT = _STOP_WORDS | _PREPOSITIONS
_OPERATIONS = {"set": "set", "inc": "add", "dec": "subtract", "mul": "times"}
_ITEM = re.compile(r"(?P<plus>\+?)(?P<quantity>\d{1,9}) x (?P<name>.+)")
_CHANGE = re.compile(r"(?P<operation>set|inc|dec|mul) (?P<quantity>\d{1,9}) x (?P<name>.+)")
_BOUNDS = {"below": "lt", "at_most": "le", "above": "gt", "at_least": "ge", "exactly": "eq"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """Whether one kind of slot was found: `fair` by the rule above, `strict` word for word."""

    kind: str
    fair: bool
    strict: bool


def judge(intent: str, gold: str, understanding: Understanding) -> list[Judgement]:
    """Compares an understanding with the gold answer of a message, one judgement for each kind of slot in it.

    Raises:
        ValueError: `gold` does not follow the grammar.
    """
    if intent in ("order", "add_to_cart"):
        return [_both("items", lambda same: _same_items(gold, understanding, same))]
    if intent == "change_quantity":
        return [_both("changes", lambda same: _same_changes(gold, understanding, same))]
    if intent == "remove_from_cart":
        return [_both("removals", lambda same: _same_removals(gold, understanding, same))]
    fields = dict(_field(part) for part in re.split(r"[;\s]{1,9}(?=\w{1,20}=)", gold.strip()))
    return [_judge_field(intent, fields, understanding, kind) for kind in _kinds(intent, fields)]


def content_words(name: str) -> list[str]:
    """Returns the words of a product name that carry meaning, in a form that compares well."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&amp;", "&"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub(r"(?<=\w)['-](?=\w)", "", plain)
    return [_singular(word) for word in re.findall(r"[a-z0-9.]+", plain) if word not in _SILENT]


def same_words(found: str, gold: str) -> bool:
    """Tells whether two names have the same content words, in any order."""
    first, second = sorted(content_words(found)), sorted(content_words(gold))
    return first == second or "".join(content_words(found)) == "".join(content_words(gold))


def fairly_same(found: str, gold: str) -> bool:
    """Tells whether `found` names the product that `gold` names, by the rule of this module."""
    if same_words(found, gold):
        return True
    words, wanted = content_words(found), content_words(gold)
    before_preposition = re.split(rf"\b(?:{'|'.join(_PREPOSITIONS)})\b", gold.casefold(), maxsplit=1)[0]
    head = (content_words(before_preposition) or wanted)[-1:]
    return bool(words) and set(words) < set(wanted) and set(head) <= set(words)


def _singular(word: str) -> str:
    # Not the catalogue's rule: a judge that shared its rules with the judged would share its mistakes.
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_Same = Callable[[str, str], bool]


def _both(kind: str, compare: Callable[[_Same], bool]) -> Judgement:
    return Judgement(kind=kind, fair=compare(fairly_same), strict=compare(same_words))


def _same_line(line: WantedLine, name: str, same: _Same) -> bool:
    if name == "?":
        return not line.phrase and line.reference in ("", "it")
    if name == "all":
        return line.reference == "all"
    if name.startswith("#"):
        return line.reference == name[1:]
    return bool(line.phrase) and same(line.phrase, name)


def _all_matched(lines: list[WantedLine], matches: list[Callable[[WantedLine], bool]]) -> bool:
    left = list(lines)
    for match in matches:
        found = next((line for line in left if match(line)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _same_items(gold: str, understanding: Understanding, same: _Same) -> bool:
    matches: list[Callable[[WantedLine], bool]] = []
    for part in gold.split(";"):
        item = _match(_ITEM, part)
        matches.append(partial(_is_item, int(item["quantity"]), item["name"].strip(), same))
    return _all_matched(list(wanted_lines(understanding)), matches)


def _is_item(quantity: int, name: str, same: _Same, line: WantedLine) -> bool:
    return (1 if line.quantity is None else line.quantity) == quantity and _same_line(line, name, same)


def _same_changes(gold: str, understanding: Understanding, same: _Same) -> bool:
    matches: list[Callable[[WantedLine], bool]] = []
    for part in gold.split(";"):
        item = _match(_CHANGE, part)
        wanted = (int(item["quantity"]), _OPERATIONS[item["operation"]])
        matches.append(partial(_is_change, wanted, item["name"].strip(), same))
    return _all_matched(list(wanted_lines(understanding)), matches)


def _is_change(wanted: tuple[int, str], name: str, same: _Same, line: WantedLine) -> bool:
    return (line.quantity, line.operation) == wanted and _same_line(line, name, same)


def _same_removals(gold: str, understanding: Understanding, same: _Same) -> bool:
    names = [part.strip().removeprefix("remove ").strip() for part in gold.split(";")]
    lines = list(wanted_lines(understanding)) or ([WantedLine()] if gold == "remove ?" else [])
    # What is not wanted is taken out too, whatever the message is about (`bot.shopping.basket.leave_out`).
    lines += [WantedLine(phrase=entity.value) for entity in understanding.all("left_out") if entity.role == "wanted"]
    return _all_matched(lines, [partial(_is_removal, name, same) for name in names])


def _is_removal(name: str, same: _Same, line: WantedLine) -> bool:
    return _same_line(line, name, same)


def _match(pattern: re.Pattern[str], part: str) -> re.Match[str]:
    match = pattern.fullmatch(part.strip())
    if match is None:
        raise ValueError(f"not a gold answer: {part!r}")
    return match


def _field(part: str) -> tuple[str, str]:
    name, equals, value = part.partition("=")
    if not equals:
        raise ValueError(f"not a gold answer: {part!r}")
    return name.strip(), value.strip()


def _kinds(intent: str, fields: dict[str, str]) -> list[str]:
    if intent == "price_filter":
        return ["price bounds", *(["price topic"] if "q" in fields else [])]
    kinds = {
        "cancel_order": "order reference",
        "order_status": "order reference",
        "past_orders": "order reference",
        "recommend": "recommend with",
        "stock_question": "stock topic",
        "provide_email": "e-mail",
        "provide_address": "postcode",
    }
    if intent not in kinds:
        raise ValueError(f"no gold grammar for {intent}")
    return [kinds[intent]]


def _judge_field(intent: str, fields: dict[str, str], understanding: Understanding, kind: str) -> Judgement:
    if kind == "price bounds":
        right = _price_fields(understanding) == {
            name: value if value in ("prev", "asc", "desc") else _decimal(value)
            for name, value in fields.items()
            if name != "q"
        }
        return Judgement(kind=kind, fair=right, strict=right)
    if kind == "e-mail":
        right = [entity.value for entity in understanding.all("email")] == [fields["email"]]
        return Judgement(kind=kind, fair=right, strict=right)
    if kind == "postcode":
        found = understanding.first("zip")
        right = _squeezed(found.value if found else "") == _squeezed(fields["zip"])
        return Judgement(kind=kind, fair=right, strict=right)
    if kind == "order reference":
        return _both(kind, lambda same: _same_order(fields, understanding, same))
    if kind == "recommend with":
        return _both(kind, lambda same: _same_base(fields["with"], understanding, same))
    if kind == "stock topic":
        return _both(kind, lambda same: _same_stock(fields, understanding, same))
    return _both(kind, lambda same: _same_product(fields["q"], understanding, same))


def _price_fields(understanding: Understanding) -> dict[str, str]:
    found = {_BOUNDS[price.role]: _decimal(price.value) for price in understanding.all("price")}
    for order in understanding.all("price_order"):
        if order.value in ("asc", "desc"):
            found["sort"] = order.value
        elif not found:
            found["lt" if order.value == "cheaper" else "gt"] = "prev"
    return found


def _decimal(value: str) -> str:
    try:
        return format(Decimal(value).normalize(), "f")
    except InvalidOperation as exc:
        raise ValueError(f"not a price: {value!r}") from exc


def _squeezed(postcode: str) -> str:
    return postcode.replace(" ", "").upper()


def _same_order(fields: dict[str, str], understanding: Understanding, same: _Same) -> bool:
    number, time = understanding.first("order_number"), understanding.first("order_time")
    if "order" in fields:
        return number is not None and number.value == fields["order"]
    if "item" in fields:
        return _same_product(fields["item"], understanding, same)
    if fields.get("which") == "last":
        none_named = number is None and understanding.first("product") is None
        return none_named and (time is None or time.value == "last")
    return time is not None and time.value == fields["which"]


def _same_base(gold: str, understanding: Understanding, same: _Same) -> bool:
    reference = next((entity for entity in understanding.all("reference") if entity.role == "with"), None)
    product = next((entity for entity in understanding.all("product") if entity.role == "with"), None)
    if gold in ("cart", "it"):
        return reference is not None and reference.value == gold
    return product is not None and same(product.value, gold)


def _same_stock(fields: dict[str, str], understanding: Understanding, same: _Same) -> bool:
    quantity = understanding.first("quantity")
    amount = quantity.value if quantity and quantity.value != "1" else ""
    if fields.get("n", "") != amount:
        return False
    if ("notify" in fields) != (understanding.first("notify") is not None):
        return False
    return _same_product(fields["q"], understanding, same)


def _same_product(gold: str, understanding: Understanding, same: _Same) -> bool:
    product = understanding.first("product")
    if gold == "?":
        return product is None
    if gold.startswith("#"):
        reference = understanding.first("reference")
        return product is None and reference is not None and reference.value == gold[1:]
    return product is not None and same(product.value, gold)
