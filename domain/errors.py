"""What can go wrong in the shop, as data; the sentences are in `bot/phrases/sorry.py`, for staff in `staff.py`.

ShopError
├── of products: UnknownProduct ProductExists ProductRetired NotRetired ProductChanged StockChanged BadQuantity
│   OutOfStock
├── of quotes and orders: EmptyCart QuoteUnknown QuoteExpired OrderNotFound AlreadyCancelled AlreadyShipped NotShipped
│   AlreadyDelivered ParcelOut CancelWindowClosed NotRateable NothingOwed RefundNotedMeanwhile RefundTooHigh
├── of returns: NotDelivered ReturnWindowClosed NotInOrder AlreadyReturned ReturnsUsedUp ReplacementSoldOut
│   OtherGroup ReturnNotFound ReturnMoved
├── of several acts on orders: ActsContradict ChangesUsedUp OnlyVariants NothingLeftOfOrder PlanOutdated
│   RefundElsewhere
├── of payments: MethodUnknown GiftCardTooLow
├── of promotions: CodeTaken PromotionUnknown PromotionUsedUp PromotionChanged PromotionOver
├── of what was typed: BadEmail BadAddress BadImport
├── of the audit log: EntryUnknown NotUndoable AlreadyUndone ChangedSince ImportChangedSince
├── of suppliers: NotDue PurchaseUnknown PurchaseClosed SupplierUnknown
├── of roles: RoleConfigured LastAdmin
├── of support: TooMuchSaid
├── of campaigns: CampaignUnknown CampaignMoved OwnApproval NotBuilt
├── of data products: RequestUnknown RequestDecided RequestOver TooManyRequests
└── Busy
    └── Away
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


class ShopError(Exception):
    """A rule of the shop says no; nothing was changed."""


@dataclass
class UnknownProduct(ShopError):
    """There is no product with this id."""

    product_id: str


@dataclass
class ProductExists(ShopError):
    """There is a product with this id already; edit or restock it instead."""

    product_id: str


@dataclass
class ProductRetired(ShopError):
    """The product is no longer sold; history keeps it."""

    product_id: str


@dataclass
class ProductChanged(ShopError):
    """Somebody else edited the product since it was read."""

    product_id: str
    expected_version: int
    actual_version: int


@dataclass
class NotRetired(ShopError):
    """The product is in the shop, so it cannot be brought back."""

    product_id: str


@dataclass
class StockChanged(ShopError):
    """The stock moved since somebody read it who wants to overwrite it."""

    product_id: str
    expected: int
    actual: int


@dataclass
class BadQuantity(ShopError):
    """A quantity must be a whole number from 1 to `most`."""

    product_id: str
    quantity: int
    most: int


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """Of one product more was asked for than is there."""

    product_id: str
    asked: int
    available: int


@dataclass
class OutOfStock(ShopError):
    """At least one line asks for more than the stock holds."""

    shortages: tuple[Shortage, ...]


class EmptyCart(ShopError):
    """There is nothing in the cart to order."""


@dataclass
class QuoteUnknown(ShopError):
    """No such quote: the card is too old, or not this customer's."""

    quote_id: str


@dataclass
class QuoteExpired(ShopError):
    """The time for which the prices were held is over."""

    quote_id: str
    expired_at: datetime


@dataclass
class CodeTaken(ShopError):
    """Another promotion that is not ended has this code."""

    code: str


@dataclass
class PromotionUnknown(ShopError):
    """No promotion has this name or code."""

    name: str


@dataclass
class PromotionUsedUp(ShopError):
    """A promotion of the quote has no use left, in all or for this customer; nothing was placed."""

    promotion_id: int
    name: str


@dataclass
class PromotionChanged(ShopError):
    """Somebody else changed the promotion since it was read."""

    name: str


@dataclass
class PromotionOver(ShopError):
    """The promotion was ended before."""

    name: str


@dataclass
class OrderNotFound(ShopError):
    """This customer has no order with that number; whether anybody has is not said."""

    order_id: int


@dataclass
class AlreadyCancelled(ShopError):
    """The order was cancelled before; a second time changes nothing."""

    order_id: int
    cancelled_at: datetime


@dataclass
class AlreadyShipped(ShopError):
    """The parcel is on its way, so the order can be neither cancelled nor shipped again."""

    order_id: int
    shipped_at: datetime


@dataclass
class NotShipped(ShopError):
    """The order has not left the shop, so it cannot arrive."""

    order_id: int


