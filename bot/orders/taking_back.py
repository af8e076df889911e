"""Takes back what was done last where it can be undone, and elsewhere says how it stands."""

from dataclasses import replace

from bot.messages import Reply, Verb
from bot.orders import cancelling, changing, standing
from bot.phrases import promotions as phrases_promotions
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.shopping import checkout, waiting
from bot.trust import consenting
from bot.turn import Turn
from domain.conversation import Asked, Before, Did, Done, PendingQuestion
from nlu.rules.retractions import only_takes_back, refuses, says_nothing_itself, turns_back, undoes
from nlu.rules.said import Saying

_AT_THE_CARD = (Asked.CONFIRM, Asked.CHECKOUT, Asked.WHAT_TO_CHANGE)
_POLITE = ("thanks", "thank", "thx", "ty", "thanks!", "thx!", "thanks.", "thx.")
_OF_ORDERS = (Did.PLACED, Did.CHANGED, Did.CANCELLED)


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to a message that wants nothing but what was done last undone; None of others.

    A mere no does so right behind the answer that told of the deed, where nothing is asked that it may be said to.
    """
    text, done, pending = turn.message.text, turn.conversation.done, turn.conversation.pending
    if (
        done is not None
        and done.what is Did.CARD
        and undoes(text)
        and (pending is None or pending.kind in _AT_THE_CARD)
    ):
        return undo(turn)
    if only_takes_back(text) and (undone := of_the_card(turn)) is not None:
        return undone
    if done is None or not refuses(text):
        return None
    if not done.fresh:  # "no, undo that" some answers later
        return undo(turn) if undoes(text) and pending is None and done.what not in _OF_ORDERS else None
    if pending is not None and not _is_of_the_deed(turn, done):
        return None
    if done.what is Did.CARD and turn.conversation.cart and not turns_back(text):
        return None  # a mere "stop" there is one to the order
    if done.what in _OF_ORDERS:  # who thinks better of an order says so in more ways, which others read
        asks_more = any(choice.verb is Verb.IDEAS_NO for choice in turn.offered)
        no_to_more = asks_more or not turn.plain_words.isdisjoint(_POLITE)  # "no thanks" wants nothing else
        if says_nothing_itself(text) or (no_to_more and not turns_back(text)):
            return None
    if done.what is Did.DISMISSED or (done.what is Did.STOPPED and not turns_back(text)):
        return None  # one more no of the kind that was just done
    return _take_back(turn, done) or None


def is_of_the_last_deed(turn: Turn) -> bool:
    """Whether a message only takes back what the last answer told of, and that was done to no order."""
    done = turn.conversation.done
    if done is None or not done.fresh or done.what in _OF_ORDERS:
        return False
    if done.what is Did.CARRIED_OUT and done.of != (standing.PROFILE,):
        return False  # "take it back" may be said of what is in the order
    return only_takes_back(turn.message.text)


def _is_of_the_deed(turn: Turn, done: Done) -> bool:
    """Whether a no at a card or a cart is one to the deed, and none to what is asked."""
    pending, now = turn.conversation.pending, turn.conversation.standing
    if pending is None or pending.kind not in _AT_THE_CARD:
        return False
    if done.what is Did.CARD and not done.before.cart:
        return False
    same = pending.kind is Asked.CHECKOUT and done.before.cart == now.cart
    return turns_back(turn.message.text) or (done.what is Did.CARD and same)


def undo(turn: Turn) -> list[Reply]:
    """Undoes what was done last, whatever it was; what cannot be undone is told, and nothing older in its place."""
    conversation, done = turn.conversation, turn.conversation.done
    if done is not None and done.what is not Did.CARD:
        return _take_back(turn, done) or [_cannot(), *checkout.reminder(turn)]
    if done is None:
        return _undo_cart(turn) if conversation.undo() else _nothing_known(turn)
    before, now = done.before, conversation.standing
    if before.changing != now.changing or before.cart == now.cart:
        return _undo_card(turn, done) or [_cannot(), *checkout.reminder(turn)]
    conversation.cart, conversation.cart_before, conversation.codes = list(before.cart), None, before.codes
    return _undo_cart(turn)


def _nothing_known(turn: Turn) -> list[Reply]:
    if not turn.conversation.cart and (placed := turn.newest_open) is not None:
        return cancelling.ask(turn, placed.order_id)
    if turn.conversation.standing == Before():
        return [Reply(text=phrases_shopping.NOTHING_TO_UNDO)]
    return [_cannot(), *checkout.reminder(turn)]


def _cannot() -> Reply:
    return Reply(text=phrases_talk.CANNOT_TAKE_BACK)


def _undo_cart(turn: Turn) -> list[Reply]:
    conversation = turn.conversation
    turn.note_deed(Did.TAKEN_BACK)
    conversation.open_lines = []
    if not conversation.cart:
        conversation.checking_out, conversation.pending = False, None
        return [Reply(text=f"{phrases_shopping.UNDONE} {phrases_shopping.EMPTY_CART}")]
    return checkout.next_step(turn, [phrases_shopping.UNDONE])


def _take_back(turn: Turn, done: Done) -> list[Reply]:
    """Takes a deed back, or says how it stands and what ends it; what was open beside it stays open."""
    before = turn.conversation.pending
    replies = _take_back_alone(turn, done)
    stays = replies and before is not None and turn.conversation.pending == before and done.what is not Did.CARD
    return [*replies, *checkout.reminder(turn)] if stays else replies


def _take_back_alone(turn: Turn, done: Done) -> list[Reply]:
    match done.what:
        case Did.CARD:
            return _undo_card(turn, done) or []
        case Did.MAILS_STARTED:
            return consenting.take_back(turn, done.of)
        case Did.MAILS_HERE:
            return consenting.leave_here(turn)
        case Did.WAITS:
            return waiting.stop_all(turn, done.of)
        case Did.STOPPED if turn.conversation.cart:
            turn.conversation.checking_out = True
            return checkout.next_step(turn, [phrases_shopping.TAKEN_BACK])
        case Did.PLACED if turn.said(Saying.STALLS):
            return standing.last(turn)
        case Did.PLACED if (order := turn.own_order(int(done.of[0]))) and order.cancellable(turn.now):
            return cancelling.ask(turn, order.order_id)
        case _:
            return standing.last(turn)


def of_the_card(turn: Turn) -> list[Reply] | None:
    """Undoes the last change of what is on its way, and shows it as it is then; None where there is none."""
    done, pending = turn.conversation.done, turn.conversation.pending
    if done is None or done.what is not Did.CARD:
        return None
    before, now = done.before, turn.conversation.standing
    on_the_way = turn.asked is not None and turn.asked.on_the_way
    only_codes = on_the_way and before != now and replace(before, codes=now.codes) == now
    if pending is not None and pending.kind not in _AT_THE_CARD and not only_codes:
        return None
    return _undo_card(turn, done)


def _undo_card(turn: Turn, done: Done) -> list[Reply] | None:
    conversation = turn.conversation
    before, now = done.before, conversation.standing
    if now.changing is not None and turn.said(Saying.LEAVES_CHANGE):
        return None
    conversation.done = None
    differs = before.changing == now.changing and turn.journey.differs(before.cart, before.address_id)
    if now.changing is not None and not differs:
        turn.note_deed(Did.TAKEN_BACK)
        return changing.leave(turn)
    if before.changing != now.changing or before == now:
        return None
    turn.note_deed(Did.TAKEN_BACK)
    if now.cart and not before.cart and now.changing is None:
        return checkout.stop(turn)
    before = _that_are_there(turn, before)
    conversation.go_back_to(before)
    if not conversation.cart:
        return [Reply(text="\n".join([phrases_shopping.TAKEN_BACK, *_what_is_noted(turn, now, before)]))]
    return checkout.next_step(turn, [phrases_shopping.TAKEN_BACK])


def _what_is_noted(turn: Turn, undone: Before, now: Before) -> list[str]:
    """What no card shows: the e-mail, the address and the codes as they are again."""
    lines = []
    if undone.hashed_email != now.hashed_email:
        told = phrases_shopping.email_noted(email=now.masked_email)
        lines.append(told if now.hashed_email else phrases_shopping.NO_EMAIL_NOW)
    if undone.address_id != now.address_id:
        key = now.address_id
        told = phrases_shopping.goes_to(address=turn.uow.people.address(key)) if key is not None else ""
        lines.append(told or phrases_shopping.NO_ADDRESS_NOW)
    labels = {code: one.label for code, one in turn.uow.promotions.of_codes((*undone.codes, *now.codes)).items()}
    gone = [labels.get(code, code) for code in undone.codes if code not in now.codes]
    back = [labels.get(code, code) for code in now.codes if code not in undone.codes]
    lines += [phrases_promotions.removed(gone)] if gone else []
    return [*lines, *([phrases_promotions.noted(back)] if back else [])]


def _that_are_there(turn: Turn, before: Before) -> Before:
    """What was there before, without a contact that was erased meanwhile."""
    if before.hashed_email is not None and turn.uow.people.email(before.hashed_email) is None:
        before = replace(before, hashed_email=None, masked_email="", email_from_proof=False)
    if before.address_id is not None and not turn.uow.people.address(before.address_id):
        before = replace(before, address_id=None)
    return before


def answer(turn: Turn) -> list[Reply]:
    """The answer to a message that takes back what it says, or what came before it; nothing is done."""
    if turn.asked is not None and turn.asked.hard_to_undo:
        return [Reply(text=phrases_talk.ALL_STAYS)]
    own = not says_nothing_itself(turn.message.text)
    lead = [phrases_talk.NOT_DONE] if own else []
    if turn.asked is not None and turn.asked.kind is Asked.CONFIRM:
        return checkout.show(turn, lead)
    if told := standing.last(turn):
        return [told[0].with_lines(above=lead), *told[1:]]
    return [Reply(text=phrases_talk.NOT_DONE if own else phrases_talk.NOTHING_TO_TAKE_BACK)]


def beside(turn: Turn, waited: PendingQuestion | None, replies: list[Reply]) -> list[Reply]:
    """The replies; a no that answered a question stands right behind a deed, too: how that stands is told first."""
    done, asked = turn.conversation.done, waited and turn.questions[waited.kind]
    if turn.message.choice is not None or done is None or not done.fresh or not (asked and asked.on_the_way):
        return replies
    if turn.noted.deeds.keys() - {Did.STOPPED} or not refuses(turn.message.text):
        return replies
    codes = [code for code in turn.conversation.codes if code not in done.before.codes]
    if done.what is not Did.CARD:
        return [*standing.last(turn), *replies]
    return [Reply(text=phrases_promotions.noted(codes, ends=True)), *replies] if codes else replies
