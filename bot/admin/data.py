"""`/data`: the data products, what they hold and how they are; asking to read one, and deciding about it."""

from bot.admin.dashboard import link_to
from bot.admin.parsing import first_word
from bot.admin.replies import actor, button
from bot.messages import Line, Reply, Row, Verb
from bot.phrases import misread, staff_data
from bot.turn import Turn
from bot.values import BadInput
from domain.events import LineageAsked
from domain.records.auditing import Action, Entry, of_data
from domain.records.data_products import Access, DataProduct, DataRequest, Port, domain_of
from domain.records.staff import Role, subjects
from domain.staff import data_access

REQUEST, REQUESTS, APPROVE, DENY, END, SHOW = "request", "requests", "approve", "deny", "end", "show"
ACTIONS = (REQUEST, REQUESTS, APPROVE, DENY, END, SHOW)
USUAL_DAYS = "30"
LONGEST_WHY = 300
BUILDS = 30
_QUOTES = "\"'“”„‘’"


def answer_data(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/data`, `/data NAME`, `/data request NAME WHY`, `/data requests`, `/data approve N [DAYS]` …

    Raises:
        BadInput, ShopError: nothing was changed.
    """
    word, rest = first_word(text)
    match word:
        case "":
            return [_all(turn)]
        case "request":
            return [_ask(turn, rest)]
        case "requests":
            return [_requests(turn, held)]
        case "approve" | "deny" | "end":
            return [_decide(turn, word, rest, held)]
        case "show":
            return [_one(turn, _product(turn, rest))]
    return [_one(turn, _product(turn, text))]


def _owners_of(turn: Turn, port: str) -> frozenset[str]:
    """The subjects that own a port; none where nobody but admins does."""
    return turn.shop.data_owners.get(_owner(turn, port), frozenset())


def _all(turn: Turn) -> Reply:
    products = turn.shop.data_products()
    rows = [Row(*staff_data.product_row(product=product)) for product in products]
    shown = tuple(one for product in products for one in button(product.key, Verb.DATA_SHOW, product.key))
    return Reply(
        title=staff_data.TITLE,
        body=(*rows, staff_data.HOW_TO_SEE, staff_data.HOW_TO_ASK, staff_data.PAGES, link_to(turn, "/data")),
        buttons=shown,
    )


def _one(turn: Turn, product: DataProduct) -> Reply:
    """A product in words; the picture of where its data comes from follows by a job."""
    day = turn.now.astimezone(turn.shop.time_zone).date()
    who = {"user": turn.message.sender_id, "asked": turn.message.id, "channel": turn.source}
    turn.uow.record(LineageAsked(product=product.key, day=day, **who))
    lines: list[Line] = [staff_data.about(product=product)]
    good = turn.uow.data_products.good()
    for port in product.ports:
        state = good.get(port.name)
        when = turn.shop.moment(state.at) if state else ""
        told = staff_data.quality(builds=turn.uow.data_products.builds_of(port.name, BUILDS))
        lines += ["", staff_data.port_title(port=port), staff_data.port_about(port=port)]
        lines += [staff_data.freshness(turn.shop, good=state, when=when), *([told] if told else [])]
    if any(port.access is Access.RESTRICTED for port in product.ports):
        lines += ["", staff_data.HOW_TO_ASK]
    return Reply(title=staff_data.title(product=product), body=(*lines, staff_data.PAGES, link_to(turn, "/data")))


def _ask(turn: Turn, text: str) -> Reply:
    name, why = first_word(text)
    port = _port(turn, name)
    why = " ".join(why.strip(_QUOTES + " ").split())
    if not why:
        raise BadInput(staff_data.WHY_NEEDED, "data request")
    if len(why) > LONGEST_WHY:
        raise BadInput(misread.too_long(name="reason", length=len(why), most=LONGEST_WHY), "data request")
    request = data_access.ask(turn.uow, port.name, why=why, subject=actor(turn), now=turn.now)
    if request.asked_at != turn.now:
        return Reply(text=staff_data.asked_before(request=request, until=_until(turn, request)))
    return Reply(text=staff_data.asked(port=port.name, number=request.request_id, owner=_owner(turn, port.name)))


def _requests(turn: Turn, held: frozenset[Role]) -> Reply:
    """One's own, and those that one may decide about."""
    ports = [port.name for product in turn.shop.data_products() for port in product.ports]
    decidable = turn.uow.data_requests.open([port for port in ports if _may_decide(turn, port, held)])
    own = turn.uow.data_requests.of(actor(turn))
    shown = sorted({request.request_id: request for request in (*own, *decidable)}.items(), reverse=True)
    rows = [Row(*staff_data.request_row(request=one, until=_until(turn, one))) for _, one in shown]
    return Reply(title=staff_data.ASKED_TITLE, body=tuple(rows) or (staff_data.NO_REQUESTS,))


def _decide(turn: Turn, word: str, text: str, held: frozenset[Role]) -> Reply:
    number, *more = text.split() or [""]
    if not number.isdecimal() or len(number) > 15 or len(more) > (word == APPROVE):
        raise BadInput(misread.request(text=text), f"data {word}")
    days = more[0] if more else USUAL_DAYS
    if not days.isdecimal() or len(days) > 4 or not 1 <= int(days) <= data_access.MOST_DAYS:
        raise BadInput(misread.days(text=days, most=data_access.MOST_DAYS), "data approve")
    request = turn.uow.data_requests.get(int(number))
    by, now = actor(turn), turn.now
    own_end = word == END and request is not None and request.subject == by
    if request is not None and not own_end and not _may_decide(turn, request.port, held):
        refused = Entry(at=now, actor=by, action=Action.REFUSED, subject=of_data(request.port))
        turn.uow.audit.note(refused)
        return Reply(text=staff_data.not_yours(owner=_owner(turn, request.port)))
    if word == APPROVE:
        zone = turn.shop.time_zone
        done = data_access.approve(turn.uow, int(number), days=int(days), by=by, now=now, zone=zone)
        return Reply(text=staff_data.approved(turn.shop, request=done, last_day=data_access.last_day(done, zone)))
    if word == DENY:
        return Reply(text=staff_data.denied(request=data_access.deny(turn.uow, int(number), by=by, now=now)))
    return Reply(text=staff_data.ended(request=data_access.end(turn.uow, int(number), by=by, now=now)))


def _may_decide(turn: Turn, port: str, held: frozenset[Role]) -> bool:
    who = subjects(turn.source, turn.message.sender_id, turn.message.groups)
    return Role.ADMIN in held or bool(_owners_of(turn, port) & set(who))


def _owner(turn: Turn, port: str) -> str:
    return domain_of(port, turn.shop.data_products())


def _until(turn: Turn, request: DataRequest) -> str:
    return turn.shop.moment(request.ends_at) if request.ends_at else ""


def _product(turn: Turn, said: str) -> DataProduct:
    """The product of a key, of one of its ports, or of its whole name.

    Raises:
        BadInput: there is none.
    """
    wanted = said.strip().casefold()
    for product in turn.shop.data_products():
        if wanted in {product.key, product.name.casefold(), *(port.name for port in product.ports)}:
            return product
    raise BadInput(staff_data.unknown(said=said[:40]), "data")


def _port(turn: Turn, said: str) -> Port:
    """The port of that name; of a product the one that is restricted, or else its only one.

    Raises:
        BadInput: there is none.
    """
    product = _product(turn, said)
    named = next((port for port in product.ports if port.name == said), None)
    restricted = next((port for port in product.ports if port.access is Access.RESTRICTED), product.ports[0])
    return named or restricted