@dataclass
class AlreadyDelivered(ShopError):
    """The customer has the parcel."""

    order_id: int
    delivered_at: datetime


@dataclass
class ParcelOut(ShopError):
    """The order has left the shop, so it matters what became of its parcel."""

    order_id: int


@dataclass
class CancelWindowClosed(ShopError):
    """The time in which the customer can cancel alone is over."""

    order_id: int
    closed_at: datetime


@dataclass
class NotRateable(ShopError):
    """The order has not come yet, or so long ago that it is no longer rated."""

    order_id: int


@dataclass
class NothingOwed(ShopError):
    """The order's customer paid no more than it costs, so no money goes back for it."""

    order_id: int


@dataclass
class RefundNotedMeanwhile(ShopError):
    """Another refund of the order was noted since somebody read of those that there are."""

    order_id: int


@dataclass
class RefundTooHigh(ShopError):
    """No more than `left` is owed back for the order, and no less than something is noted."""

    order_id: int
    amount: Decimal
    left: Decimal


@dataclass
class NotDelivered(ShopError):
    """The order has not come yet, so nothing of it can come back."""

    order_id: int


@dataclass
class ReturnWindowClosed(ShopError):
    """The time in which something of the order can come back is over."""

    order_id: int
    closed_at: datetime


@dataclass
class NotInOrder(ShopError):
    """The product is not in the order, and did not take the place of anything that was."""

    order_id: int
    product_id: str


@dataclass
class AlreadyReturned(ShopError):
    """Of `asked` pieces of the product only `left` can come back; the others did, or are on their way."""

    order_id: int
    product_id: str
    asked: int
    left: int


@dataclass
class ReturnsUsedUp(ShopError):
    """Something of the order came back before, and no more than `most` times is taken."""

    order_id: int
    most: int


@dataclass
class ReplacementSoldOut(ShopError):
    """Of what is to take the place of something too little is there."""

    product_id: str
    asked: int
    available: int


@dataclass
class OtherGroup(ShopError):
    """Something comes in the place of a product of its own group only."""

    product_id: str
    replacement_id: str


@dataclass
class ReturnNotFound(ShopError):
    """This customer has no return of that number; whether anybody has is not said."""

    return_id: int


@dataclass
class ReturnMoved(ShopError):
    """The return is where this cannot be done with it any more, or not yet."""

    return_id: int
    state: str


@dataclass
class ActsContradict(ShopError):
    """Two things shall be done with an order that do not go together."""

    order_id: int


@dataclass
class ChangesUsedUp(ShopError):
    """What is in the order was changed before, and no more than `most` times is allowed."""

    order_id: int
    most: int


@dataclass
class OnlyVariants(ShopError):
    """What is in a placed order may become another variant of it, and nothing else."""

    order_id: int
    product_id: str


@dataclass
class NothingLeftOfOrder(ShopError):
    """The change would take the last piece out of the order, which can be cancelled instead."""

    order_id: int


@dataclass
class RefundElsewhere(ShopError):
    """Money of the order shall go where it did not come from, which this shop does not do."""

    order_id: int
    label: str


class PlanOutdated(ShopError):
    """What was agreed to would not be done as it was shown: something changed meanwhile."""


@dataclass
class MethodUnknown(ShopError):
    """There is no such way to pay, or it is somebody else's: the answer is the same."""

    method_id: str


@dataclass
class GiftCardTooLow(ShopError):
    """What is left on a gift card does not cover what is to be paid with it."""

    method_id: str
    label: str
    balance: Decimal
    amount: Decimal


@dataclass
class BadEmail(ShopError):
    """The text is not an e-mail address; `suggestion` holds a likely fix or nothing."""

    suggestion: str = ""


class BadAddress(ShopError):
    """The text has no street and number, or no town, that a parcel could be sent to."""


@dataclass(frozen=True, kw_only=True)
class BadLine:
    """A line of a file that cannot be used, and why; the header is line 1."""

    line: int
    reason: str


@dataclass
class BadImport(ShopError):
    """A file has bad lines, `total` of them, so nothing of it was taken."""

    bad_lines: tuple[BadLine, ...]
    total: int


@dataclass
class EntryUnknown(ShopError):
    """The audit log has no entry of this number."""

    entry_id: int


@dataclass
class NotUndoable(ShopError):
    """What the audit entry tells of cannot be taken back as a whole."""

    entry_id: int
    action: str


@dataclass
class AlreadyUndone(ShopError):
    """The change was taken back before; a second time changes nothing."""

    entry_id: int


