"""Takes what Slack delivers: stored before it is acknowledged, then worked off in its conversation's lane."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.ports import Envelopes
from bot.adapters.slack.events import ID, Unreadable, arrived, commanded, pressed, reading, said
from bot.adapters.slack.forms import FORM, submitted
from bot.adapters.slack.lanes import Lanes
from bot.adapters.slack.turns import Turns
from bot.messages import Choice
from domain.errors import Away

SECONDS_BETWEEN_LOOKS = 5.0  # for what a process that died left behind
Body = Mapping[str, Any]

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What is to be done about a delivery of `user`, behind everything of the same lane."""

    lane: str
    user: str
    work: Callable[[], None]


class Taking:
    """The way of a delivery into its lane, the first time and after a crash."""

    def __init__(self, turns: Turns, envelopes: Envelopes) -> None:
        self._turns = turns
        self._envelopes = envelopes
        self._lanes = Lanes()
        self._stop = Event()
        self._looking: Thread | None = None

    def take(self, body: Body) -> None:
        """Stores a delivery and begins with it; one that is stored already is left to who is at it.

        Raises:
            Unreadable: it is none that Slack sends.
            SQLAlchemyError, Away: it is not stored, so Slack must not be told that it arrived, and delivers it again.
        """
        task = self._task(body)
        if task is None:
            return
        kept = {name: value for name, value in body.items() if name != "token"}
        envelope_id = self._envelopes.store(task.user, kept)
        if envelope_id is not None:
            self._begin(envelope_id, task)

    def start(self) -> None:
        """Takes up what processes that died left behind, now and from time to time, until `close`."""
        self._take_up()
        self._looking = Thread(target=self._look, name="slack envelopes", daemon=True)
        self._looking.start()

    def close(self) -> None:
        """Finishes all that was taken; nothing may be taken any more."""
        self._stop.set()
        if self._looking is not None:
            self._looking.join()
        self._lanes.close()
        self._envelopes.close()

    def _look(self) -> None:
        while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
            self._take_up()

    def _take_up(self) -> None:
        try:
            found = self._envelopes.left_behind()
        except (SQLAlchemyError, Away) as error:
            log.warning("envelopes not looked for", channel="slack", error=type(error).__name__)
            return
        for envelope in found:
            try:
                task = self._task(envelope.body)
            except Unreadable:
                task = None
            if task is None:  # an older version knew what to do
                self._envelopes.done(envelope.envelope_id)
            else:
                self._begin(envelope.envelope_id, task)

    def _begin(self, envelope_id: int, task: Task) -> None:
        def work() -> None:
            try:
                task.work()
            except self._envelopes.away:
                self._envelopes.failed(envelope_id)
                raise
            except Exception:
                self._envelopes.done(envelope_id)
                raise
            self._envelopes.done(envelope_id)

        if not self._lanes.submit(task.lane, work):
            self._envelopes.done(envelope_id)

    def _task(self, body: Body) -> Task | None:
        """What a delivery asks for; None when it is nothing to us."""
        with reading():
            return self._read(body)

    def _read(self, body: Body) -> Task | None:
        match body.get("type"):
            case "event_callback":
                return self._of_event(body)
            case "block_actions":
                return self._of_press(body)
            case "view_submission":
                user, form = ID.validate_python(body["user"]["id"]), submitted(body["view"])
                return Task(lane=f"own:{user}", user=user, work=lambda: self._turns.sent_form(user, form))
            case _ if "command" in body:
                command = commanded(body)
                return Task(lane=f"own:{command.user}", user=command.user, work=lambda: self._turns.commanded(command))
        return None

    def _of_event(self, body: Body) -> Task | None:
        event = body["event"]
        match event["type"]:
            case "message" | "app_mention":
                message = said(body)
                if message is None:
                    return None
                return Task(lane=message.chat.chat_id, user=message.user, work=lambda: self._turns.said(message))
            case "app_home_opened" | "team_join":
                who = arrived(event)
                if who is None:
                    return None
                return Task(lane=who.channel or who.user, user=who.user, work=lambda: self._turns.arrived(who))
        return None

    def _of_press(self, body: Body) -> Task | None:
        press = pressed(body)
        if press.action_id.partition("-")[0] == FORM:
            return Task(lane=f"form:{press.user}", user=press.user, work=lambda: self._turns.opens_form(press))
        if not press.value:
            return None
        choice = Choice.decode(press.value)
        own = press.in_home or press.ephemeral or choice.trait.alone
        lane = f"own:{press.user}" if own else press.chat.chat_id
        return Task(lane=lane, user=press.user, work=lambda: self._turns.pressed(press))
