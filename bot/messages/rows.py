"""Lines of a reply: what is said, and rows, whose right cell is a figure or what becomes of the left one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A line of two cells; the right one is aligned, or set in bold. Without a left cell it is a price on its own.

    `strong` rows sum up the others.
    """

    left: str
    right: str
    strong: bool = False

    def __str__(self) -> str:
        return f"{self.left}\t{self.right}" if self.left else self.right


Line = str | Row


def lines_of(said: Iterable[Line]) -> tuple[Line, ...]:
    """Lines with texts of several lines as several, and rows' cells in one line each."""
    made: list[Line] = []
    for line in said:
        if isinstance(line, str):
            made += line.split("\n")
        else:
            made.append(Row(_one_line(line.left), _one_line(line.right), line.strong))
    return tuple(made)


def text_of(lines: Iterable[Line]) -> str:
    """Lines as one text, a row's cells with a TAB between them."""
    return "\n".join(map(str, lines))


def _one_line(cell: str) -> str:
    return cell.replace("\n", " ").replace("\t", " ")
