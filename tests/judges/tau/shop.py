"""The shop that customers talk to: a copy of the loaded world for each of them, asked over the web chat's own API."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
from pydantic import SecretStr
from sqlalchemy import make_url
from starlette.testclient import TestClient

from bot import wiring
from bot.adapters.web.app import make_app
from bot.adapters.web.visitors import COOKIE, Visitors
from bot.config import Secrets, Settings, load
from bot.terminal.run import web_parts
from storage.server import database
from tests.judges.tau.customer import Heard
from tests.judges.tau.data import User, World
from tests.judges.tau.looking import Looking
from tests.judges.tau.world import chat_of, write_config
from tests.judges.tau.world import load as load_world

HASH_KEY = "t" * 32


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadedShop:
    """A database that is filled once and copied for each dialogue, and how a shop on a copy is set up."""

    world: World
    settings: Settings
    server_url: str
    name: str

    @contextmanager
    def copy(self) -> Iterator[Settings]:
        """The settings of a shop on a copy of its own."""
        name = f"tau_{uuid.uuid4().hex}"
        # Copied as files: half as long as through the log.
        _execute(self.server_url, f"CREATE DATABASE {name} TEMPLATE {self.name} STRATEGY FILE_COPY")
        try:
            yield _on(self.settings, _address(self.server_url, name))
        finally:
            _execute(self.server_url, f"DROP DATABASE {name} WITH (FORCE)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chat:
    """A running shop with a customer in its web chat."""

    client: TestClient
    looking: Looking

    def say(self, said: str) -> Heard:
        """The shop's answer.

        Raises:
            RuntimeError: there is none.
        """
        answer = self.client.post("/api/chat", json={"text": said})
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code}: {answer.text[:300]}")
        told = answer.json()
        return Heard(
            text="\n".join(_text(reply) for reply in told["replies"]),
            asked=told["state"]["asked"],
            question=told["state"]["question"],
        )


@contextmanager
def loaded(world: World, folder: Path, server_url: str, nlu_url: str, nlu_token: str = "") -> Iterator[LoadedShop]:
    """The world in a database of a Postgres that runs, to be copied; it is gone after the block."""
    name = f"tau_world_{uuid.uuid4().hex}"
    _execute(server_url, f"CREATE DATABASE {name}")
    url = _address(server_url, name)
    settings = _on(load(write_config(folder), folder), url)
    token = SecretStr(nlu_token) if nlu_token else None
    secrets = settings.secrets.model_copy(update={"nlu_url": nlu_url, "nlu_token": token})
    with ExitStack() as stack:
        stack.callback(_execute, server_url, f"DROP DATABASE {name} WITH (FORCE)")
        database.upgrade(url)
        owner, app = database.owner_engine(url), database.app_engine(url)
        try:
            load_world(owner, app, world, folder, hash_key=HASH_KEY.encode(), now=datetime.now(UTC))
        finally:
            owner.dispose()  # a database that somebody is connected to cannot be copied
            app.dispose()
        yield LoadedShop(world=world, settings=_with(settings, secrets), server_url=server_url, name=name)


@contextmanager
def chatting(shop: LoadedShop, user: User) -> Iterator[Chat]:
    """A shop of its own for a customer whom the web chat knows."""
    with ExitStack() as stack:
        settings = stack.enter_context(shop.copy())
        parts = stack.enter_context(wiring.parts(settings, pool_size=2))
        client = TestClient(make_app(web_parts(settings, parts, "127.0.0.1")), raise_server_exceptions=False)
        stack.callback(client.close)
        visitors = Visitors(settings.link_keys(), settings.file.web.public_url)
        client.cookies.set(COOKIE, visitors._signed.dumps(chat_of(user.user_id).chat_id))
        yield Chat(client=client, looking=Looking(shop.world, parts.database, HASH_KEY.encode()))


def _on(settings: Settings, url: str) -> Settings:
    secrets = settings.secrets.model_copy(update={"database_url": url, "email_hash_key": SecretStr(HASH_KEY)})
    return _with(settings, secrets)


def _with(settings: Settings, secrets: Secrets) -> Settings:
    return Settings(file=settings.file, secrets=secrets, state_folder=settings.state_folder, answers=settings.answers)


def _text(reply: dict[str, object]) -> str:
    buttons = reply["buttons"] if isinstance(reply["buttons"], list) else []
    labels = " ".join(f"[{button['label']}]" for button in buttons)
    return "\n".join(part for part in (str(reply["title"]), str(reply["text"]), labels) if part)


def _address(server_url: str, name: str) -> str:
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def _execute(url: str, statement: str) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg2.connect(plain)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
