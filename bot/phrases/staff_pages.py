"""What the pages for staff say."""

from collections.abc import Sequence

from bot.shop import Shop

CLOSED = "This page is for staff"
HOW_IN = "Type /dashboard in a chat with the shop, in Slack or Telegram: the answer holds a link that lets you in once."
USED = "This link was used before, or its time is over."
COME_IN = "Pages for staff"
FOR_STAFF = "Come in, and see how the shop does: what your role may see, in one place."
YES = "Come in"
LEAVE = "Leave"
MENU = "Pages for staff"
NOT_YOUR_ROLE = "This page is not for your role"
LATER = "Not now"
CATALOGUE = "Data products"
DATA = "Data"
CATALOGUE_TEXT = "Tables for other teams, each with an owner and a contract that is checked after every build."
ALL = "All data products"
OPEN, RESTRICTED = "open", "restricted"
FRESH, STALE, NEVER = "fresh", "stale", "never published"
ALL_KEPT = "kept"
BROKEN = "broken"
LINEAGE = "Where the data comes from, and who reads it"
NO_LINEAGE = "Nothing is known yet: the next build of the warehouse tells."
SAMPLES = "Ten rows"
NO_SAMPLES = "What is restricted shows no rows here."
EMPTY = "There are no rows yet."
NOT_BUILT = "The warehouse was not built yet: `parley analytics build` does it, and then there is something to see."
NO_TABLE = "There is no such table."
SHOW = "Show"
BUILDS = "How fresh the warehouse is"
NEVER_BUILT = "It was never built: `parley analytics build` does it."
BUILD_HEADINGS = ("Began", "Result", "Tests", "Took", "Up to", "What")
ALL_ANEW, WHAT_IS_NEW = "all anew", "what is new"
BUILD_DONE, BUILD_FAILED, BUILD_RUNS = "done", "failed", "runs, or was cut off"
TABLE, MEANS, AS_CSV = "The table", "What it means", "as CSV"
LOADING = "The chart is drawn …"
FILTERS = "Which figures"
COLUMNS, PROMISES, QUALITY, READERS = "Columns", "Promises", "The last builds", "Who may read it"
ANALYSTS = "every analyst (members of parley_analyst)"
ONLY_ASKED = "only whom its owner lets in"
YOURS = "Your access"
SHOW_LOGIN = "Show my login"
LOGIN_TITLE = "Your login"
LOGIN_ONCE = "The password is shown this once and kept nowhere. A new one can be had here; the one before then stops."
NOT_YOURS = "That is not yours to see"
NOT_YOURS_TEXT = "The request is somebody else's, or it does not hold any more. /data request in a chat asks anew."
UNKNOWN = "There is no such data product"


def roles_needed(*, roles: Sequence[str]) -> str:
    """Who may see a page."""
    return f"It is for {' and '.join(roles)}. An admin gives roles in a chat: /parley role grant WHO ROLE."


def begin_anew(*, path: str) -> str:
    """Where somebody goes on whose address asked for what cannot be."""
    return f"Begin anew at {path}."


def as_of(*, day: str) -> str:
    """Up to when the figures are."""
    return f"As of {day}, the last day of the warehouse."


def first_rows(shop: Shop, *, shown: int, of: int) -> str:
    """A table goes on in its file."""
    return f"The first {shop.number(shown)} of {shop.number(of)} rows; the file below has all."


def built(*, up_to: str, at: str) -> str:
    """How far the warehouse reaches, and when it was built."""
    return f"All figures reach to {up_to}; built {at}."


def old(*, hours: int) -> str:
    """What is wrong with a warehouse that was built long ago."""
    return f"That is more than {hours} hours ago: a night was missed. `parley analytics status` says why."


def took(shop: Shop, *, seconds: float) -> str:
    """How long a build took."""
    return f"{shop.number(seconds)} s"


def tests(*, passed: int, failed: int) -> str:
    """How a build's tests went."""
    return f"{passed} passed" + (f", {failed} failed" if failed else "")


def once(*, hours: int) -> str:
    """How long a session holds."""
    return f"The link works this once; you stay in for {hours} hours, or until you leave."


def may_until(*, port: str, until: str) -> str:
    """What somebody may read, for how long."""
    return f"You may read {port} until {until}."


def reads_until(*, subject: str, until: str) -> str:
    """Somebody who may read a port."""
    return f"{subject}, until {until}"


def how_to_ask(*, port: str) -> str:
    """How somebody gets in."""
    return f"To read it, type in a chat: /data request {port} WHY"


def quality(*, kept: int, of: int) -> str:
    """How many of the last builds kept the contract."""
    return f"The contract held in {kept} of the last {of} builds."


def lineage(*, names: Sequence[str]) -> str:
    """What the picture shows, for who does not see it."""
    return "From left to right: " + ", ".join(names)
