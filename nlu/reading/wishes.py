"""Makes wishes of the acts that were read: the intent of each and its entities, whose values closed rules read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from nlu.reading.decoding import ReadAct, Span
from nlu.reading.items import Item, pair
from nlu.reading.labels import (
    ADDRESS,
    BOUND,
    NOTHING,
    OLD,
    ORDER_NUMBER,
    PRODUCT,
    QUANTITY,
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
ONE_ORDER = {"add", "skip", "email", "address"}  # what one order is made of, in any order
ONE_CHANGE = {"set", "more", "less", "times", "skip"}
_TOGETHER = (
    ONE_ORDER,
    ONE_CHANGE,
    *({label} for label in ("remove", "keep", "recommend", "after_sales", "note", "other", "privacy")),
)
_ROLES = {"more": "add", "less": "subtract"}
_NOT_ADDED = rule(r"\b(?:add|adding|include|including|put|throw)\b", re.IGNORECASE)
_ADDS = rule(r"\W{0,3}(?:and|also|plus|then|add|put|throw|include)\b", re.IGNORECASE)
_ONLY = rule(r"\b(?:only|just|rest|others?|else|everything|all|nothing|except|but|apart)\b", re.IGNORECASE)
_REST = rule(
    r"(?:all |everything )?(?:of )?(?:the )?(?:rest|others?|other ones|else|everything|all)(?: of (?:it|them))?",
    re.IGNORECASE,
)
_REST_GOES = rule(
    r"\b(?:remove|take|drop|delete|get|throw|lose|go|goes|out)\b.{0,30}\b(?:rest|others?|else)\b"
    r"|\b(?:rest|others?|else)\b.{0,20}\b(?:go|goes|out|off)\b",
    re.IGNORECASE,
)
_PRONOUNS = rule(
    r"(?:it|that|this|them|those|these|em|they|same|the same(?: one| thing)?|(?:that|this|the) one|one)", re.IGNORECASE
)
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
_GOODS = r"(?:things?|stuff|products?|items?|goods|bits|ones?|department|section)"
_OF_GOODS = rule(rf"(?<=\w)\s{{1,4}}{_GOODS}$", re.IGNORECASE)  # "paper things"
_SAME_IN = rule(
    r"^(?:the )?same (?:(?:one|thing|model|kind),? )?(?:(?:but )?in )?(?!one|thing|again|as\b)(?=\w)", re.IGNORECASE
)
_ANYTHING = rule(
    rf"(?:(?:some|any|every)(?:thing|one)|{_GOODS}|ideas?|smth|sth|what|more|nothing|prices?|costs?|total)"
    r"(?: (?:else|nice|good|new|different|similar|like that))?",
    re.IGNORECASE,
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
_ASKING = {"stock", "price_of"}
_ABOUT_IT = {*_ASKING, "fact"}
_AND_A_NAME = rule(r"\s{0,2}(?:and|or|,)\s{1,3}(?:the |an? |some |any )?[\w' -]{2,60}\W{0,4}\Z", re.IGNORECASE)
UNSURE = 0.5  # below it an act may be a story
LONGEST_END = 2  # words that end a name behind the act that it was read in
_BEHIND_A_NUMBER = rule(r"\s{1,3}(?P<name>[a-z][a-z'-]{2,24}(?: [a-z][a-z'-]{2,24}){0,2})\W{0,3}", re.IGNORECASE)
_NUMBER_WORD = rule(r"one|two|three|four|five|six|seven|eight|nine|ten", re.IGNORECASE)
_TAKES_OUT = rule(
    r"\b(?:drop|remove|lose|scrap|ditch|bin|delete|cut|skip|get rid of|take (?:\w{1,12} ){0,3}(?:out|off))\b",
    re.IGNORECASE,
)
_BEHIND_A_BOUND = rule(
    r"\s(?P<name>[a-z][a-z-]{2,24}(?: (?!you|do|that|in|under|below|for|and|is|are|have|got)[a-z-]{3,24})?)"
    r"(?=\W{0,3}\Z|\s(?:you(?:['’]ve)?|u|ya|do|that|in|under|below|please|pls|and|is|are|have|got|there)\b|[?.!,])",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    """please pls plz then more each lol haha thanks thx total altogether pieces pcs items times too also again instead
    only now tho though mate ta yes yeah ok okay them those these it that this all both same here there will would
    should enough maybe just and for with from off out left other others""".split()
)
_OF_A_MEASURE = rule(
    r"\s?(?:kg|kilos?|grams?|cm|mm|inch(?:es)?|litres?|liters?|ml|watts?|months?|years?|degrees?)\b", re.IGNORECASE
)
_UP_TO = rule(r"\b(?:up to|is (?:it|that|this|size)|are they)\b", re.IGNORECASE)
_OF_PEOPLE = rule(r"\b(?:we(?:'re| are| were)|there(?:'s| are|'re))\s(?:now |only |all )?\Z", re.IGNORECASE)
_MORE = rule(r"\b(?:more|another|extra|additional|further)\b(?! than)", re.IGNORECASE)
_MINUS = rule(r"(?:^|\s)-\Z")
_DIGITS = rule(r"\d{1,12}")


def wishes_of(text: str, acts: Sequence[ReadAct]) -> list[Wish]:
    """The wishes of a message, in its order; acts that want nothing belong to none."""
    wanting = [_uncounted(text, _priced(text, _named(text, act))) for act in _whole(text, acts) if act.label != NOTHING]
    if any(act.label == "keep" for act in wanting):  # "leave the hub in, everything else can go"
        kept = [act for act in wanting if not _takes_the_rest(text, act)]
        rest_goes, wanting = len(kept) < len(wanting), kept
    else:
        rest_goes = False
    wanting = _told_of(text, wanting)
    wanting = _led(text, _recounted(_asked_too(text, wanting)))
    wishes: list[Wish] = []
    for joined in islice(_joined(wanting), MOST):
        groups = {entity.group for wish in wishes for entity in wish.entities}
        wishes.append(_wish(text, joined, first_group=1 + len(groups), rest_goes=rest_goes))
    return wishes


def _whole(text: str, acts: Sequence[ReadAct]) -> list[ReadAct]:
    """The acts; a word or two of the same act right behind a name are its end: "… face cream" and "day"."""
    whole: list[ReadAct] = []
    for act in acts:
        last = whole[-1] if whole else None
        said = text[act.start : act.end].rstrip(" .!?,")
        if (
            last is not None
            and last.label == act.label
            and last.spans
            and last.spans[-1].kind == PRODUCT
            and not act.spans
            and len(said.split()) <= LONGEST_END
            and not text[last.spans[-1].end : act.start].strip()
            and "\n" not in text[last.spans[-1].end : act.start + 1]
            and not {word.lower() for word in said.split()} & _NO_NAMES
        ):
            name = Span(start=last.spans[-1].start, end=act.start + len(said), kind=PRODUCT)
            whole[-1] = replace(last, end=act.end, spans=(*last.spans[:-1], name))
        elif (
            last is not None
            and last.label == act.label
            and last.spans
            and _kinds(act) == [QUANTITY]
            and len(said.split()) <= LONGEST_END
        ):
            whole[-1] = replace(last, end=act.end, spans=(*last.spans, *act.spans))  # "… hand cream" and "x1"
        else:
            whole.append(act)
    return whole


def _named(text: str, act: ReadAct) -> ReadAct:
    """The act; what stands behind a number that is all that was read of an order is what is ordered: "5 tubes"."""
    if act.label != "add" or _kinds(act) != [QUANTITY]:
        return act
    name = _BEHIND_A_NUMBER.fullmatch(text, act.spans[0].end, act.end)
    if name is None or {word.lower() for word in name["name"].split()} & _NO_NAMES:
        return act
    return replace(act, spans=(*act.spans, Span(start=name.start("name"), end=name.end("name"), kind=PRODUCT)))


def _priced(text: str, act: ReadAct) -> ReadAct:
    """The act; what stands right behind a bound is what shall be in it: "the cheapest" "novel you've got"."""
    if act.label != "prices" or _kinds(act) != [BOUND]:
        return act
    name = _BEHIND_A_BOUND.match(text, act.spans[0].end, act.end)
    if name is None or _ANYTHING.fullmatch(name["name"]) or {*name["name"].lower().split()} & _NO_NAMES:
        return act
    return replace(act, spans=(*act.spans, Span(start=name.start("name"), end=name.end("name"), kind=PRODUCT)))


def _uncounted(text: str, act: ReadAct) -> ReadAct:
    """The act; what is taken out without a number goes: "drop the lights"; "fewer mugs" are some."""
    goes = act.label == "less" and _kinds(act) == [PRODUCT] and _TAKES_OUT.search(text, act.start, act.end)
    return replace(act, label="remove") if goes else act


def _asked_too(text: str, acts: Sequence[ReadAct]) -> list[ReadAct]:
    """The acts; a bare name behind a question is asked about, too: "show me cards and aprons"."""
    asked: list[ReadAct] = []
    for act in acts:
        last = asked[-1].label if asked else ""
        bare = act.label == "add" and act.spans and QUANTITY not in _kinds(act)
        wanted = asked[-1].spans if last == "add" and act.label == "stock" and not act.spans else ()
        if wanted and _unnumbered(text, asked[-1]):
            asked[-1] = replace(asked[-1], label="stock", end=act.end)  # "I need a kettle. What do you have?"
            continue
        topic = bool(asked) and last == "add" and act.label in _ABOUT_IT and not {*_kinds(act)} & {PRODUCT}
        if topic and _is_a_bare_name(text, asked[-1]):  # "the lake one, is it waterproof?"
            pronouns = [span for span in act.spans if span.kind != REFERENCE]
            asked[-1] = replace(act, start=asked[-1].start, spans=(*asked[-1].spans, *pronouns))
            continue
        too = last in _ASKING and bare and _AND_A_NAME.match(text, act.start, act.end) is not None
        asked.append(replace(act, label=last) if too else act)
    return asked


def _is_a_bare_name(text: str, act: ReadAct) -> bool:
    """Whether an act holds nothing but one name: no number, no verb."""
    if len(act.spans) != 1 or act.spans[0].kind not in (PRODUCT, REFERENCE):
        return False
    span = act.spans[0]
    rest = f"{text[act.start : span.start]} {text[span.end : act.end]}".lower()
    return not {word.strip(",.;:!?") for word in rest.split()} - {"the", "and", "that", "this", "one", "a", ""}


def _unnumbered(text: str, act: ReadAct) -> bool:
    """Whether an act counts nothing but by "a" or "some"."""
    counts = [text[span.start : span.end].lower() for span in act.spans if span.kind == QUANTITY]
    return set(counts) <= {"a", "an", "some"}


def _recounted(acts: Sequence[ReadAct]) -> list[ReadAct]:
    """The acts; a number alone counts what was just taken back: "2 mugs, no wait, 3"."""
    counted: list[ReadAct] = []
    for act in acts:
        last = counted[-1] if counted else None
        leads = len(counted) > 1 and _leads(counted[-2])
        named = last is not None and last.label == "skip" and _kinds(last)[-1:] == [PRODUCT] and not leads
        if last is not None and named and act.label in ("add", "set") and _kinds(act) == [QUANTITY]:
            counted[-1] = replace(act, start=last.start, spans=(*act.spans, *last.spans[-1:]))
        else:
            counted.append(act)
    return counted


def _led(text: str, acts: Sequence[ReadAct]) -> list[ReadAct]:
    """The acts; a change that names nothing leads the one behind it: "make it", "3 red mugs"."""
    led: list[ReadAct] = []
    lead: ReadAct | None = None
    for act in acts:
        if lead is not None and act.label in ("add", lead.label) and not _begins_anew(text, lead, act):
            counts = () if QUANTITY in _kinds(act) else tuple(span for span in lead.spans if span.kind == QUANTITY)
            led[-1] = replace(act, start=lead.start, label=lead.label, spans=(*counts, *act.spans))
            lead = None
            continue
        lead = act if lead is None and _leads(act) else None
        led.append(act)
    return led


def _told_of(text: str, acts: Sequence[ReadAct]) -> list[ReadAct]:
    """The acts; one that only points takes the name of a story before it: "the scissors… take them off"."""
    told: list[ReadAct] = []
    for act in acts:
        last = told[-1] if told else None
        points = _kinds(act) == [REFERENCE] and _PRONOUNS.fullmatch(text, act.spans[0].start, act.spans[0].end)
        story = last is not None and last.sure < UNSURE and last.label == "skip" and _kinds(last) == [PRODUCT]
        if last is not None and story and points:
            told[-1] = replace(act, start=last.start, spans=last.spans)
        else:
            told.append(act)
    return told


def _begins_anew(text: str, lead: ReadAct, act: ReadAct) -> bool:
    """Whether a counted change is whole, and something else follows: "make it 3 and add a mug"."""
    return QUANTITY in _kinds(lead) and _ADDS.match(text, act.start, act.end) is not None


def _leads(act: ReadAct) -> bool:
    return act.label in ("set", "more", "less", "swap") and {*_kinds(act)} <= {REFERENCE, QUANTITY}


def _kinds(act: ReadAct) -> list[str]:
    return [span.kind for span in act.spans]


def _takes_the_rest(text: str, act: ReadAct) -> bool:
    said = [text[span.start : span.end] for span in act.spans]
    if act.label == "keep":
        return not said and _REST_GOES.search(text, act.start, act.end) is not None
    return act.label in ("remove", "clear") and (not said or all(_REST.fullmatch(words) for words in said))


def _joined(acts: Sequence[ReadAct]) -> Iterator[list[ReadAct]]:
    """Acts that make one order or one change together; questions stay apart."""
    together: list[ReadAct] = []
    for act in acts:
        labels = {one.label for one in together} | {act.label}
        if together and not any(labels <= kinds for kinds in _TOGETHER):
            yield together
            together = []
        together.append(act)
    if together:
        yield together


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
    points = name.kind == REFERENCE or _PRONOUNS.fullmatch(said) or _ALL.fullmatch(said)
    kind, value = pointed(said) if points else ("product", _LEADS.sub("", _AROUND_A_NAME.sub("", _VERB.sub("", said))))
    if kind == "product" and (not _LETTER_OR_DIGIT.search(value) or value.lower() in _ARTICLES):
        return
    value = _SAME_IN.sub("", value)
    value = _OF_GOODS.sub("", value.strip(" ,;:.!?")) if kind == "product" else value
    if kind == "product" and _ANYTHING.fullmatch(value):
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
    elif act.label == "keep" and _REST.fullmatch(value):
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
    if role == "set" and label == "add" and _MORE.search(text, act.start, act.end):
        role = "add"
    return _entity("quantity", str(count.value), span, role=role)


def pointed(words: str) -> tuple[str, str]:
    """What words that point are: a reference, or a product's words where they describe one ("the blue one")."""
    said = words.strip().lower()
    if _ALL.fullmatch(said):
        return "reference", "all"
    if _PRONOUNS.fullmatch(said):
        return "reference", "it"
    if position := next(find_positions(said), None):
        return "reference", position.value
    return "product", _AROUND_A_NAME.sub("", words).strip() or words


def _entity(name: str, value: str, span: Span, *, role: str = "", group: str = "") -> Entity:
    return Entity(name=name, value=value, start=span.start, end=span.end, role=role, group=group)
