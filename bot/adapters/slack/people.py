"""Who somebody in Slack is: name and e-mail from the profile, and the user groups that mean a role."""

import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.messages import Named
from bot.shop import Shop
from domain.ports import UnitOfWork

PROFILE_SECONDS = 3600.0
GROUP_SECONDS = 300.0
FAILURE_SECONDS = 300.0
MOST_REMEMBERED = 10_000
MOST_NAMED = 50

log = structlog.get_logger()
Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What the workspace says of a user; `email` only where it vouches for it; who `is_gone` was deactivated."""

    name: str = ""
    email: str = ""
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Handle:
    """What a user group is mentioned by, "@stockroom", as long as it is not disabled."""

    name: str
    is_gone: bool


class Remembered(Generic[Value]):
    """Values that were looked up and hold for a while."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._values: dict[Hashable, tuple[float, Value]] = {}

    def get(self, key: Hashable) -> Value | None:
        """The value while it holds."""
        until, value = self._values.get(key, (0.0, None))
        return value if self._now() < until else None

    def put(self, key: Hashable, value: Value, seconds: float) -> Value:
        """Keeps a value for so long."""
        if len(self._values) >= MOST_REMEMBERED:
            self._values.clear()
        self._values[key] = (self._now() + seconds, value)
        return value


class People:
    """Asks Slack about people and remembers the answers; whatever Slack refuses to tell is done without."""

    def __init__(self, client: WebClient, unit_of_work: Callable[[], UnitOfWork], shop: Shop) -> None:
        self._client = client
        self._unit_of_work = unit_of_work
        self._shop = shop
        self._profiles = Remembered[Profile]()
        self._members = Remembered[frozenset[str]]()
        self._subjects = Remembered[tuple[str, ...]]()
        self._group_handles = Remembered[Mapping[str, Handle]]()
        self._direct = Remembered[str]()
        self._teams = Remembered[str]()
        self._told = False

    def profile(self, user: str) -> Profile:
        """Name and e-mail; no e-mail of guests, of strangers from other workspaces, or one that is not confirmed."""
        known = self._profiles.get(user)
        if known is not None:
            return known
        try:
            found = self._client.users_info(user=user)["user"]
        except (SlackClientError, OSError) as error:
            self._tell("users.info", error)
            return self._profiles.put(user, Profile(), FAILURE_SECONDS)
        profile = found.get("profile") or {}
        doubtful = (
            any(
                found.get(flag) for flag in ("is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "deleted")
            )
            or found.get("is_email_confirmed") is False
            or found.get("team_id") != self._own_team()
        )
        name = profile.get("display_name") or profile.get("real_name") or found.get("name") or ""
        email = "" if doubtful else profile.get("email") or ""
        known = Profile(name=str(name), email=str(email), is_gone=bool(found.get("deleted")))
        return self._profiles.put(user, known, PROFILE_SECONDS)

    def _own_team(self) -> str:
        """The id of the workspace that the token is for; an event only names the one its author belongs to."""
        known = self._teams.get("own")
        if known is not None:
            return known
        try:
            return self._teams.put("own", str(self._client.auth_test()["team_id"]), PROFILE_SECONDS)
        except (SlackClientError, OSError) as error:
            self._tell("auth.test", error)
            return ""

    def groups(self, user: str) -> tuple[str, ...]:
        """The ids (S…) of the user groups that mean a role and that a user belongs to."""
        subjects = self._subjects.get("all")
        if subjects is None:
            subjects = self._subjects.put("all", self._group_subjects(), GROUP_SECONDS)
        groups = (subject.removeprefix("slack:") for subject in subjects)
        return tuple(group for group in groups if user in self._members_of(group))

    def direct_chat(self, user: str) -> str:
        """The channel id of the direct chat with a user.

        Raises:
            SlackClientError: Slack did not open it.
        """
        known = self._direct.get(user)
        return known or self._direct.put(
            user, str(self._client.conversations_open(users=user)["channel"]["id"]), PROFILE_SECONDS
        )

    def names_of_staff(self) -> tuple[Named, ...]:
        """What the workspace calls the users and user groups that hold roles, as far as it tells."""
        with self._unit_of_work() as uow:
            subjects = {*self._shop.staff}
            for grant in uow.staff.all():
                subjects |= {grant.subject, grant.granted_by}
        users = sorted(one for one in subjects if one.startswith(("slack:U", "slack:W")))[:MOST_NAMED]
        found: list[tuple[str, Profile | Handle | None]] = [
            (one, self.profile(one.removeprefix("slack:"))) for one in users
        ]
        groups = sorted(one for one in subjects if one.startswith("slack:S"))
        handles = self._handles() if groups else {}
        found += [(one, handles.get(one.removeprefix("slack:"))) for one in groups]
        return tuple(
            Named(subject=subject, name=one.name, is_gone=one.is_gone) for subject, one in found if one and one.name
        )

    def _handles(self) -> Mapping[str, Handle]:
        """What the user groups are mentioned by, by id."""
        known = self._group_handles.get("all")
        if known is not None:
            return known
        try:
            found = self._client.usergroups_list(include_disabled=True)["usergroups"]
        except (SlackClientError, OSError) as error:
            self._tell("usergroups.list", error)
            return self._group_handles.put("all", {}, FAILURE_SECONDS)
        handles = {
            str(one["id"]): Handle(name=f"@{one['handle']}", is_gone=bool(one.get("date_delete")))
            for one in found
            if one.get("handle")
        }
        return self._group_handles.put("all", handles, GROUP_SECONDS)

    def _group_subjects(self) -> tuple[str, ...]:
        with self._unit_of_work() as uow:
            subjects = {*self._shop.staff, *(grant.subject for grant in uow.staff.all())}
        return tuple(sorted(subject for subject in subjects if subject.startswith("slack:S")))

    def _members_of(self, group: str) -> frozenset[str]:
        known = self._members.get(group)
        if known is not None:
            return known
        try:
            users = self._client.usergroups_users_list(usergroup=group)["users"]
        except (SlackClientError, OSError) as error:
            self._tell("usergroups.users.list", error)
            return self._members.put(group, frozenset(), FAILURE_SECONDS)
        return self._members.put(group, frozenset(users), GROUP_SECONDS)

    def _tell(self, method: str, error: Exception) -> None:
        """Logs the first refusal; the rest is the same."""
        if not self._told:
            self._told = True
            log.warning("slack does not tell who somebody is", method=method, error=type(error).__name__)
