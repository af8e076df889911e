"""The engine's promises around a turn: once only, undone as a whole, never silent, reduced but alive."""

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.card_numbers import has_card_number
from bot.engine import Answer, MessageEngine
from bot.messages import Choice, IncomingMessage
from bot.phrases import talk as phrases_talk
from domain.conversation import ChatRef
from storage.repositories.conversations import mark_delivered
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

Send = Callable[..., Answer]


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def interpreter() -> CommandInterpreter:
    return CommandInterpreter()


@pytest.fixture
def message_engine(engine: Database, clock: StillClock, interpreter: CommandInterpreter) -> MessageEngine:
    stock_mugs(engine)
    return MessageEngine(
        interpreter=interpreter, unit_of_work=lambda: PostgresUnitOfWork(engine), clock=clock, shop=SHOP
    )


@pytest.fixture
def send(message_engine: MessageEngine) -> Send:
    count = 0

    def send(said: str = "", *, press: str | None = None, message_id: str | None = None, who: str = "ann") -> Answer:
        nonlocal count
        count += 1
        return message_engine.handle(
            IncomingMessage(
                id=message_id or f"m{count}",
                chat=ChatRef(channel="test", chat_id=who),
                sender_id=who,
                text=said,
                choice=Choice.decode(press) if press else None,
            )
        )

    return send


def to_card(send: Send) -> str:
    """Orders two mugs and returns the confirm button's choice."""
    send("order 2 MUG-RED")
    send("ann@example.com")
    return send("address: 12 Main St, Denver CO 80203").replies[-1].buttons[0].choice.encode()


