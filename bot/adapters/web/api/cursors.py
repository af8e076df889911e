"""Where a list goes on: an opaque word for the last thing that was shown."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.adapters.web.api.problems import Problem
from bot.phrases import api as phrases

Cursor = Annotated[
    str | None, Field(max_length=300, description="`next` of the page before; without it the list begins.")
]
Limit = Annotated[int, Field(ge=1, le=200, description="How many at most.")]


def cursor(**place: str | int) -> str:
    """A place as a word."""
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place_of(word: str, **expected: type) -> Mapping[str, str | int]:
    """The place that a word stands for.

    Raises:
        Problem: it is none that was handed out.
    """
    try:
        place = json.loads(urlsafe_b64decode(word.encode() + b"=="))
    except ValueError:
        place = None
    if not isinstance(place, dict) or {name: type(value) for name, value in place.items()} != expected:
        raise Problem(404, phrases.BAD_CURSOR)
    return place
