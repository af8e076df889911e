"""The menu of the pages for staff: who may see which page, and what is below it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.phrases import orders_desk, products_desk
from bot.phrases import staff_pages as phrases
from dashboards.boards import BOARDS
from domain.records.boards import ORDER_READERS, ORDERS
from domain.records.staff import Role

EVERYBODY = frozenset(Role)


@dataclass(frozen=True, kw_only=True)
class StaffPage:
    """A page of the menu, and who may see it and what is below it."""

    path: str
    label: str
    may: frozenset[Role]


PRODUCTS = "/products-desk"
PAGES = (
    *(StaffPage(path=board.name.path, label=board.label, may=board.may) for board in BOARDS),
    StaffPage(path=ORDERS, label=orders_desk.ORDERS, may=ORDER_READERS),
    StaffPage(path=PRODUCTS, label=products_desk.PRODUCTS, may=frozenset({Role.ADMIN})),
    StaffPage(path="/data", label=phrases.DATA, may=EVERYBODY),
)


def page_of(path: str) -> StaffPage | None:
    """The page of the menu that a path belongs to; the nearest one."""
    within = [one for one in PAGES if path == one.path or path.startswith(f"{one.path}/")]
    return max(within, key=lambda one: len(one.path), default=None)


def own_address(said: str) -> str | None:
    """An address of a page for staff, as it is; None for anything else, such as another site's."""
    parts = urlsplit(said)
    is_plain = "\\" not in said and ".." not in parts.path and said.isprintable()
    is_ours = not parts.scheme and not parts.netloc and is_plain
    return said if is_ours and page_of(parts.path) is not None else None


def first_page(roles: frozenset[Role]) -> str:
    """Where somebody with these roles begins."""
    return next(one.path for one in PAGES if one.may & roles)
