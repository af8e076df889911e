"""Weekdays as cron numbers them, Sunday being 0 and 7. APScheduler counts from Monday, so it is given names."""

NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
FIELDS = 5


def by_name(cron: str) -> str:
    """The same time with names in place of numbers in its last field: "0 8 * * 1-5" → "0 8 * * mon,tue,wed,thu,fri".

    What is no cron line stays as it is, for its reader to refuse.
    """
    *fields, weekdays = cron.split() or [""]
    if len(fields) != FIELDS - 1 or not any(one.isdigit() for one in weekdays):
        return cron
    found = [_days(part) for part in weekdays.lower().split(",")]
    if not all(found):
        return cron
    return " ".join([*fields, ",".join(dict.fromkeys(day for days in found for day in days))])


def _days(part: str) -> list[str]:
    """The names that a day, a range, or either with a step stands for; none for anything else."""
    days, slash, step = part.partition("/")
    first, dash, last = days.partition("-")
    if days == "*":
        begin, end = 0, 6
    else:
        begin, end = _number(first), _number(last) if dash else _number(first)
        if slash and not dash:
            end = 6
    by = int(step) if step.isdigit() else 1
    if min(begin, end) < 0 or by < 1 or bool(slash) != step.isdigit():
        return []
    if end < begin:
        end += len(NAMES)
    return [NAMES[day % len(NAMES)] for day in range(begin, end + 1, by)]


def _number(day: str) -> int:
    if day in NAMES:
        return NAMES.index(day)
    return int(day) if day.isdigit() and int(day) <= len(NAMES) else -1
