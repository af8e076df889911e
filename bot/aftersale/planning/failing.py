"""What could not be done: kept for a while, so that what is said next may say what shall be done instead."""

from collections.abc import Sequence

from bot.aftersale.planning.deciding import Ready
from bot.aftersale.world import SITTING_MINUTES
from bot.turn import Turn
from domain.aftersale.checking import Verdict
from domain.plans import Place, Plan, PlannedWish, Spoken

MOST = 12  # wishes that are kept


def failing(plan: Plan, ready: Ready, verdicts: Sequence[Verdict]) -> tuple[PlannedWish, ...]:
    """The wishes of a plan that nothing is done about."""
    bad = {getattr(one.act, "order_id", 0) for one in verdicts if one.error is not None}
    return tuple(
        one for one in plan.wishes if one.place is not None and (one in ready.cannot or one.place.order_id in bad)
    )


def failed_before(turn: Turn, done: Sequence[Place] = ()) -> tuple[PlannedWish, ...]:
    """What could not be done in this sitting, without what something was done with by now."""
    spoken = turn.conversation.spoken
    if spoken is None or (turn.now - spoken.at).total_seconds() >= SITTING_MINUTES * 60:
        return ()
    ids = {place.order_id for place in done}
    return tuple(wish for wish in spoken.failed if ids.isdisjoint(place.order_id for place in wish.among))


def note(turn: Turn, failed: Sequence[PlannedWish]) -> None:
    """Keeps what nothing could be done about, as what was spoken of last."""
    if not failed:
        return
    places = tuple(dict.fromkeys(place for wish in failed for place in wish.among))
    known = [one for one in failed_before(turn) if not {*one.among} & {*places}]
    turn.conversation.spoken = Spoken(places=places, at=turn.now, failed=(*known, *failed)[-MOST:])
