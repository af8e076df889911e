"""Puts the question of a summary again: in short, in other words, or later, behind what was said beside it."""

from dataclasses import replace

from bot.aftersale.planning import showing
from bot.aftersale.planning.stepping import next_step
from bot.aftersale.world import World
from bot.messages import Reply
from bot.phrases import aftersale as phrases
from bot.phrases import inquiries as phrases_inquiries
from bot.shopping import cards
from bot.turn import Turn
from domain.conversation import Asked
from domain.plans import Plan
from nlu.rules.aftersale_phrases import DOUBTS
from nlu.rules.agreeing import agrees
from nlu.rules.deeds import CARRY_OUT
from nlu.rules.moods import only_asks

UNANSWERED = "ask_shop"  # a question of which the shop knows no topic


def ask_again(plan: Plan) -> list[Reply]:
    """The question of the summary that stands above, in short, behind what was answered in between."""
    return [put(plan, phrases_inquiries.ASK_AGAIN)]


def not_understood(turn: Turn, world: World, plan: Plan) -> list[Reply]:
    """Asks anew where a message is no answer: each time otherwise, and at last with a person."""
    conversation = turn.conversation
    missed = conversation.misunderstood + 1
    if missed <= len(phrases.NO_ANSWER):
        replies = [put(plan, phrases.NO_ANSWER[missed - 1])]
    else:
        replies = next_step(turn, world, plan, [phrases.LOOK_AGAIN])
        replies = [*replies[:-1], replace(replies[-1], buttons=(*replies[-1].buttons, cards.HUMAN))]
    put_aside(turn, doubts=True)
    conversation.misunderstood = missed
    turn.noted.misunderstood = True
    return replies


def doubts(turn: Turn, text: str) -> bool:
    """Whether what was said beside a summary is no plain question and no politeness, or got no answer."""
    if DOUBTS.search(text.lower()) is not None or turn.noted.misunderstood or UNANSWERED in turn.did:
        return True
    return not only_asks(text) and agrees(text, CARRY_OUT) is None


def wait(turn: Turn, plan: Plan) -> list[Reply]:
    """The answer to who asks for time: the question stays open, and a summary is shown once more before it is done."""
    pending = turn.conversation.pending
    if pending is not None and pending.kind is Asked.CONFIRM_PLAN:
        return [hold(turn, plan, phrases.TAKE_YOUR_TIME)]
    return [Reply(text=phrases.WHENEVER_YOU_LIKE)]


def put_aside(turn: Turn, *, doubts: bool) -> None:
    """Notes that something else was said beside a summary: a mere "ok" may be to that, and so may a plain yes behind
    what `doubts`; then all is shown once more before it is done.
    """
    pending = turn.conversation.pending
    if pending is not None and pending.kind is Asked.CONFIRM_PLAN:
        turn.conversation.pending = replace(pending, aside=True, by_name=pending.by_name or doubts)


def hold(turn: Turn, plan: Plan, text: str) -> Reply:
    """What holds a yes back is told; one that comes then is to the summary only where it names it."""
    put_aside(turn, doubts=True)
    return put(plan, text)


def put(plan: Plan, text: str) -> Reply:
    """A short reply with what a summary is answered by."""
    return Reply(text=text, buttons=showing.answers(plan))
