"""Every key that SQL looks for in a kept conversation is one that the conversation is kept with."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from domain.conversation import Aside, Asked, Before, CartLine, ChatRef, Conversation, Did, Done, PendingQuestion
from domain.plans import Deed, Place, Plan, PlannedWish, Spoken
from storage.repositories import conversation_state as state
from storage.repositories.conversations import _NOT_STATE, _STATE
from tests.support.factories import NOW

STORAGE = Path(__file__).parents[4] / "storage"


@pytest.fixture
def kept() -> dict[str, Any]:
    """A conversation in which everything is said that SQL asks for, as it is kept."""
    conversation = Conversation(
        chat=ChatRef(channel="web", chat_id="c"),
        sender_id="s",
        identity_id=1,
        cart=[CartLine(product_id="MUG", quantity=1)],
        changing=1001,
        aside=Aside(address_id=2),
        checking_out=True,
        pending=PendingQuestion(kind=Asked.CONFIRM, subject="quote"),
        hashed_email="h",
        masked_email="a•••",
        address_id=3,
        ticket_id=4,
        plan=Plan(reason="broken"),
        spoken=Spoken(places=(Place(order_id=1001),), at=NOW),
        spoken_of=(Place(order_id=1001),),
        refused=Spoken(places=(Place(order_id=1001),), at=NOW),
        weighed=PlannedWish(deed=Deed.EXCHANGE, words=("in blue",)),
        done=Done(what=Did.CARD, at=NOW, before=Before(hashed_email="b", address_id=5)),
    )
    read: dict[str, Any] = json.loads(_STATE.dump_json(conversation, exclude=_NOT_STATE, exclude_defaults=True))
    return read


@pytest.mark.parametrize("path", state.PATHS, ids="/".join)
def test_sql_asks_for_what_is_kept(kept: dict[str, Any], path: tuple[str, ...]) -> None:
    found: Any = kept
    for key in path:
        found = found[key]
    assert found is not None


@pytest.mark.parametrize("key", state.OF_THE_EMAIL)
def test_what_goes_with_an_email_is_kept_under_that_name(kept: dict[str, Any], key: str) -> None:
    assert key in kept


def test_a_card_is_open_as_it_is_kept(kept: dict[str, Any]) -> None:
    assert f"'{kept['pending']['kind']}'" in state.shows_card_of("q.quote_id")


def test_fragments_are_what_postgres_reads() -> None:
    assert state.value(state.ASKED_ABOUT, "c.state") == "c.state -> 'pending' ->> 'subject'"
    assert state.has(state.ADDRESS_ASIDE) == "state -> 'aside' ? 'address_id'"
    assert state.without(("a", "b")) == "state - ARRAY['a', 'b']"


def test_nobody_else_spells_a_key_of_a_conversation_in_sql() -> None:
    spelled = re.compile(r"\bstate\s*(?:->>?|\?|#>|@>)\s*'")
    places = [file for file in STORAGE.rglob("*.py") if "migrations" not in file.parts]
    assert [file.name for file in places if spelled.search(file.read_text())] == []
