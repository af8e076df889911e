"""Answers who only asks what would come of something, and wants nothing done yet: what it would be, and no more."""

from collections.abc import Iterator
from dataclasses import replace

from bot.aftersale.hearing.listening import listen
from bot.aftersale.planning import showing
from bot.aftersale.planning.deciding import Ready, decide
from bot.aftersale.planning.stepping import verdicts_of
from bot.aftersale.world import World
from bot.messages import Line, Reply
from bot.phrases import aftersale as phrases
from bot.phrases.sorry import sorry
from bot.turn import Turn
from domain.plans import Place, Plan, PlannedWish
from nlu.rules.patterns import rule

MOST = 4  # acts that are told of
_SENTENCE = rule(r"[^.!?;\n]{1,600}[.!?;\n]{0,4}")
_ONLY_ASKS = rule(
    r"\b(?:just|only|merely)\s(?:asking|wondering|curious|checking|(?:want(?:ed)?|like)\sto\s(?:know|ask)|a\squestion)\b"
    r"|\b(?:don'?t|do\snot)\s(?:process|do|book|start|submit)\s(?:it|anything|that|this)\b|\bhypothetical\w{0,4}\b"
)


def split_asked(text: str) -> tuple[str, str]:
    """A message without what it only asks, and that; it is the sentence that says so, and the question before it."""
    spans = [(match.start(), match.end()) for match in _SENTENCE.finditer(text)]
    for at, (start, end) in enumerate(spans):
        if _ONLY_ASKS.search(text[start:end].lower()):
            first = spans[at - 1][0] if at and text[: spans[at - 1][1]].rstrip().endswith("?") else start
            return text[:first], text[first:]
    return text, ""


def told(turn: Turn, world: World, text: str) -> list[Reply] | None:
    """What that would come to which is only asked about; None where it is not clear what."""
    wishes = [wish for wish in listen(turn, text, world).wishes if wish.among]
    lines: list[Line] = []
    for wish, place in [(one, there) for one in wishes for there in one.among][:MOST]:
        lines += _what_it_comes_to(turn, world, wish, place)
    return [Reply(body=(*lines, phrases.ONLY_TOLD))] if lines else None


def _what_it_comes_to(turn: Turn, world: World, wish: PlannedWish, place: Place) -> Iterator[Line]:
    plan = Plan(wishes=(replace(wish, among=(place,), several=False),), asked_why=True)
    plan, step = decide(world, plan)
    if not isinstance(step, Ready):
        return
    for verdict in verdicts_of(turn, plan, step):
        if verdict.error is None:
            yield from showing.lines_of(turn, [verdict])
        else:
            yield phrases.cannot(why=sorry(turn, verdict.error))
