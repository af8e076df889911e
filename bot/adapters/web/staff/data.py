"""The catalogue of data products: /data, a page for each of them, and the login of who was let in. For staff alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request, Response

from bot.adapters.web.staff.frame import StaffFrame
from bot.phrases import staff_pages as phrases
from bot.shop import Shop
from domain import lineage
from domain.errors import RequestOver, RequestUnknown
from domain.ports import Clock, UnitOfWork
from domain.records.builds import STALE, Build, Checked
from domain.records.data_products import Access, DataProduct, DataRequest, Edge, Port, PortBuild
from domain.staff.data_access import let_in
from domain.staff.entering import Entered

BUILDS = 30
SHOWN = 7  # builds of the warehouse
ROWS = 10
_NOBODY = (phrases.ONLY_ASKED,)


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A product in the list."""

    key: str
    name: str
    domain: str
    kind: str
    purpose: str
    ports: Sequence["_Port"]


@dataclass(frozen=True, kw_only=True)
class _Port:
    """A port as it is shown; `builds` are whether the last ones kept the contract, the oldest first."""

    port: Port
    restricted: bool
    state: str
    is_fresh: bool
    rows: str
    builds: Sequence[tuple[bool, str]]
    quality: str
    broken: Sequence[str]
    readers: Sequence[str]
    samples: Sequence[Sequence[object]]
    how_to_ask: str


