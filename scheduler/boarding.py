"""Shows staff who ask for a board its figures and its first picture, in their private chat."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from bot.messages import Reply, Row
from bot.phrases import staff_boards
from bot.shop import Shop
from charts.drawing import png
from dashboards.board import Board
from dashboards.boards import BOARDS
from dashboards.looking import Filters, Look
from domain.periods import Period, Span
from domain.records.boards import BoardName
from domain.records.marts import Glossary, WarehouseView
from mail.letter import File
from scheduler.delivering import Parcel, ReportDelivery
from scheduler.workplace import Workplace


class Boards:
    """Makes a board as the page shows it without filters; `marts` are the warehouse's."""

    def __init__(
        self,
        place: Workplace,
        delivery: ReportDelivery,
        marts: Callable[[], AbstractContextManager[WarehouseView | None]],
        glossary: Callable[[date], Glossary],
    ) -> None:
        self._place = place
        self._delivery = delivery
        self._marts = marts
        self._glossary = glossary

    def show(self, board: str, day: str, user: str, asked: str, channel: str) -> None:
        """Brings it to the one who asked on `day`, in their private chat of `channel`."""
        room = self._delivery.room(channel)
        if room is None:
            return
        made = self._made(BoardName(board))
        period = Period.containing(date.fromisoformat(day), Span.DAY)
        message = Reply(text=staff_boards.NOT_BUILT) if made is None else _message(made, self._place.shop)
        parcel = Parcel(
            name="board",
            period=period,
            message=message,
            files=() if made is None else _picture(board, made, self._place.shop),
        )
        self._delivery.post(room, parcel, room.direct(user), noted_as=asked)

    def _made(self, name: BoardName) -> Board | None:
        kind = next(one for one in BOARDS if one.name is name)
        with self._marts() as view, self._place.unit_of_work() as uow:
            if view is None:
                return None
            look = Look(
                shop=self._place.shop,
                now=self._place.clock.now(),
                uow=uow,
                view=view,
                glossary=self._glossary(view.as_of),
                filters=Filters(),
                query={},
            )
            return kind.make(look)


def _message(board: Board, shop: Shop) -> Reply:
    rows = [
        Row(" · ".join([tile.label, *map(str, tile.compared), *filter(None, [tile.note])]), tile.value)
        for tile in board.tiles
    ]
    said = staff_boards.picture(
        board=board.title, as_of=shop.full_date(board.as_of) if board.as_of else "", said=" ".join(board.said)
    )
    return Reply(title=said.strip(), body=tuple(rows))


def _picture(name: str, board: Board, shop: Shop) -> tuple[File, ...]:
    """The first chart of the board, if it has any."""
    charted = next((one for one in board.sections if one.chart is not None), None)
    if charted is None or charted.chart is None:
        return ()
    return (File(name=f"{name}-{board.as_of}.png", content=png(charted.chart, shop.locale), alt=charted.alt),)
