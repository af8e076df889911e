"""The manifest asks for what the adapter listens to and calls, and for no more."""

from pathlib import Path
from typing import Any

import yaml

from bot import admin

ROOT = Path(__file__).parents[5]


def manifest() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "slack-app-manifest.yaml").read_text()))


def test_the_commands_are_those_that_are_answered() -> None:
    commands = manifest()["features"]["slash_commands"]
    assert {one["command"] for one in commands} == {f"/{name}" for name in admin.COMMANDS}
    assert all(one["should_escape"] for one in commands)  # or @PERSON would arrive as a name
    assert all(len(one["description"]) <= 2000 and len(one["usage_hint"]) <= 1000 for one in commands)


def test_every_event_has_its_scope_and_its_listener() -> None:
    scopes = set(manifest()["oauth_config"]["scopes"]["bot"])
    needed = {
        "app_mention": "app_mentions:read",
        "message.channels": "channels:history",
        "message.groups": "groups:history",
        "message.im": "im:history",
        "team_join": "users:read",
        "app_home_opened": None,
    }
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == set(needed)
    calls = {"chat:write", "commands", "files:read", "files:write", "im:write", "usergroups:read", "users:read.email"}
    assert scopes == {scope for scope in needed.values() if scope} | calls


def test_it_starts_without_a_public_address() -> None:
    settings = manifest()["settings"]
    assert settings["socket_mode_enabled"]
    assert settings["interactivity"] == {"is_enabled": True}
    home = manifest()["features"]["app_home"]
    assert home == {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}
