"""Exact names and ids decide before the model: every one of three catalogues, in many frames, against Postgres."""

import csv
import itertools
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, text

from bot.intents import INTENTS
from bot.messages import IncomingMessage
from bot.routing.questions import QUESTIONS
from bot.shopping import naming
from bot.shopping.meaning import look_up
from bot.turn import Turn
from demo.load import PRODUCTS
from domain.conversation import Asked, ChatRef, Conversation, PendingQuestion
from domain.products.catalogue import id_key, name_key
from nlu.understanding import Entity, wanted_lines
from storage.imports.files import ImportRules
from storage.imports.inventory import import_inventory
from storage.server.embedded import EmbeddedPostgres
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.databases import own_database
from tests.support.factories import make_product, stock
from tests.support.reading import as_read
from tests.support.shop import NOW, SHOP

SHARED = [Path("../shared/data/online_retail/inventory.csv"), Path("../shared/data/seed/inventory_team1.csv")]
CATALOGUES = [PRODUCTS, *(file for file in SHARED if file.exists())]
ODD = [
    "Thank You Card",
    "Stop Sign",
    "Help Button",
    "Yes Mug",
    "No Entry Poster",
    "Order Book",
    "Cancel Culture Mug",
    "Human Anatomy Poster",
    "Return of the King",
    "Change Purse for Kids",
    "Remove Before Flight Tag",
    "Café au Lait Bowl",
    "Salt & Pepper Set",
    "T-Light Holder",
    "Women's Apron",
    "3D Puzzle",
    "Size 10 Knitting Needles",
    "50% Off Sticker",
    "Кружка красная",
    "Lego™ Set",
    "Track Shoes",
    "Under $20 Sign",
    "One of a Kind Vase",
    "Delete Key Eraser",
    "Undo Button Pin",
    "Where Is My Order Book",
]
MOST = 4_000  # products of one catalogue that are tried
# A frame, and how many it asks for; None where it says no number.
FRAMES = [
    ("{}", None),
    ("{} please", None),
    ("the {}", None),
    ("I'll take the {}, thanks", None),
    ("can I get a {}?", None),
    ("hi, {} pls!", None),
    ("I would like to buy the {}.", None),
    ("add the {} to my cart", None),
    ("3 {}", 3),
    ("{} x2", 2),
    ("{}, 4 pcs", 4),
    ("two of the {} please", 2),
    ("a dozen {}", 12),
    ("1 x {}", 1),
    ("could you send me 5 of your {}", 5),
]
WRITINGS: tuple[Callable[[str], str], ...] = (str, str.lower, str.upper, str.title)
# What a model may make of a name, at its worst.
MISREADINGS = ("thanks", "remove_from_cart", "human", "cancel_order", "deny", "forget_me", "change_quantity")


@pytest.fixture(scope="module")
def shop_engine(postgres: EmbeddedPostgres) -> Iterator[Engine]:
    """Connections to a database with the demo's products and the shared inventories; no test here commits."""
    with own_database(postgres, "naming") as pool:
        for file in CATALOGUES:
            import_inventory(pool, file, now=datetime.now(UTC), rules=ImportRules(rounding=True))
        with PostgresUnitOfWork(pool) as uow:
            stock(uow, *(make_product(product_id=f"ODD{n}Q", name=name) for n, name in enumerate(ODD)))
            uow.commit()
        yield pool


@pytest.fixture
def uow(shop_engine: Engine) -> Iterator[PostgresUnitOfWork]:
    with PostgresUnitOfWork(shop_engine) as uow:
        yield uow


def connection(uow: PostgresUnitOfWork) -> Connection:
    assert uow._connection is not None
    return uow._connection


def turn(uow: PostgresUnitOfWork, said: str, intent: str = "thanks", *, asked: Asked | None = None) -> Turn:
    chat = ChatRef(channel="test", chat_id="c")
    conversation = Conversation(chat=chat, sender_id="s", identity_id=1)
    conversation.pending = PendingQuestion(kind=asked) if asked else None
    return Turn(
        message=IncomingMessage(id="m", chat=chat, sender_id="s", text=said),
        understanding=as_read(said, intent, 0.99),
        conversation=conversation,
        uow=uow,
        shop=SHOP,
        now=NOW,
        intents=INTENTS,
        questions=QUESTIONS,
    )


