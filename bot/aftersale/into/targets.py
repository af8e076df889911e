"""What a message says of each thing that it names: all its words, up to where another thing is named."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.aftersale.which import options
from bot.aftersale.which.naming import Named, find_named
from bot.aftersale.world import World
from domain.plans import Deed, Place, PlannedWish
from nlu.rules.aftersale_models import told_model
from nlu.rules.aftersale_phrases import DEFINITELY, JOINT, LISTS, OWN_OF_NAME, PREFERS, SENTENCE_ENDS
from nlu.rules.aftersale_pieces import Span

_SWAPS = {Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Words of a message with the products that they may be about; without any they follow what was asked.

    `lead` are those between "my" and a name: they tell which, where they are true of it.
    """

    keys: tuple[str, ...]
    text: str
    lead: str = ""


def told_in(text: str, things: Sequence[Span]) -> list[Told]:
    """All words of a message, each with the thing that was named last before it, or in its part of the sentence."""
    told: list[Told] = []
    keys: tuple[str, ...] = ()
    begin = 0
    for end in (*(match.end() for match in SENTENCE_ENDS.finditer(text)), len(text)):
        for first, last, spans in _parts(text, begin, end, things):
            keys = spans[-1].keys if spans else keys
            lead, words = _words(text, first, last, spans)
            if words:
                told.append(Told(keys=keys, text=words, lead=lead))
        begin = end
    return told


def _parts(text: str, begin: int, end: int, things: Sequence[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """The parts of a sentence, cut at the last joint before each name of another thing."""
    spans: list[Span] = []
    for span in (one for one in things if begin <= one.start < end):
        if spans and not set(spans[-1].keys) & set(span.keys):
            joints = list(JOINT.finditer(text, spans[-1].end, span.start))
            cut = joints[-1].start() if joints else span.start
            yield begin, cut, spans
            begin, spans = cut, []
        spans.append(span)
    yield begin, end, spans


def _words(text: str, first: int, last: int, spans: Sequence[Span]) -> tuple[str, str]:
    """What describes the first name, and all other words but the names."""
    said: list[str] = []
    lead = ""
    for at, span in enumerate(spans):
        before = text[first : span.start]
        own = OWN_OF_NAME.search(before) if at == 0 else None
        if own is not None:
            lead, before = own["lead"], before[: own.start("lead")]
        said.append(before)
        first = span.end
    said.append(text[first:last])
    return lead.strip(), " ".join(" ".join(said).split()).strip(" ,.;:!?")


def with_targets(text: str, world: World, wishes: Iterable[PlannedWish], named: Named) -> Iterator[PlannedWish]:
    """The wishes; what something shall become is all that is said of it, where nothing else is wished of the same.

    Of a whole order, what is said of a thing in it is wished for that thing besides.
    """
    known = list(wishes)
    told = told_in(text, named.things)
    for wish in known:
        products = {place.product_id for place in wish.among}
        others = [one for one in known if one.deed != wish.deed or one.among != wish.among]
        rivals = [one for one in others if products & {place.product_id for place in one.among}]
        if wish.deed not in _SWAPS or rivals or (wish.several and len(wish.among) > 1):
            yield wish
        elif wish.place is not None and not wish.place.product_id:
            yield wish
            yield from _of_its_things(world, wish, known, told)
        else:
            words = _all_said(world, wish.among, [one for one in told if {*one.keys} & products])
            if not words and all({*span.keys} & products for span in named.things):  # said before the one name
                words = _all_said(world, wish.among, [one for one in told if not one.keys])
            yield replace(wish, words=words) if words else wish


def _all_said(world: World, places: Sequence[Place], told: Sequence[Told]) -> tuple[str, ...]:
    """What sentences say of how something shall be, one by one; one that goes on with mere numbers, with the last."""
    said: list[str] = []
    for one in told if places else ():
        words = _says(world, places[0], one)
        if not words and said and any(letter.isdigit() for letter in one.text):
            group, both = world.group_of(places[0].product_id), f"{said[-1]}, {one.text}"
            if options.says_options(both, group).wanted != options.says_options(said[-1], group).wanted:
                said[-1] = both
        said += words
    return tuple(said)


def _of_its_things(
    world: World, wish: PlannedWish, known: Sequence[PlannedWish], told: Sequence[Told]
) -> Iterator[PlannedWish]:
    """A wish for each thing of a whole order of which more is said: "all in red, the mug in blue"."""
    order = world.order(wish.place.order_id) if wish.place is not None else None
    own = {place.product_id for one in known for place in one.among}
    for place in world.places_of(order) if order is not None else ():
        words = [words for one in told if place.product_id in one.keys for words in _says(world, place, one)]
        if words and place.product_id not in own:
            yield replace(wish, among=(place,), words=(*wish.words, *words))


def preferred(text: str, world: World, named: Sequence[tuple[tuple[Place, ...], str]]) -> Iterator[PlannedWish]:
    """An exchange of each thing of which a message, that names no deed, says what it is not and should be.

    Args:
        text: the message.
        world: the customer's own orders.
        named: the places that it names, with words.
    """
    told = told_in(text, find_named(text.lower(), world).things)
    differs: list[tuple[tuple[Place, ...], list[str]]] = []
    wants = False
    for places in dict.fromkeys(places for places, _ in named if places):
        keys = {place.product_id for place in places}
        product, group = world.products[places[0].product_id], world.group_of(places[0].product_id)
        words = [words for one in told if keys & {*one.keys} for words in _says(world, places[0], one)]
        if other := [one for one in words if options.differs_from(one, product, group)]:
            differs.append((places, words))
            wants = wants or any(PREFERS.search(one.lower()) for one in other)
    for places, words in differs if wants else ():
        yield PlannedWish(deed=Deed.EXCHANGE, among=places, words=tuple(words))


def names_definitely(text: str, world: World) -> bool:
    """Whether a text in small letters names something of the customer's own as "the" or "this"."""
    return any(DEFINITELY.search(text[: span.start]) for span in find_named(text, world).things)


def words_for(text: str, world: World, wishes: Sequence[PlannedWish], about: int) -> list[tuple[tuple[str, ...], str]]:
    """What an answer says of options, by the products that it is about: those of the wish that was asked about else.

    Also what comes back already is named: what is said of that is not said of what was asked.
    """
    things = find_named(text.lower(), replace(world, returns={}, _pieces={})).things
    asked = tuple({place.product_id for place in wishes[about].among}) if about < len(wishes) else ()
    said: list[tuple[tuple[str, ...], str]] = []
    for one in told_in(text, things):
        keys = one.keys or asked
        place = next((place for place in world.places() if place.product_id in keys), None)
        words = _says(world, place, one) if place is not None else []
        said += [(keys, text) for text in words or ([one.text] if options.leaves_open(one.text) else [])]
    return said


def _says(world: World, place: Place, told: Told) -> list[str]:
    """The words, where they say something of options; with those before the name, where they are not true of it."""
    product = world.products.get(place.product_id)
    group = world.group_of(place.product_id)
    if product is None or group is None:
        return []
    whole = f"{told.lead} {told.text}" if options.differs_from(told.lead, product, group) else told.text
    says = options.tells(whole, group) or LISTS.search(whole.lower()) or told_model(whole.lower())
    return [whole] if says else []
