"""Roles in Postgres: given once, kept by subject, and joined with those of the configuration."""

from collections.abc import Callable

import pytest

from domain.records.staff import Grant, Role, configured_roles, subjects
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW

UnitOfWork = Callable[[], PostgresUnitOfWork]


def test_a_role_is_given_once_and_found_by_any_subject(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        assert uow.staff.grant("slack:S1", Role.SUPPORT, "slack:U1", NOW)
        assert not uow.staff.grant("slack:S1", Role.SUPPORT, "slack:U2", NOW)
        assert uow.staff.grant("slack:S1", Role.FINANCE, "slack:U1", NOW)
        assert uow.staff.roles_of(["slack:U9", "slack:S1"]) == {Role.SUPPORT, Role.FINANCE}
        assert uow.staff.roles_of(["slack:U9"]) == frozenset()
        assert uow.staff.all() == [
            Grant(subject="slack:S1", role=Role.FINANCE, granted_by="slack:U1"),
            Grant(subject="slack:S1", role=Role.SUPPORT, granted_by="slack:U1"),
        ]


def test_a_role_is_taken_alone(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        for role in (Role.SUPPORT, Role.FINANCE):
            uow.staff.grant("slack:U1", role, "test", NOW)
        uow.staff.revoke("slack:U1", Role.SUPPORT)
        assert uow.staff.roles_of(["slack:U1"]) == {Role.FINANCE}


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        (subjects("slack", "U1", ()), {Role.ADMIN}),
        (subjects("slack", "U2", ("S1", "S2")), {Role.SUPPORT, Role.FINANCE}),
        (subjects("telegram", "U1", ()), set()),
    ],
)
def test_the_configuration_gives_roles_to_users_and_groups_of_a_channel(who: tuple[str, ...], roles: set[Role]) -> None:
    configured = {
        "slack:U1": frozenset({"admin"}),
        "slack:S1": frozenset({"support"}),
        "slack:S2": frozenset({"finance", "support"}),
    }
    assert configured_roles(configured, who) == roles
