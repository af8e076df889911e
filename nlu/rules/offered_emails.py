"""Tells an e-mail that a message offers as its writer's own from one that it only mentions.

Offered is the bare address, alone or among the parts of an order, and what stands in a clause of nothing but offering
words. Whatever else a clause says (“my ex is …”, “never …”, “who is …?”) is no offer.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from nlu.rules.identifiers import find_emails
from nlu.rules.patterns import rule
from nlu.understanding import Entity

_THIS, _OTHER, _PART = "\ue000", "\ue001", "\ue002"  # the e-mail, another one, and what an order is made of
_END = rule(r"[,;()\n–—/|]|[.!?]{1,9}(?=\s|\Z)|\s(?:-|and|but|so|then|plus|because)(?=\s)")  # of a clause
_GIVEN_UP = rule(  # another e-mail, and what says that this one takes its place
    r"(?:\b(?:not|instead of|rather than|in place of|no longer|don'?t use|do not use|replace|from|forget)\s+)?"
    rf"(?:(?:my|the)\s+)?{_OTHER}(?:\s+with\b)?",
    re.IGNORECASE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LETTERS = _words("confirmation confirmations receipt receipts invoice invoices bill")
_MAILS = _words("email emails mail mails e-mail e-mails e-mail's email's mail's inbox address adress addy")
_MOVES = _words("change update switch correct set edit")  # to what stands right behind "to"
_OFFERING = _LETTERS | _MAILS | _words("my our use using send mail instead rather i'm im am mine place")
_POLITE = _words(
    "please pls plz kindly thanks thank thx cheers hi hello hey there ok okay sure yes yep yeah yup alright fine great"
    " perfect good sorry oops ups wait hm hmm uh uhm um ah oh well actually now then just simply again better right"
)
_AROUND = _words(
    "the this that that's thats a an new real correct main private personal work business is it it's its i me we us be"
    " should shall go goes going get have order confirm everything all them to for at on under via with by as here"
    " here's heres try put note take i'd prefer or either"
)
_OFFER = _OFFERING | _POLITE | _AROUND
# What stands before an address of nothing but itself: a no to the one before it, or how it goes about.
_BEFORE = _words(
    "no nope nah wrong typo mistyped misspelled misspelt mistake made old one was in had gave you typed"
    " entered about change"
)
_GOES_ALONG = _words(
    "gift wrap wrapped wrapping present birthday asap soon today tomorrow fast quick quickly delivery shipping ship"
    " deliver standard express i'd like want need would no without"
)
_ORDERING = _GOES_ALONG | _words(
    "code codes voucher vouchers coupon coupons promo discount apply redeem"
    " buy sent delivered shipped of some more each x pair couple few dozen"
    " 1 2 3 4 5 6 7 8 9 10 12 one two three four five six seven eight nine ten"
)
_BESIDE = _words("cc bcc also too copy copies additionally both add forward second")
_ALSO = _words("also too")
_COPIES = _words("cc bcc copy copies forward")
# What only adds one more: no word of it says that the address before shall go.
_ADDS = rule(
    r"\b(?:as\swell(?:\sas)?|in\saddition(?:\sto)?|additionally|on\stop(?:\sof\s(?:that|it|this))?|along\swith|together\swith|not\s(?:just|only)\sto\s(?:me|us)"
    r"|one\smore|an\s(?:extra|additional))\b",
    re.IGNORECASE,
)
# A mail goes there, whoever's it is: "send it to my office … too" does not say that it is the one address.
_GOES_TO = rule(
    rf"\b(?:send|sent|mail|e-?mail|forward|goes?|going|deliver|share)\b[^{_THIS}]{{0,80}}\bto\b[^{_THIS}]{{0,30}}{_THIS}",
    re.IGNORECASE,
)
# Somebody, or another address, is named beside it: "to me and …", "… and me", "to the usual address & to …".
_SOMEBODY = (
    r"(?:me|us|myself|ourselves|mine|both|here|him|her|them"
    r"|(?:my|our|the|this|that|his|her|their)\s(?:\w{1,12}\s){0,2}?(?:e-?mail|mail|inbox|address|account|one))"
)
_JOINS = r"\s{0,3},?\s{0,3}(?:\band\b|&|\+|\bplus\b|/)\s{1,3}(?:also\s|then\s)?"
_JOINED = rule(
    rf"\b(?:to|at|send|mail|e-?mail|copy|both|tell|notify)\s(?:both\s|all\s)?(?:of\s)?{_SOMEBODY}{_JOINS}(?:(?:to|at)\s{{1,3}})?{_THIS}"
    rf"(?!\s{{1,3}}(?:is|was|for|as|will|works|should|would)\b)"
    rf"|{_THIS}{_JOINS}(?:(?:to|at)\s)?{_SOMEBODY}(?=\W{{0,3}}(?:\Z|[.!?;,]|please\b|pls\b|thanks\b|too\b))",
    re.IGNORECASE,
)
_AGAINST = _words(
    "not never no none nothing nobody neither nor without except besides unless if when until cannot dont doesnt didnt"
    " isnt wasnt arent cant wont shouldnt mustnt wouldnt stop avoid anymore longer"
)
_ASKING = _words(
    "is are was were do does did has had have who whose what which how why where when whether isn't aren't don't"
    " doesn't didn't hasn't"
)
_MODALS = _words("can could would will may might")
_REQUEST = rule(r"\b(?:can|could|would|will|may) (?:you|i|we)\b", re.IGNORECASE)
_MAY_I = rule(r"(?:should|shall) (?:i|we|it)\b", re.IGNORECASE)
_PHRASE = rule(
    r"\b(?:(?:can|could|would|will|may) (?:you|i|we)|you (?:can|could|may|should)|i(?:'d| would) (?:like|prefer)"
    r"|(?:reach|contact|write|find|message|text|ping|notify) (?:to )?(?:me|us)|my (?:other|current|actual)"
    r"|here you (?:go|are)|there you go|(?:i|we) (?:think|guess|believe|use)|thank you"
    r"|contact(?= (?:e-?mail|mail|address)\b|:)|(?:that|it)(?:'s| is| was) not (?:right|correct|it|mine))\b",
    re.IGNORECASE,
)
_POINTS = rule(rf"(?:\b(?:to|into|as|be|is|with)|[:=])\s*{_THIS}", re.IGNORECASE)  # what a change comes to
_LIKELY = rule(
    r"\b(?:e-?mails?|mail(?= (?:is|address)\b|\s?:)|inbox|address|confirmations?|receipts?|invoices?|bill|use|send"
    r"|forward)\b"
    rf"[^{_THIS}]{{0,60}}{_THIS}|{_THIS}\s+is\b[^{_THIS}]{{0,40}}\b(?:e-?mail|mail|inbox|address)\b",
    re.IGNORECASE,
)
_NAME = rule(
    r"(?:(?i:i'?m|my name is|name:?|this is) [A-Z][\w'.-]{0,20}|[A-Z][\w'.-]{0,20} [A-Z][\w'.-]{0,20})"
    r"(?: [A-Z][\w'.-]{0,20}){0,3}"
)
_WORD = re.compile(rf"[\w'’-]+|[{_THIS}{_OTHER}{_PART}]")

_PROVING = _words("verify verification prove confirm code log login sign link in into up") | _AROUND
_OF_MINE = _words("account access see show view orders made placed ordered want need used did with") | _PROVING


class Offer(StrEnum):
    """How a message speaks of an e-mail."""

    OWN = "own"  # it is offered as the writer's
    BESIDE = "beside"  # it shall get a copy
    LIKELY = "likely"  # it may well be meant for the confirmation
    REFUSED = "refused"  # a no stands beside it
    NAMED = "named"  # anything else: a story, a question


@dataclass(frozen=True, kw_only=True, slots=True)
class _Clause:
    text: str
    asks: bool  # it ends in a question mark

    @property
    def words(self) -> list[str]:
        said = _PHRASE.sub(" ", self.text)
        return [word.strip("'-") for word in _WORD.findall(said.casefold()) if word.strip("'-")]

    @property
    def against(self) -> bool:
        """Whether a no, a condition or an exception is in it; a mere “no, …” only answers."""
        words = self.words
        against = not _AGAINST.isdisjoint(words) or any(word.endswith("n't") for word in words)
        return against and not set(words) <= _POLITE | _BEFORE

    @property
    def question(self) -> bool:
        """Whether it asks; “can you send it to …?” asks for something."""
        first = next(iter(_WORD.findall(self.text.casefold())), "")
        wonders = first in _MODALS and _REQUEST.match(self.text.lstrip()) is None
        asks = self.asks and not _REQUEST.search(self.text)
        return first in _ASKING or wonders or asks or _MAY_I.match(self.text) is not None

    def only(self, *kinds: frozenset[str]) -> bool:
        """Whether all its words are of these, but for e-mails and parts of an order."""
        kinds = (*kinds, _ORDERING) if _PART in self.text else kinds
        return all(word in (_THIS, _OTHER, _PART) or any(word in kind for kind in kinds) for word in self.words)


def offer_of(
    text: str,
    email: Entity,
    *,
    others: Iterable[Entity] = (),
    parts: Iterable[Entity] = (),
    words_for: frozenset[str] = frozenset(),
) -> Offer:
    """How a message offers an e-mail; `others` are those it holds besides, `parts` its goods, counts and addresses.

    `words_for` are more words that offer it, for what else it may be asked for.
    """
    blanked = _ADDS.sub(" also ", _blanked(text.replace("’", "'"), email, others, parts))
    clauses = list(_clauses(blanked))
    at = next(number for number, clause in enumerate(clauses) if _THIS in clause.text)
    own, before, behind = clauses[at], clauses[:at][-1:], clauses[at + 1 :][:1]
    if own.against:
        return Offer.REFUSED
    if own.question:
        return Offer.NAMED
    words = set(own.words)
    also = (own.only(_OFFER, _MOVES, _BESIDE) or _LIKELY.search(own.text)) and (
        "my" not in words or _GOES_TO.search(own.text) is not None
    )
    if words & _COPIES or (words & _BESIDE and also) or _JOINED.search(blanked):
        return Offer.BESIDE
    if own.only(_OFFER, _MOVES, _ALSO, words_for) and not (words & _MOVES and not _POINTS.search(own.text)):
        if own.asks and _PART in own.text and not words & (_LETTERS | _MAILS):
            return Offer.LIKELY  # "can you ship 2 mugs to …?" may be a question, or somebody else's
        if words & (_OFFERING | _MOVES | words_for) or _PHRASE.search(own.text):
            return Offer.LIKELY if any(one.against for one in before) else Offer.OWN
        if all(_goes_before(one) for one in before) and all(_goes_along(one) for one in behind):
            return Offer.OWN
        if any(one.against for one in (*before, *behind)):
            return Offer.REFUSED
    return Offer.LIKELY if _LIKELY.search(own.text) else Offer.NAMED


def proven(text: str, email: Entity) -> bool:
    """Whether a message wants to prove an e-mail, or to see what is its writer's under it; a question does not."""
    mine = not {"i", "my", "me", "mine"}.isdisjoint(_WORD.findall(text.casefold()))
    others = (one for one in find_emails(text) if one.value != email.value)
    return offer_of(text, email, others=others, words_for=_OF_MINE if mine else _PROVING) is Offer.OWN


