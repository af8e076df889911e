"""What staff reads of orders: lists, steps, parcels, where an order goes, and the packing slip."""

ORDERS_TO_SHIP = "Orders to ship, oldest first"
STATE = "state"
RATED = "rated"
NO_OPEN_ORDERS = "No order waits to be shipped."
CUSTOMER_IS_TOLD = "The customer is told."
PARCEL = "parcel"
NOBODY_IS_TOLD = "This order came from no chat: its customer gets a mail, if we know an address."
STOCK_IS_BACK = "The stock is back."
STOCK_IS_NOT_BACK = "The stock does not come back."
NO_ORDERS_OF_THEIRS = "They have no orders, or not any more."
SHIP_TO = "Ship to:"
SHIP_TO_UNKNOWN = "Where it goes is not known: it came without an address, or its customer was erased."
SHIP_TO_WITH_TICKET = "Where it goes is shown to admins, and to support while its customer has an open ticket."
SHIP_TO_IN_PRIVATE = "Where it goes is not said where others read along. Ask me in our private chat."
FATES = {"back": "Came back good", "lost": "Lost", "damaged": "Damaged"}
REASONS = {
    "back": "The parcel came back to us.",
    "lost": "The parcel was lost on its way.",
    "damaged": "The parcel was damaged on its way.",
}


def parcel_corrected(*, parcel: str) -> str:
    """What a correction made of it."""
    return f"corrected to {parcel}"


def slip_is_file(*, order_id: int) -> str:
    """With the packing slip."""
    return f"The packing slip of order #{order_id}. That you asked is in the audit log."


def slip_page(*, shop: str, order_id: int, placed: str, address: str, rows: str, pieces: int) -> str:
    """A packing slip to print. What goes in is HTML: texts are escaped before."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Packing slip #{order_id}</title>
<style>
body {{ font: 14px/1.5 sans-serif; margin: 2cm; }}
address {{ font-size: 18px; font-style: normal; margin: 1cm 0; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border-bottom: 1px solid #999; padding: 4px 8px; text-align: left; }}
</style>
</head>
<body>
<p>{shop}</p>
<h1>Packing slip, order #{order_id}</h1>
<p>Ordered {placed}</p>
<address>{address}</address>
<table>
<tr><th>Pieces</th><th>Id</th><th>Product</th></tr>
{rows}
</table>
<p>Pieces in all: {pieces}</p>
</body>
</html>
"""


def slip_row(*, quantity: int, product_id: str, title: str) -> str:
    """A line of it."""
    return f"<tr><td>{quantity}</td><td>{product_id}</td><td>{title}</td></tr>"


def what_became_of_it(*, order_id: int) -> str:
    """Asks what became of the parcel before its order is cancelled."""
    return (
        f"Order #{order_id} has left the shop. What became of the parcel? Nothing is cancelled yet.\n"
        "Only what came back good goes back into stock."
    )


def order(*, order_id: int) -> str:
    """An order's title."""
    return f"Order #{order_id}"


def order_in_state(*, order_id: int, state: str) -> str:
    """The title of an order that is looked at."""
    return f"Order #{order_id} · {state}"


def more_lines(*, count: int) -> str:
    """Below the lines of an order that are shown."""
    return f"… and {count} more lines"


def last_orders(*, pseudonym: str) -> str:
    """Above a customer's orders."""
    return f"{pseudonym}: last orders"
