"""The golden shop with something of a person in every place that keeps some, so that a test sees where it shows."""

from dataclasses import replace

from sqlalchemy import Engine, insert

from bot.engine import MessageEngine
from bot.messages import IncomingMessage
from domain.conversation import ChatRef
from domain.people.identity import hash_email
from storage.tables import profile
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.golden import HASHES, fill
from tests.support.shop import SHOP

EMAIL = "zebulon.lovelace@example.com"
MARKS = ("lovelace", "example.com", "zebulon", "quux", "analytical way")
PROSPECT = "prospect.lovelace@example.com"
HASHED, HASHED_PROSPECT = (hash_email(email, SHOP.hash_key) for email in (EMAIL, PROSPECT))
_SAYS = (
    "order 1 MUG",
    EMAIL,
    "address: Zebulon Quux, 17 Analytical Way, Denver CO 80203",
    "yes",
    "order 1 PLATE",
    "human",
    "This is Zebulon Quux of 17 Analytical Way, zebulon.lovelace@example.com, where is my order?",
)


def fill_marked(engine: Engine) -> None:
    """Stores the golden orders, what somebody says who orders in a chat and asks for help, and one who never orders."""
    with PostgresUnitOfWork(engine) as uow:
        first = fill(uow)[0].order_id
        uow.people.remember_email(HASHED_PROSPECT, PROSPECT, NOW)
        uow.people.remember_reason(first, "Zebulon Quux called", NOW)
        uow.people.remember_parcel(first, "Zebulon Quux", "1Z999", NOW)
        named = {"hashed_email": HASHES["ada"], "first_name": "Zebulon", "last_name": "Quux", "at": NOW}
        uow.connection.execute(insert(profile).values(named))
        uow.commit()
    chat = ChatRef(channel="telegram", chat_id="7")
    shop = MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=lambda: PostgresUnitOfWork(engine),
        clock=StillClock(NOW),
        shop=replace(SHOP, support=True),
    )
    for number, said in enumerate(_SAYS):
        shop.handle(IncomingMessage(id=f"z{number}", chat=chat, sender_id="7", text=said))