def _goes_before(clause: _Clause) -> bool:
    return _goes_along(clause) or (clause.only(_OFFER, _BEFORE, _GOES_ALONG) and not clause.question)


def _goes_along(clause: _Clause) -> bool:
    """Whether a clause is part of an order, a name or a number, or says nothing that speaks against the e-mail."""
    part = (_PART in clause.text and not clause.against) or _NAME.fullmatch(clause.text) is not None
    bare = not any(sign.isalpha() for sign in clause.text)
    return (part or bare or clause.only(_OFFER, _GOES_ALONG)) and not clause.question


def _blanked(text: str, email: Entity, others: Iterable[Entity], parts: Iterable[Entity]) -> str:
    """The text with one sign for each thing that was found in it."""
    spans = [(email.start, email.end, _THIS)]
    for sign, found in ((_OTHER, others), (_PART, parts)):
        for one in found:
            if one.end > one.start and all(one.end <= start or end <= one.start for start, end, _ in spans):
                spans.append((one.start, one.end, sign))
    for start, end, sign in sorted(spans, reverse=True):
        text = text[:start] + f" {sign} " + text[end:]
    return _GIVEN_UP.sub(" ", text)


def _clauses(text: str) -> Iterator[_Clause]:
    begin = 0
    for start, end in (*(found.span() for found in _END.finditer(text)), (len(text), len(text))):
        if said := text[begin:start].strip(" :\"'“”<>*_`"):
            yield _Clause(text=said, asks="?" in text[start:end])
        begin = end
