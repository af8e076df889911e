"""Begins a plan, where a message wishes for something of placed orders that the shop can do by itself."""

from collections.abc import Sequence
from dataclasses import replace

from bot.aftersale.hearing.listening import Listened, listen, may_be_about, text_of
from bot.aftersale.hearing.unheard import unheard
from bot.aftersale.inquiries import inquiring
from bot.aftersale.into.targets import names_definitely, preferred
from bot.aftersale.planning import paying
from bot.aftersale.planning.asking import ask_method
from bot.aftersale.planning.deciding import meaning, with_wishes, without
from bot.aftersale.planning.stepping import next_step
from bot.aftersale.replying import done_already, only_asked
from bot.aftersale.replying.taking_in import what_cannot_be
from bot.aftersale.which import options
from bot.aftersale.which.narrowing import narrow
from bot.aftersale.world import SITTING_MINUTES, World, world_of
from bot.messages import Reply
from bot.orders import cancelling, rating_unasked
from bot.phrases import aftersale as phrases
from bot.phrases import orders as phrases_orders
from bot.phrases import talk as phrases_talk
from bot.turn import CLEAR, Turn
from domain.conversation import Asked
from domain.plans import Deed, Place, Plan, PlannedWish, Spoken
from nlu.rules.aftersale_payments import PREFERS_MORE, asks_balance
from nlu.rules.aftersale_phrases import ADDS, BUYS, GOES_ON, HAS_IF, HAS_IT, PREFERS, REGRETS, SURELY_PREFERS
from nlu.rules.conditions import conditional
from nlu.rules.deeds import CANCELLING
from nlu.rules.moods import Mood, mood_of, only_asks
from nlu.rules.order_words import plain, split_except
from nlu.rules.retractions import is_retracted

MOST_WORDS_TO_GO_ON = 14
_MOVES = {Deed.SHIP_TO, Deed.LIVE_AT}
_BACK = {Deed.CANCEL, Deed.RETURN, Deed.DISCARD}
_GONE = {Deed.DISCARD, Deed.CANCEL}


