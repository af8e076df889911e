"""The pages for staff of a small shop, for tests: who comes in by a link from a chat, and what they see and send."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from bot.adapters.web.app import make_app
from bot.adapters.web.parts import WebParts
from bot.engine import MessageEngine
from bot.links import Links
from domain.records.staff import Role
from domain.staff.entering import make_link
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.repositories.rate_limits import PostgresRates
from tests.support.desk import BOSS, STAFFED, Desk
from tests.support.fakes import CommandInterpreter

OURS = {"sec-fetch-site": "same-origin"}
HELPER = "U7"  # of support


class BackOffice:
    """A shop of `desk` with its pages; U1 is an admin, U7 of support."""

    def __init__(self, desk: Desk, images: Path) -> None:
        self.desk = desk
        engine = desk.database
        self.app: FastAPI = make_app(
            WebParts(
                engine=MessageEngine(
                    interpreter=CommandInterpreter(), unit_of_work=desk.unit_of_work, clock=desk.clock, shop=STAFFED
                ),
                chats=PostgresChats(engine, desk.clock),
                health=PostgresHealth(engine),
                unit_of_work=desk.unit_of_work,
                rates=PostgresRates(engine),
                clock=desk.clock,
                reduced=lambda: False,
                cookie_keys=[STAFFED.hash_key],
                links=Links("", [STAFFED.hash_key]),
                shop=STAFFED,
                tagline="",
                examples=(),
                images=images,
                mailbox=None,
                messages_per_minute=1000,
            )
        )
        with desk.unit_of_work() as uow:
            uow.staff.grant(f"slack:{HELPER}", Role.SUPPORT, "test", desk.now())
            uow.commit()

    def link(self, who: str = BOSS) -> str:
        """The path of a link that lets somebody in."""
        with self.desk.unit_of_work() as uow:
            secret = make_link(uow, [f"slack:{who}"], self.desk.now())
            uow.commit()
        return f"/staff/{secret}"

    def stranger(self) -> TestClient:
        """A browser that nobody let in."""
        return TestClient(self.app, base_url="http://testserver", follow_redirects=False)

    def comes_in(self, who: str = BOSS) -> TestClient:
        """A browser of somebody of staff."""
        browser = self.stranger()
        assert browser.post(self.link(who), headers=OURS).status_code == 303
        browser.headers.update(OURS)
        return browser


def sends(browser: TestClient, path: str, fields: Mapping[str, str | Sequence[str]]) -> tuple[int, str]:
    """Sends a form and follows where it leads: the status and the page."""
    answer = browser.post(path, data=dict(fields))
    if answer.status_code == 303:
        answer = browser.get(answer.headers["location"])
    return answer.status_code, answer.text