def number(engine: Database, query: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


def test_the_same_message_again_gets_the_same_answer_and_changes_nothing(send: Send, engine: Database) -> None:
    confirm = to_card(send)
    first = send(press=confirm, message_id="yes")
    again = send(press=confirm, message_id="yes")
    assert again.repeated
    assert again.replies == first.replies
    assert number(engine, "SELECT count(*) FROM shop.orders") == 1
    assert number(engine, "SELECT quantity FROM shop.product") == 8


def test_a_repeated_message_names_only_deliveries_that_did_not_arrive(send: Send, engine: Database) -> None:
    first = send("help", message_id="h")
    assert send("help", message_id="h").delivery_ids == first.delivery_ids
    with engine.begin() as connection:
        mark_delivered(connection, first.delivery_ids, NOW)
    assert send("help", message_id="h").delivery_ids == ()


def test_a_second_tap_on_confirm_tells_the_number_of_the_order_that_is_there(send: Send, engine: Database) -> None:
    confirm = to_card(send)
    placed = send(press=confirm).replies[0].title
    again = send(press=confirm).replies[0].title
    assert placed == "Order #1001 is placed"
    assert again == "Order #1001 was already placed"
    assert number(engine, "SELECT count(*) FROM shop.orders") == 1


def test_two_taps_at_the_same_time_place_one_order(send: Send, engine: Database) -> None:
    confirm = to_card(send)
    titles: list[str] = []
    barrier = threading.Barrier(2)

    def tap(message_id: str) -> None:
        barrier.wait()
        titles.append(send(press=confirm, message_id=message_id).replies[0].title)

    threads = [threading.Thread(target=tap, args=(f"tap{one}",)) for one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(titles) == ["Order #1001 is placed", "Order #1001 was already placed"]
    assert number(engine, "SELECT quantity FROM shop.product") == 8


def test_a_broken_handler_changes_nothing_and_the_message_can_be_sent_again(
    send: Send, engine: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm = to_card(send)
    with monkeypatch.context() as broken:
        broken.setattr("bot.orders.placing.cards.placed_card", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(press=confirm, message_id="yes")
    assert number(engine, "SELECT count(*) FROM shop.orders") == 0
    assert number(engine, "SELECT quantity FROM shop.product") == 10
    assert "is placed" in send(press=confirm, message_id="yes").replies[0].title


def test_a_no_from_the_shop_is_worded_and_undoes_only_the_domain_work(send: Send, engine: Database) -> None:
    send("order 2 MUG-RED")
    answer = send(press="cancel_yes:99999")
    assert "no order #99999" in answer.replies[0].text
    assert "2 × Red Mug" in send("cart").replies[0].text
    assert number(engine, "SELECT count(*) FROM chat.inbox") == 3


def test_an_order_is_found_again_however_many_came_after_it(send: Send, engine: Database) -> None:
    send(press=to_card(send))
    columns = "hashed_email, state, cancel_until, discount, total, source, identity_id, address_id"
    with engine.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO shop.orders (placed_at, {columns}) "
                f"SELECT placed_at + n * interval '1 minute', {columns} FROM shop.orders, generate_series(1, 501) AS n"
            )
        )
    assert "2 × Red Mug" in send(press="reorder:1001").replies[-1].text


def test_reduced_mode_says_so_and_still_takes_an_order(
    send: Send, interpreter: CommandInterpreter, engine: Database
) -> None:
    interpreter.down = True
    assert send("would you be so kind as to sing for me").replies[0].text == phrases_talk.REDUCED
    first = send("order 2 MUG-RED")
    assert first.reduced
    assert phrases_talk.REDUCED_NOTE in first.replies[0].text
    send("ann@example.com")
    card = send("12 Main St, Denver CO 80203").replies[0]
    assert "$24.00" in card.text
    send("yes")
    assert number(engine, "SELECT count(*) FROM shop.orders") == 1


def test_buttons_never_ask_the_interpreter(send: Send, interpreter: CommandInterpreter) -> None:
    confirm = to_card(send)
    asked = interpreter.asked
    send(press=confirm)
    assert interpreter.asked == asked


@pytest.mark.parametrize("said", ["", "   ", "\x00\x00", "\n\t"])
def test_a_message_without_words_is_answered(send: Send, said: str) -> None:
    assert send(said).replies[0].text == phrases_talk.EMPTY_MESSAGE


def test_a_wall_of_text_is_answered_without_being_understood(send: Send, interpreter: CommandInterpreter) -> None:
    assert send("mug " * 30_000).replies[0].text == phrases_talk.TOO_LONG
    assert interpreter.asked == 0


def test_a_card_number_is_refused_and_kept_nowhere(send: Send, engine: Database) -> None:
    answer = send("pay with 4111 1111 1111 1111 please")
    assert answer.replies[0].text == phrases_talk.CARD_NUMBER
    with engine.connect() as connection:
        for table in ("chat.conversation", "chat.inbox", "pii.delivery"):
            rows = connection.execute(text(f"SELECT CAST(t AS text) FROM {table} t")).scalars()
            assert not any("4111" in row for row in rows)


@pytest.mark.parametrize(
    ("said", "is_card"),
    [
        ("4111 1111 1111 1111", True),
        ("my card: 5500-0000-0000-0004.", True),
        ("378282246310005", True),
        ("4111 1111 1111 1112", False),
        ("order 1042", False),
        ("call 555 0100", False),
        ("12345678901234567890123", False),
    ],
)
def test_card_numbers_are_told_by_their_check_digit(said: str, is_card: bool) -> None:
    assert has_card_number(said) is is_card


def test_buttons_of_another_kind_are_answered_and_obeyed_by_nobody(send: Send, engine: Database) -> None:
    for press in ("evil:1", "confirm:q_000000000000", "pick:MUG-RED", "yes:", "cancel:'; DROP TABLE shop.orders;--"):
        assert send(press=press).replies
    assert number(engine, "SELECT count(*) FROM shop.orders") == 0


def test_an_old_button_never_answers_a_newer_question(send: Send, engine: Database) -> None:
    send("order 60 MUG-RED")
    short = send("order 6 MUG-RED")  # the first question is still open and is asked again
    old_yes = short.replies[0].buttons[0].choice.encode()
    send(press=short.replies[0].buttons[-1].choice.encode())
    confirm = to_card(send)
    assert send(press=old_yes).replies[0].text == phrases_talk.STALE
    assert number(engine, "SELECT count(*) FROM shop.orders") == 0
    assert confirm.startswith("confirm:q_")


def test_another_persons_confirm_button_places_nothing(send: Send, engine: Database) -> None:
    confirm = to_card(send)
    send("order 1 MUG-RED", who="eve")
    send("eve@example.com", who="eve")
    send("address: 1 Side St, Denver CO 80203", who="eve")
    send(press=confirm, who="eve")
    assert number(engine, "SELECT count(*) FROM shop.orders") == 0


def test_a_typed_label_is_as_good_as_the_button(send: Send, engine: Database) -> None:
    to_card(send)
    assert send("place order").replies[0].title == "Order #1001 is placed"


def test_prices_that_are_no_longer_held_are_shown_again_with_the_difference(
    send: Send, engine: Database, clock: StillClock
) -> None:
    confirm = to_card(send)
    with PostgresUnitOfWork(engine) as uow:
        uow.products.save([replace(uow.products.get(["MUG-RED"])["MUG-RED"], sale_price=Decimal(14))])
        uow.commit()
    clock.passes(minutes=16)
    answer = send(press=confirm)
    words = "\n".join(reply.text for reply in answer.replies)
    assert "was $12.00 and is $14.00 now" in words
    assert number(engine, "SELECT count(*) FROM shop.orders") == 0
    new_confirm = answer.replies[-1].buttons[0].choice.encode()
    assert "$28.00" in send(press=new_confirm).replies[0].text


def test_after_half_an_hour_the_cart_is_mentioned(send: Send, clock: StillClock) -> None:
    send("order 2 MUG-RED")
    clock.passes(minutes=31)
    assert send("help").replies[0].text == "You still have 2 items in your cart."
    assert send("help").replies[0].text != "You still have 2 items in your cart."


def test_odd_messages_raise_nothing_and_change_nothing(send: Send, engine: Database) -> None:
    odd = [
        "'; DROP TABLE shop.orders; --",
        "{{7*7}}",
        "%s%s%n",
        "\u202eabc",
        "🦊" * 300,
        "<@U1>",
        "-1",
        "\ud83d lone half",
        "𝔪𝔲𝔤",
    ]
    for index in range(120):
        assert send(odd[index % len(odd)] + str(index)).replies
    assert number(engine, "SELECT count(*) FROM shop.orders") == 0
    assert number(engine, "SELECT quantity FROM shop.product") == 10


@pytest.mark.parametrize("said", ["> order 2 MUG-RED", "&gt; order 2 MUG-RED\n> yes", "~order 2 MUG-RED~"])
def test_a_message_of_nothing_but_a_quote_is_answered_with_a_question(
    send: Send, interpreter: CommandInterpreter, said: str
) -> None:
    assert send(said).replies[0].text == phrases_talk.ONLY_QUOTED
    assert interpreter.asked == 0


def test_quotes_and_struck_words_are_not_understood(send: Send) -> None:
    assert "2 × Red Mug" in send("> order 5 MUG-RED\nadd 2 MUG-RED").replies[0].text
    assert "3 × Red Mug" in send("~add 5 MUG-RED~ add 1 MUG-RED").replies[0].text


@pytest.mark.parametrize("decoration", ["🙏", ":pray:", "❤️", ":party_parrot:", "👍🏽"])
def test_emoji_never_disturb_an_order(send: Send, decoration: str) -> None:
    assert "2 × Red Mug" in send(f"add {decoration} 2 MUG-RED {decoration}").replies[0].text


def test_a_wall_of_quotes_is_answered(send: Send) -> None:
    assert send("> order 2 MUG-RED\n" * 1000 + "add 2 MUG-RED").replies[0].text.startswith("2 × Red Mug")
    assert send("👍" * 3000).replies[0].text != phrases_talk.BROKEN
