"""Reads a yes or a no that names what it is said to: "yes, the lamp only", "the lamp yes, the stove not"."""

from dataclasses import dataclass, replace

from bot.aftersale.planning.deciding import without
from bot.aftersale.which.naming import Named, find_named
from bot.aftersale.world import World
from domain.plans import Place, Plan
from nlu.rules.deeds import Deed
from nlu.rules.patterns import pieces_between, rule
from nlu.rules.plan_answers import read_answer

_CUT = rule(r"[,;:.!?()\n]{1,4}\s{0,3}|\s(?:and|but|&|n|plus|then)\s|\s[-–—]{1,2}\s")
# What leads to a name and says nothing by itself.
_GLUE = rule(
    r"\b(?:(?:to|for|with|on|about|of|as|concerning|regarding)\s|just\b|only\b|alone\b|the\b|my\b|both\b|all\b|these\b|those\b|that\b|this\b|two\b|three\b|orders?\b|number\b|items?\b)|#"
)
_NO = rule(
    r"\W{0,3}(?:no|not|nope|nah)(?:\W{1,3}(?:no|not|yet|now|please|pls|thanks|thank\syou|though|sorry)){0,4}\W{0,3}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """A piece of a message: what it names, and whether it says yes or no, which is None where it says neither."""

    places: frozenset[Place]
    names: bool
    agrees: bool | None


def agreed_parts(world: World, plan: Plan, text: str, deed: Deed) -> Plan | None:
    """The plan with what a message says yes to by its name, and without what it says no to.

    None where the message says anything else, or nothing of what is planned.
    """
    parts: list[_Part] = []
    named = find_named(text.lower(), replace(world, returns={}, _pieces={}))  # what comes back already is named, too
    for start, end in pieces_between(_CUT, text):
        part = _part(world, plan, text, named, start, end, deed)
        if part is None:
            return None
        parts.append(part)
    stances = _stances(parts)
    yes = frozenset(place for part, stance in zip(parts, stances, strict=True) if stance for place in part.places)
    no = frozenset(place for part, stance in zip(parts, stances, strict=True) if not stance for place in part.places)
    if (
        not (yes or no)
        or yes & no
        or any(stance is None and part.names for part, stance in zip(parts, stances, strict=True))
    ):
        return None
    if not yes:
        return without(plan, no) if no else None
    return replace(plan, wishes=tuple(wish for wish in plan.wishes if {*wish.among} & yes))


def _stances(parts: list[_Part]) -> list[bool | None]:
    """What is said of each piece: of one that only names something, what was said last, else what is said next."""
    said = [part.agrees for part in parts]
    for at, part in enumerate(parts):
        if part.names and said[at] is None:
            before = [one for one in said[:at] if one is not None]
            behind = [one for one in said[at + 1 :] if one is not None]
            said[at] = before[-1] if before else behind[0] if behind else None
    return said


def _part(world: World, plan: Plan, text: str, named: Named, start: int, end: int, deed: Deed) -> _Part | None:
    """One piece; None where it says anything but yes, no, politeness and names."""
    things = [one for one in named.things if start <= one.start and one.end <= end]
    orders = [one for one in named.orders if start <= one.start and one.end <= end]
    left = text[start:end].lower()
    for span in (*things, *orders):
        left = left[: span.start - start] + " " * (span.end - span.start) + left[span.end - start :]
    keys = {key for span in things for key in span.keys}
    numbers = {key for span in orders for key in span.keys}
    planned = (place for wish in plan.wishes for place in wish.among)
    places = frozenset(one for one in planned if one.product_id in keys or str(one.order_id) in numbers)
    names = bool(things or orders)
    bare = " ".join(_GLUE.sub(" ", f"{left} ").split()).strip(" '-–—")
    left = bare if names or not bare else left
    if not left:
        return _Part(places=places, names=names, agrees=None)
    if _NO.fullmatch(left):
        return _Part(places=places, names=names, agrees=False)
    answer = read_answer(left, deed)
    if answer.rest or answer.conditions or answer.asks or (names and not answer.agrees):
        return None
    return _Part(places=places, names=names, agrees=True if answer.agrees else None)
