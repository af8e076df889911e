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
    bob.says("how much do I get back in all?").hears("$69.00 less to pay", "#1001", "$69.00 off the invoice")
    with PostgresUnitOfWork(shop.database) as uow:
        note_refund(uow, 1001, Decimal(20), Way.CASH, seen=0, actor="story", now=shop.clock.now())
        uow.commit()
    bob.says("and how much am I getting back for order 1001?").hears("$20.00 back on", "$49.00 off the invoice")
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
    bob.says("how much do I get back?").hears("$69.00 would not be to pay", "Cancel order #1001?", "[Yes, cancel it]")
    bob.says("yes").hears("is cancelled")
    assert shop.orders() == 0


def test_my_data_tells_how_orders_were_paid(bob: Customer) -> None:
    bob.knows_contact().has_ordered("order a glass teapot")
    bob.says("what do you know about me").hears("Payment of #1001", "$34.50 by invoice")


def test_an_invoice_is_never_told_to_be_paid(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order 2 glass teapots")
    bob.says("how do we pay for things here?").hears_no("was paid")
    bob.says("how was my last order paid?").hears("goes by invoice", "$69.00 is to be paid with it").hears_no(
        "was paid"
    )
    bob.says("do I owe you anything?").hears("$69.00 to pay in all", "Order #1001", "$69.00 by invoice")
    bob.says("cancel my order").says("yes").hears("you will not be charged $69.00")
    bob.says("how much do we still owe?").hears("nothing of your orders that is still to be paid")
    bob.says("what do you know about me").hears("$69.00 off the invoice").hears_no("to go back")


def test_what_comes_out_of_an_order_comes_off_its_invoice(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().has_ordered("order a glass teapot and a linen apron")
    bob.says("return the teapot").hears("$34.50 of it comes off the invoice").hears_no("goes back to: invoice")


def test_of_what_came_it_is_not_known_whether_its_invoice_is_paid(bob: Customer, shop: Stage) -> None:
    number = bob.knows_contact().has_ordered("order a linen apron")
    shop.delivers(number)
    bob.says("how did I pay?").hears("went by invoice", "Whether that is paid already I do not see")
