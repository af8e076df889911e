"""Finds the product a question is about: stock, prices, recommendations, orders placed before."""

import re
from collections.abc import Iterable, Iterator

from nlu.rules import tokens as kinds
from nlu.rules.clauses import clauses
from nlu.rules.names import written
from nlu.rules.notifying import find_notify
from nlu.rules.patterns import rule
from nlu.rules.phrases import find_phrases
from nlu.rules.tokens import Token, tokenize
from nlu.rules.vocabulary import KINDLESS, NARRATIVE, ORDERED, PRICING, RECOMMENDING, STOCK
from nlu.understanding import Entity

_RECOMMENDED_WITH = rule(
    r"""\b(?:(?:go(?:es|ing)?|look(?:s)?|work(?:s)?|fit(?:s)?|suit(?:s)?|pair(?:s|ed)?|match(?:es|ing)?|combine(?:s|d)?|wear|serve|use|used|bought|buy|buys|get|together)\s+(?:\w+\s+){0,2}?(?:with|alongside|next\s+to|beside|to)
      | similar\s+to | (?:something|anything|things|sth|smth|stuff|more|one|ones|some
        |other)\s+(?:\w+\s+){0,2}?like | similar\s+(?=(?:the|a|an|my)\b)
      | alternatives?\s+(?:to|for) | substitute\s+for | instead\s+of | replacement\s+for
        | in\s+the\s+style\s+of | next\s+to | along(?:side)?\s+with | together\s+with
      | complement(?:s|ing)?(?:\s+to)? | accompany | to\s+match | match(?:es|ing)? | add\s+to | go\s+with | with
      | (?:accessor(?:y|ies)|extras|add-?ons|parts|refills?|else|need|needed)\s+(?:\w+\s+){0,4}?(?:for|with)
        | (?:i|we)\s+(?:really\s+)?(?:like|liked|love|loved|have|bought|got|own|enjoyed)(?:d)?
      | because\s+i\s+(?:like|liked|bought))\s+
      (?P<rest>[^,.;!?\n]{1,80})""",
    re.IGNORECASE | re.VERBOSE,
)
_KIND = rule(
    r"""\b(?:(?:recommend|suggest|advise|show\s+me|pick|choose|find)\s+(?:(?:me|us)\s+)?
          (?:(?:a|an|some|any|one\s+of\s+your|your)\s+)(?:(?:really|very)?\s*(?:good|nice|great|popular|pretty|cheap)\s+)?
        | (?:best|nicest|favou?rite|most\s+popular|top\s+\d+|recommended)\s+)
      (?P<rest>[^,.;!?\n]{1,60})""",
    re.IGNORECASE | re.VERBOSE,
)
FURTHEST_KIND = 12  # characters from what asks for it
_CART_THERE = rule(
    r"\b(?:cart|(?:my|the|our|this|in)\s+(?:shopping\s+|current\s+)?(?:basket|trolley|bag)|what\s+i(?:'ve)?\s+(?:have|got|picked|chosen|added)|my\s+(?:order|items|things|stuff))\b",
    re.IGNORECASE,
)
_POINTING = rule(r"^(?:it|that|this|them|those|these|that\s+one|this\s+one)\b(?!\s+\w{3,})", re.IGNORECASE)
_THING = r"(?P<item>[^,.;!?\n\0]{2,60})"
_ORDERED_ITEM = tuple(
    rule(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:one|order|purchase|parcel|package|delivery|ordr)\s+(?:that\s+(?:has|had|contains|includes)|which\s+(?:has|contains)|with|containing"
        rf"|including|of|for)\s+(?:the\s+|my\s+|those\s+|a\s+|an\s+|some\s+)?{_THING}",
        r"\b(?:the|my|that|those|these|some|an?)\s+(?P<item>(?:[\w'-]+\s+){1,5}?)(?:that\s+|which\s+)?(?:i|we)(?:'ve|ve|\s+have|'d)?\s+"
        r"(?:just\s+|only\s+|also\s+)?(?:ordered|bought|purchased|got|placed|orderd|ordred)\b",
        r"\b(?:ordered|bought|purchased|orderd|waiting\s+(?:on|for)|expecting|refund\s+(?:me\s+)?(?:for\s+)?"
        r"|(?:don'?t|do\s+not)\s+(?:send|ship|need|want|deliver)|cancel|stop|where(?:'s|s|\s+is|\s+are|\s+on\s+earth\s+(?:is|are)|\s+the\s+\w+\s+(?:is|are))"
        r"|when(?:'s|s|\s+is|\s+are|\s+will|\s+do|\s+does)|has|have|is|are|did|will|changed\s+my\s+mind\s+(?:about|on))"
        rf"\s+(?:for\s+)?(?:the|my|those|these|some|an?|\d+)\s+(?:order\s+of\s+)?{_THING}",
        rf"\b(?:eta|news|updates?|status|tracking|info|information|word)\s+(?:on|of|for|about|regarding)\s+(?:the|my|those)\s+{_THING}",
        r"\b(?:told|said)\s+(?:that\s+)?(?:the|my)\s+" + _THING,
        r"^\W*(?:hi\W+|hey\W+|hello\W+)?(?:the|my)\s+(?P<item>[^,.;!?\n\0]{2,40}?)\s+(?:is|are|was|were|has|have|hasn'?t|haven'?t|still|never|didn'?t|should"
        r"|arrived|isn'?t|aren'?t|-)",
    )
)
# What stands around the name of what somebody wants to see or to know the price of; elsewhere it may belong to a name.
_BROWSING = rule(
    r"^\W*(?:(?:hi|hey|hello|please|pls|plz|can|could|would|you|i|i'd|id|we|want|wanna|like|love|to|just|ok|so|and|let|let's|lets|me|us|may)\b[\s,]*)*"
    r"(?:show|list|browse|display|view)\b(?:\s+(?:me|us))?"
    r"|\b(?:kinds?|types?|sorts?|colou?rs?|sizes?|designs?|styles?|selection|choice|assortment|range)\s+of\b"
    r"|\b(?:what|which)\s+(?:categories|departments|sections|colou?rs|sizes|kinds|types|sorts|designs|styles)\b"
    r"|\b(?:section|department|category|selection)\W*$"
    r"|\bhow\s+(?:much|expensive)\b|\bprices?\s+(?:of|for|on)\b|\bcosts?(?:\s+me)?\W*$",
    re.IGNORECASE,
)


