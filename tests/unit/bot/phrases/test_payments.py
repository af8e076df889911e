"""The money of an order in a line: what paid, what went back, what is still to come, and what staff may read of it."""

from dataclasses import replace
from decimal import Decimal

from bot.phrases.payments import after_cancelling, in_a_line
from domain.payments.telling import Told
from domain.records.payments import INVOICE, PAY_LINK, Method, MethodKind, PaymentKind, PaymentState
from tests.support.factories import NOW
from tests.support.talking import SHOP

CARD = Method(method_id="c", hashed_email="h", kind=MethodKind.CARD, label="card ending in 4242", provider="stripe")
GIFT = Method(method_id="g", hashed_email="h", kind=MethodKind.GIFT_CARD, label="gift card 17", balance=Decimal(3))
PAID = Told(kind=PaymentKind.CHARGE, state=PaymentState.DONE, amount=Decimal(54), method=CARD)
OWED = Told(kind=PaymentKind.REFUND, state=PaymentState.OPEN, amount=Decimal(12), method=CARD)


def test_it_tells_what_paid_what_went_back_and_what_is_to_come() -> None:
    back = replace(OWED, state=PaymentState.DONE, at=NOW)
    to_pay = replace(PAID, state=PaymentState.OPEN, method=PAY_LINK)
    assert in_a_line(SHOP, [PAID, back]) == f"$54.00 by card ending in 4242 · $12.00 back on {SHOP.day(NOW)}"
    assert in_a_line(SHOP, [to_pay]) == "$54.00 to pay by card"
    elsewhere = replace(OWED, method=GIFT, elsewhere=True)
    assert in_a_line(SHOP, [PAID, elsewhere]).endswith("· $12.00 to go back to gift card 17")


def test_what_comes_off_an_invoice_does_not_go_back() -> None:
    invoice = [replace(PAID, method=INVOICE), replace(OWED, method=INVOICE, off_invoice=True)]
    assert in_a_line(SHOP, invoice) == "$54.00 by invoice · $12.00 off the invoice"
    assert in_a_line(SHOP, invoice, for_staff=True) == "$54.00 by invoice · $12.00 to go back"


def test_staff_reads_no_label_of_a_customers() -> None:
    assert in_a_line(SHOP, [PAID, replace(OWED, method=GIFT, elsewhere=True)], for_staff=True) == (
        "$54.00 by card · $12.00 to go back to gift card"
    )
    assert in_a_line(SHOP, [replace(PAID, method=None)], for_staff=True) == "$54.00 by a method that is no longer kept"


def test_after_cancelling_an_invoice_is_not_charged_and_all_else_goes_back() -> None:
    by_invoice = [replace(PAID, method=INVOICE), replace(OWED, method=INVOICE)]
    assert after_cancelling(SHOP, total=Decimal(54), told=by_invoice) == "you will not be charged $54.00"
    both = [PAID, replace(OWED, method=GIFT), OWED]
    assert after_cancelling(SHOP, total=Decimal(24), told=both) == (
        "$12.00 goes back to gift card 17 and $12.00 goes back to card ending in 4242"
    )
