"""A row of an import file, whose fields say what is wrong with them, and the list of all that is wrong with a file."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from domain.model import money
from storage.errors import BadRow, ImportRefused

MOST_LISTED = 50
MOST_PIECES = 1_000_000
DEAREST = Decimal("9999999999.99")  # what NUMERIC(12,2) holds


class Problems:
    """Counts the bad rows of a file and keeps the first `MOST_LISTED`."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._rows: list[BadRow] = []
        self._total = 0

    def add(self, line: int, reason: str) -> None:
        """Notes one bad row."""
        self._total += 1
        if len(self._rows) < MOST_LISTED:
            self._rows.append(BadRow(line=line, reason=reason))

    def refuse(self) -> None:
        """Ends the import if there is any.

        Raises:
            ImportRefused: with the bad rows.
        """
        if self._total:
            raise ImportRefused(self._file, tuple(self._rows), self._total)


class Row:
    """One row: reads its fields by name, and gathers the reasons why they cannot be used."""

    def __init__(self, line: int, fields: dict[str, str]) -> None:
        self.line = line
        self.reasons: list[str] = []
        self._fields = fields

    def text(self, name: str, *, blank: bool = False) -> str:
        """A trimmed text, which may be missing only where `blank` says so."""
        value = self._fields.get(name, "").strip()
        if not value and not blank:
            self.reasons.append(f"{name} is missing")
        return value

    def read(self, name: str, meaning: Callable[[str], str]) -> str:
        """What `meaning` makes of a text; its ValueErrors are reasons."""
        value = self.text(name)
        if not value:
            return ""
        try:
            return meaning(value)
        except ValueError as exc:
            self.reasons.append(str(exc))
            return ""

    def whole(self, name: str, least: int) -> int:
        """A whole number from `least` to `MOST_PIECES`."""
        value = self.text(name)
        if not value:
            return least
        try:
            number = int(value)
        except ValueError:
            self.reasons.append(f"{name} {value!r} is no whole number")
            return least
        if not least <= number <= MOST_PIECES:
            self.reasons.append(f"{name} {value} is not between {least} and {MOST_PIECES:,}")
        return number

    def price(self, name: str, *, blank: bool = False) -> Decimal | None:
        """An amount of money, rounded to cents; None where it is blank."""
        value = self.text(name, blank=blank)
        if not value:
            return None
        try:
            amount = Decimal(value)
        except InvalidOperation:
            self.reasons.append(f"{name} {value!r} is no amount")
            return None
        if not amount.is_finite() or not 0 <= amount <= DEAREST:
            self.reasons.append(f"{name} {value} is not between 0 and {DEAREST:,}")
            return None
        return money(amount)
