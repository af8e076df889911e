"""Who somebody is: proven e-mails, user groups, and doing without them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.adapters.slack.people import People, Profile, Remembered
from bot.messages import Named
from domain.ports import UnitOfWork
from domain.records.staff import Grant, Role
from tests.support.shop import SHOP

ADA = {
    "id": "U01",
    "team_id": "T01",
    "name": "ada",
    "is_email_confirmed": True,
    "profile": {"display_name": "Ada", "real_name": "Ada L", "email": "ada@example.com"},
}


class FakeClient(WebClient):
    """Knows one user and one group; counts what it is asked."""

    def __init__(self, user: dict[str, Any] | None = None) -> None:
        super().__init__(token="xoxb")
        self.user = user
        self.disabled = 0
        self.asked: list[str] = []

    def auth_test(self, **_: Any) -> Any:
        self.asked.append("auth.test")
        return {"team_id": "T01"}

    def users_info(self, **_: Any) -> Any:
        self.asked.append("users.info")
        if self.user is None:
            raise SlackApiError("no", {"error": "missing_scope"})  # type: ignore[no-untyped-call]
        return {"user": self.user}

    def usergroups_list(self, **asked: Any) -> Any:
        assert asked == {"include_disabled": True}
        self.asked.append("usergroups.list")
        if self.user is None:
            raise SlackApiError("no", {"error": "missing_scope"})  # type: ignore[no-untyped-call]
        helpers = {"id": "S01", "name": "Helpers", "handle": "helpers", "date_delete": self.disabled}
        unknown = {"id": "S02", "name": "No handle", "handle": ""}
        return {"usergroups": [helpers, unknown]}

    def usergroups_users_list(self, *, usergroup: str, **_: Any) -> Any:
        self.asked.append(usergroup)
        if usergroup == "S09":
            raise SlackApiError("no", {"error": "no_such_subteam"})  # type: ignore[no-untyped-call]
        return {"users": ["U01", "U02"]}


class Granted:
    """A unit of work in which a role was given to the group S09."""

    @property
    def staff(self) -> "Granted":
        return self

    def all(self) -> list[Grant]:
        return [Grant(subject=one, role=Role.SUPPORT, granted_by="slack:U1") for one in ("slack:S09", "slack:U07")]


@contextmanager
def unit_of_work() -> Iterator[UnitOfWork]:
    yield cast(UnitOfWork, Granted())


def people(client: FakeClient) -> People:
    staff = {one: frozenset({"support"}) for one in ("slack:S01", "slack:U05", "telegram:1")}
    return People(client, cast(Callable[[], UnitOfWork], unit_of_work), replace(SHOP, staff=staff))


def test_a_colleague_has_a_name_and_a_proven_email_and_is_asked_for_once() -> None:
    client = FakeClient(ADA)
    asked = people(client)
    assert [asked.profile("U01") for _ in range(3)] == [Profile(name="Ada", email="ada@example.com")] * 3
    assert client.asked == ["users.info", "auth.test"]


@pytest.mark.parametrize(
    "doubt",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"is_bot": True},
        {"is_email_confirmed": False},
        {"team_id": "T02"},
        {"profile": {"display_name": "Ada"}},
    ],
)
def test_guests_strangers_and_doubtful_addresses_prove_nothing(doubt: dict[str, Any]) -> None:
    assert people(FakeClient(ADA | doubt)).profile("U01") == Profile(name="Ada")


def test_without_the_scope_people_are_served_without_name_and_email() -> None:
    client = FakeClient(None)
    asked = people(client)
    assert [asked.profile("U01") for _ in range(2)] == [Profile()] * 2
    assert client.asked == ["users.info"]


def test_only_groups_that_mean_a_role_are_asked_for_and_a_missing_one_is_done_without() -> None:
    client = FakeClient(ADA)
    asked = people(client)
    assert [asked.groups(user) for user in ("U01", "U02", "U03")] == [("S01",), ("S01",), ()]
    assert client.asked == ["S01", "S09"]


def test_what_is_remembered_holds_for_its_time() -> None:
    now = [0.0]
    remembered = Remembered[str](lambda: now[0])
    assert remembered.get("a") is None
    assert remembered.put("a", "x", 5) == "x"
    now[0] = 4.9
    assert remembered.get("a") == "x"
    now[0] = 5.0
    assert remembered.get("a") is None


def test_who_holds_a_role_has_the_name_that_the_workspace_knows() -> None:
    client = FakeClient(ADA)
    asked = people(client)
    for _ in range(2):
        assert asked.names_of_staff() == (
            *(Named(subject=f"slack:{user}", name="Ada") for user in ("U05", "U07", "U1")),
            Named(subject="slack:S01", name="@helpers"),
        )
    assert client.asked.count("usergroups.list") == 1
    assert people(FakeClient(None)).names_of_staff() == ()


def test_deactivated_users_and_disabled_groups_are_said_to_be_gone() -> None:
    client = FakeClient(ADA | {"deleted": True})
    client.disabled = 1_750_000_000
    named = people(client).names_of_staff()
    assert {one.name for one in named} == {"Ada", "@helpers"}
    assert all(one.is_gone for one in named)