@dataclass(frozen=True, kw_only=True)
class _Builds:
    """How fresh the warehouse is, and its last builds, as `BUILD_HEADINGS` has them."""

    fresh: str
    old: str
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class DataPages:
    """The pages; `connect` says how somebody logs in to the database, given the login."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    frame: StaffFrame
    connect: Callable[[str], str]

    def all(self, request: Request) -> Response:
        """The list of products."""
        return self.frame.shown(request, self._all)

    def one(self, request: Request) -> Response:
        """One product."""
        return self.frame.shown(request, lambda who: self._one(who, request.path_params["key"]))

    def login(self, request: Request) -> Response:
        """Makes a reader's login, or gives it another password, and shows it once."""
        return self.frame.shown(request, lambda who: self._login(who, request.path_params["number"]))

    def _all(self, who: Entered) -> Response:
        with self.unit_of_work() as uow:
            entries = [self._entry(uow, product) for product in self.shop.data_products()]
            held, builds = self._held(uow, who), self._builds(uow)
        told = {"text": phrases.CATALOGUE_TEXT, "entries": entries, "held": held, "builds": builds}
        return self._page(who, "catalogue", phrases.CATALOGUE, **told)

    def _one(self, who: Entered, key: str) -> Response:
        product = next((one for one in self.shop.data_products() if one.key == key), None)
        if product is None:
            return self.frame.message(who, 404, phrases.UNKNOWN)
        with self.unit_of_work() as uow:
            entry = self._entry(uow, product, samples=True)
            steps = [edge for port in product.ports for edge in uow.data_products.way_to(port.name)]
            held = [one for one in self._held(uow, who) if one[0].port in {port.name for port in product.ports}]
        readers = [(reader, one.port.name) for one in entry.ports for reader in one.readers if reader not in _NOBODY]
        steps += [Edge(child=f"{lineage.READER}{reader}", parent=port) for reader, port in readers if steps]
        edges = list(dict.fromkeys(steps))
        drawn = lineage.picture(edges, [port.name for port in product.ports])
        told = phrases.lineage(names=[box.name for box in drawn.boxes]) if edges else phrases.NO_LINEAGE
        picture = {"drawn": drawn, "box_width": lineage.WIDE, "told": told}
        return self._page(who, "product", product.name, product=product, entry=entry, held=held, **picture)

    def _login(self, who: Entered, number: int) -> Response:
        try:
            with self.unit_of_work() as uow:
                done, password = let_in(uow, number, subject=who.subject, now=self.clock.now())
                uow.commit()
        except (RequestUnknown, RequestOver):
            return self.frame.message(who, 404, phrases.NOT_YOURS, phrases.NOT_YOURS_TEXT)
        until = self.shop.moment(done.ends_at) if done.ends_at else ""
        return self._page(
            who,
            "login",
            phrases.LOGIN_TITLE,
            text=phrases.may_until(port=done.port, until=until),
            login=done.login,
            password=password,
            connect=self.connect(done.login),
            query=f"SELECT * FROM {done.port} LIMIT 10;",  # noqa: S608 - shown, not run
        )

    def _builds(self, uow: UnitOfWork) -> _Builds:
        good, last = uow.builds.last_good(), uow.builds.last(SHOWN)
        tested = uow.builds.tested([one.build_id for one in last])
        is_old = good is not None and self.clock.now() - good.began_at > STALE
        return _Builds(
            fresh=phrases.built(up_to=self.shop.full_date(good.as_of), at=self.shop.moment(good.began_at))
            if good
            else "",
            old=phrases.old(hours=int(STALE.total_seconds() // 3600)) if is_old else "",
            rows=[self._build(one, tested.get(one.build_id, Checked())) for one in last],
        )

    def _build(self, one: Build, tested: Checked) -> tuple[str, ...]:
        ended = phrases.BUILD_DONE if one.succeeded else phrases.BUILD_FAILED
        return (
            self.shop.moment(one.began_at),
            phrases.BUILD_RUNS if one.finished_at is None else ended,
            phrases.tests(passed=tested.tests - tested.failed, failed=tested.failed) if tested.tests else "–",
            phrases.took(self.shop, seconds=one.seconds) if one.seconds is not None else "–",
            str(one.as_of),
            phrases.ALL_ANEW if one.whole else phrases.WHAT_IS_NEW,
        )

    def _entry(self, uow: UnitOfWork, product: DataProduct, *, samples: bool = False) -> _Entry:
        good = uow.data_products.good()
        return _Entry(
            key=product.key,
            name=product.name,
            domain=product.domain,
            kind=product.kind,
            purpose=product.purpose,
            ports=[self._port(uow, port, good.get(port.name), samples=samples) for port in product.ports],
        )

    def _port(self, uow: UnitOfWork, port: Port, good: PortBuild | None, *, samples: bool) -> _Port:
        now = self.clock.now()
        builds = uow.data_products.builds_of(port.name, BUILDS)
        fresh = good is not None and port.keeps_its_age(good.at, now)
        state = phrases.NEVER if good is None else phrases.FRESH if fresh else phrases.STALE
        is_open = port.access is Access.OPEN
        readers = [phrases.ANALYSTS] if is_open else [phrases.ONLY_ASKED]
        readers += [
            phrases.reads_until(subject=one.subject, until=self.shop.moment(one.ends_at))
            for one in uow.data_requests.open([port.name])
            if one.holds(now) and one.ends_at is not None
        ]
        return _Port(
            port=port,
            restricted=not is_open,
            state=f"{state}: {self.shop.moment(good.at)}" if good else state,
            is_fresh=fresh,
            rows=self.shop.number(good.rows or 0) if good else "0",
            builds=[(not build.broken, self.shop.moment(build.at)) for build in reversed(builds)],
            quality=phrases.quality(kept=sum(not build.broken for build in builds), of=len(builds)),
            broken=[f"{check.name}: {check.found}" for check in builds[0].broken] if builds else [],
            readers=readers,
            samples=uow.data_products.samples(port.name, ROWS) if samples and is_open else [],
            how_to_ask=phrases.how_to_ask(port=port.name),
        )

    def _held(self, uow: UnitOfWork, who: Entered) -> list[tuple[DataRequest, str]]:
        """What who asks may read, and until when in words."""
        now = self.clock.now()
        return [
            (one, phrases.may_until(port=one.port, until=self.shop.moment(one.ends_at)))
            for one in uow.data_requests.of(who.subject)
            if one.holds(now) and one.ends_at is not None
        ]

    def _page(self, who: Entered, template: str, title: str, **values: Any) -> Response:
        return self.frame.page(who, template, title, here="/data", **values)


def add_data_pages(app: FastAPI, pages: DataPages) -> None:
    """Adds the routes."""
    app.add_route("/data", pages.all, methods=["GET"])
    app.add_route("/data/login/{number:int}", pages.login, methods=["POST"])
    app.add_route("/data/{key}", pages.one, methods=["GET"])