def named(uow: PostgresUnitOfWork, said: str, intent: str = "thanks") -> list[tuple[str, int | None]]:
    """The product ids that a message orders by their names, with the numbers it says; none where it does not decide."""
    read = naming.read(turn(uow, said, intent))
    if not read.only_names or read.understanding.intent not in ("order", "add_to_cart"):
        return []
    found = []
    for line in wanted_lines(read.understanding):
        product = look_up(read, line.phrase).product
        found.append((product.product_id if product else line.phrase, line.quantity))
    return found


def products(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8") as rows:
        return [(row["product_id"], row.get("name") or "") for row in csv.DictReader(rows)]


def some(products: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """All of them, or of a great catalogue about `MOST`, from its begin to its end."""
    return products[:: len(products) // MOST or 1]


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parent.name)
def test_every_name_and_every_id_of_a_catalogue_decides(uow: PostgresUnitOfWork, file: Path) -> None:
    frames, misreadings = itertools.cycle(FRAMES), itertools.cycle(MISREADINGS)
    writings = itertools.cycle(WRITINGS)
    names = Counter(name_key(name) for _, name in products(file))
    wrong = []
    for product_id, name in some(products(file)):
        alone = [name] if names[name_key(name)] == 1 else []  # twins are asked about, see below
        for words in filter(None, (*alone, product_id)):
            frame, quantity = next(frames)
            said = frame.format(next(writings)(words))
            if named(uow, said, next(misreadings)) != [(product_id, quantity)]:
                wrong.append(said)
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.parametrize("name", ODD)
def test_names_that_look_like_commands_or_small_talk_are_names_in_every_frame(
    uow: PostgresUnitOfWork, name: str
) -> None:
    for (frame, quantity), misreading in itertools.product(FRAMES, MISREADINGS[:2]):
        for written in (name, name.lower(), name.upper()):
            assert named(uow, frame.format(written), misreading) == [(f"ODD{ODD.index(name)}Q", quantity)], frame


@pytest.mark.parametrize(
    "said",
    [
        "thank you",
        "Thank you!",
        "thanks a lot",
        "stop",
        "help",
        "yes",
        "no",
        "human",
        "cancel",
        "order",
        "card",
        "where is my order",
        "12",
        "2 more please",
        "the second one",
        "",
        "?",
        "👍",
        "remove the thank you card",
        "no thank you card",
        "no stop sign",
        "don't add the help button",
        "not the yes mug",
        "without the stop sign",
        "how much is the yes mug",
        "do you have the yes mug",
        "is the stop sign in stock?",
        "what goes with the stop sign",
        "yes mug instead",
        "swap the yes mug for the stop sign",
        "0 yes mugs",
        "-2 yes mugs",
        "2 or 3 yes mugs",
        "make it 2 yes mugs",
        "yes mug for less than $20",
        "yes mug, ship to 12 Main St, Denver CO 80203",
        "yes mug and a unicorn",
    ],
)
def test_what_says_anything_else_is_not_decided(uow: PostgresUnitOfWork, said: str) -> None:
    assert named(uow, said) == []


def test_a_bare_name_with_a_question_mark_asks_about_it(uow: PostgresUnitOfWork) -> None:
    read = naming.read(turn(uow, "yes mug?"))
    assert (read.understanding.intent, read.understanding.first("product").value) == ("stock_question", "Yes Mug")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("yes mug and 2 stop signs", [("ODD3Q", None), ("ODD1Q", 2)]),
        ("yes mug x2, stop sign x3", [("ODD3Q", 2), ("ODD1Q", 3)]),
        ("3 yes mugs, the stop sign & help buttons please", [("ODD3Q", 3), ("ODD1Q", None), ("ODD2Q", None)]),
        ("2 of the set of 3 gift boxes and one 16 piece cutlery set", [("GIFTBOX-3", 2), ("CUTLERY-16", 1)]),
    ],
)
def test_several_names_each_with_its_number(
    uow: PostgresUnitOfWork, said: str, ids: list[tuple[str, int | None]]
) -> None:
    by_title = {product.title: product.product_id for product in uow.products.all()}
    expected = [
        (by_title.get({"GIFTBOX-3": "Set of 3 Gift Boxes", "CUTLERY-16": "16 Piece Cutlery Set"}.get(one, ""), one), n)
        for one, n in ids
    ]
    assert named(uow, said) == expected


