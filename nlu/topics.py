"""Finds the product a question is about: stock, prices, recommendations, orders placed before."""

import re
from collections.abc import Iterable, Iterator

from nlu import tokens as kinds
from nlu.phrases import clauses, find_phrases, written
from nlu.tokens import Token, tokenize
from nlu.understanding import Entity
from nlu.vocabulary import NARRATIVE, words

_STOCK = words(
    """stock stocked stocking stocks instock available avail availability avalability availible availabe avaliable left sell
    sells selling sale carry carries have has had got getting back restock restocked restocking sold out notify notified
    ping tell telling told let know known email mail message msg text remind reminder alert shout drop inform contact
    when soon once again more enough supply supplies if whether there gone good will be moment mo atm present any anymore
    happen chance guys folks lot many much looking look search searching find found check checking still next week weeks
    month months buy bought order ordered ordering purchase in currently number amount on hand level inventory
    warehouse shop store something anything sth smth such like want need kind type sort arrive arriving arrives come
    comes coming coming's expect expected due date return returning returns run ran running low ever gonna usually
    right away anywhere possible wondering permanently discontinued continue today tomorrow later soon asap immediately
    offer range catalogue catalog assortment website online get give could ship pieces pcs units unit least
    minimum up drop heads-up heads interest interested question quick wanted saw see seen them's really truly
    ah oh hiya status amt one hmm u ur ya yall y'all item items product products does did do can exist exists"""
)
_PRICING = words(
    """cheap cheaper cheapest cheapo expensive pricey pricier priciest dear dearer dearest affordable inexpensive costly
    costliest luxury premium bargain bargains under below less lower lowest than then over above more most higher highest
    high low between around about roughly approx approximately near max maximum min minimum at least most up to price
    prices priced pricing price-wise cost costs costing range budget spend spending limit cap filter filtered sort sorted
    sorting order ordered list show me see give find search browse display anything something things thing stuff sth smth
    items item products product options option ones one everything all got have has sell do you u what whats what's which
    how much is are there any some only just that's thats too steep bit out exactly precisely each apiece per piece total
    within nothing not no than from starting upwards north south of bucks buck dollars dollar euros euro quid pounds
    pound usd eur gbp cents pence fiver tenner grand first last top bottom ascending descending asc desc next second
    third best good nice value deal deals decent quality looking for want need buy get can could would like please tops
    max. dont don't doesn't cost go exceed ish ballpark category section shop store available here today money cash left
    account person friend limited results reverse instead anyone afford else also similar same style but different lot
    bigger smaller than that it them those these prefer offer offers offering sale discount carry gift gifts present
    presents somewhere fit fits idea ideas wise three five ten two four pay willing ready between & affordable's grateful
    priced's ur r rn lists lookin lemme gimme whatever regarding concerning super really very way quite rather bit"""
)
_RECOMMENDED_WITH = re.compile(
    r"""\b(?:(?:go(?:es|ing)?|look(?:s)?|work(?:s)?|fit(?:s)?|suit(?:s)?|pair(?:s|ed)?|match(?:es|ing)?|combine(?:s|d)?|wear|serve|use|used|bought|buy|buys|get|together)\s+(?:\w+\s+){0,2}?(?:with|alongside|next\s+to|beside|to)
      | similar\s+to | (?:something|anything|things|sth|smth|stuff|more|one|ones|some|other)\s+(?:\w+\s+){0,2}?like | similar\s+(?=(?:the|a|an|my)\b)
      | alternatives?\s+(?:to|for) | substitute\s+for | instead\s+of | replacement\s+for | in\s+the\s+style\s+of | next\s+to | along(?:side)?\s+with | together\s+with
      | complement(?:s|ing)?(?:\s+to)? | accompany | to\s+match | match(?:es|ing)? | add\s+to | go\s+with | with
      | (?:accessor(?:y|ies)|extras|add-?ons|parts|refills?|else|need|needed)\s+(?:\w+\s+){0,4}?(?:for|with) | (?:i|we)\s+(?:really\s+)?(?:like|liked|love|loved|have|bought|got|own|enjoyed)(?:d)?
      | because\s+i\s+(?:like|liked|bought))\s+
      (?P<rest>[^,.;!?\n]{1,80})""",
    re.IGNORECASE | re.VERBOSE,
)
_CART_THERE = re.compile(r"\b(?:cart|basket|trolley|bag|what\s+i(?:'ve)?\s+(?:have|got|picked|chosen|added)|my\s+(?:order|items|things|stuff))\b", re.IGNORECASE)
_POINTING = re.compile(r"^(?:it|that|this|them|those|these|that\s+one|this\s+one)\b(?!\s+\w{3,})", re.IGNORECASE)
_AROUND_RECOMMENDED = words(
    """similar something anything else what recommend suggest good nice well best great next need style same milder
    different cheaper better please instead got have has do you other people customers buy bought show find options ideas
    popular usually normally would could maybe matching looks look fine kind though lot much already"""
)
_ORDERED = words(
    """order orders ordered ordering orderd ordr bought buy buying purchase purchased placed made received receive get got
    getting have has had been want wanted wrong size colour color item items one ones thing things stuff package parcel
    parsel packages delivery delivered deliver shipped shipping ship shipment sent send arrive arrived arriving coming
    come here there where when wheres where's whens hasn't hasnt didn't didnt not still yet anymore any more already
    today yesterday tomorrow tuesday monday wednesday thursday friday saturday sunday week weeks day days month morning
    evening night last latest cancel cancelled please refund money back status track tracking update news eta find found
    cheaper elsewhere mistake accident earth hell heck on way through process processed out time late long waiting wait
    since told would could should will about with without that which what whats what's whose mine keep rest only just
    change changed mind first second third recent previous other both all lost missing damaged broken door mail email
    confirmation number payment card invoice address carrier courier driver post posted up down gone go going supposed
    expect expected expecting need needed needing longer stop void call off return returned box it's its it i'm im
    person dear team ever actually really currently thank thanks know tell check whether if"""
)
_THING = r"(?P<item>[^,.;!?\n\0]{2,60})"
_ORDERED_ITEM = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:one|order|purchase|parcel|package|delivery|ordr)\s+(?:that\s+(?:has|had|contains|includes)|which\s+(?:has|contains)|with|containing"
        rf"|including|of|for)\s+(?:the\s+|my\s+|those\s+|a\s+|an\s+|some\s+)?{_THING}",
        r"\b(?:the|my|that|those|these|some|an?)\s+(?P<item>(?:[\w'-]+\s+){1,5}?)(?:that\s+|which\s+)?(?:i|we)(?:'ve|ve|\s+have|'d)?\s+"
        r"(?:just\s+|only\s+|also\s+)?(?:ordered|bought|purchased|got|placed|orderd|ordred)\b",
        r"\b(?:ordered|bought|purchased|orderd|waiting\s+(?:on|for)|expecting|refund\s+(?:me\s+)?(?:for\s+)?"
        r"|(?:don'?t|do\s+not)\s+(?:send|ship|need|want|deliver)|cancel|stop|where(?:'s|s|\s+is|\s+are|\s+on\s+earth\s+(?:is|are)|\s+the\s+\w+\s+(?:is|are))"
        r"|when(?:'s|s|\s+is|\s+are|\s+will|\s+do|\s+does)|has|have|is|are|did|will|changed\s+my\s+mind\s+(?:about|on))"
        rf"\s+(?:for\s+)?(?:the|my|those|these|some|an?|\d+)\s+(?:order\s+of\s+)?{_THING}",
        r"\b(?:told|said)\s+(?:that\s+)?(?:the|my)\s+" + _THING,
        r"^\W*(?:hi\W+|hey\W+|hello\W+)?(?:the|my)\s+(?P<item>[^,.;!?\n\0]{2,40}?)\s+(?:is|are|was|were|has|have|hasn'?t|haven'?t|still|never|didn'?t|should"
        r"|arrived|isn'?t|aren'?t|-)",
    )
)
_NOTIFY = re.compile(
    r"\b(?:let\s+(?:me|us)\s+know|tell\s+(?:me|us)|notify|ping|e-?mail\s+(?:me|us)|message\s+(?:me|us)|text\s+(?:me|us)|remind\s+(?:me|us)|alert|give\s+(?:me|us)\s+a\s+(?:shout|heads?[- ]?up|buzz|call)|drop\s+(?:me|us)\s+a|inform|heads[- ]up|shout\s+when|waitlist|waiting\s+list|contact\s+(?:me|us)|write\s+(?:me|us)|send\s+(?:me|us)\s+a)\b",
    re.IGNORECASE,
)
_WHEN_BACK = re.compile(r"\b(?:when|once|as\s+soon\s+as|if|the\s+moment|again|back|available|restock\w*|in\s+stock)\b", re.IGNORECASE)