def begin(turn: Turn) -> list[Reply] | None:
    """The first question of a plan, or its summary; None where a message wishes for nothing such."""
    text, conversation = text_of(turn), turn.conversation
    asks_for_person = turn.meant.name == "human" and turn.understanding.confidence >= CLEAR
    spoken, plain_text = conversation.spoken, text.lower()
    goes_on = spoken is not None and bool(
        GOES_ON.match(plain_text)
        or HAS_IF.search(plain_text)
        or REGRETS.search(plain_text)
        or (conversation.done is not None and conversation.done.fresh)
        or (spoken.deed is not None and PREFERS.search(plain_text) and not BUYS.search(plain_text))
    )
    if (
        asks_for_person
        or not (goes_on or conversation.weighed or may_be_about(turn, text))
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
    said = _going_on(said, lately)
    if lately is not None and lately.deed is not None and _is_settled(said):
        turn.note_done("plan")
        return inquiring.beside(turn, inquired, [Reply(text=phrases.SETTLED)])
    if (done := done_already.told(turn, world, inquired.rest, said.heard, places)) is not None:
        turn.note_done("plan")
        return inquiring.beside(turn, inquired, done)
    choice = inquiring.picked(turn, world, inquired) if not said.wishes else None
    said.heard.wishes += [choice] if choice is not None else []
    answered = bool(choice or inquired.lines) and any(wish.among for wish in said.wishes)
    claimed = answered or claims(turn, world, said, asked)
    if not claimed:
        _note_what_is_told(turn, said)
        return inquiring.alone(turn, world, inquired)
    conversation.pending = None
    if (lone := _lone_cancelling(turn, world, said, asked)) is not None:
        return inquiring.beside(turn, inquired, lone)
    saves = PREFERS_MORE.search(text.lower()) is not None
    reason = said.reason or (_reason_lately(world, places) if GOES_ON.match(text.lower()) else "")
    plan = Plan(wishes=asked, reason=reason, unless_paid=said.unless_paid, saves=saves)
    plan = with_wishes(plan, said.wishes)
    plan = without(plan, said.heard.dropped, said.heard.spared)
    notes = [phrases.no_such_order(numbers=said.heard.strange)] if said.heard.strange and not said.heard.orders else []
    notes += what_cannot_be(world, said.heard)
    if said.addresses.written and not said.addresses.wishes:
        notes.append(phrases_talk.not_done(words=said.addresses.written))
    notes += _came_already(turn, world, said.wishes)
    lost = unheard(turn.understanding.parts, world, said.heard)
    notes += [phrases_talk.not_done(words=words) for words in lost]
    turn.note_done("plan")
    if (paid := paying.meant(turn, world, plan, said.payments)) is not None:
        plan, told, methods = paying.paid_by(plan, paid)
        notes += told
        if methods:
            return inquiring.beside(turn, inquired, ask_method(turn, plan, methods, notes))
    if not plan.wishes and notes:
        return inquiring.beside(turn, inquired, [Reply(text="\n".join(notes))])
    return inquiring.beside(turn, inquired, next_step(turn, world, plan, notes))


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


def _note_what_is_told(turn: Turn, said: Listened) -> None:
    """Keeps what of theirs somebody tells of, for what they want of "it" next."""
    named = tuple(dict.fromkeys(place for places in said.heard.named for place in places))
    if named and HAS_IT.search(said.text.lower()) is not None and not only_asks(said.text):
        turn.conversation.spoken = Spoken(places=named, at=turn.now)


def _came_already(turn: Turn, world: World, wishes: Sequence[PlannedWish]) -> list[str]:
    """That an order was delivered, to who wants it cancelled: it can only come back."""
    orders = [world.order(wish.place.order_id) for wish in wishes if wish.deed is Deed.CANCEL and wish.place]
    told = [
        phrases.only_comes_back(
            where=phrases_orders.left(turn.shop, order_id=one.order_id, delivered_at=one.delivered_at)
        )
        for one in orders
        if one is not None and world.is_delivered(one.order_id)
    ]
    return list(dict.fromkeys(told))


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


def claims(turn: Turn, world: World, said: Listened, asked: Sequence[PlannedWish]) -> bool:
    """Whether a message wishes for what only a plan can do; everything else has its own way."""
    wishes = said.wishes
    if said.heard.general and not wishes:
        return False
    if asked:
        return bool(wishes) and any(wish.deed is not Deed.CANCEL for wish in wishes)
    if not wishes:
        return bool(said.heard.lost or said.heard.unmet)
    if said.heard.spared or any(_hangs(wish) for wish in wishes):
        return True
    if any(_is_of_returns(world, wish) or _is_of_variants(world, wish) for wish in wishes):
        return True
    if _moves_nothing(world, wishes):
        return False
    counts = any(wish.deed in (Deed.CHANGE, Deed.EXCHANGE) for wish in wishes)
    if counts and not turn.shop.terms.variants_only:
        return False  # how many of something there shall be, or something else altogether
    if any(wish.deed in _MOVES for wish in wishes):
        own = any(wish.deed is Deed.LIVE_AT for wish in wishes)
        return turn.conversation.proven_email is not None or own or len(wishes) > 1
    if counts:
        return not ADDS.search(said.text.lower()) and any(wish.among for wish in wishes)  # no other way does it
    kinds = {_kind(world, wish) for wish in wishes}
    if len(kinds) > 1:
        return True
    goes = all(wish.deed in _GONE for wish in wishes) and any(wish.among for wish in wishes)
    if goes and (said.payments or turn.shop.terms.variants_only):
        return True
    orders_too = any(wish.intent in ("order", "add_to_cart") for wish in turn.understanding.wishes)
    return not orders_too and _is_lone_cancelling(world, said)


def _hangs(wish: PlannedWish) -> bool:
    """Whether no other way knows how to do it: it is said what shall be done if it cannot be."""
    return bool(wish.ways_out and wish.among)


def _moves_nothing(world: World, wishes: Sequence[PlannedWish]) -> bool:
    """Whether only orders that have left shall go elsewhere, of which support is to hear."""
    places = [place for wish in wishes if wish.deed is Deed.SHIP_TO for place in wish.among]
    return len(wishes) == 1 and bool(places) and not any(world.is_open(place.order_id) for place in places)


def _is_of_returns(world: World, wish: PlannedWish) -> bool:
    """Whether something that was delivered comes back; or is to, and has not arrived yet."""
    if not wish.among or wish.deed in _MOVES or wish.deed is Deed.CHANGE:
        return False
    delivered = [place for place in wish.among if world.is_delivered(place.order_id)]
    if delivered:
        return True
    return wish.deed is Deed.RETURN and not wish.several


def _is_of_variants(world: World, wish: PlannedWish) -> bool:
    """Whether something of an order that has not left shall be another variant of itself."""
    if wish.deed not in (Deed.CHANGE, Deed.EXCHANGE, Deed.EITHER):
        return False
    groups = [world.group_of(place.product_id) for place in wish.among if place.product_id]
    groups = [group for group in groups if group is not None]
    if not groups or (wish.several and not wish.words and len(wish.among) > 1 and wish.deed is Deed.CHANGE):
        return False
    return not wish.words or any(options.tells(text, group) for text in wish.words for group in groups)


def _kind(world: World, wish: PlannedWish) -> Deed | None:
    """What a wish comes to, for telling whether a message wants several kinds of things."""
    means = wish.deed if wish.place is None else meaning(world, wish)
    return Deed.CANCEL if means is Deed.DISCARD else means


def _is_lone_cancelling(world: World, said: Listened) -> bool:
    """Whether nothing is wished for but that one order is cancelled, which is told, at once and without an if."""
    place = said.wishes[0].place if len(said.wishes) == 1 else None
    if place is None or said.wishes[0].deed is not Deed.CANCEL or place.product_id or not said.heard.orders:
        return False
    bounded = bool(
        said.heard.dropped or said.heard.spared or said.wishes[0].but or said.wishes[0].condition or said.payments
    )
    bounded = bounded or split_except(plain(said.text))[1] is not None
    if bounded or conditional(said.text) is not None or is_retracted(said.text):
        return False
    return world.is_open(place.order_id) and mood_of(said.text, CANCELLING) is Mood.COMMAND


def _lone_cancelling(turn: Turn, world: World, said: Listened, asked: Sequence[PlannedWish]) -> list[Reply] | None:
    """The plain question whether one order shall be cancelled, where nothing else is wished for."""
    place = said.wishes[0].place if said.wishes else None
    if asked or place is None or not _is_lone_cancelling(world, said):
        return None
    turn.note_done("cancel_order")
    return cancelling.ask(turn, place.order_id)
