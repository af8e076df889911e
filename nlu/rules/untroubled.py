"""Reads what speaks of trouble with an order and tells of none of one's own: nobody is called for that.

It says that nothing was wrong, asks how often something is, thinks of what might be, or tells of somebody else's order.
"""

import re
from enum import StrEnum

from nlu.rules.patterns import rule


class Untroubled(StrEnum):
    """Why a message that sounds like a complaint is none."""

    WELL = "well"  # nothing was wrong
    ASKS_WHO = "asks_who"  # whether somebody did something with their order
    NOT_OWN = "not_own"  # asked in general, thought of, or somebody else's
    NO_WORDS = "no_words"  # a number or a command


_HARM = (
    r"(?:brok(?:en?)|break(?:s|ing)?|damaged?|cracks?|cracked|chip(?:s|ped)?|scratch(?:ed|es)?|dent(?:s|ed)?|torn|tears?"
    r"|leak(?:s|ed|ing|y)?|faulty|faults?|defective|defects?|missing|lost|wrong|spoil(?:ed|t)|ruined|crushed|smashed"
    r"|shattered|stain(?:s|ed)?|dirty|late|delay(?:s|ed)?|stolen|stole|bent|ripped|split|snapped|warped|mouldy|rotten"
    r"|expired|burnt|problems?|issues?|troubles?|complain(?:s|t|ts|ed|ing)?|harm(?:ed)?|mistakes?|flaw(?:s|ed)?"
    r"|bad|disappoint(?:ed|ing|ment)|amiss|blemish(?:es)?)"
)
_COPULA = (
    r"(?:is|are|was|were|be|been|being|has|have|had|came|come|comes|arrived?|got|gets?|get|gone|seems?|looks?|looked|went"
    r"|found|find|saw|see|noticed?)"
)
_LIGHT = (
    rf"(?:{_COPULA}|ever|really|actually|even|yet|once|at all|an?|any|the|single|one|visible|bit|with|to|in|it|them)"
)
_NO_HARM = rule(
    rf"\b(?:no|never|without|zero|free of|hardly|not|nor|[a-z]{{2,6}}n't)\b(?! only)(?: {_LIGHT}){{0,4}} {_HARM}\b"
    r"|\b(?:nothing|none|neither|nobody|no one|not one)\b(?: of (?:it|them|us|the|these|those|my|our)(?: \w{2,12})?)?"
    rf"(?: {_LIGHT}){{1,4}} {_HARM}\b",
    re.IGNORECASE,
)
_ANY_HARM = rule(rf"\b{_HARM}\b", re.IGNORECASE)
_NOT_ALL_WELL = rule(
    r"\b(?:but|except|however|although|though|apart|still|only|no|not|never|nothing|none|nor|without|[a-z]{2,6}n't|if"
    r"|unless|until|when|would|want|need|please|refund|return|replace|exchange|money|instead|again|another)\b|\?",
    re.IGNORECASE,
)
_PLEASED = rule(
    r"\b(?:glad|happy|relieved|delighted|pleased|thrilled|luckily|lucky|fortunately|thankfully)\b", re.IGNORECASE
)
_LED = r"\A\W{0,4}(?:(?:hi|hello|hey|and|so|but|ok|okay|well|oh|hm+|um|also|just|no|yes|wait)\W{1,4}){0,3}"
_SOMEBODY = r"(?:some|any)(?:one|body)(?: else)?"
_ASKS_WHO = rule(
    rf"{_LED}(?:did |has |have |was it |is it )?(?:{_SOMEBODY}|who) (?:\w{{2,8}} )?"
    r"(?:cancel|chang|edit|plac|order|touch|mov|pa(?:y|id)|confirm|alter|delet|remov|add)[^.!]{0,60}\?",
    re.IGNORECASE,
)
_ASKS = rule(
    rf"{_LED}(?:did|does|do|is|are|was|were|would|could|can|will|should|may|might|who|{_SOMEBODY}|ever"
    rf"|(?:has|have|had) (?:any|many|people|others|there|the|you|they|{_SOMEBODY})"
    r"|how (?:often|many|likely|much|common|fragile)|what (?:if|happens|would|are the chances))\b",
    re.IGNORECASE,
)
_OWN = rule(r"\b(?:i|i'm|i've|i'd|we|we've|me|us|my|mine|our|ours|this|these|that|it|they|them|you)\b", re.IGNORECASE)
_MINE = rule(
    r"\b(?:i|i'm|i've|i'd|we|we've|me|us|my|mine|our|ours|this|these)\b(?! (?:wonder\w{0,3}|ask\w{0,3})\b)",
    re.IGNORECASE,
)
_OFTEN = rule(
    r"\b(?:ever|often|usually|normally|generally|typically|easily|sometimes|frequently|regularly|anyone|anybody|people"
    r"|customers|others|chances|likely)\b",
    re.IGNORECASE,
)
_THOUGHT_OF = rule(
    rf"{_LED}(?:what if|what happens (?:if|when)|suppose|supposing|imagine|let's (?:say|assume)|in case|assuming"
    r"|hypothetically|if|would (?:it|i))\b(?! (?:you (?:look|see|check|want|need)|i (?:may|might)|possible)\b)",
    re.IGNORECASE,
)
_KIN = (
    r"(?:sister|brother|sibling|mum|mom|mother|dad|father|parents?|friends?|neighbou?rs?|colleagues?|co-?workers?|cousin"
    r"|aunt|uncle|boss|roommate|flatmate|girlfriend|boyfriend|son|daughter|grand(?:ma|pa|mother|father|son|daughter)"
    r"|niece|nephew|teacher|buddy|mate|pal|classmate|in-laws?|stepmother|stepfather|landlord|tenant)"
)
_OTHERS = rule(
    rf"\b(?:{_KIN}|wife|husband|partner|spouse)(?: of (?:mine|ours|hers|his))?"
    r"(?: (?:has|had|have|also|once|just|recently|too|there|lately|already|then)){0,2}"
    r" (?:ordered|bought|purchased|orders|buys|complained|returned|placed)\b"
    rf"|\b{_KIN}(?: of (?:mine|ours))?(?: (?:has|had|have|also|once|just|recently)){{0,2}} (?:got|gotten|received)\b"
    rf"|\b{_KIN}'s (?!birthday|wedding|present|gift|house|place|address)\w{{3,15}}\b",
    re.IGNORECASE,
)
_HEARD = rule(r"\b(?:i|we)(?:'ve| have| had)? (?:once |just |also )?(?:heard|read)\b", re.IGNORECASE)
_POSSESSED = rule(r"\b(?:my|mine|our|ours)\b", re.IGNORECASE)
_SAID = rule(r"\b(?:people|they|some|many|reviews?|others) (?:say|claim|complain|write)\b", re.IGNORECASE)
_MY_DEED = rule(
    r"\b(?:i|we)(?:'ve|'d| have| had)? (?:just |also |once )?"
    r"(?:ordered|bought|sent|got|gave|paid|purchased|received|placed|chose|picked)\b"
    r"|\b(?:my|our|this|these) (?:last |own |new )?(?:order|parcel|package|purchase|delivery|gift|present)\b"
    r"|\b(?:mine|ours)\b(?<!of mine)(?<!of ours)|\b(?:for|from|to) (?:me|us)\b",
    re.IGNORECASE,
)
_CLAUSES = rule(r"[.,;:!()\n]|\band\b", re.IGNORECASE)
_POLITE = rule(
    r"\W{0,4}(?:(?:thanks|thank you|thx|cheers|great|good|nice|super|wow|perfect|lovely|awesome|excellent|wonderful"
    r"|cool|so|this time|again|by the way|btw|hi"
    r"|hello|luckily|fortunately|thankfully|phew|well|ok|okay|oh)\W{0,4}){0,6}",
    re.IGNORECASE,
)
_YES_ONE_DAY = rule(
    r"\W{0,4}(?:(?:oh|well|yes|yeah|yep|sure|ok|okay|of course|fine|right)\W{1,4}){1,4}"
    r"(?:when|once|if|as soon as|the day|after|before|until|unless|only|provided|should)\b",
    re.IGNORECASE,
)
_COMMAND = rule(r"(?:\A|\s)/[a-z]{3,12}\b", re.IGNORECASE)


