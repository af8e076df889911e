"""How it is asked which order, and which of several things, is meant; each time in other words."""

from collections.abc import Sequence

from bot.phrases.wording import listed


def which_order(*, name: str, held: str, missed: int) -> str:
    """Which order is meant, or which thing `name` of several; `held` is in one only, and `missed` counts answers."""
    if missed > 1:
        return "I cannot tell them apart by that. Please choose here, or say “all of them”; a person can look, too."
    if missed:
        told = f", or something that only one of them has: “the one with the {held}”" if held else ""
        return f"Its number is enough{told}. “The newest”, “the delivered one” and “all of them” do as well."
    return f"You have {name} in several orders. Which one do you mean?" if name else "Which order do you mean?"


def which_item(*, last: str, several: bool, missed: int) -> str:
    """Which of several things is meant; `last` is one of them, and `several` where more than one may be."""
    if missed > 1:
        return "I cannot tell them apart by that. Please choose here; a person can look, too."
    if missed and several:
        return f"Their places in this list are enough, such as “1 and 2”, or what to leave out: “all but the {last}”."
    if missed:
        return "Its place in this list is enough, such as “the first”, or “both”."
    return "Which of these do you mean?"


def line(*, order_id: int, titles: str, beside: Sequence[str]) -> str:
    """Something in an order, with what came or comes with it."""
    return f"#{order_id}: {titles}{f', with {listed(beside)}' if beside else ''}"
