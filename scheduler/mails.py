"""Jobs that mail customers about their orders, and the codes that prove their addresses."""

from datetime import datetime

from bot.links import Links
from domain import message_ids
from domain.answering import answers_of
from domain.orders.telling import OrderNews, news_of
from domain.outreach import unproven
from domain.people.proving import CODE_MINUTES, code_of
from domain.records.notifications import Kind, new_mail
from mail.letter import Letter
from mail.letters import code_letter, opt_in_letter, order_letter
from mail.return_letters import return_letter
from scheduler.outbox import FORGOTTEN, Addressed, Held, Outbox
from scheduler.workplace import Workplace
from storage.unit_of_work import PostgresUnitOfWork

REASON = "always sent"


class Mails:
    """Transactional mail: it goes out whatever the customer thinks of marketing."""

    def __init__(self, place: Workplace, outbox: Outbox, links: Links, postal_address: str = "") -> None:
        self._outbox = outbox
        self._unit_of_work = place.unit_of_work
        self._shop = place.shop
        self._clock = place.clock
        self._links = links
        self._postal_address = postal_address

    def order_step(self, order_id: int, step: str) -> None:
        """Mails about a step in an order's life: "placed", "changed-1", "shipped", "return_requested-1" …"""
        now = self._clock.now()
        kind, key = Kind(f"order_{step.partition('-')[0]}"), message_ids.order_mail(order_id, step)

        def compose(uow: PostgresUnitOfWork, message_id: str) -> Addressed | Held:
            order = uow.orders.get(order_id)
            to = uow.people.email(order.hashed_email) if order else None
            if order is None or to is None:
                return FORGOTTEN
            confirmed = unproven.confirmed_yet(uow, order)
            if reason := unproven.must_wait(uow, order, step, confirmed=confirmed):
                return Held(reason=reason, for_now=True)
            news = news_of(uow, order, step, typed=confirmed)
            letter = self._letter(uow, news, now, confirmed=confirmed)
            return Addressed(to=to, letter=letter, reason=REASON if confirmed else f"{REASON}; asks to confirm")

        with self._unit_of_work() as uow:
            order = uow.orders.get(order_id)
        if order is not None:
            self._outbox.send(new_mail(key, kind, order.hashed_email, now, order_id=order_id), compose)

    def _letter(self, uow: PostgresUnitOfWork, news: OrderNews, now: datetime, *, confirmed: bool) -> Letter:
        shop, links = self._shop, self._links
        if news.returned is not None:
            return return_letter(news, news.returned, shop=shop, links=links, confirmed=confirmed)
        answers = answers_of(shop.answers, uow)
        return order_letter(news, shop=shop, links=links, now=now, confirmed=confirmed, answers=answers)

    def code(self, proof_id: int) -> None:
        """Mails the code of a proof to the address that is to be proven."""
        now = self._clock.now()

        def compose(uow: PostgresUnitOfWork, message_id: str) -> Addressed | Held:
            found = uow.proofs.to_mail(proof_id, now)
            if found is None:
                return Held(reason="the code is used or too old")
            code = code_of(found.proof_id, self._shop.hash_key, found.digits)
            letter = code_letter(code, shop=self._shop, minutes=CODE_MINUTES)
            return Addressed(to=found.email, letter=letter, reason=REASON)

        with self._unit_of_work() as uow:
            found = uow.proofs.to_mail(proof_id, now)
        if found is not None:
            self._outbox.send(new_mail(message_ids.code_mail(proof_id), Kind.CODE, found.hashed_email, now), compose)

    def opt_in(self, opt_in_id: int) -> None:
        """Asks an address whether its owner wants marketing; not when they said so, or no, meanwhile."""
        now = self._clock.now()

        def compose(uow: PostgresUnitOfWork, message_id: str) -> Addressed | Held:
            asked = uow.opt_ins.get(opt_in_id)
            to = uow.people.email(asked.hashed_email) if asked else None
            if asked is None or to is None:
                return FORGOTTEN
            word = uow.consents.of(asked.hashed_email)
            if word is not None and (word.confirmed or word.at > asked.asked_at):
                return Held(reason="the customer said yes or no meanwhile")
            letter = opt_in_letter(
                shop=self._shop,
                links=self._links,
                opt_in_id=opt_in_id,
                ended=asked.agreed is False,
                postal_address=self._postal_address,
            )
            return Addressed(to=to, letter=letter, reason="asks the address whether it agrees")

        with self._unit_of_work() as uow:
            asked = uow.opt_ins.get(opt_in_id)
        if asked is not None:
            self._outbox.send(
                new_mail(message_ids.opt_in_mail(opt_in_id), Kind.OPT_IN, asked.hashed_email, now), compose
            )
