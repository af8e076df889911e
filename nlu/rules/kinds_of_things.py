"""Kinds of things that people speak of, "the office stuff", and by which words of its name something is of one."""

from collections.abc import Collection
from dataclasses import dataclass

from nlu.rules.everyday_names import means
from nlu.rules.patterns import rule

# What a kind is called, and the words in names that are of it.
_KINDS = {
    "office home-office homeoffice work desk business stationery": """
        office chair desk keyboard mouse mousepad monitor headphones headset laptop printer scanner webcam
        notebook stapler whiteboard shredder pen pencil paper folder cutter calculator planner binder projector""",
    "gaming gamer gamers games videogames esports": """
        gaming game games console controller joystick gamepad keyboard mouse headset""",
    "hiking outdoor outdoors camping trekking mountain mountains climbing": """
        hiking trekking camping climbing boots backpack rucksack tent helmet headlamp stove canteen compass
        bottle flask thermos jacket poles sleeping hammock cooler map lantern""",
    "sports sport fitness workout exercise gym training": """
        dumbbell dumbbells yoga mat bicycle bike helmet skateboard ball racket treadmill weights running shoes
        sneakers kettlebell rope gloves skates ski skis snowboard barbell trainer""",
    "cycling biking bike bicycle": "bicycle bike cycling helmet pump saddle",
    "electronics electronic tech technology gadgets gadget digital computer computers": """
        laptop tablet smartphone phone camera speaker headphones earbuds headset charger e-reader ereader
        keyboard mouse monitor watch smartwatch tv television console thermostat projector printer router
        drone computer electronic powerbank microphone""",
    "audio music sound listening": """
        speaker headphones earbuds headset soundbar microphone guitar piano drum violin ukulele radio
        turntable""",
    "clothes clothing apparel wear garments outfits": """
        shirt t-shirt tshirt jacket coat trousers pants jeans dress skirt sweater hoodie jumper socks hat cap
        scarf gloves blouse shorts vest fleece sweatshirt pullover cardigan suit tie belt apron uniform pyjamas""",
    "shoes footwear": "shoes sneakers boots sandals trainers slippers heels loafers shoe boot",
    "kitchen cooking coffee cookware tea": """
        kettle espresso coffee toaster blender mixer pan pot knife mug cup plate bowl teapot tea oven grill
        microwave cooker grinder spatula whisk cutlery fryer""",
    "household home cleaning housekeeping": """
        vacuum purifier iron mop broom lamp bulb clock thermostat humidifier fan heater bookshelf curtain
        pillow duvet rug towel""",
    "furniture": "chair desk table sofa couch bookshelf shelf bed cabinet wardrobe stool bench dresser armchair",
    "garden gardening yard patio lawn": """
        garden hose grill umbrella spade rake mower pot planter trimmer trowel parasol bench seeds watering
        patio""",
    "toys toy kids children's": "toy puzzle doll lego blocks teddy plush game figure",
    "pet pets dog cat": "pet dog cat leash collar aquarium litter",
    "beauty cosmetics makeup grooming bathroom hygiene": """
        makeup perfume toothbrush lipstick mascara cream shampoo razor hair brush serum lotion soap""",
    "travel travelling traveling holiday vacation": """
        luggage suitcase backpack pillow adapter passport travel duffel""",
    "jewelry jewellery accessories": """
        watch wristwatch necklace ring bracelet earrings sunglasses belt scarf hat wallet""",
}  # fmt: skip
_CALLED = frozenset(word for words in _KINDS.values() for word in words.split())
# What something shall become: "a coat", "some warm socks instead".
_TARGET = rule(
    r"\A\W{0,3}(?:an?|some|any|the)\s(?:[\w-]{2,12}\s){0,2}?(?P<noun>[\w-]{3,20})"
    r"(?=\W{0,3}\Z|[.,;!?]|\s(?:in|from|of|instead|please|for|on|too|then)\b)"
)
_OF_ITSELF = "electronics gadgets clothes clothing apparel footwear furniture cosmetics jewelry jewellery toys".split()
_NAMES = sorted({name for names in _KINDS for name in names.split()}, key=len, reverse=True)
_NAME = "|".join(name.replace("-", r"[\s-]") for name in _NAMES)
_THINGS = r"(?:things?|items?|stuff|gear|equipment|products?|goods|articles?|supplies|related|ones|bits|pieces)"
_ABOUT = (
    r"(?:to\sdo\swith|belong(?:s|ing)?\s(?:to|with)|(?:those|ones)\sfor|associated\swith|related\sto|connected\s(?:to|with)|about|(?:meant|useful|good)\sfor"
    r"|(?:(?:that|which|what)(?:'s|\sis|\sare)|things?|items?|stuff|\w{2,5}thing)\sfor)"
)
_SPOKEN = rule(
    rf"\b(?P<before>{_NAME})[\s-]{_THINGS}\b"
    rf"|\b{_ABOUT}\s(?:the\s|my\s)?(?P<behind>{_NAME})\b"
    rf"|\b(?P<itself>{'|'.join(_OF_ITSELF)})\b"
)
_OF_THAT = rule(r"\b(?:to\sdo\swith|associated\swith|related\sto|connected\s(?:to|with))\s(?:it|that|this|them)\b")
_ANY_NAME = rule(rf"\b(?P<name>{_NAME})\b")
_DENIED = rule(
    r"(?:\b(?:not|nothing|isn'?t|aren'?t|ain'?t|no|non|never|left|remain|unrelated|except|excluding|without|keep|keeping|but)\b|\b(?:other|apart|aside)\s(?:than|from))"
    r"(?:\s[\w']{1,12}){0,4}\s?\Z"
)
_STAYS = rule(
    r"\A[^.,;!?]{0,20}\b(?:stays?|remains?|(?:i|we)(?:'ll|\swill)?\s(?:want\sto\s)?keep|(?:i'm|we're)\skeeping)\b"
)
_FAR = 60  # letters before a kind in which it is denied


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of things that is spoken of; `denied` where what is meant is all that is not of it."""

    name: str
    denied: bool = False


def read_kinds(text: str) -> list[Kind]:
    """The kinds that a text speaks of; it is in small letters."""
    found = []
    for match in _SPOKEN.finditer(text):
        name = match["before"] or match["behind"] or match["itself"]
        denied = _is_denied(text, match.start()) or _STAYS.match(text[match.end() :]) is not None
        found.append(Kind(name=name.replace(" ", "-"), denied=denied))
    that = None if found else _OF_THAT.search(text)
    if that is not None and (name := _ANY_NAME.search(text[: that.start()])):
        found.append(Kind(name=name["name"].replace(" ", "-"), denied=_is_denied(text, that.start())))
    return found


def _is_denied(text: str, at: int) -> bool:
    return _DENIED.search(text[max(0, at - _FAR) : at]) is not None


def is_of_kind(names: Collection[str], kind: str) -> bool:
    """Whether something is of a kind, by the words of its name and of its category."""
    if kind in names:
        return True
    return any(kind in called.split() and not {*names}.isdisjoint(words.split()) for called, words in _KINDS.items())


def is_another_thing(text: str, own: Collection[str]) -> bool:
    """Whether a text in small letters names a thing by a word that none of its `own` words means: "a coat"."""
    found = _TARGET.search(text)
    if found is None:
        return False
    noun = found["noun"]
    same = {noun, noun.rstrip("s"), *means(noun)}
    return (noun in _CALLED or noun.rstrip("s") in _CALLED or bool(means(noun))) and same.isdisjoint(own)