def test_a_name_keeps_its_number_in_a_sentence_that_says_more(uow: PostgresUnitOfWork) -> None:
    read = naming.read(turn(uow, "remove the 12 cup muffin pan and the set of 3 gift boxes", "remove_from_cart"))
    assert not read.only_names
    assert [entity.value for entity in read.understanding.all("product")] == [
        "12 Cup Muffin Pan",
        "Set of 3 Gift Boxes",
    ]
    assert read.understanding.first("quantity") is None


@pytest.mark.parametrize("asked", [Asked.ADDRESS, Asked.CODE, Asked.WHICH_ORDER, Asked.CANCEL_ORDER])
def test_a_bare_number_is_the_answer_while_one_is_asked(uow: PostgresUnitOfWork, asked: Asked) -> None:
    number = next((product.product_id for product in uow.products.all() if product.product_id.isdecimal()), None)
    if number is None:
        pytest.skip("no catalogue with ids of digits here")
    assert naming.read(turn(uow, number)).only_names
    assert not naming.read(turn(uow, number, asked=asked)).only_names


def test_two_products_of_one_name_are_asked_about(uow: PostgresUnitOfWork) -> None:
    stock(uow, make_product(product_id="TWIN1", name="Odd Twin"), make_product(product_id="TWIN2", name="Odd Twin"))
    read = naming.read(turn(uow, "odd twins"))
    assert read.only_names
    assert {one.product_id for one in look_up(read, "Odd Twin").options} == {"TWIN1", "TWIN2"}


def test_a_retired_product_is_no_name(uow: PostgresUnitOfWork) -> None:
    connection(uow).execute(text("UPDATE shop.product SET retired_at = now() WHERE name = 'Yes Mug'"))
    assert named(uow, "yes mug") == []


def test_postgres_and_python_agree_on_every_key(uow: PostgresUnitOfWork) -> None:
    letters = [chr(code) for code in [*range(32, 0x250), *range(0x300, 0x370), *range(0x2000, 0x2070)]]
    picked = random.Random(13)
    for number in range(300):
        name = "".join(picked.choices([*letters, *" es-'"], k=picked.randint(1, 20)))
        stock(uow, make_product(product_id=f"KEY{number}", name=name))
    rows = connection(uow).execute(text("SELECT product_id, name, id_key, name_key FROM shop.product")).all()
    assert len(rows) > 400
    wrong = [row for row in rows if (id_key(row.product_id), name_key(row.name)) != (row.id_key, row.name_key)]
    assert wrong == []


def test_a_message_costs_one_look_up_by_index_among_a_hundred_thousand_products(
    uow: PostgresUnitOfWork,
) -> None:
    statements: list[str] = []
    connection(uow).execute(
        text(
            "INSERT INTO shop.product (product_id, name, wholesale_cost, sale_price, supplier_id, quantity) "
            "SELECT 'BULK' || n, 'Bulk Item Number ' || n, 1, 2, 'S', 0 FROM generate_series(1, 100000) n"
        )
    )
    connection(uow).execute(text("ANALYZE shop.product"))
    long = "please send me 2 of the bulk item number 777 and the yes mug with the stop sign and a help button"
    naming.read(turn(uow, "yes mug"))
    event.listen(connection(uow), "before_cursor_execute", lambda *args: statements.append(args[2]))
    started = time.perf_counter()
    for _ in range(20):
        naming.read(turn(uow, long))
    assert len(statements) == 20
    assert (time.perf_counter() - started) / 20 < 0.05
    assert naming.read(turn(uow, "bulk item number 777")).only_names
    terms = "ARRAY['bulkitemnumber777'], ARRAY['bulk777']"
    plan = "\n".join(connection(uow).exec_driver_sql(f"EXPLAIN EXECUTE named_exactly ({terms}, 10)").scalars())
    assert "Seq Scan" not in plan


def test_what_a_sentence_says_besides_a_name_is_kept(uow: PostgresUnitOfWork) -> None:
    said = "add 2 salt & pepper sets and 3 unicorns"
    read = naming.read(turn(uow, said, "add_to_cart"))
    lines = [(line.phrase, line.quantity) for line in wanted_lines(read.understanding)]
    assert lines == [("Salt & Pepper Set", 2), ("unicorns", 3)]
    assert all(isinstance(entity, Entity) for entity in read.understanding.entities)
