"""The page behind the links of the question how an order was: /rate/…. Opening one keeps nothing, its buttons do."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from bot.adapters.web.forms import Filled
from bot.adapters.web.html import html_page
from bot.adapters.web.page_frame import PageFrame, names_of
from bot.adapters.web.webhooks import short_enough
from bot.card_numbers import has_card_number
from bot.links import Links
from bot.phrases import aftersales as phrases_aftersales
from bot.phrases import pages as phrases_pages
from bot.phrases import rating as phrases
from bot.phrases import talk as phrases_talk
from bot.phrases import wording
from bot.shop import Shop
from domain.errors import TooMuchSaid
from domain.model import Order
from domain.numbers import plain_number
from domain.orders.rating import ASKED_WHY, OPEN, rate, rateable
from domain.ports import Clock, UnitOfWork
from domain.records.notifications import EMAIL
from domain.records.ratings import SCORES
from domain.staff.handoff import open_case_by_mail

LONGEST = 2000  # characters of what was wrong


def add_rating_page(
    app: FastAPI, *, unit_of_work: Callable[[], UnitOfWork], clock: Clock, shop: Shop, links: Links
) -> None:
    """Adds the route."""
    page = RatingPage(unit_of_work=unit_of_work, clock=clock, shop=shop, links=links)
    app.add_route("/rate/{token:path}", page.asked, methods=["GET", "POST"])


@dataclass(frozen=True, kw_only=True)
class RatingPage(PageFrame):
    """The page."""

    async def asked(self, request: Request) -> Response:
        """Asks how an order was; POST keeps the number, and then what was wrong. The link itself is the permission."""
        if request.method == "POST" and not short_enough(request):
            return Response(status_code=413)
        filled = Filled(await request.body()) if request.method == "POST" else None
        return await run_in_threadpool(self._asked, request, filled)

    def _asked(self, request: Request, filled: Filled | None) -> Response:
        order_id = self.links.rated_by(request.path_params["token"])
        if order_id is None:
            return self.unknown()
        chosen = request.query_params.get("score", "") if filled is None else filled.one("score")
        return self.answered(lambda: self._answer(order_id, chosen, filled))

    def _answer(self, order_id: int, chosen: str, filled: Filled | None) -> Response:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            order = uow.orders.get(order_id)
            if order is None or uow.people.email(order.hashed_email) is None:
                return self.unknown()  # whoever got the link was forgotten
            if not rateable(order, now):
                return self.message(410, phrases_pages.TOO_LATE, phrases.over(days=OPEN.days), self.a_person())
            given = uow.ratings.of_order(order_id)
            if filled is not None and "words" in filled and given is not None and given.score <= ASKED_WHY:
                return self._take_words(uow, order, filled.one("words").strip(), given.score)
            score = plain_number(chosen)
            if filled is None or score is None or score not in SCORES:
                missing = phrases.CHOOSE if filled is not None else ""
                earlier = phrases.given(score=given.score) if given is not None else ""
                return self._question(uow, order, score, earlier, missing)
            rate(uow, order, score, source=EMAIL, now=now)
            uow.commit()
        if score <= ASKED_WHY:
            return self._ask_why(score)
        return self.message(200, phrases.NOTED, phrases.THANKS)

    def _question(self, uow: UnitOfWork, order: Order, chosen: int | None, earlier: str, missing: str) -> Response:
        products = uow.products.get([line.product_id for line in order.lines])
        return html_page(
            "rate",
            status=400 if missing else 200,
            shop=self.shop.name,
            title=phrases.how_was(order_id=order.order_id),
            rows=names_of(order.lines, products),
            earlier=earlier,
            missing=missing,
            ask=phrases.ASK,
            scores=[(score, label, score == chosen) for score, label in phrases.SCORES.items()],
            yes=phrases.GIVE,
            note=phrases.NOTHING_KEPT_YET,
        )

    def _ask_why(self, score: int, *, wrong: str = "", typed: str = "") -> Response:
        return html_page(
            "rate_why",
            status=400 if wrong else 200,
            shop=self.shop.name,
            title=phrases.NOTED,
            text=phrases.noted(score=score),
            label=phrases.YOUR_WORDS,
            hint=phrases.WORDS_HINT,
            longest=LONGEST,
            wrong=wrong,
            typed=typed,
            yes=phrases.SEND_WORDS,
        )

    def _take_words(self, uow: UnitOfWork, order: Order, words: str, score: int) -> Response:
        wrong = phrases.too_long(most=LONGEST) if len(words) > LONGEST else "" if words else phrases.NO_WORDS
        wrong = phrases_talk.CARD_NUMBER if has_card_number(words) else wrong
        if wrong:
            return self._ask_why(score, wrong=wrong, typed="" if has_card_number(words) else words)
        products = uow.products.get([line.product_id for line in order.lines])
        shown = f"#{order.order_id}: {wording.listed(names_of(order.lines, products))}"
        try:
            opened = open_case_by_mail(
                uow,
                order,
                about=f"other; order {order.order_id}",
                said=words,
                summary=phrases_aftersales.for_support(
                    kinds=[phrases_aftersales.KINDS["other"]],
                    order=shown,
                    products=[],
                    besides=phrases.for_support(score=score),
                ),
                now=self.clock.now(),
            )
        except TooMuchSaid:
            opened = None
        if opened is None:
            return self.message(429, phrases_pages.BUSY, phrases.TOO_OFTEN)
        uow.commit()
        _, answered = opened
        return self.message(200, phrases.PASSED_ON, phrases.ANSWERED_IN_CHAT if answered else phrases.NOT_ANSWERED)
