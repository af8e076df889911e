"""A row of an import file, whose fields say what is wrong with them, and the list of all that is wrong with a file."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from domain.model import money
from domain.people.identity import holds_email
from domain.products.product_ids import shown
from storage.errors import BadRow, ImportRefused

_SHOWN = 40  # characters of a wrong value
_WHOLE = re.compile(r"[0-9]{1,18}")
_AMOUNT = re.compile(r"[0-9]{1,18}(\.[0-9]{1,2})?")
_DAMAGED = re.compile(r"[0-9](?:[.,][0-9]{1,15})?[eE]\+?[0-9]{2,3}")
_DECIMAL = re.compile(r"[0-9]{1,18}(\.[0-9]{1,40})?")
_NUMBER = re.compile(r"[+-]?(?=\.?[0-9])[0-9]{0,40}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?")
_MINUS = str.maketrans("−–—﹣-", "-----")
_ADORNMENT = re.compile(r"[\s_'’$€£¥₹]")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_DECIMAL_COMMA = re.compile(r"^([+-]?[0-9]{1,40}),([0-9]{1,2})$")
_HALF_CENT = Decimal("0.005")
_DUST = Decimal("0.00000001")  # what binary fractions leave behind, as in 2.2800000000000002
MOST_LISTED = 50
LONGEST_CODE = 48  # bytes of an id; with a verb before it, a product's still fits into a chat button
LOYAL = {True: "yes", False: "no"}
_FLAGS = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
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
        self.rounded: list[str] = []
        self._fields = fields

    def text(self, name: str, *, blank: bool = False) -> str:
        """A trimmed text, which may be missing only where `blank` says so."""
        value = self._fields.get(name, "").strip()
        if not value and not blank:
            self.reasons.append(f"{name} is missing")
        return value

    def read(self, name: str, meaning: Callable[[str], str], *, blank: bool = False) -> str:
        """What `meaning` makes of a text; its ValueErrors are reasons."""
        value = self.text(name, blank=blank)
        if not value:
            return ""
        try:
            return meaning(value)
        except ValueError as exc:
            self.reasons.append(str(exc))
            return ""

    def code(self, name: str, *, blank: bool = False) -> str:
        """An id as it is kept, of at most `LONGEST_CODE` bytes."""
        value = shown(self.text(name, blank=blank))
        if len(value.encode()) > LONGEST_CODE:
            self.reasons.append(f"{name} {value[:_SHOWN]!r} is longer than {LONGEST_CODE} bytes")
        elif holds_email(value):
            self.reasons.append(f"{name} is an e-mail address, which only the column for it may hold; give it a number")
        return value

    def flag(self, name: str) -> bool | None:
        """Yes or no; None where it is blank."""
        value = self.text(name, blank=True)
        if value and value.casefold() not in _FLAGS:
            self.reasons.append(f"{name} {value[:_SHOWN]!r} is none of {', '.join(_FLAGS)}")
        return _FLAGS.get(value.casefold())

    def whole(self, name: str, least: int) -> int:
        """A whole number from `least` to `MOST_PIECES`, in plain digits."""
        value = self.text(name)
        if not value:
            return least
        meant = _meant(value)
        if meant is None or meant != int(meant):
            self.reasons.append(f"{name} {value[:_SHOWN]!r} is no whole number; write it as in 12")
        elif not least <= meant <= MOST_PIECES:
            self.reasons.append(f"{name} {value[:_SHOWN]} is not between {least} and {MOST_PIECES:,}")
        elif _WHOLE.fullmatch(value) is None:
            self.reasons.append(f"{name} {value[:_SHOWN]!r} is no whole number; write {int(meant)}")
        else:
            return int(value)
        return least

    def is_return(self, name: str) -> bool:
        """Whether a quantity is negative, as tills write what was brought back."""
        return (_meant(self._fields.get(name, "").strip()) or 0) < 0

    def pieces(self, name: str) -> int:
        """A whole number from 1; a return is told as one."""
        if not self.is_return(name):
            return self.whole(name, 1)
        value = self.text(name)[:_SHOWN]
        self.reasons.append(f"{name} {value} is a return, and returns are not imported; --skip-returns leaves them out")
        return 1

    def refuse_damaged_id(self, name: str) -> bool:
        """Whether a spreadsheet took an id for a number and wrote it as one; that is a reason."""
        value = self._fields.get(name, "").strip()
        damaged = _DAMAGED.fullmatch(value) is not None
        if damaged:
            self.reasons.append(
                f"{name} {value!r} is what a spreadsheet made of a long number; format the column as text"
            )
        return damaged

    def price(self, name: str, *, blank: bool = False, rounding: bool = False) -> Decimal | None:
        """An amount of money in plain digits; None where it is blank.

        Half a cent, which the mean of two prices has, is rounded up and said in `rounded`; only `rounding` takes other
        amounts with more than two decimals.
        """
        value = self.text(name, blank=blank)
        if not value:
            return None
        meant = _meant(value)
        if meant is None:
            self.reasons.append(f"{name} {value[:_SHOWN]!r} is no amount; write it as in 1299.00")
        elif not 0 <= meant <= DEAREST:
            self.reasons.append(f"{name} {value[:_SHOWN]} is not between 0 and {DEAREST:,}")
        elif meant != money(meant) and not rounding and _in_half_cents(meant) is None:
            self.reasons.append(
                f"{name} {value[:_SHOWN]} has more than two decimals; write {money(meant)}, or say --round"
            )
        elif (_AMOUNT if meant == money(meant) else _DECIMAL).fullmatch(value) is None:
            self.reasons.append(f"{name} {value[:_SHOWN]!r} is no amount; write {money(meant)}")
        else:
            return self._in_cents(name, value, meant)
        return None

    def _in_cents(self, name: str, value: str, meant: Decimal) -> Decimal:
        halves = _in_half_cents(meant)
        amount = money(meant if halves is None else halves)
        if amount != meant:
            self.rounded.append(f"{name} {value[:_SHOWN]} is taken as {amount}")
        return amount


def _in_half_cents(amount: Decimal) -> Decimal | None:
    """The amount as a multiple of half a cent, without dust; None if it is none."""
    halves = (amount / _HALF_CENT).to_integral_value() * _HALF_CENT
    return halves if abs(halves - amount) <= _DUST else None


def _meant(value: str) -> Decimal | None:
    """The number that somebody probably meant who wrote it with separators, a currency, or other digits than ours."""
    if _AMOUNT.fullmatch(value):  # as nearly all are written
        return Decimal(value)
    plain = "".join(str(unicodedata.decimal(char, char)) for char in value[:_SHOWN])
    plain = _ADORNMENT.sub("", plain.translate(_MINUS))
    plain = _DECIMAL_COMMA.sub(r"\1.\2", _THOUSANDS.sub("", plain))
    if _NUMBER.fullmatch(plain) is None:
        return None
    number = Decimal(plain)
    return number.normalize() + 0 if number.adjusted() < 20 else None
