"""`/parley marketing`: pauses all marketing, goes on with it, and says how it stands."""

from bot.admin.replies import actor
from bot.messages import Reply
from bot.phrases import misread
from bot.phrases import staff as phrases
from bot.turn import Turn
from bot.values import BadInput
from domain.outreach.pausing import MARKETING, pause_of, switch

_SWITCHES = {"pause": True, "resume": False}


def answer_marketing(turn: Turn, word: str) -> Reply:
    """The reply to `/parley marketing [pause|resume]`.

    Raises:
        BadInput: no such switch.
    """
    if word and word not in _SWITCHES:
        raise BadInput(misread.unknown(word=word), MARKETING)
    if word:
        switch(turn.uow.audit, paused=_SWITCHES[word], actor=actor(turn), now=turn.now)
    paused = pause_of(turn.uow.audit)
    if paused is None:
        return Reply(text=phrases.MARKETING_GOES_ON)
    return Reply(text=phrases.marketing_paused(actor=paused.actor, at=turn.shop.moment(paused.at)))
