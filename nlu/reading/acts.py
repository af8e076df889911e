"""Mends the acts that were read, by closed rules: what belongs together is one act, and what only tells is none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlu.reading.counts import counted
from nlu.reading.decoding import ReadAct, Span
from nlu.reading.labels import BOUND, NOTHING, PRODUCT, QUANTITY, REFERENCE
from nlu.rules.patterns import rule

ONE_ORDER = {"add", "skip", "email", "address"}  # what one order is made of, in any order
ONE_CHANGE = {"set", "more", "less", "times", "skip"}
_TOGETHER = (
    ONE_ORDER,
    ONE_CHANGE,
    *({label} for label in ("remove", "keep", "recommend", "after_sales", "note", "other", "privacy")),
)
_ADDS = rule(r"\W{0,3}(?:and|also|plus|then|add|put|throw|include)\b", re.IGNORECASE)
REST = rule(
    r"(?:all |everything )?(?:of )?(?:the )?(?:rest|others?|other ones|else|everything|all)(?: of (?:it|them))?",
    re.IGNORECASE,
)
_REST_GOES = rule(
    r"\b(?:remove|take|drop|delete|get|throw|lose|go|goes|out)\b.{0,30}\b(?:rest|others?|else)\b"
    r"|\b(?:rest|others?|else)\b.{0,20}\b(?:go|goes|out|off)\b",
    re.IGNORECASE,
)
PRONOUNS = rule(
    r"(?:it|that|this|them|those|these|em|they|same|the same(?: one| thing)?|(?:that|this|the) one|one)", re.IGNORECASE
)
GOODS = r"(?:things?|stuff|products?|items?|goods|bits|ones?|department|section)"
ANYTHING = rule(
    rf"(?:(?:some|any|every)(?:thing|one)|{GOODS}|ideas?|smth|sth|what|more|nothing|prices?|costs?|total)"
    r"(?: (?:else|nice|good|new|different|similar|like that))?",
    re.IGNORECASE,
)
_ASKING = {"stock", "price_of"}
_ABOUT_IT = {*_ASKING, "fact"}
_AND_A_NAME = rule(r"\s{0,2}(?:and|or|,)\s{1,3}(?:the |an? |some |any )?[\w' -]{2,60}\W{0,4}\Z", re.IGNORECASE)
UNSURE = 0.5  # below it an act may be a story
LONGEST_END = 2  # words that end a name behind the act that it was read in
_BEHIND_A_NUMBER = rule(r"\s{1,3}(?P<name>[a-z][a-z'-]{2,24}(?: [a-z][a-z'-]{2,24}){0,2})\W{0,3}", re.IGNORECASE)
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


def mended(text: str, acts: Sequence[ReadAct]) -> tuple[list[ReadAct], bool]:
    """The acts that want something, each whole and in its place, and whether the rest of the cart goes."""
    whole = _whole(text, [counted(text, act) for act in acts])
    wanting = [_uncounted(text, _priced(text, _named(text, act))) for act in whole if act.label != NOTHING]
    rest_goes = False
    if any(act.label == "keep" for act in wanting):  # "leave the hub in, everything else can go"
        kept = [act for act in wanting if not _takes_the_rest(text, act)]
        rest_goes, wanting = len(kept) < len(wanting), kept
    return _led(text, _recounted(_asked_too(text, _told_of(text, wanting)))), rest_goes


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
    if name is None or ANYTHING.fullmatch(name["name"]) or {*name["name"].lower().split()} & _NO_NAMES:
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
        points = _kinds(act) == [REFERENCE] and PRONOUNS.fullmatch(text, act.spans[0].start, act.spans[0].end)
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
    return act.label in ("remove", "clear") and (not said or all(REST.fullmatch(words) for words in said))


def joined(acts: Sequence[ReadAct]) -> Iterator[list[ReadAct]]:
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
