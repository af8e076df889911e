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
