"""The few sentences that only Slack needs; the others of this folder have everything else."""

from bot.phrases import talk
from bot.shop import Shop
from domain.records.given_up import GivenUp

BUSY = talk.BUSY_AGAIN
FILL_IN = "Fill in a form"
SEND = "Send"
CANCEL = "Cancel"
PICTURE = "Picture"
NOT_YOURS = "That card belongs to somebody else. Mention me, and I will make you one of your own."
IN_PRIVATE = "I wrote to you in our direct messages."
NO_DIRECT_CHAT = "I cannot write to you in private, so I did nothing."
NOT_PASSED_ON = "That did not reach the customer. Please send it again."
YOUR_FILE = "The file is in our direct messages."

HOME_STAFF = "The shop"
HOME_WAITING = "Orders that wait"
HOME_LOW = "Low stock"
HOME_REORDER = "What to reorder"
HOME_PAGES = "/dashboard lets you into the pages for staff; /parley shows what else there is."
HOME_CART = "Your cart"
HOME_CART_EMPTY = "Your cart is empty. Write to me under Messages what you want and how many."
HOME_POPULAR = "See what is popular"
HOME_OPEN = "Open orders"
HOME_PAST = "Past orders"
HOME_NO_ORDERS = "You have no orders yet."


def waiting_orders(*, count: int, most: int) -> str:
    """How many orders are to be shipped; of many only that."""
    said = f"more than {most}" if count > most else str(count) if count else "no"
    return f"{said.capitalize()} order{' waits' if count == 1 <= most else 's wait'} to be shipped."


def failed_jobs(shop: Shop, failed: GivenUp) -> str:
    """How many durable jobs were given up, why the newest was, and what its operator does about it."""
    were = "1 job failed and was" if failed.count == 1 else f"{shop.number(failed.count)} jobs failed and were"
    task = failed.task.replace("_", " ")
    at = f" on {shop.moment(failed.at)}" if failed.at else ""
    why = failed.error.partition(": ")[2] or failed.error or "its worker died"
    return (
        f"⚠ {were} given up, last “{task}”{at}: {why}. Whoever runs the shop: “parley jobs” lists them, "
        "“parley jobs retry NUMBER” tries one again."
    )


def low_products(shop: Shop, *, count: int, low_stock: int) -> str:
    """How many products are low on stock."""
    said = shop.number(count) if count else "No"
    return f"{said} product{' has' if count == 1 else 's have'} {low_stock} or fewer in stock."


def file_unreadable(*, megabytes: int) -> str:
    """A file that is none, or too big."""
    return f"I could not read that file. It must be a CSV file of at most {megabytes} MB."
