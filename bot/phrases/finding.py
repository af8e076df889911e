"""What is said of products that are looked for, asked about or recommended."""

from collections.abc import Sequence

from bot.phrases.shopping import left, sold_out
from bot.phrases.wording import listed

WHICH_PRODUCT = "Which product do you mean? I can look up its price and how many we have."
NOTHING_IN_STOCK = "I am sorry, nothing is in stock right now."
OF_THESE = "Of these we have:"
NOTHING_MORE = "That is all there is."
DEPARTMENTS = "This is what we have, with the number of products in each. Name a department, or say what you look for:"
WITHOUT_DEPARTMENT = "other products"
NOTHING_TO_RECOMMEND = "I have nothing to recommend right now."
NO_OTHERS = "That is all I have to recommend for that."
CHEAPEST_FIRST = "the cheapest first"
DEAREST_FIRST = "the dearest first"
BUY_AGAIN = "You bought these before:"
NEW_FOR_YOU = "New for you, going by what you bought:"
WHICH_DISMISSED = "Which one do you not want? Press it, or say “the second one”."


def so_many(*, count: int) -> str:
    """How much is in a department."""
    return f"{count} product{'s' if count != 1 else ''}"


def in_stock(*, wanted: int | None, available: int, title: str) -> str:
    """The answer to a question about stock."""
    if not available:
        return sold_out(title=title)
    if wanted is None:
        return f"Yes, {available} in stock."
    if wanted > available:
        return f"Not {wanted}: {left(count=available)}."
    return f"Yes, you can have {wanted}: {available} in stock."


def not_known(*, about: str, title: str, available: int) -> str:
    """The answer to who asks whether a product is there and something else, which nothing says."""
    return f"I know nothing about “{about}”. {title} as it is: {available} in stock."


def we_have(*, phrase: str) -> str:
    """Above what a phrase may mean."""
    return f"For “{phrase}” we have:"


def nearest(*, phrase: str) -> str:
    """Nothing is called so; above what is nearest."""
    return f"I could not find “{phrase}”. The closest we have:"


def and_more(*, count: int) -> str:
    """Below a list that is cut."""
    return f"and {count} more"


def below(*, money: str) -> str:
    """A bound of a price search."""
    return f"for less than {money}"


def at_most(*, money: str) -> str:
    """The same, with what costs just that."""
    return f"up to {money}"


def above(*, money: str) -> str:
    """A bound at the lower end."""
    return f"above {money}"


def at_least(*, money: str) -> str:
    """The same, with what costs just that."""
    return f"from {money}"


def at(*, money: str) -> str:
    """The bound of who names one price."""
    return f"at {money}"


def other_currency(*, named: str, ours: str) -> str:
    """Somebody names money that is not the shop's; nothing is converted."""
    return f"Our prices are in {ours}, and I cannot convert from {named}: I take the number as {ours}."


def altogether(*, count: int, money: str) -> str:
    """Somebody says what several things may cost together."""
    return f"I take {money} as the price of all {count} together, and share it out."


def around(*, money: str, percent: int) -> str:
    """How wide around is."""
    return f"Around {money} is {percent}% less to {percent}% more."


def looked_for(*, phrase: str) -> str:
    """Words were mended or left out to find something."""
    return f"I looked for “{phrase}”."


def nearest_to(*, bounds: str) -> str:
    """Nothing is within bounds of price, and what is nearest follows."""
    return f"I found nothing in stock {bounds}. The nearest:"


def in_place(*, place: int, about: str, descending: bool) -> str:
    """One product of a list by price, counted from its top."""
    nth = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}.get(place, f"{place}th")
    return f"The {nth} {'dearest' if descending else 'cheapest'} in stock{f' {about}' if about else ''}:"


def counted(*, count: int, about: str, descending: bool) -> str:
    """Above as many of the cheapest or dearest as were asked for."""
    of = f" {about}" if about else ""
    return f"The {count} {'dearest' if descending else 'cheapest'} in stock{of}:"


def sum_of(*, count: int, price: str, total: str) -> str:
    """What several of one product cost."""
    return f"{count} × {price} = {total}"


def bounds(*, parts: Sequence[str], phrase: str) -> str:
    """What a price search was about."""
    about = f"for “{phrase}”" if phrase else ""
    return " ".join(part for part in (about, listed(parts) if parts else "") if part) or "like that"


def in_bounds(*, bounds: str) -> str:
    """Above what is in stock within bounds of price."""
    return f"In stock {bounds}:"


def nothing_found(*, bounds: str) -> str:
    """Nothing is."""
    return f"I found nothing in stock {bounds}."


def cheapest(*, about: str) -> str:
    """There is nothing cheaper."""
    return f"Nothing in stock{about} costs less."


def dearest(*, about: str) -> str:
    """There is nothing dearer."""
    return f"Nothing in stock{about} costs more."


def popular_since(*, days: int) -> str:
    """How far back best sellers were counted; 0 days: all time."""
    return f"in the last {days} days" if days else "so far"


def most_ordered(*, since: str) -> str:
    """Above the best sellers."""
    return f"What people ordered most {since}:"


def of_a_kind(*, since: str) -> str:
    """Above the best sellers among certain products."""
    return f"Ordered most {since}:"


def too_few_orders(*, since: str) -> str:
    """Above the best sellers, where what goes with something was asked for."""
    return f"Too few orders show what goes with it, so here is what was popular {since}:"


def too_few_orders_of(*, category: str, since: str) -> str:
    """The same, of its category."""
    return f"Too few orders show what goes with it, so here is what was popular in {category} {since}:"


def also_took(*, titles: str) -> str:
    """Above what goes with products."""
    return f"Customers who bought {titles} also took:"


def fits(*, need: str) -> str:
    """Above what fits a need."""
    return f"For “{need}” I found:"


def fits_by(*, words: str, described: str) -> str:
    """Why a product is shown for a need; `described` is how its description begins, where that says so."""
    return f"fits “{words}”: its description says “{described}”" if described else f"fits “{words}” by name or category"


def nothing_fits(*, need: str) -> str:
    """Nothing is said to fit a need; what is popular follows, if anything is."""
    return f"I could not find “{need}” in anything that we say of what is in stock."


def names_it(*, described: str) -> str:
    """Why a product goes with another where orders do not tell."""
    return f"its description names it: “{described}”"


def described_for(*, titles: str) -> str:
    """Above products whose descriptions name another one."""
    return f"Too few orders show what goes with the {titles}; these say they do:"


def similar_to(*, title: str) -> str:
    """Above what is like a product."""
    return f"Like the {title}:"


def together(*, together: int, orders: int) -> str:
    """Why something goes with it."""
    return f"bought together in {together} of {orders} orders"


def together_with(*, title: str, together: int, orders: int) -> str:
    """The same, where it goes with one of several."""
    return f"bought with {title} in {together} of {orders} orders"


def of_category(*, category: str) -> str:
    """Why something is similar."""
    return f"also in {category}"


def bought_before(*, times: int, day: str) -> str:
    """How often a customer bought something, and when last."""
    return f"bought once, on {day}" if times == 1 else f"bought {times} times, last on {day}"


def in_orders(*, count: int) -> str:
    """How often something was ordered."""
    return f"in {count} order{'s' if count != 1 else ''}" if count else "not ordered yet"


def dismissed(*, titles: str) -> str:
    """What a customer does not want is not recommended again."""
    return f"All right, I leave out the {titles}."
