"""Begins a plan, where a message wishes for something of placed orders that the shop can do by itself."""

from collections.abc import Sequence
from dataclasses import replace

from bot.aftersale import straying, topics
from bot.aftersale.claiming import claims, is_lone_cancelling
from bot.aftersale.hearing.listening import Listened, listen, may_be_about, text_of
from bot.aftersale.inquiries import inquiring
from bot.aftersale.into.targets import names_definitely, preferred
from bot.aftersale.planning import paying
from bot.aftersale.planning.asking import ask_method
from bot.aftersale.planning.deciding import with_wishes, without
from bot.aftersale.planning.stepping import next_step
from bot.aftersale.replying import after_a_no, done_already, money_alone, only_asked, said_again
from bot.aftersale.replying.left_undone import came_already, left_undone
from bot.aftersale.which.narrowing import narrow
from bot.aftersale.world import SITTING_MINUTES, World, world_of
from bot.messages import Reply
from bot.orders import cancelling, rating_unasked
from bot.phrases import aftersale as phrases
from bot.phrases import talk as phrases_talk
from bot.turn import CLEAR, Turn
from domain.conversation import Asked
from domain.plans import Deed, Place, Plan, PlannedWish, Spoken
from nlu.rules.aftersale_address_clauses import goes_on_moving
from nlu.rules.aftersale_payments import PREFERS_MORE, asks_balance, speaks_of_payment
from nlu.rules.aftersale_phrases import GOES_ON, HAS_IF, HAS_IT, OF_MINE, PREFERS, REGRETS, SURELY_PREFERS
from nlu.rules.aftersale_waiting import shall_wait
from nlu.rules.giving_up import lets_it_be
from nlu.rules.moods import only_asks
from nlu.rules.openers import opens_several, opens_topic

MOST_WORDS_TO_GO_ON = 14
_MOVES = {Deed.SHIP_TO, Deed.LIVE_AT}
_BACK = {Deed.CANCEL, Deed.RETURN, Deed.DISCARD}
_GONE = {Deed.DISCARD, Deed.CANCEL}


def begin(turn: Turn) -> list[Reply] | None:
    """The first question of a plan, or its summary; None where a message wishes for nothing such."""
    text, conversation = text_of(turn), turn.conversation
    asks_for_person = turn.meant.name == "human" and turn.understanding.confidence >= CLEAR
    if (
        asks_for_person
        or not (_goes_on(turn, text) or may_be_about(turn, text) or opens_topic(text) or opens_several(text))
        or not _is_free(turn)
        or rating_unasked.is_meant(turn)
    ):
        return None
    world = world_of(turn)
    if not world.orders:
        return (paying.balances(turn) or None) if asks_balance(text.lower()) else None
    inquired = inquiring.inquire(turn, text, world)
    if asks_balance(inquired.rest.lower()):
        return paying.balances(turn) or None
    rest, only = only_asked.split_asked(inquired.rest)
    if only and (replies := only_asked.told(turn, world, only)) is not None:
        if not listen(turn, rest, world).wishes:
            turn.note_done("plan")
            return inquiring.beside(turn, inquired, replies)
        inquired = replace(inquired, rest=rest)
    asked = _asked_about(turn)
    lately = _lately(turn)
    places = lately.places if lately is not None else ()
    said = _preferring(world, listen(turn, inquired.rest, world, asked, inquired.keys, places), sits=lately is not None)
    failed = lately.failed if lately is not None else ()
    asks = inquired.asks and text.rstrip().endswith("?")
    said = said if asks else _going_on(said, lately)
    said = topics.meant(world, after_a_no.instead(turn, world, said, failed))
    if (told := _told_at_once(turn, world, said, lately)) is not None:
        turn.note_done("plan")
        return inquiring.beside(turn, inquired, told)
    choice = inquiring.picked(turn, world, inquired) if not said.wishes else None
    said.heard.wishes += [choice] if choice is not None else []
    answered = bool(choice or inquired.lines) and any(wish.among for wish in said.wishes)
    claimed = answered or claims(turn, world, said, asked)
    if not claimed and (settled := money_alone.told(turn, world, said)) is not None:
        turn.note_done("plan")
        return settled
    if not claimed:
        topics.note(turn, world, said, text)
        return inquiring.alone(turn, world, inquired) or _nothing_new(turn, world, said)
    if time := shall_wait(text):
        return [Reply(text=phrases_talk.hangs(condition=time))]
    conversation.pending = None
    if (lone := _lone_cancelling(turn, world, said, asked)) is not None:
        return inquiring.beside(turn, inquired, lone)
    return inquiring.beside(turn, inquired, _first_step(turn, world, said, asked, places))


