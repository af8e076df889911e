"""A Slack workspace on this machine: the third-party program `local-slack`, with people of the demo shop in it."""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from nlu.processes import start

PROGRAM = Path(".parley/local-slack/local-slack")  # `make demo-slack` fetches it
PORT = 3999
BOT = "U0PARLEY"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-local", "xapp-local", "local-signing-secret"
SHOP, ADMINS, SUPPORT, MARKETING, FINANCE = "C01SHOP", "C02ADMINS", "C03SUPPORT", "C04MARKETING", "C05FINANCE"
WAIT_SECONDS = 20
WORKSPACE: dict[str, Any] = {
    "workspace": {"name": "Fern & Fable", "domain": "fern-and-fable", "teamId": "T01FERN"},
    "users": [
        {"id": "U01CARLA", "name": "carla", "real_name": "Carla Customer", "email": "carla@example.com"},
        {"id": "U02ADA", "name": "ada", "real_name": "Ada Admin", "email": "ada@example.com"},
        {"id": "U03SAM", "name": "sam", "real_name": "Sam Support", "email": "sam@example.com"},
        {"id": "U04MIA", "name": "mia", "real_name": "Mia Marketing", "email": "mia@example.com"},
        {"id": "U05FINN", "name": "finn", "real_name": "Finn Finance", "email": "finn@example.com"},
    ],
    "channels": [
        {"id": SHOP, "name": "shop", "members": ["U01CARLA", "U02ADA", "U03SAM", BOT]},
        {"id": ADMINS, "name": "shop-admins", "members": ["U02ADA", BOT]},
        {"id": SUPPORT, "name": "shop-support", "members": ["U02ADA", "U03SAM", BOT]},
        {"id": MARKETING, "name": "shop-marketing", "members": ["U02ADA", "U04MIA", BOT]},
        {"id": FINANCE, "name": "shop-finance", "members": ["U02ADA", "U05FINN", BOT]},
    ],
}
ROLES = {
    "admin": ["slack:U02ADA"],
    "support": ["slack:U03SAM"],
    "marketing": ["slack:U04MIA"],
    "finance": ["slack:U05FINN"],
}


class LocalSlackFailed(Exception):
    """The local Slack could not be started; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class LocalSlack:
    """A running workspace; `environment` holds the variables that connect the shop to it."""

    process: subprocess.Popen[bytes]
    page: str

    @property
    def environment(self) -> dict[str, str]:
        """The `PARLEY_SLACK_*` variables of this workspace."""
        return {
            "PARLEY_SLACK_BOT_TOKEN": BOT_TOKEN,
            "PARLEY_SLACK_APP_TOKEN": APP_TOKEN,
            "PARLEY_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "PARLEY_SLACK_API_URL": f"{self.page}/api/",
        }


def open_workspace(
    folder: Path,
    *,
    workspace: dict[str, Any] = WORKSPACE,
    program: Path = PROGRAM,
    port: int = PORT,
    events_url: str = "",
) -> LocalSlack:
    """Starts the workspace and waits until it answers.

    Args:
        folder: where its configuration and log go.
        workspace: its name, people and channels, as `local-slack` has them configured.
        program: the binary of `local-slack`.
        port: where its page and its API listen.
        events_url: where the shop's web app takes Slack's requests; without one the shop must use Socket Mode.

    Raises:
        LocalSlackFailed: the program is not there, or does not answer.
    """
    if not program.exists():
        raise LocalSlackFailed(f"{program} is not there; `make demo-slack` fetches it with npm")
    folder.mkdir(parents=True, exist_ok=True)
    app = {
        "appId": "A01PARLEY",
        "botUserId": BOT,
        "botName": "parley",
        "botToken": BOT_TOKEN,
        "appToken": APP_TOKEN,
        "signingSecret": SIGNING_SECRET,
        "mode": "events" if events_url else "socket",
        "requestUrl": events_url or "http://127.0.0.1:9/unused",
    }
    config = folder / "workspace.yaml"
    config.write_text(yaml.safe_dump({**workspace, "app": app}))
    command = [str(program.resolve()), "--config", str(config), "--port", str(port)]
    process = start([*command, "--base-host", "127.0.0.1"], log=folder / "local-slack.log")
    page = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{page}/_control/state", timeout=1).status_code == 200:
                return LocalSlack(process=process, page=page)
        except httpx.HTTPError:
            time.sleep(0.1)
    process.kill()
    raise LocalSlackFailed(f"The local Slack did not answer; is port {port} taken? See {folder / 'local-slack.log'}")


def configured(file: Path, workspace: LocalSlack, folder: Path) -> Path:
    """A copy of a `config.yaml` in which this workspace's people have their roles and its channels their use.

    The `.env` beside it holds what connects to the workspace, so that a command line in another terminal finds it too.
    """
    config = yaml.safe_load(file.read_text(encoding="utf-8"))
    config["channels"] = {"admins": ADMINS, "support": SUPPORT}
    config["reports"]["marketing"]["to"] = [f"slack:{MARKETING}", "mail:mia@example.com"]
    config["reports"]["finance"]["to"] = [f"slack:{FINANCE}", "mail:finn@example.com"]
    config["deals"] = {"when": "0 0 * * *", "to": [f"slack:{SHOP}"]}  # on whatever day and hour somebody looks
    config["marketing"] |= {"quiet_from": "00:00", "quiet_until": "00:00"}
    config["roles"] = ROLES
    config["web"]["public_url"] = f"http://127.0.0.1:{config['web']['port']}"
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / "config.yaml"
    copy.write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding="utf-8")
    secrets = folder / ".env"
    secrets.touch(mode=0o600)
    secrets.chmod(0o600)
    secrets.write_text("".join(f"{name}={value}\n" for name, value in workspace.environment.items()))
    return copy
