"""The ids of messages that answer nothing: the same whenever their cause comes again, so that each is said once."""

# What begins with one of these goes out at once. Everything else answers a message, and its adapter sends it.
UNPROMPTED = ("support:", "notice:")


def support_wrote(message_id: str) -> str:
    """A staff member's message to a customer; `message_id` is the channel's own."""
    return f"support:{message_id}"


def ticket_resolved(ticket_id: int) -> str:
    """The announcement that the bot has a conversation again."""
    return f"notice:ticket/{ticket_id}/resolved"


def order_step(order_id: int, step: str) -> str:
    """A step in an order's life that the shop took: "shipped", "delivered", "cancelled"."""
    return f"notice:order/{order_id}/{step}"
