"""provide_address: notes where to ship, and goes on with the order if one is open."""

from bot.intents import order
from bot.messages import Reply
from bot.orders import addressing
from bot.phrases import shopping as phrases_shopping
from bot.shopping import basket, checkout, contact
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Takes the address; an incomplete one is asked for again with an example."""
    if any(line.phrase for line in basket.lines_said(turn)):
        return order.handle(turn)  # "2 mugs to 12 Main St …" is an order, whatever it was taken for
    if turn.message.text and turn.conversation.pending is None and not _says_one(turn):
        return addressing.move(turn)  # "we moved house"
    before = turn.conversation.address_id
    notes = contact.take(turn)
    if turn.noted.abroad:
        return checkout.next_step(turn, notes) if turn.conversation.checking_out else addressing.ask_another(turn)
    if turn.conversation.address_id == before:
        return [Reply(text=notes[0] if notes else phrases_shopping.BAD_ADDRESS)]
    if turn.conversation.checking_out:
        return checkout.next_step(turn, notes)
    return addressing.noted_for_later(turn, notes)


def _says_one(turn: Turn) -> bool:
    return any(turn.understanding.first(name) for name in ("address", "zip", "email"))
