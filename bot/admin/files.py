"""`/inventory import` and `export`: the catalogue as a CSV file, in the form that `parley import inventory` takes."""

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from bot.admin.replies import actor, button
from bot.channels import channel_of
from bot.messages import Attachment, Reply, Row, Verb
from bot.phrases import labels, misread, staff_products
from bot.phrases import staff as phrases
from bot.phrases.staff import PAGE
from bot.shop import Shop
from bot.turn import Turn
from bot.values import BadInput
from domain.csv_cells import harmless
from domain.model import Product
from domain.numbers import plain_number
from domain.products.fields import IN_FILES, OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from domain.records.auditing import Entry, product_of
from domain.records.catalogue import CheckedFile, Imported

CHECK = ("check", "dry-run", "dry run")
KEEP_CHECKED = timedelta(days=1)
HEADER = (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)
_FIELDS = {field.file_column: field for field in IN_FILES}


def take_in(turn: Turn, text: str) -> Reply:
    """Creates and changes what the file names, the whole of it or nothing.

    `check` only shows what that would be, and keeps the file under a number by which it is imported.
    """
    file = turn.message.command.file if turn.message.command else ""
    if not file and (number := plain_number(text)) is not None:
        return _import_checked(turn, number)
    if text and text.lower().lstrip("-") not in CHECK:
        raise BadInput(misread.unreadable(word=text[: misread.SHOWN]), "import")
    if not file:
        no_file = phrases.NO_FILE if channel_of(turn.source).carries_files else phrases.NO_FILE_BY_COMMAND
        raise BadInput(no_file, "import")
    if text:
        return _check(turn, file)
    return _imported(turn.shop, turn.uow.stock_room.load(file, file="chat.csv", actor=actor(turn), now=turn.now))


def _imported(shop: Shop, done: Imported) -> Reply:
    """What an import did, and one button that takes all of it back."""
    undo = button(labels.UNDO, Verb.INV_UNDO, str(done.entry_id)) if done.entry_id else ()
    return Reply(title=staff_products.IMPORTED, body=_counts(shop, done), buttons=undo)


class _Undone(Exception):
    """What was done is to be undone; it was only looked at."""


def _check(turn: Turn, content: str) -> Reply:
    """What the file would change, found by taking it in and undoing that."""
    with suppress(_Undone), turn.uow.savepoint():
        done, lines = _load(turn, content)
        raise _Undone
    return _to_import(turn, content, done, lines, staff_products.CHECKED)


def _import_checked(turn: Turn, number: int) -> Reply:
    """Takes in the file that was checked, once, if it still changes what was shown; else shows what it would now."""
    file = turn.uow.stock_room.take(number, turn.now)
    if file is None:
        return Reply(text=staff_products.NO_CHECKED_FILE)
    with suppress(_Undone), turn.uow.savepoint():
        done, lines = _load(turn, file.content)
        if _digest(lines) != file.difference:
            raise _Undone
        return _imported(turn.shop, done)
    return _to_import(turn, file.content, done, lines, staff_products.CHECKED_AGAIN)


def _load(turn: Turn, content: str) -> tuple[Imported, list[Entry]]:
    """Takes a file in; says what that did, and what of each product."""
    done = turn.uow.stock_room.load(content, file="chat.csv", actor=actor(turn), now=turn.now)
    return done, turn.uow.audit.of_import(done.entry_id)


def _to_import(turn: Turn, content: str, done: Imported, lines: Sequence[Entry], title: str) -> Reply:
    """What a file would change, with a button that imports this very file."""
    if not lines:
        return Reply(title=title, body=(*_counts(turn.shop, done), "", staff_products.NOTHING_CHANGED))
    file = CheckedFile(content=content, difference=_digest(lines), until=turn.now + KEEP_CHECKED)
    number = str(turn.uow.stock_room.keep(file))
    rows = [Row(product_of(line), _difference(turn, line)) for line in lines[:PAGE]]
    left = len(lines) - len(rows)
    more = [staff_products.more_products(turn.shop, count=left)] if left else []
    return Reply(
        title=title,
        body=(*_counts(turn.shop, done), "", *rows, *more, "", staff_products.not_imported(number=number)),
        buttons=button(labels.IMPORT, Verb.INV_IMPORT, number),
    )


def _difference(turn: Turn, line: Entry) -> str:
    """From → to of what would change; of a new product what it would be."""
    said = ", ".join(f"{name} {what}" for name, what in staff_products.changes(turn.shop, line))
    return said if line.changed_from else f"{staff_products.NEW}: {said}"


def _digest(lines: Sequence[Entry]) -> str:
    """The same for the same changes of the same products."""
    changes = [[line.subject, dict(line.changed_from), dict(line.changed_to)] for line in lines]
    return hashlib.sha256(json.dumps(changes, sort_keys=True).encode()).hexdigest()


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
    writer.writerows([harmless(_in_file(product, column)) for column in HEADER] for product in products)
    name = f"inventory-{turn.now.astimezone(turn.shop.time_zone).date().isoformat()}.csv"
    return Reply(
        text=staff_products.exported(turn.shop, products=len(products)),
        attachment=Attachment(name=name, content=content.getvalue()),
    )


def _in_file(product: Product, column: str) -> object:
    return _FIELDS[column].fact(product) if column in _FIELDS else product.product_id
