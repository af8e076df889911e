"""What every chat promises at any time, marketing, privacy, a person, gets through an open plan, which is put again."""

from bot.aftersale.planning.stepping import next_step
from bot.aftersale.replying.finishing import refuses
from bot.aftersale.world import World, world_of
from bot.messages import Reply
from bot.turn import CLEAR, Handler, Turn
from domain.plans import Plan
from nlu.rules import marketing_words
from nlu.rules.aftersale_phrases import DROPS_ALL, NO_FIRST
from nlu.rules.aftersale_unpaid import split_unless_paid
from nlu.rules.forgetting import forgets_a_person, says_never_mind
from nlu.rules.patterns import rule

_PIECE = rule(r"[,;.!?\n]{1,4}")
_AT_ONCE = frozenset({"human", "stop_marketing", "forget_me"})
_ELSE = frozenset({"my_data", "verify_email", "help"})  # where a message says nothing of the plan


def is_promised(turn: Turn) -> bool:
    """Whether a message wishes for what no open question may keep it from."""
    text = turn.message.text
    if marketing_words.read(text) is not None:
        return True
    if turn.meant.name == "human" and split_unless_paid(text)[1]:
        return False  # a person is wanted where it cannot be paid so
    if turn.meant.name not in _AT_ONCE or turn.understanding.confidence < CLEAR:
        return False
    if turn.meant.name == "forget_me":
        return forgets_a_person(text) and not says_never_mind(text)
    return DROPS_ALL.fullmatch(text.lower()) is None


def is_promised_besides(turn: Turn) -> bool:
    """The same of a message that says nothing of the plan."""
    return turn.meant.name in _ELSE and turn.understanding.confidence >= CLEAR


def answer(turn: Turn, otherwise: Handler) -> list[Reply]:
    """What else was said is answered; the plan is put again behind it, unless that asks, or is a no."""
    turn.conversation.pending = None
    if turn.meant.name == "human" and _says_no(turn.message.text):
        turn.conversation.plan = None
        return otherwise(turn)
    return resume(turn, otherwise(turn))


def _says_no(text: str) -> bool:
    """Whether a message that wants a person refuses what was asked: it begins with a no, or one stands among it."""
    pieces = [piece for piece in _PIECE.split(text) if piece.strip()]
    return NO_FIRST.match(text.lower()) is not None or any(map(refuses, pieces))


def resume(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """The replies, and the open plan behind them where nothing else is asked; one of orders that are gone ends."""
    conversation = turn.conversation
    plan = conversation.plan
    if plan is None or conversation.pending is not None or conversation.ticket_id is not None:
        return replies
    world = world_of(turn)
    if not _is_theirs(world, plan):
        conversation.plan = None
        return replies
    return [*replies, *next_step(turn, world, plan)]


def _is_theirs(world: World, plan: Plan) -> bool:
    return all(world.order(place.order_id) is not None for wish in plan.wishes for place in wish.among)
