"""human: opens a ticket for a person, at once and without questions."""

from bot import phrases
from bot.messages import Reply
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with the ticket's number and when somebody looks at it."""
    asked = turn.conversation.pending.kind if turn.conversation.pending else "nothing"
    ticket_id = turn.uow.people.open_ticket(
        turn.conversation.identity_id, f"asked for a person; open question: {asked}", turn.now
    )
    return [Reply(text=phrases.TICKET.format(ticket_id=ticket_id, hours=turn.shop.support_hours))]
