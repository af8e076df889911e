"""What is said of what is not there: whether to tell of it later, who waits for what, that it is back."""

from bot.phrases.wording import listed

SHALL_I_TELL = "Shall I tell you when it is back?"
BACK = "You asked me to tell you: it is back."
ALL_BACK = "You asked me to tell you: these are back."
NOT_HELD = "I cannot hold it for you: who orders first gets it."
NOT_WAITING = "You wait for nothing, so there is nothing to stop."
WAITING_FOR = "To be told when it is back"
ALL_RIGHT = "All right."


def too_many(*, most: int) -> str:
    """The list of what somebody waits for is full."""
    return f"You wait for {most} products already, and that is the most I keep. “Stop telling me” ends it all."


def will_tell(*, title: str, quantity: int) -> str:
    """Somebody is on the list."""
    back = f"{title} is back" if quantity == 1 else f"{quantity} × {title} are back"
    return f"I will tell you here, once, when {back}. “Stop telling me” ends it."


def when(*, title: str) -> str:
    """Who asks when it is back."""
    return f"I do not know when {title} will be back. I can tell you once it is."


def is_there(*, title: str, left: int) -> str:
    """Nobody has to wait for it."""
    return f"{title} is there: {left} in stock."


def is_back(*, title: str, left: int) -> str:
    """It came back."""
    return f"{title}, {left} in stock"


def add(*, title: str, quantity: int) -> str:
    """Puts as many as were wanted into the cart."""
    return f"Add {quantity} × {title}"


def stopped(*, titles: list[str]) -> str:
    """Somebody is on the list no more."""
    return f"All right, I will not tell you of {listed(titles)}."


def which(*, titles: list[str]) -> str:
    """Somebody shall hear no more of something, and it is not clear of what."""
    return f"I am not sure which you mean. You wait for {listed(titles)}. “Stop telling me” ends it all."


def waits(*, title: str, quantity: int) -> str:
    """What somebody waits for, in a list."""
    return f"{quantity} × {title}"
