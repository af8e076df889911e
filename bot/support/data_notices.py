"""What owners and readers of data products are told unasked: requests, answers, the end, contracts that break."""

from bot.messages import Button, Choice, Reply, Verb
from bot.phrases import labels, staff_data
from bot.shop import Shop
from domain.records.data_products import Access, DataRequest, Port, PortBuild, RequestState
from domain.staff.data_access import last_day

USUAL_DAYS = (7, 30, 90)


def request_waits(request: DataRequest) -> Reply:
    """A request for its owner, with buttons to decide about it."""
    number = str(request.request_id)
    approve = [
        Button(label=staff_data.days(count=days), choice=Choice(verb=Verb.DATA_APPROVE, arg=f"{number} {days}"))
        for days in USUAL_DAYS
    ]
    deny = Button(label=labels.DENY, choice=Choice(verb=Verb.DATA_DENY, arg=number))
    told = staff_data.waits(subject=request.subject, port=request.port, why=request.why, number=request.request_id)
    return Reply(text=told, buttons=(*approve, deny))


def request_decided(request: DataRequest, shop: Shop) -> Reply:
    """The answer, for who asked."""
    if request.state is RequestState.DENIED:
        return Reply(text=staff_data.is_denied(port=request.port, by=request.decided_by))
    if request.state is RequestState.ENDED:
        return Reply(text=staff_data.is_over(port=request.port))
    day = last_day(request, shop.time_zone)
    said = shop.full_date(day) if day else ""
    return Reply(text=staff_data.is_approved(port=request.port, last_day=said, login=request.login))


def port_broken(port: Port, build: PortBuild, good: PortBuild | None, shop: Shop) -> Reply:
    """That a port breaks its contract, and what its readers see meanwhile."""
    said = [f"{check.name} ({check.found})" for check in build.broken]
    seen = staff_data.still(when=shop.moment(good.at)) if good else staff_data.NEVER_GOOD
    if port.access is Access.RESTRICTED and build.rows is not None:
        seen = staff_data.READ_LIVE
    return Reply(text=staff_data.port_broken(port=port.name, broken=said, good=seen))


def port_whole(port: Port) -> Reply:
    """That it keeps it again."""
    return Reply(text=staff_data.port_whole(port=port.name))


def way(product: str) -> Reply:
    """Above the picture of where a product's data comes from."""
    return Reply(text=staff_data.way(product=product))
