"""Leads from the first wish for placed orders to one clear yes: begins a plan, reads each answer, and does it all."""

from dataclasses import replace

from bot.aftersale import beginning, besides
from bot.aftersale.hearing.listening import text_of
from bot.aftersale.inquiries import inquiring
from bot.aftersale.inquiries.inquiring import Inquired
from bot.aftersale.planning import differences, moving, paying
from bot.aftersale.planning.asking import PLAN_KINDS, ask_method
from bot.aftersale.planning.deciding import with_wishes
from bot.aftersale.planning.stepping import next_step
from bot.aftersale.replying import answers, confirming, promised, putting_again, whole_orders
from bot.aftersale.replying.finishing import carry, drop, refuses
from bot.aftersale.replying.taking_in import differs, take_in
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World, world_of
from bot.messages import Choice, Reply, Verb
from bot.orders import calling_returns_off, taking_back
from bot.phrases import aftersale as phrases
from bot.phrases import talk as phrases_talk
from bot.shopping import cards
from bot.turn import Handler, Turn
from domain.conversation import Asked
from domain.plans import Deed, Plan
from domain.records.returns import ReturnReason
from nlu.rules import marketing_words
from nlu.rules.aftersale_payments import asks_balance
from nlu.rules.aftersale_phrases import DOUBTS, DROPS_ALL, KNOWS_NOT, LEAVES_THAT, WANTS_IT_BACK
from nlu.rules.aftersale_reasons import keeps_reason
from nlu.rules.moods import only_asks
from nlu.rules.retractions import refuses as says_only_no
from nlu.rules.retractions import undoes
from nlu.rules.said import Saying

_GOES = {Deed.RETURN, Deed.DISCARD, Deed.CANCEL}
_WHICH = (Asked.PLAN_ORDER, Asked.WHICH_ITEM)
PATIENCE = 2  # answers that were not understood, before a person is offered


def around(turn: Turn, otherwise: Handler) -> list[Reply]:
    """Answers what is wished of placed orders; all else is answered as ever, and the open plan put again behind it."""
    conversation = turn.conversation
    choice = turn.message.choice
    if choice is not None and choice.verb is Verb.PLAN:
        return _pressed(turn, choice.arg)
    if choice is not None or turn.message.command is not None:
        return otherwise(turn)
    if conversation.plan is None:
        if taking_back.is_of_the_last_deed(turn):
            return otherwise(turn)
        before = conversation.changing
        begun = _of_whole_orders(turn) or calling_returns_off.typed(turn) or _begin(turn)
        if begun is not None:
            return begun
        replies = otherwise(turn)
        return replies if before is not None else moving.ask_where(turn, replies)
    return _go_on(turn, conversation.plan, otherwise)


def _begin(turn: Turn) -> list[Reply] | None:
    """The first question of a plan, or its summary, with what is wished for besides and no plan does."""
    if marketing_words.read(turn.message.text) is not None:
        return None  # "cancel my newsletter"
    alone, others = besides.apart(turn)
    begun = beginning.begin(alone)
    return None if begun is None else besides.tell(turn, others, begun)


def _of_whole_orders(turn: Turn) -> list[Reply] | None:
    """The answer to who was told that things cannot be taken out of their orders alone; None of other messages."""
    told = turn.conversation.refused is not None and (turn.asked is None or turn.asked.aside)
    return whole_orders.answered(turn, world_of(turn), text_of(turn)) if told else None


def _pressed(turn: Turn, arg: str) -> list[Reply]:
    """A button of the open question; one of an older question is answered, not obeyed."""
    plan, pending = turn.conversation.plan, turn.conversation.pending
    number, _, said = arg.partition(" ")
    if plan is None or pending is None or pending.kind not in PLAN_KINDS or number != str(plan.questions):
        return [Reply(text=phrases_talk.STALE)]
    what, _, value = said.partition(" ")
    world = world_of(turn)
    match what:
        case "yes" if pending.kind is Asked.CONFIRM_PLAN:
            return carry(turn, world, plan)
        case "no":
            return drop(turn)
        case "change":
            return [Reply(text=phrases.WHAT_TO_CHANGE)]
        case _:
            answered = answers.pressed(turn, world, plan, what, value)
            return [Reply(text=phrases_talk.STALE)] if answered is None else next_step(turn, world, answered)