def _goes_on(turn: Turn, text: str) -> bool:
    """Whether a message may go on with what of placed orders was spoken of; cheap, and asks no database."""
    conversation, plain = turn.conversation, text.lower()
    spoken, done = conversation.spoken, conversation.done
    sitting = conversation.sitting
    if sitting is not None and (turn.now - sitting.at).total_seconds() < SITTING_MINUTES * 60:
        return True
    if conversation.weighed is not None or OF_MINE.search(plain):
        return True
    if conversation.sitting is not None and (goes_on_moving(plain) or speaks_of_payment(plain)):
        return True
    if spoken is None:
        return bool(conversation.spoken_of) and topics.may_be_meant(plain)
    return bool(
        GOES_ON.match(plain)
        or HAS_IF.search(plain)
        or REGRETS.search(plain)
        or (done is not None and done.fresh)
        or (spoken.failed and lets_it_be(plain))
        or topics.may_be_meant(plain)
    )


def _first_step(
    turn: Turn, world: World, said: Listened, asked: tuple[PlannedWish, ...], places: Sequence[Place]
) -> list[Reply]:
    """A plan of what was said, with what is told ahead of it, taken to its first question."""
    text = text_of(turn)
    saves = PREFERS_MORE.search(text.lower()) is not None
    reason = said.reason or (_reason_lately(world, places) if GOES_ON.match(text.lower()) else "")
    plan = Plan(wishes=asked, reason=reason, unless_paid=said.unless_paid, saves=saves)
    plan = with_wishes(plan, said.wishes)
    plan = without(plan, said.heard.dropped, said.heard.spared)
    undone = left_undone(turn, world, said, text)
    notes = [*undone, *came_already(turn, world, said.wishes)]
    plan = replace(plan, partly=bool(undone))
    turn.note_done("plan")
    if (paid := paying.meant(turn, world, plan, said.payments)) is not None:
        plan, told, methods = paying.paid_by(plan, paid)
        notes += told
        if methods:
            return ask_method(turn, plan, methods, notes)
    if not plan.wishes and notes:
        return [Reply(text="\n".join(notes))]
    return next_step(turn, world, plan, notes)


def _told_at_once(turn: Turn, world: World, said: Listened, lately: Spoken | None) -> list[Reply] | None:
    """The answer to what wants nothing new: that it is done already, or that all stays as it is."""
    if lately is None:
        return None
    if after_a_no.let_be(world, said, lately.failed):
        turn.conversation.spoken = None
        return [Reply(text=phrases.KEPT)]
    if lately.deed is not None and _is_settled(said):
        return [Reply(text=phrases.SETTLED)]
    if lately.deed is not None and (title := topics.so_already(world, said)) is not None:
        return [Reply(text=phrases.is_so_already(title=title))]
    again = said_again.wished_again(world, said)
    return again or done_already.told(turn, world, said.text, said.heard, lately.places)


def _nothing_new(turn: Turn, world: World, said: Listened) -> list[Reply] | None:
    """The answer to what neither asks nor wishes for anything: a topic, what was done already, or what is not clear."""
    opened = topics.opened(turn, world, said)
    if opened is None and (again := said_again.told(world, said)) is not None:
        turn.note_done("plan")
        return again
    return opened or straying.told(turn, world, said.text)


