"""What the API says to who writes programs."""

from http import HTTPStatus

TITLE = {status.value: status.phrase for status in HTTPStatus}
STATUS = {
    400: "The body cannot be read.",
    401: "No key, or one that does not hold.",
    403: "The key lacks the scope.",
    404: "There is no such thing.",
    409: "Several customers are called so.",
    422: "Something of the request is not as described.",
    429: "Too often; `Retry-After` says when to come again.",
    503: "The database is busy or away, or the warehouse was not built yet.",
}
ABOUT = (
    "What a shop knows of its products, stock, customers and sales, for other programs. Customers are pseudonyms and "
    "keyed hashes here; whose address is behind one is told to the scope `pii` alone, and noted. "
    "Money is decimal text in the shop's currency, days are the shop's. Lists page by `cursor`; answers have ETags. "
    "Within v1 nothing is taken away or changed in its meaning; fields and calls may be added."
)
HOW_TO_GET_A_KEY = "The operator makes a key: `parley api-key create NAME --scope products`."
NO_KEY = (
    "There is no key in the header “Authorization: Bearer …”, or it was revoked or is over. "
    "The operator makes one: parley api-key create NAME --scope SCOPE"
)
TOO_MANY_REFUSED = (
    "Too many calls without a key that holds came from this network. Check the key, and try again in a minute."
)
TOO_OFTEN = "That was too often from this network. Try again in a minute."
NO_SUCH_ADDRESS = "There is nothing at this address; /api/v1/docs lists what there is."
NO_SUCH_METHOD = "This address is not asked in that way; /api/v1/docs says how."
REFUSED = {404: NO_SUCH_ADDRESS, 405: NO_SUCH_METHOD}
UNREADABLE = "The request cannot be read."
BAD_CURSOR = "The cursor is none that was handed out. Begin the list again without one."
BUSY = "The shop is busy. Try again in a moment."
AWAY = "The database is away. Try again in a moment."
NOT_BUILT = "The warehouse was not built yet: `parley analytics build` does it."
NOT_PREDICTED = "Nothing was predicted yet: `parley predict train` does it."
NO_EMAIL = "That is no e-mail address, so nobody has it."
NO_DATA_PRODUCT = "There is no such data product. GET /api/v1/products-of-data lists them."
SPELLED = "A pseudonym such as cust_7f3a12, or a hashed e-mail of 64 digits and letters."


def too_often(*, per_minute: int) -> str:
    """A key's own limit."""
    return f"This key may ask {per_minute} times a minute. Try again in a minute."


def no_scope(*, key: str, scope: str) -> str:
    """What a key may not."""
    return f"The key “{key}” lacks the scope “{scope}”. The operator can make another key with it."


def invalid(*, count: int) -> str:
    """How much is wrong with a request."""
    return f"{count} thing{'s are' if count > 1 else ' is'} wrong with the request; `faults` says what."


def no_product(*, product_id: str) -> str:
    """A product that is not there."""
    return f"There is no product “{product_id}”. GET /api/v1/products lists them."


def no_customer(*, called: str) -> str:
    """A customer who is not there."""
    return f"There is no customer “{called}”. {SPELLED}"


def several_customers(*, called: str) -> str:
    """A pseudonym of several."""
    return f"Several customers are called “{called}”: take more of the hash."


def no_member(*, dimension: str, said: str) -> str:
    """A store or the like where nothing was sold."""
    return f"Nothing was sold in a {dimension} “{said}”. Without the filter, `by` lists what there is."


def not_told(*, first: str, as_of: str) -> str:
    """A period that the warehouse does not reach."""
    return f"The warehouse tells of days from {first} to {as_of}: ask for a period that ended by then."
