"""Addresses that lead from a group into the private chat with the bot, and make a choice there."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress

from bot.messages import Choice, Verb

_GO_ON = "go-on"  # no BASE64 has five characters
_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def start_link(choice: Choice, bot: str) -> str:
    """The address that opens the private chat with the bot of that username, and makes a private choice there.

    Source: https://core.telegram.org/bots/features#deep-linking
    """
    coded = urlsafe_b64encode(choice.arg.encode()).decode().rstrip("=")
    return f"https://t.me/{bot}?start={_GO_ON if choice.verb == Verb.GO_ON else coded}"


def choice_of(parameter: str) -> Choice | None:
    """The choice behind the parameter of such an address; None for any other."""
    if parameter == _GO_ON:
        return Choice(verb=Verb.GO_ON)
    if not _PARAMETER.fullmatch(parameter):
        return None
    with suppress(ValueError):
        return Choice(verb=Verb.DEAL, arg=urlsafe_b64decode(f"{parameter}{'=' * (-len(parameter) % 4)}").decode())
    return None
