"""Reads “stop emails to bob@example.com” and its kind by exact rules: sentences of nothing but this grammar's words.

A word that is not of it (a product, an order) leaves the message to the model; so does what says both yes and no.
"""

import re
from dataclasses import dataclass
from itertools import dropwhile, pairwise

_WORD = re.compile(r"[^\s,;:!?()<>\[\]\"“”]+")
_DOTS = ".'’‘*_-"  # around a word
LONGEST = 40  # words
_AT = "@"  # stands for an address


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What marketing is called, beyond doubt; and what any mail may be called.
_MARKETING = _words(
    "ideas idea newsletter newsletters marketing ad ads advert adverts advertising advertisement"
    " advertisements promo promos promotion promotions promotional offer offers deal deals suggestion"
    " suggestions recommendation recommendations tip tips subscription subscriptions spam spams junk mailings"
    " remarketing"
)
_MAILS = _words("mails emails e-mails mailing mailings messages reminders")
_ALL_OF, _MAIL = _words("every each any all these more"), _words("mail email e-mail message mailing")
_LISTS = _words("list lists mailing-list distribution subscribers")
# Verbs that need no thing beside an address: whom one mails, one mails something.
_MAILING = _words(
    "mail mails email e-mail emails e-mails mailing emailing e-mailing spam spamming contact contacting"
    " message messaging write writing bother bothering bug bugging pester pestering"
)
_SENDING = _words("send sends sending sent get gets getting receive receives receiving want wants like deliver")
_ENDING = _words("stop stops stopping quit cease halt end discontinue disable deactivate suspend cancel block")
_NO = _ENDING | _words("no not never without dont don't cannot can't cant wont won't doesnt doesn't")
_REFUSING = _words("not never dont don't")
_BETWEEN = _words("you u ever please pls to want wanna need would like i just")  # a refusal and the ending it refuses
_OUT = _words("unsubscribe unsubscribing unsubscribes unsubscribed unsub optout opt-out opting-out")
_TAKE = _words("take remove delete drop strike get pull cross")
_SWITCH = _words("turn switch")
_OFF = _words("off from out")
_OPT = _words("opt opting")
_SIGNING = _words("subscribe subscribing resubscribe signup sign-up optin opt-in enroll enrol")
_BEGIN = _words("start starts starting resume begin")
_JOIN = _words("add join put include")
_BY_MAIL = _words("newsletter newsletters marketing mailings")  # what comes by mail only
_TO_MAIL = _words("send mail email e-mail")
_STOP = _words("stop quit cease halt end")
_QUESTIONS = _words(
    "do does did doesn't didn't is are was were isn't aren't wasn't weren't has have had hasn't haven't what whats"
    " what's when who whom whose how why which where whether am should shall must shouldn't"
)
_MODALS = _words("can could will would may might can't couldn't won't wouldn't")
_WHO_ASKS = _words("you u ya i we someone somebody")  # behind a modal it is a request: "can you stop emails to …?"
_LEAD_IN = _words("hi hello hey so and but ok okay well oh um sorry please pls just also then yes no tell me")
_WONDERS = (["if", _AT], ["whether", _AT], ["think", _AT], ["that", _AT])
_WANTING = _words("wants gets likes needs receives has would loves")  # of somebody else
_POLITE = _words("please pls thanks to for at")
# An answer about the order that is on its way is none about marketing: "yes to marketing, no to the order".
_OF_THE_ORDER = re.compile(
    r"\b(?:yes|no)\W{0,3}(?:to|for) (?:(?:the|my|this|that) )?(?:order|purchase)\b", re.IGNORECASE
)
# Nor is what is said to stay beside it: "cancel my newsletter (not my order)", "… but keep the order updates".
_ORDER_STAYS = re.compile(
    r"[\s,;.!(–—-]{1,4}(?:(?:but|and|just|only|please|though)\s){0,3}"
    r"(?:(?:do not|don't|dont|not|never|without)(?: (?:to )?(?:touch|cancel|stop|change|end|affect|drop|block)\w{0,4})?"
    r"|(?:keep|leave|still send|still want|(?:i|we) (?:(?:do|still|just|really) ){0,2}(?:want|need))(?: me)?) "
    r"(?:(?:the|my|any|about|mails about|emails about|for|news of|on) ){0,3}"
    r"(?:orders?|purchases?|deliver(?:y|ies)|shipping|parcels?|receipts?|confirmations?)\b"
    r"(?: (?:mails?|e-?mails?|updates?|news|confirmations?|messages?|notices?|as (?:it is|is)|alone|itself|please"
    r"|though|coming|on)){0,3}[\s.!)]{0,4}\Z",
    re.IGNORECASE,
)
_FILLERS = _words(
    "a an the my our your this that these those any anything all more some further other another to at for of"
    " on off in by via with from out up back through me us him her them everybody i i'm im i'd id i'll we we'd"
    " you u is are be and or also both yes sure sign please pls plz kindly thanks thank thx cheers hi hello hey"
    " dear sorry sir ok okay so well but just now today right away immediately asap anymore longer ever again"
    " address addresses account inbox inboxes mailbox email e-mail mail shop team guys could can would will may"
    " should must want wants wish like love need do does about regarding yes as it's such future hereby every"
    " into onto myself nothing customer customers"
)
_ALL = (
    _MARKETING
    | _MAILS
    | _LISTS
    | _MAILING
    | _SENDING
    | _NO
    | _OUT
    | _TAKE
    | _SWITCH
    | _OFF
    | _OPT
    | _SIGNING
    | _BEGIN
    | _JOIN
    | _FILLERS
    | _ALL_OF
    | _MAIL
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word on marketing, and the addresses it names, as they were typed."""

    wanted: bool
    emails: tuple[str, ...]


def read(text: str) -> Word | None:
    """What a message says about marketing; None when it is about something else, or not clear."""
    text = _ORDER_STAYS.sub(" ", _OF_THE_ORDER.sub(" ", text.replace("’", "'")))
    found = _WORD.findall(text.replace("’", "'").replace("mailto:", " "))
    if not 0 < len(found) <= LONGEST:
        return None
    if "?" in text and "@" not in text:
        return None  # “no offers?”
    emails = tuple(dict.fromkeys(_address(one) for one in found if "@" in one))
    first_no = text.lstrip().casefold().startswith(("no,", "no.", "no!", "nope,", "yes,"))
    said = [one.strip(_DOTS).casefold() for one in found if "@" not in one]
    said = [one for one in said[1 if first_no else 0 :] if one]
    if any(one not in _ALL for one in said) or asks_of_somebody(text):
        return None
    if set(said) - _POLITE == {"no", "deal"}:
        return None  # which refuses whatever was offered
    wanted = _meaning(said, named=bool(emails))
    return None if wanted is None else Word(wanted=wanted, emails=emails)


def asks_of_somebody(text: str) -> bool:
    """Whether a message only asks about an address, or how it stands with one: "would bob@example.com like ideas?".

    What it asks of the shop is a wish ("can you …", "may I …"); who tells that somebody wants some, and somebody not,
    wishes nothing either.
    """
    said = [
        _AT if "@" in one else word
        for one in _WORD.findall(text.replace("’", "'"))
        if (word := one.strip(_DOTS).casefold()) or "@" in one
    ]
    if _AT not in said:
        return False
    told = list(dropwhile(_LEAD_IN.__contains__, said))
    first, second = (*told, "", "")[:2]
    if (first in _QUESTIONS and second not in ("not", "never")) or (first in _MODALS and second not in _WHO_ASKS):
        return True
    if any(list(pair) in _WONDERS for pair in pairwise(said)):
        return True
    subject = told.index(_AT) if _AT in told[:3] and not set(told[: told.index(_AT)]) & (_ALL - _FILLERS) else None
    if subject is None:
        return False
    tells = told[subject + 1 : subject + 2]
    return "?" in text or (bool(set(tells) & _WANTING) and bool(set(told) & _NO - _words("no")))


def asks_of_marketing_to_somebody(text: str) -> bool:
    """The same, where it is marketing by its name or by how it is subscribed to."""
    said = {one.strip(_DOTS).casefold() for one in _WORD.findall(text)}
    return bool(said & (_MARKETING | _OUT | _SIGNING)) and asks_of_somebody(text)


def calls_it(text: str) -> bool:
    """Whether a few words call marketing by a name: "your offers"."""
    return bool({one.strip(_DOTS).casefold() for one in _WORD.findall(text)} & (_MARKETING | _MAILS))


def ends_it(text: str) -> bool:
    """Whether words, of which others know that they end marketing, say so in any way: "quit spamming my inbox"."""
    said = [one.strip(_DOTS).casefold() for one in _WORD.findall(text.replace("’", "'")) if "@" not in one]
    calls = set(said) & (_MARKETING | _MAILS | _MAILING | _LISTS)
    return bool(set(said) & _OUT or (calls and set(said) & (_NO | _TAKE | {"off"}))) and not _refuses_an_end(said)


def _meaning(said: list[str], *, named: bool) -> bool | None:
    """Whether marketing is wanted, by the words beside the addresses."""
    words = set(said)
    thing = bool(words & (_MARKETING | _MAILS)) or any(one in _ALL_OF and two in _MAIL for one, two in pairwise(said))
    opted = bool(words & _OPT)
    off_list = words & _TAKE and words & _OFF and (thing or words & _LISTS)
    if words & _OUT or off_list or (opted and "out" in words) or (words & _SWITCH and "off" in words and thing):
        return None if words & _NO else False  # “don't unsubscribe me”
    if _refuses_an_end(said):
        return None  # “don't stop the mails”
    if words & _NO:
        no_more = ("no", "more") in pairwise(said)
        of_address = no_more or words & (_LISTS | _MAILING) or words <= _STOP | _POLITE
        ended = thing or (named and of_address)
        return False if ended and not words & _SIGNING else None
    signs = words & _SIGNING or {"sign", "up"} <= words or (opted and "in" in words)
    joins = words & _JOIN and words & _LISTS
    begins = words & _BEGIN and (thing or named)
    agrees = thing and ("yes", "to") in pairwise(said)
    return True if signs or joins or begins or agrees or _asks(words, named=named) else None


def _refuses_an_end(said: list[str]) -> bool:
    """Whether an ending is not wanted: right behind a refusal, however politely that is said."""
    told = [word for word in said if word not in _BETWEEN]
    return any(first in _REFUSING and second in _ENDING for first, second in pairwise(told))


def _asks(words: set[str], *, named: bool) -> bool:
    """Whether it asks for marketing by mail; without an address, “some ideas, please” asks for some here and now."""
    if named:
        return bool(words & _MARKETING and words & (_SENDING | _MAILING)) and "from" not in words
    return bool(words & _BY_MAIL and words & (_SENDING | _MAILING)) or ("ideas" in words and bool(words & _TO_MAIL))


def _address(token: str) -> str:
    """The address in a token; Slack writes some twice, with a bar between."""
    return token.partition("|")[0].strip(".'*_`")
