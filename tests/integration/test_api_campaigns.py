"""Other programs are told what campaigns came to: counts, what is known for sure, and no finding before it is one."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from domain.records.api_keys import Scope
from domain.records.campaigns import Arm, Campaign, CampaignKind, CampaignState, NewMember
from domain.records.notifications import Kind, Outcome, new_mail
from tests.support.api import AskedShop
from tests.support.factories import make_order
from tests.support.shop import NOW

AGO = NOW - timedelta(days=60)


@pytest.fixture
def shop(engine: Engine, tmp_path: Path) -> AskedShop:
    """One whose warehouse was never built: what campaigns came to is known without it."""
    return AskedShop(engine, tmp_path)


def run(shop: AskedShop, name: str, treated: int, held_out: int, kind: CampaignKind = CampaignKind.CAMPAIGN) -> str:
    """A campaign with so many customers in each group, of whom a third, and a tenth, ordered."""
    with shop.unit_of_work() as uow:
        made = uow.campaigns.add(
            Campaign(
                kind=kind, name=name, state=CampaignState.RUNNING, made_by="slack:U0MIA", made_at=AGO, started_at=AGO
            )
        )
        for arm, count, part in ((Arm.TREATED, treated, 3), (Arm.HELD_OUT, held_out, 10)):
            hashes = [f"{name}-{arm}-{number}" for number in range(count)]
            members = [NewMember(hashed_email=one, arm=arm, due_at=AGO) for one in hashes]
            uow.campaigns.add_members(made.campaign_id, members, AGO)
            for one in hashes[: count // part]:
                uow.orders.add(make_order({"MUG": 1}, hashed_email=one, placed_at=AGO + timedelta(days=1)))
        for number, outcome in enumerate((Outcome.SENT, Outcome.WITHHELD, Outcome.WITHHELD)):
            mail = new_mail(f"{name}-{number}", Kind.CAMPAIGN, f"{name}-x", AGO, campaign_id=made.campaign_id)
            uow.notifications.lock(mail)
            uow.notifications.mark(mail.key, outcome, "no consent" if number else "", AGO)
        uow.commit()
    return str(made.campaign_id)


def told(shop: AskedShop) -> list[dict[str, Any]]:
    answer = shop.may(Scope.METRICS).get("/metrics/campaigns").json()
    assert answer["currency"] == "USD"
    found: list[dict[str, Any]] = answer["campaigns"]
    return found


def test_a_campaign_says_what_it_came_to_and_what_it_changed(shop: AskedShop) -> None:
    run(shop, "Spring", 300, 100)
    run(shop, "", 20, 2, CampaignKind.WIN_BACK)
    spring, *automations = told(shop)
    assert [one["kind"] for one in automations] == ["back_in_stock", "cart_left", "win_back"]
    back = automations[-1]
    assert (spring["name"], spring["kind"], spring["state"], spring["window_days"]) == (
        "Spring",
        "campaign",
        "running",
        30,
    )
    assert (spring["sent"], spring["withheld"], spring["failed"]) == (1, {"no consent": 2}, 0)
    assert spring["treated"] == {"members": 300, "counted": 300, "ordered": 100, "share": 1 / 3, "net": "1200.00"}
    assert (spring["held_out"]["ordered"], spring["held_out"]["share"]) == (10, 0.1)
    lift = spring["lift"]
    assert (lift["verdict"], lift["customers_missing"]) == ("more", 0)
    assert lift["low"] < lift["difference"] < lift["high"]
    assert Decimal(lift["net_low"]) < Decimal(lift["net_difference"]) < Decimal(lift["net_high"])
    assert lift["said"].startswith("More ordered, by 23.3 points")
    assert (back["kind"], back["name"], back["lift"]["verdict"]) == ("win_back", "", "unknown")


def test_what_is_not_known_has_no_figures_that_look_like_a_finding(shop: AskedShop) -> None:
    run(shop, "Tiny", 30, 10)
    found = told(shop)[0]
    lift = found["lift"]
    assert lift["verdict"] == "unknown"
    assert lift["customers_missing"] > 0
    assert [lift[name] for name in ("difference", "low", "high", "net_difference", "net_low", "net_high")] == [None] * 6
    assert lift["said"].startswith("Not known yet: about")


def test_nobody_is_told_of(shop: AskedShop) -> None:
    run(shop, "Spring", 30, 10)
    said = shop.may(Scope.METRICS).get("/metrics/campaigns").text
    assert "Spring-" not in said  # of the hashes
    assert "U0MIA" not in said


def test_a_new_shop_has_the_automations_that_go_on_by_themselves(shop: AskedShop) -> None:
    found = told(shop)
    assert [(one["kind"], one["treated"]["members"]) for one in found] == [("back_in_stock", 0), ("cart_left", 0)]
    assert [one["treated"]["share"] for one in found] == [None, None]
    assert [one["opened"] for one in found] == [None, None]  # nobody asks the mail service


def test_only_keys_for_metrics_may_ask(shop: AskedShop) -> None:
    assert shop.may(Scope.PRODUCTS, Scope.CUSTOMERS).get("/metrics/campaigns").status_code == 403
    assert shop.client().get("/metrics/campaigns").status_code == 401
