"""Reads what a yes hangs on: an amount that the shop can look at, a time to come, somebody else's word, or neither."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from nlu.rules.conditions import is_a_time
from nlu.rules.patterns import rule
from nlu.rules.price_limits import is_of_prices
from nlu.rules.staying import told_to_stay


class Of(StrEnum):
    """What a condition is about."""

    TOTAL = "total"  # what the order comes to afterwards
    PAYS = "pays"  # what is paid on top
    BACK = "back"  # what is paid back
    ALL_BACK = "all_back"  # that all that was paid is paid back
    LIFE = "life"  # what is yet to happen, or others decide
    ELSE = "else"


@dataclass(frozen=True, kw_only=True, slots=True)
class YesCondition:
    """A condition; `at_most` or `at_least` is its amount, where it is of one, and `words` are those behind its "if"."""

    of: Of
    words: str
    at_most: Decimal | None = None
    at_least: Decimal | None = None

    def holds(self, amount: Decimal) -> bool:
        """Whether an amount is as the condition wants it."""
        too_much = self.at_most is not None and amount > self.at_most
        return not too_much and (self.at_least is None or amount >= self.at_least)


_LEAD = rule(
    r"\A\W{0,3}(?:(?:but|and|only|just|yes)\W{1,3}){0,3}(?P<lead>if|unless|(?:as|so)\slong\sas|provid(?:ed|ing)(?:\sthat)?|assuming(?:\sthat)?"
    r"|supposing|on\s(?:the\s)?condition(?:\sthat)?|in\scase|depending\son)\s"
)
_AMOUNT = rule(r"[$£€]?\s?(?P<amount>\d{1,3}(?:,\d{3}){1,2}(?:\.\d{2})?|\d{1,7}(?:[.,]\d{1,2})?)(?!\d)")
_MOST = rule(
    r"\bor\s(?:less|lower|below|under|cheaper)\b|\b(?:at\s(?:the\s)?most|up\sto|within|under|below|less\sthan|max(?:imum)?|cheaper\sthan|lower\sthan"
    r"|(?:not|no|n't|never)\s(?:\w{1,10}\s){0,3}?(?:more|over|above|exceed\w{0,3}|higher|greater|beyond|past))\b"
)
_LEAST = rule(
    r"\bor\s(?:more|higher|above|over)\b|\b(?:at\s(?:the\s)?least|(?:not|no|n't|never)\s(?:\w{1,10}\s){0,3}?(?:less|under|below|lower)|minimum|more\sthan|over|above|exceed\w{0,3})\b"
)
_OF_BACK = rule(r"\b(?:back|refund\w{0,3}|reimburse\w{0,4}|save\w{0,3})\b")
_ALL_BACK = rule(
    r"\b(?:full|whole|entire|complete|all|every(?:thing|\scent|\spenny|\sdollar)|100\s?%)\b.{0,24}\b(?:back|refund\w{0,3}|reimburse\w{0,4})\b"
    r"|\b(?:refund\w{0,3}|paid\sback|reimburse\w{0,4})\s(?:is\s|to\sme\s)?(?:in\sfull|fully|completely|entirely)\b|\bfully\srefunded\b"
)
_OF_TOTAL = rule(r"\b(?:totals?|order|altogether|in\sall|sum|bill|budget|everything|overall|stays?|remains?|whole)\b")
_OF_DIFFERENCE = rule(
    r"\b(?:difference|extra|additional(?:ly)?|more\sto\spay|on\stop|surcharge|charged?|pay(?:ing)?|owe|costs?\sme)\b"
)
_NOTHING = rule(
    r"\b(?:(?:no|without|isn't|is\snot|any|not)\s(?:\w{1,8}\s)?(?:extra|additional|more|further)\s(?:costs?|charges?|fees?|money|to\spay)"
    r"|(?:no|without|isn't|not)\s(?:a\s|any\s)?(?:costs?|charges?|fees?|surcharge)|nothing\s(?:more\s|extra\s|else\s|additional\s)?(?:to\spay|on\stop|extra)"
    r"|(?:don't|do\snot|needn't|won't|not)\s(?:have\sto\s|need\sto\s)?pay\s(?:anything|any\s?more|more|extra|on\stop)|costs?\s(?:me\s)?nothing|same\sprice"
    r"|(?:not|n't|no)\s(?:cost|costs)\s(?:me\s)?(?:anything|any\s?more|more|extra)|(?:doesn't|don't|not)\scost\s(?:me\s)?(?:anything|any\s?more|more|extra))\b"
)
_CHEAPER = rule(r"\b(?:cheaper|less\sexpensive|costs?\sless)\b(?!\sthan\s[$£€\d])")
_LIFE = rule(
    r"\b(?:my|our|his|her|their|the)\s(?:\w{1,12}\s)?(?:wife|husband|partner|spouse|girlfriend|boyfriend|mum|mom|mother|dad|father|son|daughter|kids?|child(?:ren)?"
    r"|brother|sister|boss|manager|colleagues?|friends?|roommate|flatmate|landlord|bank|company|employer|family|parents|team|doctor|lawyer|neighbou?r)\b"
    r"|\b(?:he|she|we|somebody|someone)\b|\bi\s(?:get|am\spaid|hear|decide|still|can\s(?:find|afford)|change\smy|ask|find|know)\b"
    r"|\b(?:tomorrow|later|next\s\w{3,9}|until|till|when|after|once|as\ssoon\sas)\b"
)


def read_condition(said: str) -> YesCondition:
    """What a condition is about, as it was said: "if the total stays under $100"."""
    plain = said.lower().replace("’", "'").replace("n't", " n't")
    lead = _LEAD.match(plain)
    words = plain[lead.end() :] if lead is not None else plain
    behind = said[len(said) - len(words.replace(" n't", "n't")) :] if lead is not None else said
    behind = told_to_stay(behind)
    if is_a_time(said) or lead is None:
        return YesCondition(of=Of.LIFE, words=behind)
    if lead["lead"] != "unless" and _ALL_BACK.search(words) and not _AMOUNT.search(words.replace("100", "")):
        return YesCondition(of=Of.ALL_BACK, words=behind)
    priced = _priced(words, denied=lead["lead"] == "unless")
    if priced is not None:
        return YesCondition(of=priced.of, words=behind, at_most=priced.at_most, at_least=priced.at_least)
    return YesCondition(of=Of.LIFE if _LIFE.search(words) else Of.ELSE, words=behind)


def _priced(words: str, *, denied: bool) -> YesCondition | None:
    back = _OF_BACK.search(words) is not None
    if not back and not denied and (_NOTHING.search(words.replace(" n't", "n't")) or _CHEAPER.search(words)):
        return YesCondition(of=Of.PAYS, words=words, at_most=Decimal(0))
    found = _AMOUNT.search(words)
    if found is None or not (is_of_prices(words) or back or _OF_TOTAL.search(words)):
        return None
    most, least = _MOST.search(words) is not None, _LEAST.search(words) is not None
    if most and least:
        least = back and "more than" in words
        most = not least
    if denied:
        most, least = least, most
    if not most and not least:
        return None
    difference, total = _OF_DIFFERENCE.search(words), _OF_TOTAL.search(words)
    of = Of.BACK if back else Of.TOTAL if total and not difference else Of.PAYS
    amount = Decimal(_plain(found["amount"]))
    return YesCondition(
        of=of, words=words, at_most=amount if most else None, at_least=amount if least and not most else None
    )


def _plain(amount: str) -> str:
    """An amount with a point before its cents, and no signs between thousands."""
    whole, comma, cents = amount.rpartition(",")
    if comma and len(cents) <= 2 and "." not in amount:
        return f"{whole.replace(',', '')}.{cents}"
    return amount.replace(",", "")
