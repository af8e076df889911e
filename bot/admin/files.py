"""`/inventory import` and `export`: the catalogue as a CSV file, in the form that `parley import inventory` takes."""

import csv
import io
from contextlib import suppress

from bot.admin.replies import actor
from bot.channels import channel_of
from bot.messages import Attachment, Reply, Row
from bot.phrases import misread, staff_products
from bot.phrases import staff as phrases
from bot.phrases.staff import PAGE
from bot.shop import Shop
from bot.turn import Turn
from bot.values import BadInput
from domain.csv_cells import harmless
from domain.model import Product
from domain.products.editing import facts
from domain.products.fields import BY_NAME, OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from domain.records.auditing import Action, Entry, of_product
from domain.records.catalogue import Imported

CHECK = ("check", "dry-run", "dry run")
HEADER = (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)


def take_in(turn: Turn, text: str) -> Reply:
    """Creates and changes what the file names, the whole of it or nothing; `check` only shows what that would be."""
    file = turn.message.command.file if turn.message.command else ""
    if text and text.lower().lstrip("-") not in CHECK:
        raise BadInput(misread.unreadable(word=text[: misread.SHOWN]), "import")
    if not file:
        no_file = phrases.NO_FILE if channel_of(turn.source).carries_files else phrases.NO_FILE_BY_COMMAND
        raise BadInput(no_file, "import")
    if text:
        return _check(turn, file)
    done = turn.uow.stock_room.load(file, file="chat.csv", actor=actor(turn), now=turn.now)
    return Reply(title=staff_products.IMPORTED, body=_counts(turn.shop, done))


class _Enough(Exception):
    """All was seen that an import would do."""


def _check(turn: Turn, file: str) -> Reply:
    """What the file would change, found by taking it in and undoing that."""
    before = {one.product_id: one for one in turn.uow.stock_room.all()}
    with suppress(_Enough), turn.uow.savepoint():
        done = turn.uow.stock_room.load(file, file="chat.csv", actor=actor(turn), now=turn.now)
        after = turn.uow.stock_room.all()
        raise _Enough
    before |= turn.uow.products.get([one.product_id for one in after if one.product_id not in before])
    differing = [one for one in after if one != before.get(one.product_id)]
    rows = [Row(one.product_id, _difference(turn, before.get(one.product_id), one)) for one in differing[:PAGE]]
    left = len(differing) - len(rows)
    more = [staff_products.more_products(turn.shop, count=left)] if left else []
    return Reply(
        title=staff_products.CHECKED,
        body=(*_counts(turn.shop, done), "", *rows, *more, "", staff_products.NOT_IMPORTED),
    )


def _difference(turn: Turn, before: Product | None, after: Product) -> str:
    """From → to of what would change; of a new product what it would be."""
    was, becomes = facts(before) if before else {}, facts(after)
    entry = Entry(
        at=turn.now,
        actor=actor(turn),
        action=Action.IMPORT,
        subject=of_product(after.product_id),
        changed_from={name: value for name, value in was.items() if value != becomes[name]},
        changed_to={name: value for name, value in becomes.items() if value != was.get(name, BY_NAME[name].usual)},
    )
    said = ", ".join(f"{name} {what}" for name, what in staff_products.changes(turn.shop, entry))
    return said if before else f"{staff_products.NEW}: {said}"


def _counts(shop: Shop, done: Imported) -> tuple[Row, ...]:
    return (
        Row(staff_products.ROWS, shop.number(done.rows)),
        Row(staff_products.CREATED, shop.number(done.created)),
        Row(staff_products.CHANGED, shop.number(done.changed)),
        Row(staff_products.UNCHANGED, shop.number(done.unchanged)),
    )


def give_out(turn: Turn, text: str) -> Reply:
    """All products in the shop as a file; to take it in again changes nothing."""
    products = turn.uow.stock_room.all()
    if not products:
        return Reply(text=staff_products.NO_PRODUCTS)
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(HEADER)
    # The import takes the apostrophe away again.
    writer.writerows([harmless(getattr(product, column)) for column in HEADER] for product in products)
    name = f"inventory-{turn.now.astimezone(turn.shop.time_zone).date().isoformat()}.csv"
    return Reply(
        text=staff_products.exported(turn.shop, products=len(products)),
        attachment=Attachment(name=name, content=content.getvalue()),
    )
