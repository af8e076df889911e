"""What is said to who begins to speak of something that they ordered."""


def thing(*, title: str, order_id: int, came: bool, waits: bool) -> str:
    """A thing of theirs, and where it is."""
    where = "has been delivered" if came else "has not left yet" if waits else "is on its way"
    return f"{title}: order #{order_id}, which {where}."


def of_these(*, several: bool) -> str:
    """That what shall become of it can be said."""
    if several:
        return "Just tell me what you would like with which of your things, one after the other or all at once."
    return "I see it. Just tell me what you would like: another kind of it, say, or your money back."


DONE_ALREADY = "That is done already:"
# To what is said while placed orders are talked of, and was not understood; each time in other words.
STRAY = (
    "I am not sure what I shall do with that. What was agreed is done; if there is more, name the thing or the order, "
    "and what you would like with it.",
    "I still do not see what you mean. Something like “return the …”, “the … in another colour” or “cancel order …” "
    "helps me, and a person can look, too.",
)


def comes_back(*, number: str, title: str, becomes: str) -> str:
    """A thing that comes back by a return, for money or for another one."""
    return f"{title} comes back with {number}, {f'for {becomes}' if becomes else 'for your money'}."


def was_cancelled(*, title: str, order_id: int) -> str:
    """A thing whose order was cancelled."""
    return f"{title} is cancelled, with order #{order_id}."
