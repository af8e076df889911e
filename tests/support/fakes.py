"""Hand-written stand-ins for our own ports."""

from collections.abc import Callable
from datetime import datetime, timedelta

from mail.letter import Mail
from nlu.commands import parse_command
from nlu.understanding import NluUnavailable, Understanding


class StillClock:
    """A clock that moves only when told."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def passes(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


class CommandInterpreter:
    """Understands the exact command grammar only, with full confidence; can be switched off."""

    def __init__(self) -> None:
        self.down = False
        self.asked = 0

    def understand(self, text: str) -> Understanding:
        self.asked += 1
        understood = None if self.down else parse_command(text)
        if understood is None:
            raise NluUnavailable("not a command")
        return understood


class FakeMailer:
    """Keeps what it takes; fails with the errors it was given, after or before it took the mail."""

    def __init__(self) -> None:
        self.taken: list[Mail] = []
        self.errors: list[BaseException] = []
        self.takes_before_failing = False
        self.meanwhile: Callable[[], None] = lambda: None

    def send(self, mail: Mail, now: datetime) -> None:
        self.meanwhile()
        error = self.errors.pop(0) if self.errors else None
        if error is None or self.takes_before_failing:
            self.taken.append(mail)
        if error is not None:
            raise error
