"""The topics that every shop is asked about: how (the training lines of ask_shop), and words that name one."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml

from nlu.rules.promo_words import OF_ELSE

_LINES = Path(__file__).resolve().parent / "data" / "ask_shop.yml"
MOST_COMPARED = 45
_SEND = (
    r"(?:ship(?:s|ped|ping)?|deliver(?:s|ed|y|ies)?|postage|post(?:ed|ing)?|send(?:ing)?|shipments?|p ?& ?p|carriage)"
)
_COSTS = r"(?:costs?|charges?|charged|fees?|free|price[sd]?|rates?|expensive|how much|minimum|extra|pay)"
_FOR_TIME = (
    r"(?:how (?:long|fast|quick(?:ly)?|soon|many days)|when|time|times|days?|express|next day|same day|lead time)"
)
# Words that name a topic by themselves. Of topics that are nearly as likely as another they decide; without the model
# they are all there is. A pattern that names two things holds them within one clause, in any order.
_WORDS = {
    "shipping_cost": (
        rf"\b{_COSTS}\b.{{0,60}}\b{_SEND}\b|\b{_SEND}\b.{{0,60}}\b{_COSTS}\b|\bpostage\b|\bp ?& ?p\b"
        rf"|^(?:whats?|what's|and|what is|the|about|how about|{_SEND}|[ ?])*$"
    ),
    "countries": (
        r"\b(?:abroad|overseas|worldwide|international(?:ly)?|countr(?:y|ies)|customs|po box)\b"
        rf"|\b{_SEND} (?:\w+ ){{0,2}}?(?:to|outside)\b"
    ),
    "delivery_time": (
        rf"\b{_FOR_TIME}\b.{{0,60}}\b(?:{_SEND}|arrives?|come|get (?:it|here|there|my|them)|be here|reach"
        r"|dispatch(?:ed)?)\b"
        rf"|\b{_SEND}\b.{{0,60}}\b(?:times?|days?|long|fast|express|quick)\b|\blead time\b"
        r"|\b(?:be here|here|arrive|come|get it) (?:by|before|on|till|until)\b"
    ),
    "payment": (
        r"\b(?:pay|paying|payments?|paypal|klarna|afterpay|visa|mastercard|amex|cash|(?:credit|"
        r"debit) cards?|installments?"
        r"|instalments?|cheques?|bitcoin|bank transfer)\b"
    ),
    "returns": (
        r"\b(?:returns?|returned|returning|exchange[sd]?|exchanging|trial)\b"
        r"|\b(?:send|give|bring|take|go|goes) (?:\w+ ){0,4}?back\b"
    ),
    "refunds": r"\b(?:refund(?:s|ed)?|reimburse\w{0,6}|money back|store credit)\b",
    "opening_hours": (
        r"\b(?:opening|business) (?:hours|times)\b|\b(?:are|r|is|you|u|it|when|store|"
        r"shop)\b.{0,30}\b(?:open|closed?|shut)\b|^hours?\b"
    ),
    "discounts": (
        r"\b(?:discounts?|coupons?|vouchers? codes?|promo(?:tion)?s?(?: codes?)?|price match|"
        rf"wholesale prices?|money off)\b|{OF_ELSE}\bcodes?\b"
    ),
    "invoice": r"\b(?:invoices?|receipts?|vat|sales tax|tax (?:id|invoice|exempt)|bill(?:ing)? (?:for|with|to|us))\b",
    "gift_note": (
        r"\b(?:gift ?-?wrap\w{0,5}|wrap(?:ped|ping)?|gift (?:note|message|box|receipts?|service)|"
        r"(?:handwritten|little) (?:note|card))\b"
    ),
    "warranty": r"\b(?:warrant(?:y|ies)|guarantees?d?|repairs?)\b",
    "pick_up": r"\b(?:pick ?-?(?:up|it up|them up)|collect(?:ion)?|showroom|curbside)\b",
    "contact": r"\b(?:located|based|contact|(?:your|the) (?:address|shop's address))\b",
    "loyalty": r"\b(?:loyalty|rewards?|(?:collect|get|earn|my) points|member(?:ship|s)?|club card|stamp card)\b",
    "gift_card": r"\bgift (?:cards?|vouchers?|certificates?)\b",
    "languages": r"\b(?:spanish|french|german|italian|chinese|polish|portuguese|languages?)\b",
    "jobs": r"\b(?:hiring|jobs?|internships?|vacanc(?:y|ies))\b",
}
NAMED_BY = MappingProxyType({topic: re.compile(pattern, re.IGNORECASE) for topic, pattern in _WORDS.items()})


@lru_cache(maxsize=1)
def asked_of_any_shop() -> Mapping[str, tuple[str, ...]]:
    """How shoppers of any shop ask, by topic."""
    groups = yaml.safe_load(_LINES.read_text(encoding="utf-8"))["nlu"]
    return MappingProxyType(
        {group["metadata"]["topic"]: _some(group["examples"].splitlines()) for group in groups if "metadata" in group}
    )


def _some(lines: Sequence[str]) -> tuple[str, ...]:
    """As many of a topic's lines as a question is compared with, evenly from all its writers; each costs a parse."""
    return tuple(line.removeprefix("- ") for line in lines[:: -(-len(lines) // MOST_COMPARED)])


def named_topics(clause: str) -> list[str]:
    """The topics that words of a clause name."""
    return [topic for topic, pattern in NAMED_BY.items() if pattern.search(clause.strip())]
