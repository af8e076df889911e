"""What stands on the forms of staff: titles, labels and hints; a product's fields have theirs in `products.fields`."""

ADD_PRODUCT = "Add a product"
PRODUCT_ID = "Id"
PRODUCT_ID_HINT = "MUG-RED"
PIECES = "Pieces that came in"
CARRIER = "Carrier"
CARRIER_HINT = "UPS"
TRACKING = "Tracking number"
TRACKING_HINT = "1Z999AA10123456784"
REASON = "Reason"
REASON_HINT = "The customer reads it."
FATE = "The parcel"
FATE_HINT = "came back in good condition, lost, or damaged"


def edit(*, product_id: str) -> str:
    """The title of a product's form."""
    return f"Edit {product_id}"


def restock(*, product_id: str) -> str:
    """The title of the form for pieces that came in."""
    return f"Restock {product_id}"


def pieces_hint(*, quantity: int) -> str:
    """How many there are."""
    return f"{quantity} are there"


def ship(*, order_id: int) -> str:
    """The title of the form for a parcel."""
    return f"Ship order #{order_id}"


def cancel(*, order_id: int) -> str:
    """The title of the form for why an order is cancelled."""
    return f"Cancel order #{order_id}"
