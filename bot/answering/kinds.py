"""The kinds of facts that products have: how each is asked for, and which words of a sentence tell it."""

import re
from dataclasses import dataclass

_UNITS = (
    r"\d[\d.,/ x×-]{0,12}(?:-| )?(?:mm|cm|m|km|in|inch(?:es)?|ft|feet|foot|yards?|litres?|liters?|l|"
    r"ml|cl|oz|pints?|cups?|gallons?|quarts?)\b|\d[\"″]"
)
_MATERIALS = (
    r"cotton|linen|wool(?:en)?|silk|leather|suede|polyester|nylon|acrylic|fleece|felt|canvas|denim|"
    r"velvet|bamboo|wood(?:en)?|oak|pine|beech|ash|birch|walnut|maple|teak|acacia|olive wood|plywood|"
    r"cork|rattan|wicker|jute|coir|sisal|paper|card|cardboard|metal|steel|stainless|iron|cast iron|"
    r"copper|brass|bronze|alumini?um|tin|zinc|silver|gold|gilt|chrome|enamel(?:led|ed)?|ceramic|"
    r"stoneware|earthenware|terracotta|porcelain|china|clay|glass|crystal|marble|granite|slate|stone|"
    r"concrete|plastic|silicone|rubber|resin|melamine|vinyl|pvc|foam|latex|down|beeswax|soy|wax|"
    r"carbon|titanium"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of fact; a `general` one is told by words so common that a word of the question must be there too."""

    asks: re.Pattern[str]
    tells: re.Pattern[str]
    general: bool = False


_ROWS = (
    (  # dishwasher
        r"dish ?-?wash\w{0,12}",
        r"dish ?-?wash\w{0,12}|hand ?-?wash\w{0,12}|\bby hand",
        False,
    ),
    (  # microwave
        r"micro ?-?wav\w{0,12}",
        r"micro ?-?wav\w{0,12}",
        False,
    ),
    (  # oven
        r"\bovens?\b|oven ?-?(?:safe|proof)|bake in|\bhob\b|induction|\bgas\b|stove\w{0,12}",
        r"\bovens?\b|oven ?-?(?:safe|proof)|heat ?-?proof|\bhob\b|induction|stove\w{0,12}|\d{3} ?°",
        False,
    ),
    (  # freezer
        r"freez\w{0,12}|frozen",
        r"freez\w{0,12}|frozen",
        False,
    ),
    (  # washing
        r"\bwash\w{0,12}|launder\w{0,12}|clean\w{0,12}|shrink\w{0,12}|look after|care for|\biron(?:ed|ing)\b",
        r"\bwash\w{0,12}|launder\w{0,12}|clean\w{0,12}|wip\w{1,12}|shrink\w{0,12}|tumble|\biron(?:ed|ing)\b|\bcare\b",
        False,
    ),
    (  # material
        r"made (?:of|from|out of)|materials?|fabric|\bwhat (?:wood|metal|cloth|glass|leather|stone)|"
        r"which (?:wood|metal|cloth)|milled from|real (?:leather|silver|gold|wood|silk)|\bis (?:it|"
        r"the \w{1,12}) (?:plastic|metal|wood|glass)\b",
        rf"made (?:of|from)|\b(?:{_MATERIALS})\b",
        False,
    ),
    (  # size
        r"how (?:big|large|long|wide|tall|high|deep|thick)\b|dimensions?|measurements?|\bsizes?\b|"
        r"height|width|length|depth|diameter|\bfits?\b|capacity|how much (?:fits|water|does it hold)|"
        r"how many (?:litres|liters|cups)|\bhold\b",
        rf"{_UNITS}|\b(?:small|medium|large|tall|wide|full-length|roomy|compact|tiny|fits?|holds?|sized?|"
        r"one size)\b",
        False,
    ),
    (  # weight
        r"how heavy|weigh\w{0,12}",
        r"\d[\d.,]{0,9}[ -]?(?:kg|g|grams?|kilos?|lbs?|pounds?|oz|ounces?)\b|\b(?:heavy|light|lightweight|"
        r"featherlight|weigh\w{0,12})\b",
        False,
    ),
    (  # load
        r"how (?:strong|much weight)|hold \d|\bcarry\b|strong enough",
        r"\d[\d.,]{0,9}[ -]?(?:kg|kilos?|lbs?|pounds?)\b|\b(?:strong|sturdy|holds?|carr(?:y|ies)|load)\b",
        True,
    ),
    (  # contents
        r"contain\w{0,12}|ingredients?|allergen\w{0,12}|\bnuts?\b|\bpeanuts?\b|gluten|lactose|dairy|vegan|"
        r"vegetarian|halal|kosher|sugar|\bmilk\b|\beggs?\b|\bsoy\b|what'?s in (?:it|the)",
        r"contain\w{0,12}|ingredients?|allergen\w{0,12}|\bnuts?\b|almonds?|hazelnuts?|peanuts?|gluten|wheat|"
        r"oats?|lactose|dairy|vegan|vegetarian|halal|kosher|sugar|\bmilk\b|butter|\beggs?\b|\bsoya?\b|"
        r"-free\b",
        False,
    ),
    (  # caffeine
        r"caffeine|decaf\w{0,12}",
        r"caffeine|decaf\w{0,12}",
        False,
    ),
    (  # taste
        r"taste\w{0,12}|flavou?rs?|smell\w{0,12}|scents?|spic[ye]\w{0,12}",
        r"tast\w{0,12}|flavou?r\w{0,12}|smell\w{0,12}|scent\w{0,12}|spic\w{0,12}|sweet|bitter|smok\w{1,12}|malty|fruity|aroma\w{0,12}|"
        r"notes? of",
        False,
    ),
    (  # number
        r"how many (?:\w{1,12} ){0,2}?(?:in|are|come|does|do|has|have|pieces|sheets|pages|bags)|\bpages?\b|"
        r"\bplayers?\b|\bpieces?\b",
        r"\b\d{1,9}\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|pair|set of)\b",
        True,
    ),
    (  # included
        r"includ\w{0,12}|come with|comes with|in the (?:set|box)",
        r"includ\w{0,12}|comes? with|\bwith (?:an?|its|two|three|four|six)\b|\bset\b",
        True,
    ),
    (  # battery
        r"batter(?:y|ies)|charg\w{1,12}|\bplug\b|volt\w{0,12}|watts?",
        r"batter(?:y|ies)|charg\w{1,12}|\bplug\b|volt\w{0,12}|\d{1,6} ?v\b|watts?|\d{1,6} ?w\b|cordless|mains",
        False,
    ),
    (  # age
        r"\bage[sd]?\b|year[s -]?old|child\w{0,12}|kids?\b|toddlers?|bab(?:y|ies)|newborn",
        r"\bage[sd]?\b|year[s -]?old|\byears\b|months?|child\w{0,12}|kids?\b|toddlers?|bab(?:y|ies)|"
        r"newborn|grown-?ups?|adults?",
        False,
    ),
    (  # water
        r"water ?-?(?:proof|resistant|tight)|wet|rain\w{0,12}|outdoors?|outside|\brust\w{0,12}|weather\w{0,12}",
        r"water ?-?(?:proof|resistant|tight|repellent)?|rain\w{0,12}|outdoors?|outside|rust\w{0,12}|weather\w{0,12}|"
        r"splash\w{0,12}|shower ?-?proof",
        False,
    ),
    (  # origin
        r"where (?:is|are|was|does) .{0,40}(?:made|from|come)|which country|hand ?made|who makes|brand",
        r"made in|\bfrom\b|hand ?-?made|hand ?-?\w{1,12}ed|grown|\bby\b|origin",
        True,
    ),
    (  # author
        r"who wrote|author|published|edition|hardcover|hardback|paperback|which year|language",
        r"\bby\b|written|author|published|edition|hardcover|hardback|paperback|\b(?:1[89]|20)\d\d\b|"
        r"translated",
        False,
    ),
    (  # keeping
        r"keep\b|fridge|refrigerat\w{0,12}|shelf life|expir\w{0,12}|best before",
        r"keeps?\b|fridge|refrigerat\w{0,12}|shelf|expir\w{0,12}|best before|store[ds]?\b|cool",
        False,
    ),
    (  # burning
        r"burn\w{0,12}",
        r"burn\w{0,12}|hours?",
        False,
    ),
    (  # colour
        r"colou?rs?|dark|bright|\bmatt?\b|gloss\w{0,12}",
        r"colou?r\w{0,12}|red|blue|green|yellow|white|black|grey|gray|pink|sage|navy|cream|mustard|coral|"
        r"dark|light|\bmatt?\b|gloss\w{0,12}",
        False,
    ),
    (  # parts
        r"pockets?|handles?|\blids?\b|zips?|zipper|lining|lined|straps?|spout|wheels?|drawers?",
        r"pockets?|handles?|\blids?\b|zip\w{0,12}|lining|lined|straps?|spout|wheels?|drawers?",
        True,
    ),
    (  # folding
        r"fold\w{0,12}|stack\w{0,12}|assembl\w{0,12}|put (?:it )?up|tools? for it",
        r"fold\w{0,12}|stack\w{0,12}|assembl\w{0,12}|flat|screws?",
        False,
    ),
)
KINDS = tuple(
    Kind(asks=re.compile(asks, re.IGNORECASE), tells=re.compile(tells, re.IGNORECASE), general=general)
    for asks, tells, general in _ROWS
)
