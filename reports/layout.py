"""Shows a report: as a message for a chat, as a page, and as files in a folder."""

from collections.abc import Sequence
from pathlib import Path

from bot.messages import Line, Reply, Row
from bot.numbers import MINUS
from bot.shop import Shop
from charts import drawing
from domain.records.boards import BoardName
from domain.records.sales import ReportName
from domain.text import one_line
from mail.letter import File, Letter
from mail.rendering import render_page
from reports.report import Figure, Report, Table

_BOARDS = {
    ReportName.MARKETING: BoardName.SALES,
    ReportName.FINANCE: BoardName.SALES,
    ReportName.SALES: BoardName.SALES,
    ReportName.STORES: BoardName.SALES,
    ReportName.LOYALTY: BoardName.CUSTOMERS,
    ReportName.DISCOUNTS: BoardName.SALES,
    ReportName.CHURN: BoardName.CUSTOMERS,
    ReportName.SUPPORT: BoardName.CONVERSATIONS,
}
SIGNS = f"+{MINUS}"
NOTHING = "-"  # to compare with
MOST_ROWS = 20  # of a table in a chat


def board_address(report: Report, web_url: str) -> str:
    """Where the board is that shows the rows behind a report's figures, of the same period; "" for none."""
    board = _BOARDS.get(report.name)
    if board is None or not web_url:
        return ""
    when = "" if report.name.of_a_day else f"?span={report.period.span}&day={report.period.first}"
    return f"{web_url}{board.path}{when}"


def message(report: Report, web_url: str = "") -> Reply:
    """The report as one message: the headline figures first, then what is to be said, then rows, then its board."""
    headlines = " · ".join(_counted(figure.value, figure.label.lower()) for figure in report.headlines)
    parts: list[Line] = [headlines, *report.notes]
    if with_what := compared_with(report.figures):
        parts += ["", f"In brackets, against {' · '.join(with_what)}:"]
    parts += [_row(figure) for figure in report.figures]
    for table in report.tables:
        parts += ["", table.title, *_table(table)]
    if address := board_address(report, web_url):
        parts += ["", f"The rows behind it: {address} (/dashboard lets you in)"]
    return Reply(title=report.title, body=tuple(parts))


def compared_with(figures: Sequence[Figure]) -> tuple[str, ...]:
    """What figures are compared with: all those of a report with the same, if with anything."""
    return next((tuple(one.what for one in figure.compared) for figure in figures if figure.compared), ())


def _row(figure: Figure) -> Row:
    said = " · ".join([*(one.change or NOTHING for one in figure.compared), *filter(None, [figure.note])])
    return Row(f"{figure.label} ({said})" if said else figure.label, figure.value)


def _table(table: Table) -> list[Line]:
    """A row each: the name on the left, its numbers on the right."""
    rows: list[Line] = [
        Row(one_line(name), " · ".join(_named(table, numbers))) for name, *numbers in table.rows[:MOST_ROWS]
    ]
    left = len(table.rows) - len(rows)
    return [*rows, f"and {left} more"] if left else rows


def _named(table: Table, numbers: Sequence[str]) -> list[str]:
    *counts, amount = numbers
    return [_counted(number, heading) for number, heading in zip(counts, table.headings[1:], strict=False)] + [amount]


def _counted(number: str, things: str) -> str:
    """ "1 order", "2 orders"."""
    return f"{number} {things.removesuffix('s') if number.lstrip(SIGNS) == '1' else things}"


def report_page(report: Report, shop: Shop, picture_url: str) -> str:
    """The report as HTML, for a browser or a mail; the picture stands at `picture_url`."""
    return render_page(
        "report",
        report=report,
        compared_with=compared_with(report.figures),
        picture_url=picture_url,
        board=board_address(report, shop.web_url),
        picture_size=drawing.size(report.picture.chart),
        as_of=shop.dated(report.made_at) if report.as_of is None else shop.full_date(report.as_of),
    )


def files(report: Report, shop: Shop) -> tuple[File, ...]:
    """What goes with the message."""
    meanings = "".join(f"{term}: {meaning}\n" for term, meaning in report.definitions)
    return (
        File(
            name=f"{report.file_name}.png",
            content=drawing.png(report.picture.chart, shop.locale),
            alt=report.picture.alt,
        ),
        File(name=f"{report.file_name}.csv", content=report.csv.encode()),
        *([File(name=f"{report.file_name}-days.csv", content=report.days_csv.encode())] if report.days_csv else []),
        File(name=f"{report.file_name}-definitions.txt", content=meanings.encode()),
    )


def letter(report: Report, shop: Shop, attached: tuple[File, ...]) -> Letter:
    """The report as a mail: the page with its picture, the first of the files, inside, the others with it."""
    said = message(report)
    lines = [f"{line.left}: {line.right}" if isinstance(line, Row) else line for line in said.body]
    text = "\n".join([said.title, "", *lines, ""])
    html = report_page(report, shop, f"cid:{attached[0].name}")
    return Letter(subject=report.title, text=text, html=html, files=attached)


def write(report: Report, shop: Shop, folder: Path) -> list[Path]:
    """Writes HTML, PNG and CSV into a folder, which is made if need be; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    base = folder / report.file_name
    files = {
        base.with_suffix(".html"): report_page(report, shop, f"{report.file_name}.png").encode(),
        base.with_suffix(".png"): drawing.png(report.picture.chart, shop.locale),
        base.with_suffix(".csv"): report.csv.encode(),
    }
    if report.days_csv:
        files[folder / f"{report.file_name}-days.csv"] = report.days_csv.encode()
    for file, content in files.items():
        file.write_bytes(content)
    return list(files)