@dataclass
class ChangedSince(ShopError):
    """What an undo would put back was changed again since: `fact` is no longer `expected`."""

    entry_id: int
    product_id: str
    fact: str
    expected: str
    actual: str


@dataclass
class ImportChangedSince(ShopError):
    """Products that an import changed were changed again since: `by` names the first of them, and the change of each.

    That is a number of the audit log, 0 where it has none: another program changed it.
    """

    entry_id: int
    by: tuple[tuple[str, int], ...]
    total: int


@dataclass
class NotDue(ShopError):
    """The product is not to be reordered: enough is on the shelf, or on its way by the order `purchase_id`."""

    product_id: str
    on_hand: int
    incoming: int
    purchase_id: int | None = None


@dataclass
class PurchaseUnknown(ShopError):
    """There is no order to a supplier of this number, or nothing of the product in it."""

    purchase_id: int


@dataclass
class PurchaseClosed(ShopError):
    """Nothing of the order to a supplier is to come any more."""

    purchase_id: int
    state: str


@dataclass
class SupplierUnknown(ShopError):
    """No product comes from a supplier of this id."""

    supplier_id: str


@dataclass
class RoleConfigured(ShopError):
    """The role is given in the configuration, so a chat cannot take it."""

    subject: str
    role: str


@dataclass
class LastAdmin(ShopError):
    """Without this one nobody would be left who may give roles."""

    subject: str


@dataclass
class RequestUnknown(ShopError):
    """Nobody asked to read a data product under this number, or it is somebody else's."""

    request_id: int


@dataclass
class RequestDecided(ShopError):
    """Somebody decided about the request before."""

    request_id: int
    state: str
    by: str


@dataclass
class RequestOver(ShopError):
    """The request does not hold: nobody approved it, or its time is over."""

    request_id: int


@dataclass
class TooManyRequests(ShopError):
    """So many requests of theirs wait for an answer already."""

    most: int


@dataclass
class CampaignUnknown(ShopError):
    """There is no campaign of this number."""

    campaign_id: int


@dataclass
class CampaignMoved(ShopError):
    """A campaign is where this cannot be done with it any more, or not yet."""

    campaign_id: int
    state: str


@dataclass
class OwnApproval(ShopError):
    """Whoever wrote a campaign may not approve it too."""

    campaign_id: int


class NotBuilt(ShopError):
    """This asks for what only the warehouse or its predictions know, and they are not there yet."""


class TooMuchSaid(ShopError):
    """A conversation wrote so much to support in a minute that this was not kept; it can be said again later."""


class Busy(ShopError):
    """The rows needed are locked by others for too long; trying again helps."""


class Away(Busy):
    """The database is away, or can write nothing; trying again helps once somebody has seen to it."""


# Who can meet which; the sentences for each are complete, and a type checker sees to it.
# fmt: off
CustomerError = (
    UnknownProduct | ProductRetired | BadQuantity | OutOfStock | EmptyCart | QuoteUnknown | QuoteExpired
    | OrderNotFound | AlreadyCancelled | AlreadyShipped | CancelWindowClosed | NotRateable | BadEmail | BadAddress
    | TooMuchSaid | PromotionUsedUp | ActsContradict | ChangesUsedUp | OnlyVariants | NothingLeftOfOrder | PlanOutdated
    | RefundElsewhere
    | NotDelivered | ReturnWindowClosed | NotInOrder | AlreadyReturned | ReturnsUsedUp | ReplacementSoldOut
    | OtherGroup | ReturnNotFound | ReturnMoved
    | MethodUnknown | GiftCardTooLow
)
StaffError = (
    UnknownProduct | ProductExists | ProductRetired | NotRetired | ProductChanged | StockChanged | BadQuantity
    | OrderNotFound | AlreadyCancelled | AlreadyShipped | NotShipped | AlreadyDelivered | ParcelOut
    | NothingOwed | RefundNotedMeanwhile | RefundTooHigh | ReturnNotFound | ReturnMoved
    | BadImport | EntryUnknown | NotUndoable | AlreadyUndone | ChangedSince | ImportChangedSince
    | RoleConfigured | LastAdmin | RequestUnknown | RequestDecided | RequestOver | TooManyRequests
    | NotDue | PurchaseUnknown | PurchaseClosed | SupplierUnknown
    | CampaignUnknown | CampaignMoved | OwnApproval | NotBuilt
    | CodeTaken | PromotionUnknown | PromotionChanged | PromotionOver | Busy
)
# fmt: on
