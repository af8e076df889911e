"""Notes for the parcel and words for a card: they go with the order being made, or with a placed one after a yes.

They are kept as the remark of where it ships: every card and the packing slip show it.
"""

from bot.messages import Reply
from bot.orders import changing
from bot.phrases import shopping as phrases_shopping
from bot.shopping import checkout, contact, placed
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.numbers import plain_number
from domain.people.addresses import Address
from domain.people.remarks import NOTE, with_remark, without_remark
from nlu.rules import order_edits
from nlu.rules.deeds import USE
from nlu.rules.moods import Stance, only_asks
from nlu.rules.parcel_notes import note_said


def note(turn: Turn) -> list[Reply]:
    """Takes the note of a message; asks for its words where it only says that there shall be one."""
    if (number := order_edits.order_number(turn.message.text)) and turn.conversation.changing is None:
        order_id = plain_number(number) or 0
        order = turn.own_order(order_id)
        if order is None or not order.cancellable(turn.now):
            return changing.begin(turn, order_id)  # which says why
        changing.enter(turn, order)
    said = note_said(turn.message.text)
    if not said:
        turn.conversation.pending = PendingQuestion(kind=Asked.NOTE)
        stays = placed.stays(turn, placed.newest(turn))
        ask = " ".join([*stays, phrases_shopping.ASK_NOTE_OF_NEXT]) if stays else phrases_shopping.ASK_NOTE
        return [Reply(text=ask, buttons=placed.help_with(stays))]
    return _keep(turn, said)


def take_note(turn: Turn, pending: PendingQuestion) -> list[Reply] | None:
    """The note's words; a no leaves it out, an order goes before it, and a question; a mere yes says no words."""
    if turn.says_no:
        turn.conversation.pending = None
        return [Reply(text=phrases_shopping.NOTE_LEFT_OUT)]
    if turn.meant.buys and turn.named:
        return None
    if turn.meant.asks and turn.sure and ("?" in turn.message.text or only_asks(turn.message.text)):
        return [*turn.carry_out(), Reply(text=phrases_shopping.ASK_NOTE_AGAIN)]
    if turn.stance(USE) is Stance.YES:
        return [Reply(text=phrases_shopping.ASK_NOTE_AGAIN)]
    turn.conversation.pending = None
    return _keep(turn, note_said(turn.message.text) or turn.message.text)


def _keep(turn: Turn, said: str) -> list[Reply]:
    conversation = turn.conversation
    if not conversation.cart and conversation.changing is None and (order := turn.newest_open) is not None:
        changing.enter(turn, order)
    order = placed.newest(turn)
    stays = placed.stays(turn, order)
    rest, standing = without_remark(turn.message.text)
    remark = standing if standing and not rest.strip(" ,.!") else f"{NOTE}{said}"
    told = phrases_shopping.noted(note=said) if order is None else phrases_shopping.noted_for_next(note=said)
    told = " ".join([*stays, told])
    known = contact.known_address(turn)
    if known is None:  # it waits with the question where to ship
        conversation.checking_out = bool(conversation.cart)
        contact.reopen(turn, Address(remark=remark))
        if conversation.cart:
            return checkout.next_step(turn, [told])
        ask = f"{told} {phrases_shopping.ASK_ADDRESS}"
        return [Reply(text=ask, buttons=placed.help_with(stays), form=contact.ADDRESS_FORM)]
    contact.settle(turn, Address(remark=with_remark(known.remark, remark)))
    if conversation.cart:
        return checkout.next_step(turn, [told])
    return [Reply(text=told, buttons=placed.help_with(stays))]
