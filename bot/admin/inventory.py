"""`/inventory`: who answers which word, and everything that only looks."""

from collections.abc import Callable

from bot.admin import editing, files, purchases, suppliers, supply
from bot.admin.parsing import first_word, read_page
from bot.admin.replies import actor, button, heading, product_named, row, span
from bot.messages import Reply, Row, Verb
from bot.phrases import labels, misread, staff_products
from bot.phrases import staff as phrases
from bot.phrases.staff import PAGE
from bot.turn import Turn
from bot.values import BadInput, whole
from domain.model import Reason, StockMovement
from domain.products.fields import NEEDED_FIRST, PIECES, ProductField
from domain.records.auditing import of_product
from domain.records.staff import Role


def answer_inventory(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The replies to `/inventory TEXT`.

    Raises:
        BadInput, ShopError: nothing was changed.
    """
    word, rest = first_word(text)
    action = ACTIONS.get(word)
    if action is None:
        lead = f"{misread.unknown(word=word)}\n" if word not in ("", "help") else ""
        return [Reply(text=lead + phrases.INVENTORY_HELP)]
    return [action(turn, rest)]


def show_list(turn: Turn, text: str) -> Reply:
    """A page of the products in the shop, by id."""
    return _page(turn, text, "list", staff_products.PRODUCTS, staff_products.NO_PRODUCTS)


def low(turn: Turn, text: str) -> Reply:
    """A page of the products of which so many pieces or fewer are left, or as few as the low mark, emptiest first."""
    word, rest = first_word(text)
    said = word if word and word != "page" else ""
    mark = whole(said, 0, "low") if said else turn.shop.low_stock
    title, nothing = staff_products.low_or_fewer(low_stock=mark), staff_products.NOTHING_LOW
    return _page(turn, rest if said else text, "low", title, nothing, at_most=mark, before=said)


def find(turn: Turn, text: str) -> Reply:
    """A page of the products that hold a text in id, name or category, removed ones included."""
    phrase, number = read_page(text, "find")
    if text.strip().isdecimal():
        phrase, number = text.strip(), 1  # a number alone is what is looked for
    if not phrase:
        raise BadInput(misread.WHAT_TO_FIND, "find")
    found, total = turn.uow.stock_room.listed(phrase=phrase[:100], limit=PAGE, offset=(number - 1) * PAGE)
    if not found:
        return Reply(text=misread.nothing_found(phrase=phrase) if number == 1 else phrases.NO_SUCH_PAGE)
    more = button(labels.MORE, Verb.INV_FIND, f"{phrase} page {number + 1}") if total > number * PAGE else ()
    only = button(labels.SHOW, Verb.INV_SHOW, found[0].product_id) if total == 1 else ()
    return Reply(
        title=staff_products.found_for(phrase=phrase),
        body=(*(row(turn, product) for product in found), span(turn.shop, number, found, total)),
        buttons=more + only,
    )


def show(turn: Turn, text: str) -> Reply:
    """Everything about one product."""
    if not text:
        raise BadInput(misread.WHICH_PRODUCT, "show")
    product, shop = product_named(turn, text), turn.shop
    product_id = product.product_id
    rows = [Row(field.title, _value(turn, field, field.fact(product))) for field in NEEDED_FIRST if field.as_row]
    if product.retired_at:
        rows.append(Row(staff_products.REMOVED, shop.local(product.retired_at, turn.now)))
    state = button(labels.RESTORE, Verb.INV_RESTORE, product_id)
    if not product.retired_at:
        state = button(labels.RESTOCK, Verb.INV_RESTOCK, product_id) + button(
            labels.REMOVE, Verb.INV_REMOVE, product_id
        )
    return Reply(
        title=heading(product),
        body=(*([product.description] if product.description else []), *rows),
        image=product.image_url or None,
        buttons=button(labels.EDIT, Verb.INV_SET, product_id)
        + state
        + button(labels.HISTORY, Verb.INV_HISTORY, product_id),
    )


def _value(turn: Turn, field: ProductField, value: str) -> str:
    if field.kind is PIECES:
        return turn.shop.number(int(value))
    return staff_products.fact(turn.shop, field.name, value) if value else staff_products.NO_VALUE


def history(turn: Turn, text: str) -> Reply:
    """A product's last changes and stock movements, newest first; or those of an order to a supplier, or of one."""
    if not text:
        raise BadInput(misread.WHICH_PRODUCT, "history")
    if turn.uow.products.spelled(text) is None and (of_supply := purchases.history(turn, text)) is not None:
        return of_supply
    product = product_named(turn, text)
    entries = turn.uow.audit.of(of_product(product.product_id), PAGE)
    told = {(entry.actor, entry.at) for entry in entries if "quantity" in entry.changed_to}
    movements = turn.uow.stock_room.movements(product.product_id, PAGE)
    why = {(one.actor, one.at): one.reference for one in movements if one.reason in _BY_STAFF}
    lines = [
        (
            entry.at,
            staff_products.entry_line(
                turn.shop, entry, actor(turn), turn.now, why=why.get((entry.actor, entry.at), "")
            ),
        )
        for entry in entries
    ]
    lines += [
        (movement.at, _movement(turn, movement)) for movement in movements if (movement.actor, movement.at) not in told
    ]
    newest = sorted(lines, key=lambda line: line[0], reverse=True)[:PAGE]
    return Reply(title=heading(product), text="\n".join(line for _, line in newest) or staff_products.NO_HISTORY)


def _movement(turn: Turn, movement: StockMovement) -> str:
    what = f"{movement.reason} {movement.reference}".strip()
    at = turn.shop.local(movement.at, turn.now)
    return staff_products.movement_line(turn.shop, at=at, actor=movement.actor, what=what, delta=movement.delta)


def _page(
    turn: Turn, text: str, word: str, title: str, nothing: str, *, at_most: int | None = None, before: str = ""
) -> Reply:
    """`before` is what the next page's command says before its number."""
    rest, number = read_page(text, word)
    if rest:
        raise BadInput(misread.bad_page(text=rest), word)
    shown, total = turn.uow.stock_room.listed(at_most=at_most, limit=PAGE, offset=(number - 1) * PAGE)
    if not shown:
        return Reply(text=nothing if number == 1 else phrases.NO_SUCH_PAGE)
    return Reply(
        title=title,
        body=(*(row(turn, product) for product in shown), span(turn.shop, number, shown, total)),
        buttons=button(labels.MORE, Verb(f"inv_{word}"), f"{before} page {number + 1}".strip())
        if total > number * PAGE
        else (),
    )


_BY_STAFF = (Reason.ADJUST, Reason.RESTOCK)
ACTIONS: dict[str, Callable[[Turn, str], Reply]] = {
    "list": show_list,
    "find": find,
    "show": show,
    "low": low,
    "history": history,
    "add": editing.add,
    "set": editing.change,
    "restock": editing.restock,
    "remove": editing.remove,
    "restore": editing.restore,
    "undo": editing.undo_change,
    "import": files.take_in,
    "export": files.give_out,
    "reorder": supply.reorder,
    "order": supply.order,
    "snooze": supply.snooze,
    "why": supply.why,
    "overstock": supply.overstock,
    "incoming": purchases.incoming,
    "calloff": purchases.calloff,
    "suppliers": suppliers.suppliers,
    "supplier": suppliers.supplier,
}
