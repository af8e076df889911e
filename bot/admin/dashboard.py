"""`/dashboard`: a link that leads onto the pages for staff, and a board's picture, which follows by a job."""

from bot.admin.parsing import BadInput
from bot.messages import Reply
from bot.phrases import misread, staff_boards
from bot.turn import Turn
from domain.events import BoardAsked
from domain.records.boards import BOARD_READERS, BoardName
from domain.records.staff import Role, subjects
from domain.staff.entering import LINK_HOLDS, make_link


def answer_dashboard(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/dashboard` or `/dashboard NAME`.

    Raises:
        BadInput: there is no such board.
    """
    said = text.strip().lower()
    if said and said not in list(BoardName):
        raise BadInput(misread.WHICH_BOARD, "dashboard")
    theirs = [name for name, may in BOARD_READERS.items() if may & held]
    board = BoardName(said) if said else theirs[0]
    day = turn.now.astimezone(turn.shop.time_zone).date()
    sender = turn.message.sender_id
    turn.uow.record(BoardAsked(board=board, day=day, user=sender, asked=turn.message.id, channel=turn.source))
    lines = [link_to(turn, board.path), *([] if said else [staff_boards.others(boards=theirs)])]
    return [Reply(title=staff_boards.title(board=board), body=tuple(lines))]


def link_to(turn: Turn, path: str) -> str:
    """A sentence with a link that leads onto a page for staff, once."""
    who = subjects(turn.source, turn.message.sender_id, turn.message.groups)
    secret = make_link(turn.uow, who, turn.now)
    minutes = int(LINK_HOLDS.total_seconds() // 60)
    return staff_boards.link(url=f"{turn.shop.web_url}/staff/{secret}?to={path}", minutes=minutes)
