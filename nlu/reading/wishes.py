"""Makes wishes of the acts that were read: the intent of each and its entities, whose values closed rules read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from nlu.reading.acts import ANYTHING, GOODS, PRONOUNS, REST, joined, mended
from nlu.reading.decoding import ReadAct, Span
from nlu.reading.items import Item, pair
from nlu.reading.labels import (
    ADDRESS,
    OLD,
    ORDER_NUMBER,
    REFERENCE,
    WITH,
)
from nlu.reading.quantities import is_one_pair, read_count, read_factor
from nlu.rules.patterns import rule
from nlu.rules.values import find_positions
from nlu.understanding import Entity, Wish

MOST = 12  # wishes of a message; nobody says more at once
# What an act is called among the intents.
INTENTS: Mapping[str, str] = {
    "add": "add_to_cart", "set": "change_quantity", "more": "change_quantity", "less": "change_quantity",
    "times": "change_quantity", "remove": "remove_from_cart", "swap": "swap", "keep": "keep",
    "skip": "change_quantity", "clear": "remove_from_cart", "undo": "undo",
    "stock": "stock_question", "price_of": "stock_question", "prices": "price_filter", "recommend": "recommend",
    "fact": "ask_fact", "shop": "ask_shop",
    "status": "order_status", "past": "past_orders", "again": "again", "cancel": "cancel_order",
    "keep_order": "deny", "change_order": "change_order", "change_address": "change_address",
    "after_sales": "after_sales", "note": "note",
    "email": "provide_email", "address": "provide_address", "yes": "affirm", "no": "deny",
    "checkout": "checkout", "show_cart": "show_cart", "privacy": "my_data",
    "ads_on": "start_marketing", "ads_off": "stop_marketing", "human": "human", "help": "help",
    "greet": "greet", "thanks": "thanks", "language": "other_language", "other": "out_of_scope",
}  # fmt: skip
_ROLES = {"more": "add", "less": "subtract"}
_NOT_ADDED = rule(r"\b(?:add|adding|include|including|put|throw)\b", re.IGNORECASE)
_ONLY = rule(r"\b(?:only|just|rest|others?|else|everything|all|nothing|except|but|apart)\b", re.IGNORECASE)
_ALL = rule(
    r"(?:both|all|everything|every ?thing|each|the lot|the (?:whole|entire) (?:lot|cart|basket|thing)|any"
    r"|all (?:of )?(?:the )?(?:two|three|four|five|six|[2-6]))(?: of (?:it|them|those|these))?|them all|it all",
    re.IGNORECASE,
)
_AROUND_A_NAME = rule(r"^(?:the|that|those|these|this|my|all the|your) (?=\w)|(?<=\w) ones?$", re.IGNORECASE)
_PACK = (
    r"(?:packs?|box(?:es)?|bags?|jars?|rolls?|bottles?|tins?|packets?|bunch(?:es)?|tubes?|cop(?:y|ies)|units?"
    r"|pieces?|pcs)"
)
_LEADS = rule(rf"^(?:an? )?{_PACK} of (?:the |that |those |your )?(?!\d)", re.IGNORECASE)
_OF_GOODS = rule(rf"(?<=\w)\s{{1,4}}{GOODS}$", re.IGNORECASE)  # "paper things"
_SAME_IN = rule(
    r"^(?:the )?same (?:(?:one|thing|model|kind),? )?(?:(?:but )?in )?(?!one|thing|again|as\b)(?=\w)", re.IGNORECASE
)
_ARTICLES = {"the", "a", "an", "some", "of", "and", "in", "it", "complements", "goes", "matches"}  # no names
_CART = rule(
    r"(?:what(?:'?s| is|ever is)? (?:already )?(?:in )?)?(?:the \w{2,10} in )?"
    r"(?:my|the|our) (?:cart|basket|trolley|order|shopping bag)",
    re.IGNORECASE,
)
_LETTER_OR_DIGIT = rule(r"[^\W_]")
_GOES = (
    r"(?:(?:go(?:es)?|going|match(?:es)?|suits?|fits?|pairs?|along|combine|together|look)"
    r" (?:well |nicely |best |good )?(?:with|to|next to)|complements?|like|similar to)"
)
_GOES_WITH = rule(rf"\b{_GOES}\s(?:the |my |our |an? |these |those |this |that )?\Z", re.IGNORECASE)
_GOING_WITH = rule(rf"^{_GOES}\s(?=\w)", re.IGNORECASE)
_VERB = rule(r"^(?:show|give|get|find|send|bring) (?:me|us) (?=\w)", re.IGNORECASE)
_NUMBER_WORD = rule(r"one|two|three|four|five|six|seven|eight|nine|ten", re.IGNORECASE)
_OF_A_MEASURE = rule(
    r"\s?(?:kg|kilos?|grams?|cm|mm|inch(?:es)?|litres?|liters?|ml|watts?|months?|years?|degrees?)\b", re.IGNORECASE
)
_UP_TO = rule(r"\b(?:up to|is (?:it|that|this|size)|are they)\b", re.IGNORECASE)
_OF_PEOPLE = rule(r"\b(?:we(?:'re| are| were)|there(?:'s| are|'re))\s(?:now |only |all )?\Z", re.IGNORECASE)
_MORE = rule(r"\b(?:more|another|extra|additional|further)\b(?! than)", re.IGNORECASE)
_SO_MANY_AGAIN = rule(
    r"\b(?:make|set|put|turn|change|want|have)\s(?:it|that|this|them|those|these)\s(?:(?:all|back|be|to|at)\s){0,2}"
    r"(?P<count>\S{1,12})\sagain\b",
    re.IGNORECASE,
)
_MINUS = rule(r"(?:^|\s)-\Z")
_DIGITS = rule(r"\d{1,12}")


def wishes_of(text: str, acts: Sequence[ReadAct]) -> list[Wish]:
    """The wishes of a message, in its order; acts that want nothing belong to none."""
    wanting, rest_goes = mended(text, acts)
    wishes: list[Wish] = []
    for together in islice(joined(wanting), MOST):
        groups = {entity.group for wish in wishes for entity in wish.entities}
        wishes.append(_wish(text, together, first_group=1 + len(groups), rest_goes=rest_goes))
    return wishes


def _wish(text: str, acts: Sequence[ReadAct], *, first_group: int, rest_goes: bool) -> Wish:
    entities: list[Entity] = []
    for act in acts:
        entities += entities_of(text, act, first_group=first_group + len({entity.group for entity in entities}))
    if rest_goes:
        entities = [replace(entity, name="kept") if entity.name == "stays" else entity for entity in entities]
    labels = {act.label for act in acts}
    main = next((act for act in acts if act.label in ("add", "set", "more", "less", "times")), acts[0])
    intent = INTENTS[main.label]
    if labels == {"skip"}:
        intent = "change_quantity"
    if main.label == "keep" and any(entity.name == "kept" for entity in entities):
        intent = "remove_from_cart"
    return Wish(
        start=acts[0].start,
        end=acts[-1].end,
        intent=intent,
        confidence=min(act.sure for act in acts),
        entities=tuple(entities),
    )


def entities_of(text: str, act: ReadAct, first_group: int = 1) -> list[Entity]:
    """The entities of an act's products, numbers and references, and of what it asks."""
    words = text[act.start : act.end]
    found = list(_of_items(text, act, words, first_group))
    if act.label == "clear":
        found.append(_entity("reference", "all", Span(start=act.start, end=act.end, kind=REFERENCE)))
    for span in act.spans:
        said = text[span.start : span.end]
        if span.kind == WITH:
            kind, value = ("reference", "cart") if _CART.fullmatch(said) else pointed(said)
            found.append(_entity(kind, value, span, role="with", group="w"))
        elif span.kind == ORDER_NUMBER and (number := _DIGITS.search(said)):
            found.append(_entity("order_number", number[0], span))
        elif span.kind == ADDRESS and " " in said:
            found.append(_entity("address", said, span))
    return sorted(found, key=lambda entity: entity.start)


