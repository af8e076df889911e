"""How what was ordered is: which of a kind, how many, and their options."""

from collections.abc import Iterable, Sequence

from bot.aftersale.inquiries.asking import Answer, Asking
from bot.aftersale.which.naming import alike
from bot.messages import Row
from bot.phrases import inquiries as phrases
from domain.plans import Place
from domain.products.catalogue import plain_words, singular
from domain.products.variants import Axis, Group, value_of
from nlu.rules.aftersale_question_words import HAS_SO_MUCH, HOW_IT_IS, IS_MY, MADE_OF
from nlu.rules.option_degrees import degrees_of
from nlu.rules.options import read_options

MOST = 8
_LEAST = 3  # letters of a word that tells an option by its values: "20 hours"


def which(asking: Asking) -> Answer | None:
    """The things of a kind that were ordered, each with its order."""
    places = asking.subject().places or asking.context_places()
    if not places or len(places) > MOST:
        return None
    return Answer(lines=tuple(_rows(asking, places)), spoken_of=tuple(places))


def count(asking: Asking) -> Answer | None:
    """How many of something were ordered, and where they are."""
    world, places = asking.world, asking.subject().places
    if not places:
        return None
    names = list(dict.fromkeys(world.name_of(place.product_id) for place in places))
    total = sum(world.quantity(place) for place in places)
    heading = phrases.counted(count=total, name=" / ".join(names))
    return Answer(lines=(heading, *_rows(asking, places[:MOST])), spoken_of=tuple(places))


def option(asking: Asking) -> Answer | None:
    """An option of something that was ordered; None where none of its options is asked about."""
    world = asking.world
    places = asking.subject().places or asking.context_places()
    lines: list[str] = []
    told: list[Place] = []
    for place in places[:MOST]:
        group = world.group_of(place.product_id)
        if group is None:
            continue
        axes = axes_asked(asking.said, group)
        if not axes and HAS_SO_MUCH.search(asking.said):
            axes = axes_asked(asking.before[-120:].lower(), group)[:1]
        if not axes and HOW_IT_IS.search(asking.said):
            axes = list(group.axes)
        title = phrases.of_order(what=world.title_of(place.product_id), order_id=place.order_id)
        values = [(axis.name, value_of(world.products[place.product_id], axis.name)) for axis in axes]
        said = ", ".join(f"{name} {value}" for name, value in values if value)
        if said:
            told.append(place)
            lines.append(phrases.option(title=title, said=said))
    return Answer(lines=tuple(lines), spoken_of=tuple(told)) if lines else None


def axes_asked(text: str, group: Group) -> list[Axis]:
    """The options that words ask for: by their names, by what is measured, or by how a word of degree is called."""
    axes = {axis.name: axis.values for axis in group.axes}
    read = read_options(text, axes, group.name.split())
    asked = [*read.asked, *read.wanted]
    if asked:
        return [axis for axis in group.axes if axis.name in asked]
    said = {singular(word) for word in plain_words(text)}
    if MADE_OF.search(text):
        said |= {"material"}
    words = text.split()
    for at, word in enumerate(words[:-1]):
        if word == "how" or IS_MY.match(text):
            said |= {singular(name) for _, _, names in degrees_of(words[at + 1].strip("?,.")) for name in names}
    own = _name_words(group)
    return [axis for axis in group.axes if any(alike(word, _words_of(axis) - own) for word in said - own)]


def _words_of(axis: Axis) -> set[str]:
    measured = {
        singular(word)
        for value in axis.values
        for word in plain_words(value)
        if word.isalpha() and any(map(str.isdigit, value))
    }
    return {singular(word) for word in plain_words(axis.name)} | {word for word in measured if len(word) >= _LEAST}


def _name_words(group: Group) -> set[str]:
    return {singular(word) for word in plain_words(group.name)}


def _rows(asking: Asking, places: Sequence[Place]) -> Iterable[Row]:
    for place in places:
        quantity = asking.world.quantity(place)
        left = phrases.item(title=asking.world.title_of(place.product_id), order_id=place.order_id, quantity=quantity)
        yield Row(left, asking.turn.shop.money(asking.world.price_of(place)))
