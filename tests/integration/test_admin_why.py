"""`/why`: staff learns what a customer was sent and what was withheld, without seeing who it is."""

import pytest
from sqlalchemy import Engine as Database

from domain.people.identity import hash_email
from domain.pseudonyms import pseudonym
from domain.records.notifications import Kind, Notification, Outcome
from tests.support.desk import BOSS, STAFFED, Desk
from tests.support.factories import make_order
from tests.support.shop import NOW

ANN = hash_email("ann@example.com", STAFFED.hash_key)


@pytest.fixture
def desk(engine: Database) -> Desk:
    desk = Desk(engine)
    with desk.unit_of_work() as uow:
        uow.orders.add(make_order({"MUG": 1}, hashed_email=ANN, quote_id=None))
        for number in range(25):
            uow.notifications.note(
                Notification(
                    key=f"k{number}",
                    message_id=f"m{number}",
                    kind=Kind.REMARKETING,
                    channel="email",
                    hashed_email=ANN,
                    outcome=Outcome.WITHHELD,
                    reason="no consent",
                    created_at=NOW,
                    order_id=1001 + number,
                )
            )
        uow.commit()
    return desk


@pytest.mark.parametrize("said", ["ann@example.com", "<mailto:Ann@example.com|Ann@example.com>", "#1001", "1001"])
def test_the_last_twenty_are_shown_by_address_or_order(desk: Desk, said: str) -> None:
    heard = desk.says(f"/why {said}")
    assert heard.count("withheld: no consent") == 20
    assert "remarketing #1001 by email" in heard
    assert "ann@example.com" not in heard.lower()


def test_who_was_sent_nothing(desk: Desk) -> None:
    assert "Nothing was sent" in desk.says("/why bob@example.com")


def test_what_means_nobody_is_answered_with_the_right_form(desk: Desk) -> None:
    assert "/why ann@example.com" in desk.says("/why")
    assert "no e-mail address" in desk.says("/why ann@")
    assert "no order #77" in desk.says("/why 77")


def test_it_needs_a_role_and_a_refusal_is_noted_without_the_address(desk: Desk) -> None:
    assert "no consent" not in desk.says("/why ann@example.com", "U7")
    (entry,) = desk.entries("refused")
    assert entry.subject == "/why"
    assert "no consent" in desk.says("/why ann@example.com", "U8", groups=("S9",))  # support


@pytest.mark.parametrize("who", ["ann@example.com", "<mailto:ann@example.com|ann@example.com>"])
@pytest.mark.parametrize("command", ["/why", "/orders"])
def test_a_look_by_address_is_in_the_audit_log_by_pseudonym(desk: Desk, command: str, who: str) -> None:
    desk.says(f"{command} {who}")
    (entry,) = desk.entries("look")
    assert entry.subject == f"customer:{pseudonym(ANN)}"
    assert entry.actor == f"slack:{BOSS}"