def _of_items(text: str, act: ReadAct, words: str, first_group: int) -> Iterator[Entity]:
    for group, item in enumerate(pair(text, act.spans, start=act.start), start=first_group):
        counts = item.quantity is not None and act.label != "skip"  # how many are not wanted counts nothing else
        if counts and item.quantity and (quantity := _quantity(text, act, item.quantity)):
            name = text[item.name.start : item.name.end] if item.name is not None else ""
            one = quantity.value == "2" and is_one_pair(text[item.quantity.start : item.quantity.end], name)
            yield replace(quantity, value="1" if one else quantity.value, group=str(group))
        if item.name is None and item.quantity is not None and item.every:
            yield _entity("reference", "all", item.quantity, group=str(group))
        if item.name is not None:
            yield from _of_a_name(text, act, words, item, item.name, str(group))


def _of_a_name(text: str, act: ReadAct, words: str, item: Item, name: Span, group: str) -> Iterator[Entity]:
    said = text[name.start : name.end]
    points = name.kind == REFERENCE or PRONOUNS.fullmatch(said) or _ALL.fullmatch(said)
    kind, value = pointed(said) if points else ("product", _LEADS.sub("", _AROUND_A_NAME.sub("", _VERB.sub("", said))))
    if kind == "product" and (not _LETTER_OR_DIGIT.search(value) or value.lower() in _ARTICLES):
        return
    value = _SAME_IN.sub("", value)
    value = _OF_GOODS.sub("", value.strip(" ,;:.!?")) if kind == "product" else value
    if kind == "product" and ANYTHING.fullmatch(value):
        return
    value = " ".join([value, *(pointed(text[span.start : span.end])[1] for span in item.further)])
    role = ""
    if item.every:
        yield _entity("reference", "all", name, group=group)
    if name.kind == OLD:
        kind, count = "replaced", read_count(said)
        value = str(count.value) if count is not None and _NUMBER_WORD.fullmatch(said) else value
    elif act.label == "skip" and kind == "product":
        kind, role, group = "left_out", "added" if _NOT_ADDED.search(words) else "wanted", ""
    elif act.label == "keep" and REST.fullmatch(value):
        return  # "keep the hoe, get rid of the rest"
    elif act.label == "keep":
        kind = "kept" if _ONLY.search(words) else "stays"
    elif act.label == "recommend" and kind == "product":
        goes_with = _GOES_WITH.search(text, act.start, name.start) or _GOING_WITH.match(value)
        role, value = "with" if goes_with else "kind", _GOING_WITH.sub("", value)
    yield _entity(kind, value, name, role=role, group=group)


