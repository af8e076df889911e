"""Bounds what a summary shows by clauses that leave something out of it, or want nothing else: "only the lamp"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.aftersale.planning.deciding import without
from bot.aftersale.replying.holding_back import KIND_OF
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from domain.plans import Deed, Place, Plan
from nlu.rules.aftersale_pieces import Span
from nlu.rules.plan_bounds import leaves_out, pieces, says_nothing, wants_only

_VERBS = {"exchange": "exchange", "return": "return", "cancel": "cancel"}
_MOVES = (Deed.SHIP_TO, Deed.LIVE_AT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounded:
    """A plan within the bounds that a message sets; `rest` is the message without them."""

    plan: Plan
    rest: str


def bounded(world: World, plan: Plan, text: str) -> Bounded | None:
    """The plan without what a message leaves out of it, and with nothing but what it wants alone.

    What it wants alone and is not planned is wished for in `rest`. None where no clause says such.
    """
    plain = text.lower()
    if len(plain) != len(text):
        return None
    spans = find_named(plain, replace(world, returns={}, _pieces={})).things  # what comes back already is named, too
    kept, left, wanted, rest = set[Place](), set[Place](), list[str](), ""
    at, said = 0, False
    for start, end in pieces(text):
        inside = [one for one in spans if start <= one.start and one.end <= end]
        words = _without_names(plain, start, end, inside)
        planned = _planned(plan, inside)
        only = wants_only(words) if inside else None
        if only is not None and _fits(plan, planned, only):
            kept |= planned
            if not planned:
                wanted.append(f"{_verb(plan, only)} {text[inside[0].start : inside[-1].end]}")
        elif inside and leaves_out(words):
            left |= planned
        elif inside or not says_nothing(words):
            continue
        said, rest, at = said or bool(inside), rest + text[at:start], end
    if not said or kept & left:
        return None
    rest = f"{rest}{text[at:]}".strip(" ,.;!?\n")
    bounds = plan if not left else without(plan, left)
    if kept or wanted:
        of_things = tuple(wish for wish in bounds.wishes if wish.deed in _MOVES or {*wish.among} & kept)
        bounds = replace(bounds, wishes=of_things)
    return Bounded(plan=bounds, rest=". ".join(one for one in (rest, *wanted) if one))


def _planned(plan: Plan, spans: Sequence[Span]) -> set[Place]:
    keys = {key for span in spans for key in span.keys}
    return {place for wish in plan.wishes for place in wish.among if place.product_id in keys}


def _without_names(plain: str, start: int, end: int, spans: Sequence[Span]) -> str:
    left = plain[start:end]
    for span in spans:
        left = left[: span.start - start] + " " * (span.end - span.start) + left[span.end - start :]
    return left


def _fits(plan: Plan, planned: set[Place], kind: str) -> bool:
    """Whether what is planned is what shall be done, as far as that is said."""
    deeds = {KIND_OF[wish.deed] for wish in plan.wishes if {*wish.among} & planned and wish.deed in KIND_OF}
    return not kind or not deeds or deeds == {kind} or (kind == "return" and deeds == {"cancel"})


def _verb(plan: Plan, kind: str) -> str:
    """What shall be done with what alone is wanted: what was said, else what is planned of other things."""
    planned = [KIND_OF[wish.deed] for wish in plan.wishes if wish.deed not in _MOVES and wish.deed in KIND_OF]
    return _VERBS.get(kind or (planned[-1] if planned else ""), "return")
