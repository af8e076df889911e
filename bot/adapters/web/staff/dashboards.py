"""The boards as pages: /dashboard/NAME with its filters in the address, and the table behind each chart as CSV."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from bot.adapters.web.html import PRIVATE
from bot.adapters.web.staff.frame import StaffFrame
from bot.adapters.web.static import FOR_EVER
from bot.phrases import staff_pages as phrases
from bot.shop import Shop
from dashboards.board import Board, Export, Section
from dashboards.boards import BOARDS, BoardKind
from dashboards.looking import BadFilter, Filters, Look
from domain.csv_cells import harmless
from domain.ports import Clock, UnitOfWork
from domain.records.auditing import Action, Entry
from domain.records.marts import Glossary, WarehouseView
from domain.staff.entering import Entered

DRAWER = "/dashboard-charts.js"  # vega-embed and what it draws with, from the library that draws for mails
_WITH_SCRIPTS = {
    **PRIVATE,
    "Content-Security-Policy": PRIVATE["Content-Security-Policy"].replace(
        "default-src 'none';", "default-src 'none'; script-src 'self';"
    ),
}


@dataclass(frozen=True, kw_only=True)
class DashboardPages:
    """The pages; `marts` are the warehouse's, `glossary` says what its figures mean."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    frame: StaffFrame
    marts: Callable[[], AbstractContextManager[WarehouseView | None]]
    glossary: Callable[[date], Glossary]

    def board(self, kind: BoardKind, request: Request) -> Response:
        """A board."""
        return self.frame.shown(request, lambda who: self._made(who, kind, request, self._page))

    def table(self, kind: BoardKind, request: Request) -> Response:
        """The table behind one of its charts, as CSV."""
        return self.frame.shown(request, lambda who: self._made(who, kind, request, self._csv))

    def _made(
        self,
        who: Entered,
        kind: BoardKind,
        request: Request,
        show: Callable[[Entered, BoardKind, Request, Board], Response],
    ) -> Response:
        query = dict(request.query_params)
        try:
            with self.marts() as view, self.unit_of_work() as uow:
                if view is None:
                    return self.frame.message(who, 503, kind.label, phrases.NOT_BUILT)
                look = Look(
                    shop=self.shop,
                    now=self.clock.now(),
                    uow=uow,
                    view=view,
                    glossary=self.glossary(view.as_of),
                    filters=Filters.read(query),
                    query=query,
                    as_file=request.path_params.get("section", ""),
                    roles=who.roles,
                )
                board = kind.make(look)
        except BadFilter as bad:
            return self.frame.message(who, 422, kind.label, str(bad), phrases.begin_anew(path=kind.name.path))
        return show(who, kind, request, board)

    def _page(self, who: Entered, kind: BoardKind, request: Request, board: Board) -> Response:
        response = self.frame.page(
            who,
            "board",
            board.title,
            here=kind.name.path,
            board=board,
            path=kind.name.path,
            query=request.url.query,
            specs={section.key: _specs(section) for section in board.sections if section.chart is not None},
            themes=_themes(self.frame.shop.locale),
            drawer=f"{DRAWER}?{_version()}",
        )
        response.headers.update(_WITH_SCRIPTS)
        return response

    def _csv(self, who: Entered, kind: BoardKind, request: Request, board: Board) -> Response:
        section = board.section(request.path_params["section"])
        if section is None:
            return self.frame.message(who, 404, kind.label, phrases.NO_TABLE)
        content = io.StringIO(newline="")
        writer = csv.writer(content, lineterminator="\n")
        writer.writerow(section.table.headings)
        writer.writerows([harmless(cell.value) for cell in row] for row in section.table.rows)
        if section.cut:
            writer.writerow([section.cut])
        if section.exports is not None:
            self._note(who, section.exports, len(section.table.rows))
        name = f"{kind.name}-{section.key}-{board.as_of}.csv"
        headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

    def _note(self, who: Entered, taken: Export, count: int) -> None:
        """Notes that somebody takes rows of single customers or orders away, as `/segment` and `/churn` do."""
        with self.unit_of_work() as uow:
            uow.audit.note(
                Entry(
                    at=self.clock.now(),
                    actor=who.subject,
                    action=Action.EXPORT,
                    subject=taken.subject,
                    changed_to={taken.rows: str(count)},
                )
            )
            uow.commit()


def _specs(section: Section) -> list[str]:
    """The chart's panels as JSON that can stand in a page; one panel alone is named by its section."""
    from charts.chart import unthemed

    specs = unthemed(section.chart) if section.chart is not None else []
    if len(specs) == 1:
        del specs[0]["title"]
    return [_json(spec) for spec in specs]


@cache
def _themes(locale: str) -> str:
    from charts.chart import looks
    from charts.theme import DARK, LIGHT

    return _json({"light": looks(LIGHT, locale), "dark": looks(DARK, locale)})


def _json(value: object) -> str:
    """JSON in which nothing ends the element that it stands in."""
    return json.dumps(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _version() -> str:
    from charts import drawing

    return drawing.VERSION


@cache
def _drawer() -> bytes:
    from charts.drawing import browser_script

    return browser_script()


async def _draw(request: Request) -> Response:
    script = await run_in_threadpool(_drawer)
    headers = {"Content-Encoding": "gzip", "Cache-Control": FOR_EVER}
    return Response(script, media_type="text/javascript", headers=headers)


def add_dashboards(app: FastAPI, pages: DashboardPages) -> None:
    """Adds the routes."""
    app.add_route(DRAWER, _draw, methods=["GET"])
    for kind in BOARDS:
        app.add_route(kind.name.path, partial(pages.board, kind), methods=["GET"])
        app.add_route(f"{kind.name.path}/{{section}}.csv", partial(pages.table, kind), methods=["GET"])