def _go_on(turn: Turn, plan: Plan, otherwise: Handler) -> list[Reply]:
    text, pending = text_of(turn), turn.conversation.pending
    kind = pending.kind if pending is not None and pending.kind in PLAN_KINDS else None
    if kind is None and turn.asked is not None:
        if turn.asked.aside:
            return promised.resume(turn, otherwise(turn))
        turn.conversation.plan = None  # something else was begun
        return otherwise(turn)
    if (label := _typed_label(turn, text)) is not None:
        return _pressed(turn, label)
    if kind is Asked.PLAN_ADDRESS and (placed := answers.placed(turn, world_of(turn), plan, text)) is not None:
        return next_step(turn, world_of(turn), placed)
    unexplained = replace(plan, reason=plan.reason or ReturnReason.OTHER, asked_why=True)
    if kind is Asked.WHY_RETURN:
        turn.conversation.plan = unexplained
    if promised.is_promised(turn) and not (kind is Asked.WHY_RETURN and keeps_reason(text.lower())):
        told = promised.answer(turn, otherwise)
        putting_again.put_aside(turn, doubts=turn.meant.name == "human")
        return told
    if turn.said(Saying.UNDO):
        told = next_step(turn, world_of(turn), plan, [phrases.NOTHING_TO_UNDO])
        putting_again.put_aside(turn, doubts=True)
        return told
    if turn.said(Saying.STALLS) or turn.said(Saying.GOES_AWAY):
        return putting_again.wait(turn, plan)
    world = world_of(turn)
    if kind is Asked.WHICH_OPTION and len(plan.wishes) > 1 and LEAVES_THAT.fullmatch(text.lower()):
        return _left_as_it_is(turn, world, plan)
    if _drops(turn, world, text, plan):
        return drop(turn)
    if kind is Asked.CONFIRM_PLAN and confirming.answers_another_question(plan, text):
        return next_step(turn, world, replace(plan, doubted=""), [phrases.CLEAR_YES])
    if kind is Asked.CONFIRM_PLAN and (whole := whole_orders.answered(turn, world, text, plan)) is not None:
        return whole
    inquired = inquiring.inquire(turn, text, world, plan)
    replies = _heard(turn, world, plan, inquired, kind) if inquired.says_more else None
    if replies is None and (choice := inquiring.picked(turn, world, inquired)) is not None:
        replies = next_step(turn, world, with_wishes(plan, [choice]))
    if kind is Asked.WHY_RETURN:
        plan = unexplained  # it is asked once, and nobody needs to say why
        asks = turn.meant.buys or "?" in text or only_asks(text)
        if replies is None and (keeps_reason(text.lower()) or not asks):
            return next_step(turn, world, plan)
    if replies is None and inquired.asks:
        replies = _again(turn, world, plan, text, kind)
    if replies is None:
        return _besides(turn, world, plan, text, otherwise, kind)
    return inquiring.beside(turn, inquired, replies)


def _again(turn: Turn, world: World, plan: Plan, text: str, kind: Asked | None) -> list[Reply]:
    """What is open, once more behind an answer; the question of a summary in short."""
    if kind is not Asked.CONFIRM_PLAN:
        return next_step(turn, world, plan)
    putting_again.put_aside(turn, doubts=DOUBTS.search(text.lower()) is not None)
    return putting_again.ask_again(plan)


