"""Why what staff typed cannot be used, or what is missing; the right form and an example follow (`staff.usage`)."""

from collections.abc import Iterable

SHOWN = 40  # characters of what was typed

WHICH_PRODUCT = "Which product?"
WHAT_PRODUCT = "What does the new product look like?"
WHAT_TO_CHANGE = "What is to be changed?"
HOW_MANY_CAME = "How many came in?"
WHO_BRINGS_IT = "Who brings it, and under which number?"
WHY_CANCELLED = "Why? The customer reads it."
WHAT_TO_FIND = "What are you looking for?"
ID_NEEDED = "A product needs an id."
NO_PICTURE = "An image is an address that begins with https:// or /."
OPTIONS = "Options are names with a value each, as color=red;size=M; none is said twice or is longer than 40 letters."
NO_EMAIL = "That is no e-mail address."
WHICH_REPORT = "Say which report: marketing, finance, sales, stores, loyalty, discounts, churn, support or deals."
WHICH_BOARD = "Say which board: overview, sales, customers, products, marketing or conversations."
WHOLE_REPORT = "Only the sales report can be of a store, a category or a part of the day."
DEALS_ARE_NOW = "The post for customers is always as of now."
DAY_TO_COME = "That day has not come yet."
SPANS = "There are reports of a day, a week or a month."
TWO_TIMES = "Say one time: a day, or such as last week."
LONG_AGO = "That is too long ago."
WHO_IS_IT = "Say who: a pseudonym as the digests have them."


def unknown(*, word: str) -> str:
    """A word where a command's own was expected."""
    return f"I do not know “{word[:SHOWN]}”."


def nothing_found(*, phrase: str) -> str:
    """A text that no product holds."""
    return f"I found nothing for “{phrase[:100]}”."


def unreadable(*, word: str) -> str:
    """A word behind a report's name that says nothing about it."""
    return f"I cannot read “{word}”."


def part(*, name: str, most: int) -> str:
    """A store, a category or a part of the day behind a report's name."""
    return f"{name}= takes one name of at most {most} characters, in quotes where it has spaces."


def top(*, most: int) -> str:
    """How many a digest may list."""
    return f"top= takes a number from 1 to {most}."


def date(*, word: str) -> str:
    """A day that no calendar has."""
    return f"{word} is no date."


def two_dates(*, word: str, readings: Iterable[tuple[str, str]]) -> str:
    """A day that Americans read otherwise than others do; its readings are given as ISO writes them and in words."""
    return f"{word} can be read two ways: write {' or '.join(f'{iso} ({said})' for iso, said in readings)}."


def bad_page(*, text: str) -> str:
    """What stands where a page number goes."""
    return f"“{text[:SHOWN]}” is not a page number."


def order(*, text: str) -> str:
    """What stands where an order's number goes; nothing may."""
    return f"“{text[:SHOWN]}” is not an order number." if text else "Which order?"


RETURN_STEP = "Say how it came back, good, damaged or missing; or decide: refund, or refuse."


def return_number(*, text: str) -> str:
    """What stands where a return's number goes; nothing may."""
    return f"“{text[:SHOWN]}” is not the number of a return." if text else "Which return? /orders returns lists them."


def request(*, text: str) -> str:
    """What stands where a request's number goes; nothing may."""
    return f"“{text[:SHOWN]}” is not the number of a request." if text else "Which request? /data requests lists them."


def days(*, text: str, most: int) -> str:
    """What stands where a number of days goes."""
    return f"“{text[:SHOWN]}” is not a number of days from 1 to {most}."


def change(*, text: str) -> str:
    """What stands where the number of a change goes."""
    return f"“{text[:SHOWN]}” is not the number of a change."


def carrier(*, text: str) -> str:
    """A name that no carrier has."""
    return f"“{text[:SHOWN]}” is not the name of a carrier."


def tracking(*, text: str) -> str:
    """A tracking number that cannot be one."""
    return f"“{text[:SHOWN]}” is not a tracking number: 4 to 40 letters, digits and hyphens."


def role(*, text: str, roles: Iterable[str]) -> str:
    """A role that there is not."""
    return f"“{text[:SHOWN]}” is not a role; the roles are {', '.join(roles)}."


def who(*, mentioned: str) -> str:
    """Somebody whom no channel knows, or nobody."""
    return "I do not know who that is." if mentioned else "Who?"


def field(*, word: str, known: Iterable[str]) -> str:
    """A word where a field's name was expected."""
    return f"“{word[:SHOWN]}” is not a field of a product; the fields are {', '.join(known)}."


def twice(*, name: str) -> str:
    """A field with two values."""
    return f"{name} is given twice."


def no_value(*, name: str) -> str:
    """A field with none."""
    return f"The new {name} is missing."


def missing(*, name: str) -> str:
    """What a product cannot do without, of money."""
    return f"A {name} is missing."


def needed(*, name: str) -> str:
    """What a product cannot do without, of texts."""
    return f"A product needs a {name}."


def too_long(*, name: str, length: int, most: int) -> str:
    """A text that does not fit."""
    return f"The {name} has {length} characters; at most {most} fit."


def id_with_space(*, product_id: str) -> str:
    """A new id of several words."""
    return f"The id “{product_id[:60]}” contains a space; use a hyphen."


def id_too_long(*, most: int) -> str:
    """A new id that no button could hold."""
    return f"The id is longer than {most} characters."


def whole(*, text: str) -> str:
    """What stands where a number of pieces goes; nothing may."""
    return f"“{text[:SHOWN]}” is not a whole number." if text else "How many?"


def between(*, text: str, least: int, most: int) -> str:
    """A number of pieces that nothing has."""
    return f"{text} is not between {least} and {most:,}."


def negative(*, name: str) -> str:
    """An amount of money below nothing."""
    return f"A {name} cannot be negative."


def money(*, text: str) -> str:
    """What stands where an amount of money goes."""
    return f"“{text[:SHOWN]}” is not an amount of money."


def decimals(*, text: str, count: int, name: str) -> str:
    """Fractions of cents."""
    return f"{text[:SHOWN]} has {count} decimals; a {name} has at most 2."


def too_much(*, text: str) -> str:
    """More money than the shop can keep."""
    return f"{text[:SHOWN]} is too much."
