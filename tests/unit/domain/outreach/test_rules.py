"""The rules of marketing: each of them withholds with its reason, and quiet hours know when they end."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.model import OrderState
from domain.outreach.rules import Limits, judge, judge_order
from domain.records.marketing_facts import Facts
from domain.records.notifications import Consent, Kind, Notification, Outcome
from tests.support.factories import make_order

DENVER = ZoneInfo("America/Denver")
NOON = datetime(2026, 5, 12, 12, 0, tzinfo=DENVER).astimezone(UTC)
LIMITS = Limits(
    per_day=1,
    per_week=3,
    quiet_from=time(21),
    quiet_until=time(9),
    time_zone=DENVER,
    not_bought=timedelta(days=30),
    cart_silence=timedelta(hours=3),
)


def facts(**overrides: Any) -> Facts:
    values: dict[str, Any] = {
        "consent": Consent(given=True, by="web", at=NOON),
        "suppressed": "",
        "handed_over": False,
        "cancelled_at": None,
        "sent": (),
    }
    return Facts(**values | overrides)


def sent(*hours_ago: float) -> list[Notification]:
    return [
        Notification(
            key=f"k{number}",
            message_id=f"m{number}",
            kind=Kind.REMARKETING,
            channel="email",
            hashed_email="h",
            outcome=Outcome.SENT,
            reason="",
            created_at=NOON,
            tried_at=NOON - timedelta(hours=hours),
        )
        for number, hours in enumerate(hours_ago)
    ]


def test_who_agreed_gets_it_and_the_reason_says_where() -> None:
    verdict = judge(facts(), LIMITS, NOON)
    assert (verdict.send, verdict.reason) == (True, "agreed (web)")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"paused": True, "consent": None}, "marketing is paused"),
        ({"consent": None}, "no consent"),
        ({"consent": Consent(given=False, by="link", at=NOON)}, "opted out (link)"),
        ({"suppressed": "bounce"}, "suppressed: bounce"),
        ({"handed_over": True}, "a person has the chat"),
        ({"cancelled_at": NOON - timedelta(hours=23)}, "cancelled an order in the last 24 hours"),
        ({"sent": sent(23)}, "cap: 1 of 1 in 24 hours"),
        ({"sent": sent(25, 60, 160)}, "cap: 3 of 3 in 7 days"),
    ],
)
def test_each_rule_withholds_for_good_with_its_reason(changed: dict[str, Any], reason: str) -> None:
    verdict = judge(facts(**changed), LIMITS, NOON)
    assert (verdict.send, verdict.reason, verdict.not_before) == (False, reason, None)


@pytest.mark.parametrize(
    "changed",
    [
        {"cancelled_at": NOON - timedelta(hours=25)},
        {"sent": sent(24.01, 100)},
        {"sent": sent(169, 170, 171)},
    ],
)
def test_what_lies_long_enough_back_forbids_nothing(changed: dict[str, Any]) -> None:
    assert judge(facts(**changed), LIMITS, NOON).send


@pytest.mark.parametrize(
    ("clock", "end"),
    [
        ("2026-05-12 20:59", None),
        ("2026-05-12 21:00", "2026-05-13 09:00"),
        ("2026-05-13 00:00", "2026-05-13 09:00"),
        ("2026-05-13 08:59", "2026-05-13 09:00"),
        ("2026-05-13 09:00", None),
        ("2026-10-31 23:00", "2026-11-01 09:00"),  # the night in which the clock goes back
        ("2026-03-07 22:00", "2026-03-08 09:00"),  # and forward
    ],
)
def test_quiet_hours_put_it_off_to_their_end_by_the_shops_clock(clock: str, end: str | None) -> None:
    now = datetime.fromisoformat(clock).replace(tzinfo=DENVER).astimezone(UTC)
    verdict = judge(facts(), LIMITS, now)
    wanted = datetime.fromisoformat(end).replace(tzinfo=DENVER) if end else None
    assert verdict.not_before == wanted
    assert verdict.send == (end is None)


def test_quiet_hours_may_lie_within_a_day_and_may_be_none() -> None:
    siesta = replace(LIMITS, quiet_from=time(12), quiet_until=time(14))
    assert siesta.quiet_end(NOON) == NOON + timedelta(hours=2)
    assert siesta.quiet_end(NOON - timedelta(minutes=1)) is None
    never = replace(LIMITS, quiet_from=time(0), quiet_until=time(0))
    assert [never.quiet_end(NOON + timedelta(hours=hour)) for hour in range(24)] == [None] * 24


def test_no_consent_is_said_before_quiet_hours() -> None:
    midnight = NOON + timedelta(hours=12)
    assert judge(facts(consent=None), LIMITS, midnight).reason == "no consent"


def test_an_order_that_was_cancelled_meanwhile_is_not_followed_up() -> None:
    verdict = judge_order(make_order(state=OrderState.CANCELLED), facts(), LIMITS, NOON)
    assert (verdict.send, verdict.reason) == (False, "the order was cancelled")
