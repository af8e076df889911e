"""The ids of messages that answer nothing: the same whenever their cause comes again, so that each is said once."""

from datetime import date

from domain.periods import Period, Span

# What begins with one of these goes out at once. Everything else answers a message, and its adapter sends it.
UNPROMPTED = ("support:", "notice:")
RETURN = "return_"  # begins the steps of an order's returns


def support_wrote(message_id: str) -> str:
    """A staff member's message to a customer; `message_id` is the channel's own."""
    return f"support:{message_id}"


def ticket_resolved(ticket_id: int) -> str:
    """The announcement that the bot has a conversation again."""
    return f"notice:ticket/{ticket_id}/resolved"


def order_step(order_id: int, step: str) -> str:
    """A step in an order's life, told in its chat: "shipped", "cancelled", "changed-1" …"""
    return f"notice:order/{order_id}/{step}"


def return_step(state: str, nth: int) -> str:
    """The step in an order's life that its `nth` return came to a state: "return_requested-1"."""
    return f"{RETURN}{state}-{nth}"


def order_mail(order_id: int, step: str) -> str:
    """The mail about a step in an order's life: "placed", "cancelled", "changed-1" …"""
    return f"mail:order/{order_id}/{step}"


def answered_privately(chat_id: str, message_id: str) -> str:
    """A message of a chat that others read, as its answer in the sender's private chat names it."""
    return f"{chat_id}/{message_id}"


def step_of(key: str) -> str:
    """The step in an order's life that a mail of this key is about."""
    return key.rpartition("/")[2]


def opt_in_mail(opt_in_id: int) -> str:
    """The mail with the link that agrees to marketing."""
    return f"mail:opt-in/{opt_in_id}"


def code_mail(proof_id: int) -> str:
    """The mail with the code of a proof."""
    return f"mail:proof/{proof_id}"


def remarketing(order_id: int) -> str:
    """The recommendation that follows an order."""
    return f"marketing:order/{order_id}"


def report(name: str, period: Period) -> str:
    """A report of a period."""
    return f"report:{name}/{period.span}/{period.first}"


def report_mail(name: str, period: Period, place: int) -> str:
    """The mail of a report to one of its readers, who are told apart by their place in config.yaml."""
    return f"mail:{report(name, period)}/{place}"


def report_of(key: str) -> tuple[str, Period]:
    """The report whose mail has this key, and its period."""
    name, span, first, _ = key.removeprefix("mail:report:").split("/")
    return name, Period.containing(date.fromisoformat(first), Span(span))


def cart_reminder(quote_id: str, number: int) -> str:
    """The first or second reminder of an order card that was left unconfirmed."""
    return f"notice:quote/{quote_id}/{number}"


def back_in_stock(waiting_id: int) -> str:
    """Word that something is back, by the first of the wishes that it answers."""
    return f"notice:waiting/{waiting_id}"


def campaign(member_id: int) -> str:
    """The message of a campaign to one of its members."""
    return f"notice:campaign/{member_id}"


def campaign_run(campaign_id: int) -> str:
    """What sends a campaign to who is due."""
    return f"campaign:{campaign_id}"


def campaign_sample(campaign_id: int, asked: str) -> str:
    """A campaign's mail to who asked for it of staff, by their message."""
    return f"sample:{campaign_id}/{asked}"
