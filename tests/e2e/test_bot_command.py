"""`parley bot` and `parley worker` as processes, between a real Slack peer and a Bot API server."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine, text

from tests.support import bot_api, local_slack
from tests.support.bot_api import BotApi
from tests.support.local_slack import ALICE, APP_TOKEN, BOB, BOT_TOKEN, SUPPORT, LocalSlack, eventually
from tests.support.shop import stock_mugs

Start = Callable[[str], subprocess.Popen[bytes]]
KEY = "k" * 40
NO_RASA = "http://127.0.0.1:9"


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[LocalSlack]:
    if local_slack.binary() is None:
        pytest.skip(local_slack.MISSING)
    with local_slack.running(tmp_path) as peer:
        yield peer


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with bot_api.serving() as api:
        yield api


@pytest.fixture
def silent_rasa() -> Iterator[socket.socket]:
    """Takes questions and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(30)
        yield listening


@pytest.fixture
def start(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    database_url: str,
    engine: Engine,
    slack: LocalSlack,
    telegram: BotApi,
) -> Iterator[Start]:
    """Starts a part of the shop; Bob, of Slack, is its support."""
    stock_mugs(engine)
    config = yaml.safe_load(Path("config.yaml").read_text())
    nlu_url = NO_RASA
    if "silent_rasa" in request.fixturenames:
        nlu_url = f"http://127.0.0.1:{request.getfixturevalue('silent_rasa').getsockname()[1]}"
        config["nlu"]["timeout_seconds"] = 60
    config["channels"] = {"support": SUPPORT}
    config["roles"] = {"support": [f"slack:{BOB}"]}
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(config))
    (tmp_path / "answers.yaml").write_text(Path("answers.yaml").read_text())
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    environment = {
        **clean,
        "PYTHONPATH": os.getcwd(),
        "PARLEY_DATABASE_URL": database_url,
        "PARLEY_EMAIL_HASH_KEY": KEY,
        "PARLEY_NLU_URL": nlu_url,
        "PARLEY_SLACK_BOT_TOKEN": BOT_TOKEN,
        "PARLEY_SLACK_APP_TOKEN": APP_TOKEN,
        "PARLEY_SLACK_API_URL": slack.api_url,
        "PARLEY_TELEGRAM_TOKEN": bot_api.TOKEN,
        "PARLEY_TELEGRAM_API_URL": f"{telegram.url}/bot",
    }
    running: list[subprocess.Popen[bytes]] = []

    def begin(part: str) -> subprocess.Popen[bytes]:
        with (tmp_path / f"{part}.log").open("wb") as log:
            command = [sys.executable, "-m", "bot.cli", part]
            running.append(subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


def test_both_channels_are_answered_and_a_person_takes_over(
    start: Start, slack: LocalSlack, telegram: BotApi, tmp_path: Path
) -> None:
    bot, worker = start("bot"), start("worker")
    log = tmp_path / "bot.log"
    eventually(lambda: log.read_text().count('"answering"') == 2 or None, log.read_text)

    carol = telegram.person(7, "Carol").writes("order 2 MUG-RED").hears("2 × Red Mug", "$24.00", within=20)
    direct = slack.direct(ALICE)
    slack.says(direct, ALICE, "order 3 MUG-RED")
    slack.hears(direct, "3 × Red Mug", "$36.00")

    carol.writes("human").hears("ticket T1", within=20)
    card = slack.hears(SUPPORT, "Ticket T1", "2 × Red Mug")
    carol.writes("my mug is broken")
    slack.hears(SUPPORT, "my mug is broken")
    slack.says(SUPPORT, BOB, "A new one is on its way.", thread=str(card["ts"]))
    carol.hears("A new one is on its way.", within=20)
    slack.presses(card, "Resolve", user=BOB)
    carol.hears("back with me", within=20)

    for process in (bot, worker):
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_what_was_acknowledged_and_not_handled_survives_a_sigkill(
    start: Start, slack: LocalSlack, telegram: BotApi, tmp_path: Path, engine: Engine, silent_rasa: socket.socket
) -> None:
    bot = start("bot")
    log = tmp_path / "bot.log"
    eventually(lambda: log.read_text().count('"answering"') == 2 or None, log.read_text)
    carol, direct = telegram.person(7, "Carol"), slack.direct(ALICE)
    slack.says(direct, ALICE, "order 3 MUG-RED")
    waiting = [silent_rasa.accept()]  # it is acknowledged, and is being understood
    carol.writes("order 2 MUG-RED")
    waiting.append(silent_rasa.accept())
    telegram.until(lambda: not telegram.unconfirmed)
    assert slack.messages(direct) == carol.in_chat() == []
    bot.send_signal(signal.SIGKILL)
    bot.wait()
    silent_rasa.close()  # now it is known to be away, and reduced mode answers at once
    for connection, _ in waiting:
        connection.close()

    start("bot")
    slack.hears(direct, "3 × Red Mug", "$36.00")
    carol.hears("2 × Red Mug", "$24.00", within=20)
    eventually(lambda: _envelopes(engine) == 0 or None)
    assert (len(slack.messages(direct)), len(carol.in_chat())) == (1, 1)


def _envelopes(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM pii.envelope")).scalar_one())


def test_a_wrong_token_is_told_in_one_line(
    start: Start, telegram: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_api, "TOKEN", "42:another-token-for-tests")
    bot = start("bot")
    assert bot.wait(60) == 1
    said = (tmp_path / "bot.log").read_text()
    assert "PARLEY_TELEGRAM_TOKEN" in said
    assert "Traceback" not in said
    assert "token-for-tests" not in said
