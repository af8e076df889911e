"""What a message says of each thing that it names: all its words, up to where another thing is named."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.aftersale import options
from bot.aftersale.naming import Named, find_named
from bot.aftersale.world import World
from domain.plans import Deed, Place, PlannedWish
from nlu.rules.aftersale_phrases import JOINT, OWN_OF_NAME, SENTENCE_ENDS
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
    """The wishes; what something shall become is all that is said of it, where nothing else is wished of the same."""
    known = list(wishes)
    told = told_in(text, named.things)
    for wish in known:
        products = {place.product_id for place in wish.among}
        rivals = [one for one in known if one is not wish and products & {place.product_id for place in one.among}]
        if wish.deed not in _SWAPS or wish.several or rivals or "" in products:
            yield wish
            continue
        words = tuple(words for one in told if set(one.keys) & products for words in _says(world, wish.among[0], one))
        yield replace(wish, words=words) if words else wish


def words_for(text: str, world: World, wishes: Sequence[PlannedWish], about: int) -> list[tuple[tuple[str, ...], str]]:
    """What an answer says of options, by the products that it is about: those of the wish that was asked about else."""
    things = find_named(text.lower(), world).things
    asked = tuple({place.product_id for place in wishes[about].among}) if about < len(wishes) else ()
    said: list[tuple[tuple[str, ...], str]] = []
    for one in told_in(text, things):
        keys = one.keys or asked
        place = next((place for place in world.places() if place.product_id in keys), None)
        said += [(keys, words) for words in (_says(world, place, one) if place is not None else ())]
    return said


def _says(world: World, place: Place, told: Told) -> list[str]:
    """The words, where they say something of options; with those before the name, where they are not true of it."""
    product = world.products.get(place.product_id)
    group = world.group_of(place.product_id)
    if product is None or group is None:
        return []
    whole = f"{told.lead} {told.text}" if options.differs_from(told.lead, product, group) else told.text
    return [whole] if options.says_options(whole, group) or options.leaves_open(whole) else []
