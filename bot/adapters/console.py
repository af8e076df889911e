"""A chat in the terminal: replies as panels, buttons by number."""

import secrets
from collections.abc import Callable

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.engine import Answer, MessageEngine
from bot.messages import Button, Choice, IncomingMessage, Reply, Row
from domain.conversation import ChatRef

HINT = "Write a message; /1 presses button 1; empty line or Ctrl-D leaves."


def chat(
    engine: MessageEngine,
    delivered: Callable[[Answer], None],
    *,
    user: str,
    shop_name: str,
    console: Console,
) -> None:
    """Talks with one customer until they leave; `delivered` is told of every answer that was shown."""
    console.print(f"[bold green]{shop_name}[/]  [dim]{HINT}[/]")
    here = ChatRef(channel="console", chat_id=user)
    buttons: list[Button] = []
    while True:
        try:
            line = console.input("[bold]you[/] › ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not line:
            return
        choice = _pressed(line, buttons)
        answer = engine.handle(
            IncomingMessage(
                id=secrets.token_hex(16),
                chat=here,
                sender_id=user,
                text="" if choice else line,
                choice=choice,
            )
        )
        buttons = []
        for reply in answer.replies:
            console.print(render(reply, len(buttons) + 1))
            if reply.attachment is not None:
                console.print(Panel(Text(reply.attachment.content), title=reply.attachment.name, width=84))
            buttons += reply.buttons
        delivered(answer)


def _pressed(line: str, buttons: list[Button]) -> Choice | None:
    number = line[1:]
    if line.startswith("/") and number.isdecimal() and 1 <= int(number) <= len(buttons):
        return buttons[int(number) - 1].choice
    return None


def render(reply: Reply, first_button: int) -> RenderableType:
    """A reply as a panel; its rows are aligned, its buttons numbered from `first_button`."""
    parts: list[RenderableType] = []
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column()
    table.add_column(justify="right")
    for line in reply.body:
        row = line if isinstance(line, Row) and line.left else Row(str(line), "")
        table.add_row(Text(row.left), Text(row.right), style="bold" if row.strong else "")
    parts.append(table)
    if reply.buttons:
        labels = Text()
        for number, button in enumerate(reply.buttons, first_button):
            labels.append(f"[/{number}] ", style="bold cyan").append(f"{button.label}   ")
        parts.append(labels)
    return Panel(Group(*parts), title=reply.title or None, title_align="left", border_style="green", width=84)