def _quantity(text: str, act: ReadAct, span: Span) -> Entity | None:
    said = text[span.start : span.end]
    label = act.label
    changes = label in ("set", "more", "less")
    if changes and _UP_TO.search(text, act.start, span.start) and _OF_A_MEASURE.match(text, span.end):
        return None  # "is it up to 6 kilos"
    if changes and _OF_PEOPLE.search(text, act.start, span.start):
        return None  # "we are 3 now"
    factor = read_factor(said) if label == "times" else None
    count = factor or read_count(said) or (read_factor(said) if label == "add" else None)
    if count is None:
        return None
    if _MINUS.search(text, max(span.start - 2, 0), span.start):
        return _entity("quantity", str(-count.value), span, role="set")
    role = count.role or _ROLES.get(label, "subtract" if label == "remove" else "set")
    if label == "more" and _are_so_many_again(text, act, span):
        role = "set"
    if role == "set" and label == "add" and _MORE.search(text, act.start, act.end):
        role = "add"
    return _entity("quantity", str(count.value), span, role=role)


def _are_so_many_again(text: str, act: ReadAct, span: Span) -> bool:
    """Whether a number is what there was before: "make it 3 again", but not "make it 3 more again"."""
    again = _SO_MANY_AGAIN.search(text, act.start, act.end)
    return again is not None and again.start("count") == span.start and not _MORE.search(text, act.start, act.end)


def pointed(words: str) -> tuple[str, str]:
    """What words that point are: a reference, or a product's words where they describe one ("the blue one")."""
    said = words.strip().lower()
    if _ALL.fullmatch(said):
        return "reference", "all"
    if PRONOUNS.fullmatch(said):
        return "reference", "it"
    if position := next(find_positions(said), None):
        return "reference", position.value
    return "product", _AROUND_A_NAME.sub("", words).strip() or words


def _entity(name: str, value: str, span: Span, *, role: str = "", group: str = "") -> Entity:
    return Entity(name=name, value=value, start=span.start, end=span.end, role=role, group=group)
