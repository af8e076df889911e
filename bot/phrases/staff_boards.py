"""What is said in chats about the boards that managers look at."""

from collections.abc import Sequence

NOT_BUILT = "The warehouse was not built yet, so there is no picture: `parley analytics build` does it."


def title(*, board: str) -> str:
    """Above the link."""
    return f"Dashboard: {board}"


def link(*, url: str, minutes: int) -> str:
    """Where it is."""
    return f"This link opens it once, in the next {minutes} minutes, and all other pages for you with it: {url}"


def others(*, boards: Sequence[str]) -> str:
    """Which there are for who asks."""
    return f"The picture of a board comes with /dashboard and its name: {', '.join(boards)}."


def picture(*, board: str, as_of: str, said: str) -> str:
    """Above the picture."""
    return f"{board.capitalize()}, as of {as_of}. {said}"