def _heard(turn: Turn, world: World, plan: Plan, inquired: Inquired, kind: Asked | None) -> list[Reply] | None:
    """What a message does to the plan, without its questions; None where it does nothing to it."""
    text = inquired.rest
    if kind is Asked.CONFIRM_PLAN:
        return confirming.at_summary(turn, world, plan, text, asks=inquired.asks)
    if kind is Asked.WHY_RETURN and answers.tells_no_reason(turn, world, plan, text, asks=inquired.asks):
        return drop(turn) if says_only_no(text) else None
    taken = take_in(turn, world, plan, text, kind)
    if taken.methods:
        return ask_method(turn, taken.plan, taken.methods, taken.notes)
    if kind is Asked.PAY_HOW:
        taken = replace(taken, plan=differences.confined(taken.plan, plan))
    if differs(taken.plan, plan) or taken.notes:
        return next_step(turn, world, taken.plan, taken.notes)
    if kind is not None and refuses(text) and KNOWS_NOT.search(text.lower()) is None:
        left = replace(plan, wishes=tuple(one for at, one in enumerate(plan.wishes) if at != plan.about))
        return drop(turn) if not left.wishes else next_step(turn, world, left)
    return None


def _typed_label(turn: Turn, text: str) -> str | None:
    """What the button of the open question says whose label was typed."""
    for offer in turn.conversation.offers if not turn.takes_back_by_sign else ():
        choice = Choice.decode(offer.choice)
        if choice.verb is Verb.PLAN and offer.label.casefold() == text.casefold():
            return choice.arg
    return None


def _drops(turn: Turn, world: World, text: str, plan: Plan) -> bool:
    """Whether all of it is taken back; "cancel it" only where nothing is to be cancelled, and nothing is named."""
    lets_be = turn.said(Saying.LETS_BE) is not None and not find_named(text.lower(), world).things
    wants_it = WANTS_IT_BACK.fullmatch(text.lower()) is not None and {wish.deed for wish in plan.wishes} <= _GOES
    dropped = lets_be or wants_it or undoes(text) or DROPS_ALL.fullmatch(text.lower()) is not None
    cancels = "cancel" in text.lower() and any(wish.deed == "cancel" for wish in plan.wishes)
    return dropped and not cancels


def _besides(turn: Turn, world: World, plan: Plan, text: str, otherwise: Handler, kind: Asked | None) -> list[Reply]:
    """What is no answer: a question is answered and the plan put again; all else was not understood."""
    conversation = turn.conversation
    if asks_balance(text.lower()):
        return [*paying.balances(turn), *next_step(turn, world, plan)]
    if kind is Asked.PAY_HOW and plan.pay_told and "?" not in text:  # as it was paid is shown, and may be corrected
        return next_step(turn, world, plan)
    lost = kind in _WHICH and "?" not in text and not only_asks(text)  # "the one I told you about" looks for nothing
    inquires = (turn.meant.asks and not lost) or turn.meant.digression or turn.meant.polite
    asks = inquires and turn.sure and not turn.meant.changes
    if asks or promised.is_promised_besides(turn):
        replies = promised.answer(turn, otherwise)
        putting_again.put_aside(turn, doubts=putting_again.doubts(turn, text))
        return replies
    if kind is Asked.CONFIRM_PLAN:
        return putting_again.not_understood(turn, world, plan)
    missed = conversation.misunderstood + 1
    if kind is Asked.WHICH_OPTION and missed > PATIENCE:
        return _left_as_it_is(turn, world, plan)
    again = kind in _WHICH  # which say themselves what they lack
    replies = next_step(turn, world, plan, [] if again else [phrases.NOT_UNDERSTOOD], missed=missed)
    turn.noted.misunderstood = True
    if missed > PATIENCE:
        replies = [*replies[:-1], replace(replies[-1], buttons=(*replies[-1].buttons, cards.HUMAN))]
    return replies


def _left_as_it_is(turn: Turn, world: World, plan: Plan) -> list[Reply]:
    """The plan without the one thing of which nobody can say what it shall become."""
    place = plan.wishes[plan.about].place
    left = replace(plan, wishes=tuple(one for at, one in enumerate(plan.wishes) if at != plan.about))
    title = world.title_of(place.product_id) if place is not None else ""
    return next_step(turn, world, left, [phrases.stays_for_now(title=title)])
