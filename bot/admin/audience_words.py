"""Reads an audience as staff writes it, "segment churn risk or VIP, bought MUG-RED", and writes one so."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.admin.replies import product_named
from bot.phrases import staff_campaigns as words
from bot.turn import Turn
from bot.values import BadInput
from domain.records.campaigns import EVERYBODY, Audience
from domain.records.segments import Segment, Tier

USAGE = "campaign audience"
MOST = 20  # names in one list
_EVERYBODY = ("", "everybody", "everyone", "all", "all customers")
_RISK = ("at risk", "likely to leave", "leaving")
_COLLECTED = ("list", "my list", "the list", "audience", "collected")
_SEPARATORS = re.compile(r"[,;\n]|\band\b", re.IGNORECASE)
_OR = re.compile(r" or |/", re.IGNORECASE)
_GROUPS = {str(one).casefold(): one for kind in (Segment, Tier) for one in kind}


def read_audience(turn: Turn, text: str) -> Audience:
    """What a text says of who is meant; its terms are parted by commas, and all of them must hold.

    Raises:
        BadInput: a term is none, or names nobody and nothing.
        UnknownProduct: a product is none.
    """
    audience = EVERYBODY
    for term in map(str.strip, _SEPARATORS.split(text)):
        audience = _with(turn, audience, " ".join(term.split()))
    return audience


def _with(turn: Turn, audience: Audience, term: str) -> Audience:
    said = term.casefold()
    if said in _EVERYBODY:
        return audience
    if said in _RISK:
        return replace(audience, at_risk=True)
    if said in _COLLECTED:
        return replace(audience, collected=True)
    for key, add in _LISTS.items():
        if said.startswith(f"{key} ") or said.startswith(f"{key}:"):
            names = [name.strip(" :\"'“”") for name in _OR.split(term[len(key) + 1 :])]
            if len(names) > MOST or not all(names):
                raise BadInput(words.bad_term(term=term), USAGE)
            return add(turn, audience, names)
    if all(name.strip().casefold() in _GROUPS for name in _OR.split(term)):
        return _grouped(turn, audience, [name.strip() for name in _OR.split(term)])
    raise BadInput(words.bad_term(term=term), USAGE)


def _grouped(turn: Turn, audience: Audience, names: list[str]) -> Audience:
    groups: list[Segment | Tier] = []
    for name in names:
        group = _GROUPS.get(name.casefold())
        if group is None:
            raise BadInput(words.no_group(name=name), USAGE)
        groups.append(group)
    return replace(
        audience,
        segments=(*audience.segments, *(one for one in groups if isinstance(one, Segment))),
        tiers=(*audience.tiers, *(one for one in groups if isinstance(one, Tier))),
    )


def _bought(turn: Turn, audience: Audience, names: list[str]) -> Audience:
    found = [product_named(turn, name).product_id for name in names]
    return replace(audience, bought=(*audience.bought, *found))


def _not_bought(turn: Turn, audience: Audience, names: list[str]) -> Audience:
    found = [product_named(turn, name).product_id for name in names]
    return replace(audience, not_bought=(*audience.not_bought, *found))


def _at(turn: Turn, audience: Audience, names: list[str]) -> Audience:
    known = {place.casefold(): place for place in turn.uow.audiences.places()}
    for name in names:
        if name.casefold() not in known:
            raise BadInput(words.no_place(name=name, known=list(known.values())[:5]), USAGE)
    return replace(audience, places=(*audience.places, *(known[name.casefold()] for name in names)))


_LISTS: dict[str, Callable[[Turn, Audience, list[str]], Audience]] = {
    "segment": _grouped,
    "tier": _grouped,
    "not bought": _not_bought,
    "never bought": _not_bought,
    "bought": _bought,
    "place": _at,
    "in": _at,
}


def write_audience(audience: Audience) -> str:
    """An audience as it is read again."""
    terms = [
        *(["segment " + " or ".join(audience.segments)] if audience.segments else []),
        *(["tier " + " or ".join(audience.tiers)] if audience.tiers else []),
        *(["at risk"] if audience.at_risk else []),
        *(["bought " + " or ".join(audience.bought)] if audience.bought else []),
        # Whoever bought one of several is out, so each is a term of its own.
        *(f"not bought {one}" for one in audience.not_bought),
        *(["in " + " or ".join(audience.places)] if audience.places else []),
        *(["list"] if audience.collected else []),
    ]
    return ", ".join(terms) or "everybody"