def find_stock_topic(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields the product asked for, how many of it, and whether to tell when it is back."""
    tokens = tokenize(text, claimed=[*claimed, *(match.span() for match in _BROWSING.finditer(text))])
    best = _best_phrase(tokens, STOCK, text)
    number = next((token for token in tokens if token.kind == kinds.NUMBER and token.text.lower() != "one"), None)
    if number is not None:
        yield Entity(name="quantity", value=number.value, start=number.start, end=number.end, role="set", group="1")
    if best:
        yield _product(best, text)
    else:
        position = next((token for token in tokens if token.kind == kinds.POSITION), None)
        if position is not None:
            yield Entity(name="reference", value=position.value, start=position.start, end=position.end, group="1")
        else:
            yield from _pointing(text)
    yield from find_notify(text)


def find_price_topic(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields the kind of product that a price range is asked for."""
    tokens = [token for token in tokenize(text, claimed=claimed) if token.kind != kinds.NUMBER]
    best = _best_phrase(tokens, PRICING, text)
    if best:
        yield _product(best, text)


def find_recommendation_base(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields what a recommendation should go with: a product or the cart, both with the role "with"."""
    everything = tokenize(text, claimed=claimed)
    for match in _RECOMMENDED_WITH.finditer(text):
        rest = match["rest"]
        start = match.start("rest")
        cart = _CART_THERE.search(rest)
        if cart:
            yield Entity(
                name="reference",
                value="cart",
                start=start + cart.start(),
                end=start + cart.end(),
                role="with",
                group="1",
            )
            return
        if _POINTING.match(rest):
            yield Entity(
                name="reference", value="it", start=start, end=start + len(rest.split()[0]), role="with", group="1"
            )
            return
        tokens = [token for token in everything if token.start >= start and token.end <= match.end()]
        position = next((token for token in tokens if token.kind == kinds.POSITION), None)
        if position is not None:
            yield Entity(
                name="reference", value=position.value, start=position.start, end=position.end, role="with", group="1"
            )
            return
        phrases = find_phrases(tokens, RECOMMENDING)
        if phrases:
            first = phrases[0]
            yield Entity(
                name="product",
                value=written(first, text),
                start=first[0].start,
                end=first[-1].end,
                role="with",
                group="1",
            )
            return
    cart = _CART_THERE.search(text)
    if cart:
        yield Entity(name="reference", value="cart", start=cart.start(), end=cart.end(), role="with", group="1")
        return
    yield from _recommended_kind(text, everything)


def _recommended_kind(text: str, everything: list[Token]) -> Iterator[Entity]:
    """The kind of product that is asked for ("recommend me a mug"), with the role "kind"; "a gift" is none."""
    kind = _KIND.search(text)
    if kind is None:
        return
    start, end = kind.span("rest")
    tokens = [token for token in everything if token.start >= start and token.end <= end]
    phrases = find_phrases(tokens, RECOMMENDING | KINDLESS)
    if phrases and phrases[0][0].start - start < FURTHEST_KIND:
        yield Entity(
            name="product",
            value=written(phrases[0], text),
            start=phrases[0][0].start,
            end=phrases[0][-1].end,
            role="kind",
            group="1",
        )


def find_ordered_item(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields the product by which a customer names an order placed before ("the one with the teapot")."""
    tokens = tokenize(text, claimed=claimed)
    for pattern in _ORDERED_ITEM:
        for match in pattern.finditer(text):
            start, end = match.span("item")
            inside = [token for token in tokens if token.start >= start and token.end <= end]
            phrases = find_phrases(inside, ORDERED)
            if phrases and phrases[0][0].start - start < 16:
                yield _product(phrases[0], text)
                return


def _best_phrase(tokens: list[Token], closed: frozenset[str], text: str) -> list[Token]:
    """The first phrase of a clause that tells no story, or else the first phrase."""
    found: list[list[Token]] = []
    stories: list[list[Token]] = []
    for clause in clauses(tokens):
        phrases = find_phrases(clause, closed)
        (stories if NARRATIVE.search(text[clause[0].start : clause[-1].end]) else found).extend(phrases)
    return next(iter([*found, *stories]), [])


def _product(phrase: list[Token], text: str) -> Entity:
    return Entity(name="product", value=written(phrase, text), start=phrase[0].start, end=phrase[-1].end, group="1")


def _pointing(text: str) -> Iterator[Entity]:
    match = re.search(r"\b(?:it|that|this|them|those|these)\b", text, re.IGNORECASE)
    if match:
        yield Entity(name="reference", value="it", start=match.start(), end=match.end(), group="1")
