"""Reads when something was ordered: days, weeks, months, seasons and years that are over, from first to last day."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from re import IGNORECASE, Match

from nlu.rules.order_words import WEEKDAYS
from nlu.rules.patterns import rule
from nlu.rules.values import number_from_words

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<year>20\d\d)"
_DAY = r"(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # by their first months
_AROUND = {"day": 0, "week": 3, "month": 15, "year": 183}  # days that "two weeks ago" may be off
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_SINCE = rule(r"\b(?:since|after)\s+(?:the\s+)?\Z", IGNORECASE)
# Words that order comes before, or after: "will it come on tuesday" says nothing of when it was ordered.
_OF_ORDERING = rule(
    r"\b(?:order(?:s|ed)?|ordr|bought|buy|purchased?|purchases|placed|made|paid|got|get|had|spent|from|of|since|was|did)\b",
    IGNORECASE,
)
_OF_ARRIVING = rule(
    r"\b(?:will|arriv\w{0,5}|come|comes|coming|be\s+here|deliver\w{0,3}|by|before|until|in\s+time\s+for)\b", IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """From the first of some days to the last."""

    first: date
    last: date


def _month_of(month: int, today: date, year: int | None = None) -> Days:
    """A month of that year, or the last one of its name that has begun."""
    year = year or (today.year if month <= today.month else today.year - 1)
    return Days(first=date(year, month, 1), last=date(year, month, monthrange(year, month)[1]))


def _back(today: date, months: int) -> date:
    index = today.year * 12 + today.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _one(day: date) -> Days:
    return Days(first=day, last=day)


def _written(found: Match[str], today: date) -> Days | None:
    month = _MONTHS.index(found["month"][:3].lower()) + 1 if "month" in found.groupdict() else int(found["number"])
    year = int(found["year"]) if found.groupdict().get("year") else None
    try:
        day = date(year or today.year, month, int(found["day"]))
    except ValueError:
        return None
    return _one(day if year or day <= today else day.replace(year=today.year - 1))


def _named_month(found: Match[str], today: date) -> Days | None:
    if found["month"].lower() in ("may", "mar") and found["led"] is None and found["year"] is None:
        return None  # "may i", and no month
    month = _MONTHS.index(found["month"][:3].lower()) + 1
    return _month_of(month, today, int(found["year"]) if found["year"] else None)


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else number_from_words(said.lower())


def _season(found: Match[str], today: date) -> Days:
    first = date(today.year, _SEASONS[found["season"].lower()], 1)
    ago = _number(found["ago"] or "0")
    back = max(ago - 1, 0) + (1 if first > today else 0)
    first = first.replace(year=first.year - back)
    return Days(first=first, last=_back(first, -3) - timedelta(days=1))


def _ago(found: Match[str], today: date) -> Days:
    said = found["many"].lower().removeprefix("a ").split()[0]
    many = {"a": 1, "an": 1, "couple": 2, "few": 3}.get(said) or _number(said)
    unit = found["unit"].lower()
    day, around = today - timedelta(days=min(many, 999) * _DAYS[unit]), timedelta(days=_AROUND[unit])
    return Days(first=day - around, last=min(day + around, today))


def _period(found: Match[str], today: date) -> Days:
    last, unit = found["which"].lower() != "this", found["unit"].lower()
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + (7 if last else 0))
        return Days(first=monday, last=monday + timedelta(days=6))
    if unit == "month":
        first = _back(today, 1 if last else 0)
        return _month_of(first.month, today, first.year)
    year = today.year - (1 if last else 0)
    return Days(first=date(year, 1, 1), last=date(year, 12, 31))


def _weekday(found: Match[str], today: date) -> Days:
    behind = (today.weekday() - WEEKDAYS.index(found["weekday"].lower())) % 7
    return _one(today - timedelta(days=behind or (7 if found["last"] else 0)))


def _christmas(found: Match[str], today: date) -> Days:
    year = today.year if today >= date(today.year, 12, 1) and not found["last"] else today.year - 1
    return Days(first=date(year, 12, 1), last=date(year, 12, 31))


_READ: tuple[tuple[str, Callable[[Match[str], date], Days | None]], ...] = (
    (rf"\b{_YEAR}-(?P<number>0?[1-9]|1[0-2])-(?P<day>\d{{1,2}})\b", _written),
    (rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\b(?:,?\s+{_YEAR})?", _written),
    (rf"\b{_MONTH}\.?\s+(?:the\s+)?{_DAY}\b(?!\d)(?:,?\s+{_YEAR})?", _written),
    (
        rf"(?P<led>\b(?:in|last|since|from|of|during|this|back\s+in|early|late)\s+)?\b{_MONTH}\b(?:'s)?(?:\s+{_YEAR})?",
        _named_month,
    ),
    (r"\b(?:the\s+)?(?P<which>last|this|past|previous)\s+(?P<unit>week|month|year)(?:'?s)?\b", _period),
    (
        r"\b(?P<many>an?|one|two|three|four|five|six|\d{1,3}|a\s+couple(?:\s+of)?|a\s+few|few)\s+(?P<unit>day|week|month|year)s?\s+(?:ago|back)\b",
        _ago,
    ),
    (
        r"\b(?:(?P<ago>two|three|\d)\s+)?(?:(?:in|last|this|the)\s+){0,2}(?P<season>spring|summer|autumn|fall|winter)s?\b(?:\s+ago\b)?",
        _season,
    ),
    (r"\b(?P<last>last\s+)?(?:christmas|xmas)\b", _christmas),
    (rf"\b(?P<last>last\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})(?:'?s)?\b", _weekday),
    (r"\byesterday(?:'?s)?\b|\blast\s+(?:night|evening)\b", lambda _, today: _one(today - timedelta(days=1))),
    (r"\btoday(?:'?s)?\b|\bthis\s+(?:morning|afternoon|evening)\b", lambda _, today: _one(today)),
    (
        rf"\b(?:in|from|since|of|during)\s+{_YEAR}\b|\b(?:orders?|purchases)\s+(?P<other>20\d\d)\b",
        lambda found, _: _year(found),
    ),
)
_ROWS = tuple((rule(pattern, IGNORECASE), read) for pattern, read in _READ)


def _year(found: Match[str]) -> Days:
    year = int(found["year"] or found["other"])
    return Days(first=date(year, 1, 1), last=date(year, 12, 31))


def when_ordered(text: str, today: date) -> Days | None:
    """The days in which what is asked about was ordered; None where a message says none, or says when it shall come."""
    said = text.replace("’", "'")
    for pattern, read in _ROWS:
        for found in pattern.finditer(said):
            before = said[: found.start()]
            days = read(found, today)
            if days is None or days.first > today:
                continue
            arriving = max((word.end() for word in _OF_ARRIVING.finditer(before)), default=-1)
            if _OF_ORDERING.search(said if arriving < 0 else before[arriving:]) is None:
                continue
            return (
                Days(first=days.first, last=today)
                if _SINCE.search(before) or found[0].lower().startswith("since")
                else days
            )
    return None
