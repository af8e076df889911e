"""What comes back is told from the ledger, of one order or of all, and how an order was paid stands on its card."""

from datetime import timedelta
from decimal import Decimal

from domain.orders.refunding import Way, note_refund
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.stage import Customer, Stage


def test_a_cancelled_order_tells_what_is_to_go_back_and_what_went(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.says("where is my order").hears("$69.00 by invoice")
    bob.says("how much do I get back in all?").hears("No money is on its way back")
    bob.says("cancel my order").says("yes").hears("is cancelled")
    bob.says("how much do I get back in all?").hears("$69.00 back in all", "#1001", "still to go back")
    with PostgresUnitOfWork(shop.database) as uow:
        note_refund(uow, 1001, Decimal(20), Way.CASH, seen=0, actor="story", now=shop.clock.now())
        uow.commit()
    bob.says("and how much am I getting back for order 1001?").hears("$20.00 back on", "$49.00 of it is still to go")
    bob.says("how much do I get back for order 1002").hears("no order #1002")


def test_what_went_back_long_ago_is_not_counted(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.says("cancel my order").says("yes")
    with PostgresUnitOfWork(shop.database) as uow:
        note_refund(uow, 1001, Decimal(69), Way.CARD, seen=0, actor="story", now=shop.clock.now())
        uow.commit()
    bob.says("what's my total refund?").hears("$69.00 back in all", "All of it went back.")
    shop.passes(minutes=timedelta(days=61) // timedelta(minutes=1))
    bob.says("what's my total refund?").hears("No money is on its way back")


def test_while_cancelling_is_asked_about_the_question_stays(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.says("cancel my order").hears("Cancel order #1001?")
    bob.says("how much do I get back?").hears("$69.00 would go back", "Cancel order #1001?", "[Yes, cancel it]")
    bob.says("yes").hears("is cancelled")
    assert shop.orders() == 0


def test_my_data_tells_how_orders_were_paid(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("what do you know about me").hears("Payment of #1001", "$34.50 by invoice")
