"""What is said of data products: what they hold, how they are, who may read them."""

from collections.abc import Sequence
from datetime import date

from bot.phrases.wording import listed
from bot.shop import Shop
from domain.records.data_products import Access, DataProduct, DataRequest, Port, PortBuild, RequestState

TITLE = "Data products"
NONE_YET = "it was never published: `parley analytics build` does it"
PAGES = "Columns, lineage, sample rows and the quality of the last builds are in the catalogue."
HOW_TO_SEE = "For one of them: /data NAME"
HOW_TO_ASK = "To read what is restricted: /data request NAME WHY"
ASKED_TITLE = "Requests that wait or hold"
NO_REQUESTS = "No request waits, and none holds."
WHY_NEEDED = "Say what you need it for; its owner decides by that."
ACCESS = {Access.OPEN: "open to every analyst", Access.RESTRICTED: "restricted: its owner lets people in"}


def way(*, product: str) -> str:
    """Above the picture of where a product's data comes from."""
    return f"Where the data of {product} comes from, and who reads it:"


def unknown(*, said: str) -> str:
    """There is no product or port of that name."""
    return f"There is no data product “{said}”; /data lists those that there are."


def product_row(*, product: DataProduct) -> tuple[str, str]:
    """A product in a list: its name, and whose it is."""
    return f"{product.key} · {product.name}", f"{product.domain}, {product.kind}"


def title(*, product: DataProduct) -> str:
    """Above one product."""
    return f"{product.name} · {product.key}"


def about(*, product: DataProduct) -> str:
    """What a product is."""
    made_of = f" It is made of {listed(list(product.inputs))}." if product.inputs else ""
    return f"{product.purpose}{made_of} Owner: {product.domain}. Version {product.version}, {product.kind}."


def port_title(*, port: Port) -> str:
    """Above what is said of a port."""
    return f"{port.name}: {ACCESS[port.access]}"


def port_about(*, port: Port) -> str:
    """What a port holds."""
    columns = ", ".join(f"{column.name} {column.type}" for column in port.columns)
    return f"{port.purpose} {port.grain} {port.limitations}\n{columns}"


def freshness(shop: Shop, *, good: PortBuild | None, when: str) -> str:
    """How many rows a port has, and since when."""
    if good is None:
        return f"Not there yet: {NONE_YET}."
    return f"{shop.number(good.rows or 0)} rows, as of {when}"


def quality(*, builds: Sequence[PortBuild]) -> str:
    """How the last builds went for a port."""
    if not builds:
        return ""
    kept = sum(not build.broken for build in builds)
    told = f"The contract held in {kept} of the last {len(builds)} builds."
    broken = builds[0].broken
    if not broken:
        return told
    return f"{told} In the latest it was broken: {'; '.join(f'{one.name} ({one.found})' for one in broken)}"


def asked(*, port: str, number: int, owner: str) -> str:
    """A request was sent."""
    return f"{owner} was asked whether you may read {port} (request {number}). You hear of the answer here."


def asked_before(*, request: DataRequest, until: str) -> str:
    """It was asked before, or is so already."""
    if request.state is RequestState.APPROVED:
        return f"You may read {request.port} until {until} already (request {request.request_id})."
    return f"That was asked before, as request {request.request_id}; nobody decided about it yet."


def approved(shop: Shop, *, request: DataRequest, last_day: date | None) -> str:
    """Said to who approved."""
    until = shop.full_date(last_day) if last_day else ""
    return (
        f"{request.subject} may read {request.port} to the end of {until}, as {request.login}. It ends by itself; "
        f"/data end {request.request_id} ends it now."
    )


def denied(*, request: DataRequest) -> str:
    """Said to who denied."""
    return f"{request.subject} may not read {request.port}. They are told."


def ended(*, request: DataRequest) -> str:
    """Said to who ended it."""
    return f"{request.subject} may no more read {request.port}: the login {request.login} is gone."


def not_yours(*, owner: str) -> str:
    """Only owners decide."""
    return f"Only {owner}, who own it, and admins decide about that. Nothing was done."


def waits(*, subject: str, port: str, why: str, number: int) -> str:
    """A request, as its owner is told of it."""
    return f"{subject} asks to read {port} (request {number}): “{why}”"


def is_approved(*, port: str, last_day: str, login: str) -> str:
    """Told to who asked."""
    return (
        f"You may read {port} to the end of {last_day}, as the database login {login}. Type /data to open the "
        "catalogue: its page shows the login's password once."
    )


def is_denied(*, port: str, by: str) -> str:
    """Told to who asked."""
    return f"Your request to read {port} was denied by {by}."


def is_over(*, port: str) -> str:
    """Told to who could read it."""
    return f"You could read {port} until now; that time is over, and the login is gone. /data request asks again."


def days(*, count: int) -> str:
    """The button that approves."""
    return f"Approve for {count} days"


def request_row(*, request: DataRequest, until: str) -> tuple[str, str]:
    """A request in a list."""
    state = f"until {until}" if request.state is RequestState.APPROVED else "waits"
    return f"{request.request_id} · {request.subject} · {request.port}: {request.why}", state


def port_broken(*, port: str, broken: Sequence[str], good: str) -> str:
    """Told to owners and readers."""
    return f"{port} breaks its contract: {'; '.join(broken)}. {good}"


def port_whole(*, port: str) -> str:
    """Told to owners and readers when it is over."""
    return f"{port} keeps its contract again, and has new rows."


def still(*, when: str) -> str:
    """What readers see meanwhile."""
    return f"Its readers see its last good state, of {when}."


NEVER_GOOD = "It has no good state yet, so there is nothing to read."
READ_LIVE = "Who somebody is is read live, so its readers see what is there."
