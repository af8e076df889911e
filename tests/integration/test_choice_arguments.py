"""What a button carries may be anything once it comes back: every verb is answered, and does no harm."""

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import MessageEngine
from bot.messages import Choice, IncomingMessage, Reply, Verb
from bot.routing import choices
from domain.conversation import ChatRef
from domain.numbers import MOST_DIGITS, plain_number
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.desk import BOSS, STAFFED
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, stock_mugs

ODD = (
    *(
        "",
        " ",
        "0",
        "-1",
        "+1",
        "1.0",
        "1e3",
        "0x10",
        "1_000",
        "NaN",
        "²",
        "1001²",
        "½",
        "٣",
        "１００１",
        "Ⅳ",
        "𝟙",
        "߁",
    ),
    *("9" * digits for digits in (10, 18, 19, 20, 39, 64, 4301)),
    *("2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809"),
    *(
        "1001 ",
        " 1001",
        "1001\x00",
        "1001\n",
        "#1001",
        "1001:1001",
        "1002",
        "\x00",
        "\ud800",
        "%",
        "_",
        "'",
        "\\",
        ":",
        "🫖" * 40,
    ),
    *("MUG-RED\x00", "mug-red", "x" * 5000, "32 MUG-RED", f"{'0' * 32} MUG-RED", "none", "null", "__class__", "affirm"),
)
OF_STAFF = (*(verb for verb in Verb if Choice(verb=verb).trait.command), Verb.UNKNOWN)
SETTINGS = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Counter:
    """A shop with an order, #1001, of somebody who also has something in the cart."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids = count(1)
        self._engine = MessageEngine(
            interpreter=CommandInterpreter(),
            unit_of_work=lambda: PostgresUnitOfWork(database),
            clock=StillClock(NOW),
            shop=STAFFED,
        )
        for said in (
            "order 2 MUG-RED",
            "ann@example.com",
            "address: 12 Main St, Denver CO 80203",
            "yes",
            "order 1 MUG-RED",
        ):
            self.takes(said=said)

    def takes(
        self, said: str = "", choice: Choice | None = None, who: str = "ann", channel: str = "web"
    ) -> list[Reply]:
        chat = ChatRef(channel=channel, chat_id=who)
        message = IncomingMessage(id=f"m{next(self._ids)}", chat=chat, sender_id=who, text=said, choice=choice)
        return list(self._engine.handle(message).replies)

    @property
    def orders(self) -> list[tuple[int, str]]:
        with self._database.connect() as connection:
            return [(row[0], row[1]) for row in connection.execute(text("SELECT order_id, state FROM shop.orders"))]


@pytest.fixture
def counter(engine: Database) -> Iterator[Counter]:
    stock_mugs(engine)
    made = Counter(engine)
    assert made.orders == [(1001, "placed")]
    yield made
    assert made.orders == [(1001, "placed")]


def press_all(counter: Counter, arg: str) -> None:
    """Presses every button of customers and of staff with this argument, unless it says what they may do."""
    said = arg.replace("\x00", "")
    if said not in ("1001", "human", "forget_me"):
        for verb in sorted(choices.VERBS):
            assert counter.takes(choice=Choice(verb=verb, arg=arg)), verb
    if "1001" not in said:
        for verb in OF_STAFF:
            assert counter.takes(choice=Choice(verb=verb, arg=arg), who=BOSS, channel="slack"), verb


def test_every_button_is_answered_whatever_it_carries(counter: Counter) -> None:
    for arg in ODD:
        press_all(counter, arg)


@SETTINGS
@given(arg=st.one_of(st.integers().map(str), st.text(max_size=80)))
def test_every_button_is_answered_with_what_nobody_thought_of(counter: Counter, arg: str) -> None:
    press_all(counter, arg)


@pytest.mark.parametrize("arg", ["1001\x00", "１００１", "1001²", "#1001", "1001 ", "01001x"])
def test_a_number_is_cancelled_only_if_it_is_written_as_one(counter: Counter, arg: str) -> None:
    counter.takes(choice=Choice(verb=Verb.CANCEL_YES, arg=arg.replace("\x00", "²")))


@pytest.mark.parametrize("known", ["address", "email"])
def test_a_made_up_wish_to_change_the_contact_forgets_nothing(counter: Counter, known: str) -> None:
    counter.takes(choice=Choice(verb=Verb.CHECKOUT))
    for arg in ("", "nonsense", known.upper(), f" {known}"):
        assert "I did nothing with it" in counter.takes(choice=Choice(verb=Verb.OTHER, arg=arg))[0].text
    assert counter.takes(choice=Choice(verb=Verb.CHECKOUT))[-1].title.startswith("Your order")


@given(st.integers(min_value=0, max_value=10**MOST_DIGITS - 1))
def test_every_number_is_read(number: int) -> None:
    assert plain_number(str(number)) == number


@given(st.one_of(st.text(), st.integers(max_value=-1).map(str), st.integers(min_value=10**MOST_DIGITS).map(str)))
def test_what_is_read_fits_the_database(written: str) -> None:
    number = plain_number(written)
    assert number is None or 0 <= number < 2**63