def find_stock_topic(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields the product asked for, how many of it, and whether to tell when it is back."""
    tokens = tokenize(text, claimed=claimed)
    best = _best_phrase(tokens, _STOCK, text)
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
    notify = _NOTIFY.search(text)
    if notify and _WHEN_BACK.search(text):
        yield Entity(name="notify", value="yes", start=notify.start(), end=notify.end())


def find_price_topic(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields the kind of product that a price range is asked for."""
    tokens = [token for token in tokenize(text, claimed=claimed) if token.kind != kinds.NUMBER]
    best = _best_phrase(tokens, _PRICING, text)
    if best:
        yield _product(best, text)


def find_recommendation_base(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields what a recommendation should go with: a product or the cart, both with the role "with"."""
    for match in _RECOMMENDED_WITH.finditer(text):
        rest = match["rest"]
        start = match.start("rest")
        cart = _CART_THERE.search(rest)
        if cart:
            yield Entity(name="reference", value="cart", start=start + cart.start(), end=start + cart.end(), role="with", group="1")
            return
        if _POINTING.match(rest):
            yield Entity(name="reference", value="it", start=start, end=start + len(rest.split()[0]), role="with", group="1")
            return
        tokens = [token for token in tokenize(text, claimed=claimed) if token.start >= start and token.end <= match.end()]
        position = next((token for token in tokens if token.kind == kinds.POSITION), None)
        if position is not None:
            yield Entity(name="reference", value=position.value, start=position.start, end=position.end, role="with", group="1")
            return
        phrases = find_phrases(tokens, _AROUND_RECOMMENDED)
        if phrases:
            first = phrases[0]
            yield Entity(name="product", value=written(first, text), start=first[0].start, end=first[-1].end, role="with", group="1")
            return
    cart = _CART_THERE.search(text)
    if cart:
        yield Entity(name="reference", value="cart", start=cart.start(), end=cart.end(), role="with", group="1")


def find_ordered_item(text: str, claimed: Iterable[tuple[int, int]] = ()) -> Iterator[Entity]:
    """Yields the product by which a customer names an order placed before ("the one with the teapot")."""
    tokens = tokenize(text, claimed=claimed)
    for pattern in _ORDERED_ITEM:
        for match in pattern.finditer(text):
            start, end = match.span("item")
            inside = [token for token in tokens if token.start >= start and token.end <= end]
            phrases = find_phrases(inside, _ORDERED)
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
