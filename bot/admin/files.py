"""`/inventory import` and `export`: the catalogue as a CSV file, in the form that `parley import inventory` takes."""

import csv
import io

from bot.admin.replies import actor
from bot.messages import Attachment, Reply, Row
from bot.phrases import staff as phrases
from bot.phrases import staff_products
from bot.turn import Turn
from bot.values import BadInput
from domain.csv_cells import harmless
from domain.products.fields import OPTIONAL_COLUMNS, REQUIRED_COLUMNS

HEADER = (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)


def take_in(turn: Turn, text: str) -> Reply:
    """Creates and changes what the file names, the whole of it or nothing."""
    file = turn.message.command.file if turn.message.command else ""
    if not file:
        raise BadInput(phrases.NO_FILE, "import")
    done = turn.uow.stock_room.load(file, file="chat.csv", actor=actor(turn), now=turn.now)
    return Reply(
        title=staff_products.IMPORTED,
        body=(
            Row(staff_products.ROWS, f"{done.rows:,}"),
            Row(staff_products.CREATED, f"{done.created:,}"),
            Row(staff_products.CHANGED, f"{done.changed:,}"),
            Row(staff_products.UNCHANGED, f"{done.unchanged:,}"),
        ),
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
        text=staff_products.exported(products=len(products)),
        attachment=Attachment(name=name, content=content.getvalue()),
    )
