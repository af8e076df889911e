"""Every error of the shop has a sentence for who can meet it, and none says what is not so."""

from datetime import timedelta
from decimal import Decimal
from typing import get_args

import pytest

from bot.phrases import staff
from bot.phrases.sorry import sorry
from domain import errors
from domain.errors import BadLine, CustomerError, ShopError, Shortage, StaffError
from tests.support.factories import NOW
from tests.support.talking import SHOP, Talker

CUSTOMERS: list[tuple[CustomerError, str]] = [
    (errors.UnknownProduct("GHOST"), "There is no product GHOST any more."),
    (errors.ProductRetired("OLD"), "Linen Apron is no longer sold. Please choose another one."),
    (errors.BadQuantity("MUG", 5000, 1000), "between 1 and 1000 pieces of Red Mug"),
    (errors.OutOfStock((Shortage(product_id="MUG", asked=4, available=1),)), "1 × Red Mug (you asked for 4)"),
    (errors.EmptyCart(), "Your cart is empty. What would you like to order?"),
    (errors.QuoteUnknown("q"), "belongs to an older message"),
    (errors.QuoteExpired("q", NOW), "belongs to an older message"),
    (errors.OrderNotFound(7), "I see no order #7 placed from this chat. “Show my orders” lists yours."),
    (errors.AlreadyCancelled(7, NOW), "Order #7 was already cancelled at 11:00"),
    (errors.AlreadyShipped(7, NOW), "Order #7 is already on its way, so I cannot cancel it"),
    (errors.AlreadyShipped(7, NOW, NOW), "Order #7 was delivered on May 12, 2026, so I cannot cancel it"),
    (errors.CancelWindowClosed(7, NOW - timedelta(hours=1)), "could be cancelled until 10:00"),
    (errors.NotRateable(7), "Order #7 cannot be rated now: that is possible once it came, and for 60 days then."),
    (errors.MethodUnknown("g7"), "no way to pay of yours that is called “g7”"),
    (errors.GiftCardTooLow("g7", "gift card", Decimal(5), Decimal(9)), "has $5.00 left, and $9.00 would have to be"),
    (errors.NotDelivered(7), "Order #7 has not arrived yet."),
    (errors.ReturnWindowClosed(7, NOW - timedelta(hours=1)), "could come back until 10:00"),
    (errors.NotInOrder(7, "MUG"), "There is no Red Mug in order #7."),
    (errors.AlreadyReturned(7, "MUG", 3, 1), "Of Red Mug in order #7 only 1 can come back."),
    (errors.AlreadyReturned(7, "MUG", 3, 0), "Red Mug of order #7 was returned already, or is on its way back."),
    (errors.ReturnsUsedUp(7, 1), "can come back once only, and of order #7"),
    (errors.ReturnsUsedUp(7, 2), "can come back 2 times only"),
    (errors.ReplacementSoldOut("MUG", 3, 1), "Of Red Mug there is only 1, and you would need 3."),
    (errors.ReplacementSoldOut("MUG", 3, 0), "Red Mug is sold out"),
    (errors.OtherGroup("MUG", "OLD"), "Red Mug can be exchanged for another variant of it only"),
    (errors.ReturnNotFound(1001), "I see no return R1001 of yours."),
    (errors.ReturnMoved(1001, "received"), "How R1001 stands: it is here"),
    (errors.BadEmail(), "does not look like a complete e-mail address"),
    (errors.BadEmail("a@gmail.com"), "Did you mean a@gmail.com?"),
    (errors.BadAddress(), "I need a little more for the parcel"),
    (errors.TooMuchSaid(), "I did not pass this one on"),
    (errors.PromotionUsedUp(3, "SPRING10"), "SPRING10 has no use left"),
    (errors.ActsContradict(7), "Two of your wishes for order #7 do not go together."),
    (errors.ChangesUsedUp(7, 1), "can be changed once, and that of #7 was."),
    (errors.ChangesUsedUp(7, 2), "can be changed 2 times"),
    (errors.OnlyVariants(7, "MUG"), "neither more nor less of anything, so not of Red Mug either"),
    (errors.NothingLeftOfOrder(7), "would leave nothing of order #7; I can cancel it"),
    (
        errors.RefundElsewhere(7, "card 1", ("card 2",), "original"),
        "#7 cannot go to card 1: it goes back to what paid, card 2.",
    ),
    (errors.RefundElsewhere(7, "card 1", ("card 2",), "original_or_gift_card"), "what paid, card 2 or a gift card."),
    (errors.PlanOutdated(), "Something changed meanwhile, so nothing was done."),
]
STAFF: list[tuple[StaffError, str]] = [
    (errors.UnknownProduct("GHOST"), "There is no product “GHOST”."),
    (errors.ProductExists("MUG"), "/inventory set MUG changes it"),
    (errors.ProductRetired("OLD"), "/inventory restore OLD brings it back"),
    (errors.NotRetired("MUG"), "MUG is in the shop"),
    (errors.ProductChanged("MUG", 1, 2), "Somebody was faster"),
    (errors.StockChanged("MUG", 1, 2), "Somebody was faster"),
    (errors.BadQuantity("MUG", -3, 1000), "The stock of MUG would be -3"),
    (errors.OrderNotFound(7), "There is no order #7."),
    (errors.AlreadyCancelled(7, NOW), "Order #7 was cancelled at 11:00"),
    (errors.AlreadyShipped(7, NOW), "Order #7 was shipped at 11:00"),
    (errors.NotShipped(7), "/orders ship 7 comes first"),
    (errors.AlreadyDelivered(7, NOW), "Order #7 was delivered at 11:00"),
    (errors.ParcelOut(7), "7"),
    (errors.NothingOwed(7), "Nothing was to go back for order #7"),
    (errors.ReturnNotFound(1001), "There is no return R1001."),
    (errors.ReturnMoved(1001, "refunded"), "Return R1001 is refunded"),
    (errors.RefundNotedMeanwhile(7), "Nothing was noted a second time."),
    (errors.RefundTooHigh(7, Decimal(9), Decimal(5)), "at most $5.00 can be given back"),
    (errors.RefundTooHigh(7, Decimal(9), Decimal(0)), "All of order #7 was given back already."),
    (errors.BadImport((BadLine(line=2, reason="no price"),), 1), "line 2: no price"),
    (errors.CodeTaken("SPRING10"), "/promo end SPRING10 ends it"),
    (errors.PromotionUnknown("X"), "There is no promotion “X”"),
    (errors.PromotionChanged("Spring"), "“Spring” was changed meanwhile"),
    (errors.PromotionOver("Spring"), "“Spring” was ended before"),
    (errors.EntryUnknown(9), "There is no change #9."),
    (errors.NotUndoable(9, "grant"), "Change #9 (grant) is not a change of a product"),
    (errors.AlreadyUndone(9), "Change #9 was undone before."),
    (errors.ChangedSince(9, "MUG", "price", "1", "2"), "the price is no longer $1.00, it is $2.00."),
    (
        errors.ImportChangedSince(9, (("MUG", 11), ("POT", 0)), 3),
        "3 products of it were changed since: MUG (#11), POT and 1 more. Nothing was changed. Undo those changes first "
        "(/inventory undo 11), then the import",
    ),
    (errors.RoleConfigured("slack:U1", "admin"), "slack:U1 is admin by config.yaml"),
    (errors.LastAdmin("slack:U1"), "slack:U1 is the last admin"),
    (errors.RequestUnknown(9), "There is no request 9"),
    (errors.RequestDecided(9, "denied", "slack:U1"), "Request 9 was denied by slack:U1 before"),
    (errors.RequestOver(9), "Request 9 does not hold"),
    (errors.TooManyRequests(5), "5 requests of yours wait"),
    (errors.NotDue("MUG", 10, 30, 3), "MUG is on order already: 30 are coming, the latest with P3"),
    (errors.PurchaseUnknown(9), "There is no order P9"),
    (errors.PurchaseClosed(9, "cancelled"), "Order P9 is cancelled"),
    (errors.SupplierUnknown("CLAY"), "No product comes from “CLAY”"),
    (errors.CampaignUnknown(9), "There is no campaign 9; /campaign lists them"),
    (errors.CampaignMoved(9, "waiting"), "Campaign 9 waits for approval, so this cannot be done with it"),
    (errors.OwnApproval(9), "You wrote at campaign 9 or asked for its approval, so somebody else has to approve it"),
    (errors.NotBuilt(), "`parley analytics build` makes them"),
    (errors.Busy(), "Somebody else is changing the same things right now"),
]


def _name(case: object) -> str:
    return type(case).__name__ if isinstance(case, ShopError) else ""


@pytest.mark.parametrize(("error", "says"), CUSTOMERS, ids=_name)
def test_a_customer_hears_what_happened(error: CustomerError, says: str) -> None:
    said = sorry(Talker().turn(), error)
    assert says in said
    assert "Many people are ordering" not in said


@pytest.mark.parametrize(("error", "says"), STAFF, ids=_name)
def test_staff_hears_what_happened(error: StaffError, says: str) -> None:
    assert says in staff.sorry(SHOP, error, NOW)


def test_every_error_has_somebody_who_can_meet_it_and_a_case_here() -> None:
    named = {*get_args(CustomerError), *get_args(StaffError)}
    assert {error for error in ShopError.__subclasses__() if error.__module__ == errors.__name__} == named
    assert {type(error) for error, _ in CUSTOMERS} == set(get_args(CustomerError))
    assert {type(error) for error, _ in STAFF} == set(get_args(StaffError))
