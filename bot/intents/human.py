"""human: opens a ticket for a person, at once and without questions; where support is staffed, they take over."""

from bot.messages import Reply
from bot.orders.complaining import SHALL_A_PERSON, turns_round
from bot.phrases import handoff as phrases_handoff
from bot.phrases import talk as phrases_talk
from bot.shopping.cards import BACK_TO_BOT, HUMAN
from bot.turn import Turn
from domain.conversation import Did
from domain.staff.handoff import hand_over
from nlu.rules.refusing_people import refuses_people


def handle(turn: Turn) -> list[Reply]:
    """Answers with the ticket's number and when somebody is there; with the latter only where too many were opened.

    Who wants nobody gets nobody, and who turns round in the same breath is asked.
    """
    if refuses_people(turn.written or turn.message.text):
        return [Reply(text=phrases_handoff.NOBODY_CALLED)]
    if turns_round(turn):
        return [SHALL_A_PERSON]
    conversation, hours = turn.conversation, turn.shop.support_hours
    already = conversation.ticket_id is not None
    said = turn.message.text or HUMAN.label
    ticket_id = hand_over(
        turn.uow, conversation, said=said, staffed=turn.shop.support, origin=turn.origin, now=turn.now
    )
    if ticket_id is None:
        return [Reply(text=phrases_handoff.too_many_asked(hours=hours))]
    turn.noted.handed_off |= not already
    turn.note_deed(Did.TICKET, str(ticket_id))
    if not turn.shop.support:
        return [Reply(text=phrases_talk.ticket(ticket_id=ticket_id, hours=hours))]
    text = phrases_handoff.handed_over(ticket_id=ticket_id, hours=hours, cart_kept=bool(conversation.cart))
    if already:
        text = phrases_handoff.still_handed_over(ticket_id=ticket_id, hours=hours)
    return [Reply(text=text, buttons=(BACK_TO_BOT,))]
