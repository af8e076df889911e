"""The post to customers' channels: what it shows as things are now, and whether now is the time for it."""

from collections.abc import Sequence

from bot.messages import Reply
from domain.events import ReportDue
from domain.outreach.pausing import pause_of
from domain.outreach.rules import PAUSED
from domain.periods import Period
from domain.products.deals import NEWS, TOO_LATE, Offers, most_deals
from domain.products.recommending import recommend
from domain.records.catalogue import ANY_PRICE
from domain.records.sales import ReportName
from reports import deals
from scheduler.workplace import Workplace
from storage.queries.deals import lowered
from storage.queries.report_runs import ReportRuns

LEFT_OUT = "left out, too late"


class Posts:
    """Posts of so many `products`."""

    def __init__(self, place: Workplace, products: int) -> None:
        self._unit_of_work = place.unit_of_work
        self._shop = place.shop
        self._clock = place.clock
        self._products = products

    def make(self) -> Reply | None:
        """The post as prices, stock and orders are now; None when there is nothing to show."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            found = lowered(uow.connection, now - NEWS, most_deals(self._products))
            favourites = recommend(
                uow,
                goes_with=(),
                without={one.product.product_id for one in found},
                bounds=ANY_PRICE,
                now=now,
                limit=self._products - len(found),
            )
        return deals.make_deals_post(Offers(deals=tuple(found), favourites=favourites), self._shop)

    def note_offered(self, post: Reply, channels: Sequence[str]) -> None:
        """Notes what is about to be posted there, so that a press of its buttons counts."""
        offered = [one.choice.arg for card in post.cards for one in card.buttons if one.trait.private]
        with self._unit_of_work() as uow:
            uow.impressions.posted(channels, offered, self._clock.now())
            uow.commit()

    def left_out(self, period: Period) -> str:
        """Why customers get no post for that week: marketing is paused, or its time was days ago; empty if they do."""
        with self._unit_of_work() as uow:
            if pause_of(uow.audit) is not None:
                return PAUSED
            run = ReportRuns(uow.connection).of(ReportName.DEALS, period)
        return LEFT_OUT if run is not None and self._clock.now() - run.due_at > TOO_LATE else ""

    def put_off(self, period: Period) -> bool:
        """Whether it is a quiet hour; then the post is due again at the end of them."""
        quiet_end = self._shop.limits.quiet_end(self._clock.now())
        if quiet_end is None:
            return False
        with self._unit_of_work() as uow:
            uow.record(ReportDue(name=ReportName.DEALS, period=period, at=quiet_end))
            uow.commit()
        return True