def untroubled(text: str) -> Untroubled | None:
    """Why a message that sounds like a complaint tells of nothing wrong with the writer's order; None where it does."""
    said = text.replace("’", "'")
    if not any(map(str.isalpha, said)) or _COMMAND.search(said) is not None:
        return Untroubled.NO_WORDS
    if _ASKS_WHO.match(said) is not None:
        return Untroubled.ASKS_WHO
    if _is_well(said):
        return Untroubled.WELL
    return Untroubled.NOT_OWN if _is_not_own(said) else None


def agrees_one_day(text: str) -> bool:
    """Whether a yes hangs on what is to come: "yes, when pigs fly"."""
    return _YES_ONE_DAY.match(text.replace("’", "'")) is not None


def _is_well(said: str) -> bool:
    """Whether all that is said of trouble is that there was none, and nothing is wished for."""
    rest = _NO_HARM.sub(" unharmed ", said)
    told = rest != said or _PLEASED.search(said) is not None
    clauses = [one for one in _CLAUSES.split(rest) if _POLITE.fullmatch(one) is None]
    return told and len(clauses) < 2 and _ANY_HARM.search(rest) is None and _NOT_ALL_WELL.search(rest) is None


def _is_not_own(said: str) -> bool:
    """Whether it is asked in general, thought of, or told of somebody else's order."""
    if _MY_DEED.search(said) is not None:
        return False
    if _OTHERS.search(said) is not None or _THOUGHT_OF.match(said) is not None:
        return True
    if _HEARD.search(said) is not None and _POSSESSED.search(said) is None:
        return True
    if _SAID.search(said) is not None and _MINE.search(said) is None:
        return True
    if _ASKS.match(said) is None or "?" not in said:
        return False
    return _OWN.search(said) is None or (_OFTEN.search(said) is not None and _MINE.search(said) is None)