def _lately(turn: Turn) -> Spoken | None:
    """What was spoken of a short while ago."""
    spoken = turn.conversation.spoken
    fresh = spoken is not None and (turn.now - spoken.at).total_seconds() < SITTING_MINUTES * 60
    return spoken if fresh else None


def _reason_lately(world: World, places: Sequence[Place]) -> str:
    """Why things came back a short while ago: who goes on with "and the lamp" is not asked once more."""
    ids = {place.order_id for place in places}
    back = [one for order_id in ids for one in world.returns.get(order_id, ()) if one.state.is_open]
    return max(back, key=lambda one: one.requested_at).reason if back else ""


def _going_on(said: Listened, lately: Spoken | None) -> Listened:
    """The same; who goes on with "and the lamp" wants what was done last done with it."""
    if said.wishes or lately is None or lately.deed is None or GOES_ON.match(said.text.lower()) is None:
        return said
    if len(said.text.split()) > MOST_WORDS_TO_GO_ON or only_asks(said.text):
        return said
    told = dict(said.heard.words)
    said.heard.wishes += [
        PlannedWish(deed=lately.deed, among=places, words=(told[places],) if places in told else ())
        for places in said.heard.named
        if places
    ]
    return said


def _is_settled(said: Listened) -> bool:
    """Whether a message only says what shall be where something cannot be done, and that was done."""
    heard = said.heard
    return heard.settled and not (heard.names or said.addresses.wishes)


def _preferring(world: World, said: Listened, *, sits: bool = False) -> Listened:
    """The same; who says how something they have should be, and names no deed, wants it exchanged.

    Where they sit over their orders, "the speaker" is the one that they have.
    """
    text = said.text.lower()
    has = HAS_IT.search(text) is not None or (sits and names_definitely(text, world))
    if not said.wishes and not (SURELY_PREFERS.search(text) or (has and PREFERS.search(text))):
        return said
    outs = [wish for wish in said.heard.wishes if wish.deed in _BACK] if said.heard.settled else []
    known = {place.product_id for wish in said.wishes if wish not in outs for place in wish.among}
    told = list(preferred(said.text, world, said.heard.words))
    wishes = [wish for wish in told if known.isdisjoint(place.product_id for place in wish.among)]
    if wishes and outs:  # "could it be had in red? If not, send it back"
        ways_out = tuple(PlannedWish(deed=wish.deed, among=wish.among) for wish in outs)
        said.heard.wishes = [wish for wish in said.heard.wishes if wish not in outs]
        wishes = [replace(wish, ways_out=ways_out) for wish in wishes]
    said.heard.wishes += narrow(world, wishes, said.text)
    return said


def _is_free(turn: Turn) -> bool:
    """Whether nothing else is on its way that the words may be about."""
    conversation, asked = turn.conversation, turn.asked
    if conversation.cart or conversation.open_lines or conversation.changing is not None or turn.only_names:
        return False
    if conversation.pending is not None and conversation.pending.kind is Asked.WHAT_WAS_WRONG:
        return False  # the words go to support
    return asked is None or asked.aside or asked.about_cancelling


def _asked_about(turn: Turn) -> tuple[PlannedWish, ...]:
    """The orders that are asked about to be cancelled: a further wish makes a plan of both."""
    pending = turn.conversation.pending
    if pending is None or pending.kind is not Asked.CANCEL_ORDER:
        return ()
    return tuple(PlannedWish(deed=Deed.CANCEL, among=(Place(order_id=int(one)),)) for one in pending.options)


def _lone_cancelling(turn: Turn, world: World, said: Listened, asked: Sequence[PlannedWish]) -> list[Reply] | None:
    """The plain question whether one order shall be cancelled, where nothing else is wished for."""
    place = said.wishes[0].place if said.wishes else None
    if asked or place is None or not is_lone_cancelling(world, said):
        return None
    turn.note_done("cancel_order")
    return cancelling.ask(turn, place.order_id)
