"""What all pages behind the links of mails share: words where a link leads nowhere, where others are in the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from fastapi import Response

from bot import metrics
from bot.adapters.web.html import html_page
from bot.links import Links
from bot.phrases import pages as phrases_pages
from bot.shop import Shop
from domain.errors import Away, Busy, OrderNotFound
from domain.model import OrderLine, Product
from domain.patience import patiently
from domain.ports import Clock, UnitOfWork

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class PageFrame:
    """Answers for a page."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    links: Links

    def answered(self, answer: Callable[[], Response]) -> Response:
        """What `answer` makes, tried again while others are in the way; else a page that says what is wrong."""
        try:
            return patiently(answer)
        except OrderNotFound:
            return self.unknown()
        except Away:
            return self.message(503, phrases_pages.BUSY, phrases_pages.AWAY_TEXT)
        except Busy:
            return self.message(503, phrases_pages.BUSY, phrases_pages.BUSY_TEXT)
        except Exception:
            metrics.FAILURES.labels(channel="web").inc()
            log.exception("page failed", channel="web")
            return self.message(500, phrases_pages.BROKEN, phrases_pages.BROKEN_TEXT)

    def unknown(self) -> Response:
        """The same for every made-up link."""
        return self.message(404, phrases_pages.UNKNOWN, phrases_pages.UNKNOWN_TEXT, self.a_person())

    def a_person(self) -> str:
        """How to reach one."""
        return phrases_pages.reach_a_person(hours=self.shop.support_hours)

    def message(self, status: int, title: str, *texts: str) -> Response:
        """A page of a few words, and the way to the chat."""
        return html_page(
            "message", status=status, shop=self.shop.name, title=title, texts=texts, chat=phrases_pages.OPEN_CHAT
        )


def names_of(lines: Sequence[OrderLine], products: dict[str, Product]) -> list[str]:
    """2 × Red Mug, for each line."""
    titles = [products[line.product_id].title if line.product_id in products else line.product_id for line in lines]
    return [f"{line.quantity} × {title}" for line, title in zip(lines, titles, strict=True)]
