"""Buttons that answer the open question of a plan, and no other."""

from collections.abc import Iterable

from bot.messages import Button, Verb
from bot.shopping.cards import button
from domain.plans import Plan

MOST_BUTTONS = 10


def choice(plan: Plan, label: str, what: str, value: str = "") -> Button:
    """A button that answers the open question."""
    return button(label, Verb.PLAN, f"{plan.questions} {what} {value}".rstrip())


def fitting(buttons: Iterable[Button]) -> tuple[Button, ...]:
    """Those that travel through every channel, each label once."""
    return tuple({one.label: one for one in buttons if one.choice.fits}.values())[:MOST_BUTTONS]
