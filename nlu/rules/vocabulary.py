"""The closed-class words of shopping talk: what may stand around a product's name and is never the name itself."""

import re

from nlu.rules.patterns import rule


def words(text: str) -> frozenset[str]:
    """Returns the words of a text block as a set."""
    return frozenset(text.split())


CART = (
    r"(?:basket|baskt|bascket|cart|crt|caart|trolley|bag|order|card|list|shopping\s+(?:cart|basket|bag"
    r"|list)"
    r"|shoping\s+cart)"
)


PRONOUNS = words(
    """i im i'm ill i'll id i'd ive i've we we'll well we'd we're we've us me my u you your you'd you'll he she they
    them it it's its itself our ours mine myself yours ur who"""
)
FILLERS = PRONOUNS | words(
    """a an the this that these those some any please pls plz plse pleaz kindly thanks thank thx ty tnx cheers ta hi
    hello hey hiya yo howdy dear good morning afternoon evening day sir madam mate bro buddy team shop there ok okay
    okey k yes yeah yep yup yea ya sure no nope nah oh ooh ohh ah aha hmm hm hmmm umm um uh er erm wow nice great
    perfect cool lol haha alright right so well then now today tonight tomorrow asap quick quickly just only exactly
    simply really rly very much also too as again still already actually maybe perhaps possibly instead else more extra
    additional additionally another further and n nd or plus but if is are was be been being am can do does did
    done could cud
    would wud should
    should've could've would've shoud shld shall may might must will wont to of for from in into on onto
    at with by up out off over
    down about around along per than lets let's let shan't don't dont not never both all everything each same quantity
    qty quantities amount number count total altogether basket cart trolley gotta got able possible happy grateful
    appreciate sounds looks glad wondering wonder curious curiosity seeking hoping hope wish wishing interested
    following thing things
    product products stuff one besides aside what's whats here here's heres there's theres ones thinking think
    guess believe
    yourself ready pay paying paid delivered back while when where how what which whose because since 2day thingy go
    gone it'd that'd that's thats remember remembered yet wait sorry almost nearly gladly honestly literally meanwhile
    btw fyi later bot em yer til until till didnt doesnt isnt wasnt cant couldnt havent hasnt arent aint you've
    they've oops"""
)

ADJECTIVES = words(
    """red blue green yellow pink purple black white grey gray brown orange silver gold golden navy turquoise teal beige
    cream ivory small large big medium mini tiny huge long short tall wide narrow light dark"""
)


# Around a product whose quantity is changed.
CHANGING = words(
    """make made making makes set change changed chnge cahnge chang changing update updated adjust modify amend alter
    edit
    correct correction fix bump raise increase increased decrease reduce lower lowered cut bring scale push knock drop
    leave leaving meant mean typo typed type wrong numbers better prefer total altogether double triple twice halve half
    less fewer lower higher lesser rather place said say asked ask please holds says reads enough many much plenty
    others other rest mind replace swap exchange turn switch single copy amt amount typing line item mistake error
    accident accidentally thought sum count gives instead up down need needs wanted counted again twice actual into
    basket's max value figure entry row keep kept remove take off bought there's theres it'll thats as few one's was
    were should've been correctly i'll has had have rounded round quantity's qtys by off than"""
)


# Around a product whose stock is asked.
STOCK = words(
    """stock stocked stocking stocks instock available avail availability avalability availible availabe avaliable
    left sell
    sells selling sale carry carries have has had got getting back restock restocked restocking sold out notify notified
    ping tell telling told let know known email mail message msg text remind reminder alert shout drop inform contact
    when soon once again more enough supply supplies if whether there gone good will be moment mo atm present any
    anymore
    happen chance guys folks lot many much looking look search searching find found check checking still next week weeks
    month months buy bought order ordered ordering purchase in currently number amount on hand level inventory
    warehouse shop store something anything sth smth such like want need kind type sort arrive arriving arrives come
    comes coming coming's expect expected due date return returning returns run ran running low ever gonna usually
    right away anywhere possible wondering permanently discontinued continue today tomorrow later soon asap immediately
    offer range catalogue catalog assortment website online get give could ship pieces pcs units unit least
    minimum up drop heads-up heads interest interested question quick wanted saw see seen them's really truly
    ah oh hiya status amt one hmm u ur ya yall y'all item items product products does did do can exist exists"""
)

# Around a kind of product in a price range.
PRICING = words(
    """cheap cheaper cheapest cheapo expensive pricey pricier priciest dear dearer dearest affordable inexpensive costly
    costliest luxury premium bargain bargains under below less lower lowest than then over above more most higher
    highest
    high low between around about roughly approx approximately near max maximum min minimum at least most up to price
    prices priced pricing price-wise cost costs costing range budget spend spending limit cap filter filtered sort
    sorted
    sorting order ordered list show me see give find search browse display anything something things thing stuff
    sth smth
    items item products product options option ones one everything all got have has sell do you u what whats what's
    which
    how much is are there any some only just that's thats too steep bit out exactly precisely each apiece per piece
    total
    within nothing not no than from starting upwards north south of bucks buck dollars dollar euros euro quid pounds
    pound usd eur gbp cents pence fiver tenner grand first last top bottom ascending descending asc desc next second
    third best good nice value deal deals decent quality looking for want need buy get can could would like please tops
    max. dont don't doesn't cost go exceed ish ballpark category section shop store available here today money cash left
    account person friend limited results reverse instead anyone afford else also similar same style but different lot
    bigger smaller than that it them those these prefer offer offers offering sale discount carry gift gifts present
    presents somewhere fit fits idea ideas wise three five ten two four pay willing ready between & affordable's
    grateful
    priced's ur r rn lists lookin lemme gimme whatever regarding concerning super really very way quite rather bit"""
)

# Around a product that a recommendation should go with.
RECOMMENDING = words(
    """similar something anything else what recommend suggest good nice well best great next need style same milder
    different cheaper better please instead got have has do you other people customers buy bought show find options
    ideas
    popular usually normally would could maybe matching looks look fine kind though lot much already"""
)

# What is recommended without being a kind of product.
KINDLESS = words(
    """product products item items thing things gift gifts present presents article articles goods seller sellers
    selling pick picks choice choices deal deals offer offers surprise suggestion suggestions recommendation
    recommendations for under below over above less than to of in on from by at around between that which who
    who'd the my your our me us him her them someone somebody anyone friend mum mom dad wife husband sister brother
    birthday christmas new old today now here week month year right"""
)


FRAMES = rule(
    r"""
      \b(?:in(?:to|side)?|to|too|2|from|on|off|onto|within|with)\s+(?:my|the|our|mi|ur|your|this|that)\s+(?:current\s+|existing\s+|shopping\s+)?"""
    + CART
    + r"""\b(?!\s+(?:of|for\s+the))(?:\s+(?:too|already|please|pls))?
    | \b(?:in(?:to)?|to|2|from|onto)\s+(?:shopping\s+)?(?:basket|baskt|cart|crt|trolley)\b
    | \b(?:to|on\s+top\s+of)\s+the\s+\w+\s+(?:already|i\s+have|i've\s+got|in\s+there)(?:\s+in\s+(?:there|it|my\s+\w+))?
    | \bbefore\s+(?:you|u|i|we)\s+(?:\w+)(?:\s+(?:it|that|this|out))?\b
    | \b(?:finish|complete|finali[sz]e|proceed(?:\s+(?:with|to))?|confirm|close|process|pay(?:\s+for)?)\s+(?:my
      |the|this|our)?\s*(?:order|purchase|basket|cart|checkout|stuff)\b
    | \b(?:i|we)(?:'d|\s+would)\s+(?:rather\s+(?:have|take|get)|prefer)\b
    | \bring\s+(?:me|it)\s+up\b | \bproceed\b | \b(?:save|keep)\s+(?:it|that|this|them)\b | \bfor\s+later\b
      | \bcash\s+out\b
    | \bit(?:'s|s|\s+is)\s+(?=(?:the|that|those)\b) | \bea\.?(?=\s+of\b)(?:\s+of)?
    | \b(?:to|in|into|with)\s+(?:the\s+)?(?:rest|others|lot|other\s+(?:items|stuff|things)
      |my\s+(?:other\s+)?(?:items|things|stuff|purchase|purchases))\b
    | \bwhile\s+(?:you(?:'re|r|\s+are)?|u(?:r|\s+r)?|we(?:'re|re|\s+are)?|i'?m)\s+(?:at\s+it|there|here)\b
    | \b(?:put|pencil|write|sign)\s+(?:me|us)\s+(?:down|up|in)\s+for\b
    | \b(?:hit|sort|hook|set|fix|do|kit)\s+(?:me|us)\s+(?:up|out|over)?\s*with\b
    | \bshut\s+up\s+and\s+take\s+my\s+money\b | \btake\s+my\s+money\b
    | \b(?:as\s+soon\s+as\s+(?:you\s+can|possible)|as\s+quick(?:ly)?\s+as\s+(?:you\s+can|possible)
      |quick\s+as\s+you\s+can|when\s+(?:you|u)\s+(?:can|get\s+a\s+(?:chance|min(?:ute)?)))\b
    | \bto\s+(?:my|our)\s+(?:\w+'?s\s+)?(?:office|house|home|work|place|flat|shop|address)(?:\s+(?:at|in))?\b
      | \bdo\s+(?:me|us)\s+a\s+favou?r(?:\s+and)?\b | \bhow\s+do\s+i\s+put\s+it\b
        | \b(?:have\s+)?you\s+got\s+a\s+min(?:ute)?\b
    | \bon\s+(?:second|2nd)\s+thoughts?\b | \bcome\s+to\s+think\s+of\s+it\b
    | \bon\s+top(?:\s+of\s+(?:that|it|this|those|them|these|the\s+(?:rest|others)))?\b
    | \b(?:as\s+well(?:\s+as)?|along\s+with(?:\s+(?:that|it|this|them))?|together\s+with
      |in\s+addition(?:\s+to\s+(?:that|this))?|at\s+the\s+same\s+time)\b
    | \bif\s+(?:possible|(?:you|u)\s+(?:can|please|could|do|have\s+(?:it|them|any|one)|got\s+(?:it|them|any
      |one))|(?:it's|its|that's|thats)\s+(?:ok|okay|possible|fine|alright)|available|in\s+stock)\b
    | \bif\s+(?:you|u)\s+(?:have|got)\b
    | \bfor\s+(?:me|us|him|her|them|myself|now|today|tonight|tomorrow|delivery|collection|pick\s?up|(?:next
      |this|the)\s+(?:week|weekend|month|party|event|office|kids|house|team|meeting|shop)
        |(?:an?|my|our|his|her|their)\s+(?:\w+'?s?\s+)?(?:\w+'?s\s+)?(?:mom|mum|dad|wife|husband|son|daughter|sister|brother|friend|friends|kids?|boss|office|house|kitchen|birthday|bday|b-day|wedding|party|event|team|family|grandson|granddaughter|nephew|niece|mother|father|colleagues?|coworkers?|cafe|shop|restaurant|tea\s+room|self|guests|dog|cat|boyfriend|girlfriend|gf|bf|partner|neighbou?r|aunt|uncle|gran|nan|grandma|grandpa|meeting|home)
        |(?:mon|tues|wednes|thurs|fri|satur|sun)day|christmas|xmas|easter)\b
    | \b(?:by|on|before|until|til|this|next|coming)\s+(?:(?:next|this|the|coming)\s+)?(?:mon|tues|wednes|thurs
      |fri|satur|sun)days?\b
    | \b(?:by|before|until)\s+(?:tomorrow|tonight|noon|next\s+week|the\s+weekend
      |the\s+end\s+of\s+(?:the\s+)?\w+|christmas|easter)\b
    | \b(?:from|off)\s+(?:you|u)(?:\s+guys)?\b | \byou\s+guys\b | \bin\s+my\s+name\b | \bover\s+to\s+(?:me
      |us)\b | \bto\s+(?:me|us)\b
    | \b(?:take|make|do|place|put|make|submit|send|start|create|have)\s+(?:in\s+|through\s+|up\s+)?(?:the|an|a
      |my|this|our)\s+(?:new\s+)?(?:order|purchase)(?:\s+(?:for|of|in|through))?\b
    | \bnew\s+order\b | \border\s+(?:plz|pls|please)\b | \bmy\s+order\s*(?:is|:)
    | \b(?:would|wud|could)\s+(?:you|u)\s+mind\b | \bbe\s+able\s+to\b | \bmake\s+sure(?:\s+(?:there's|there\s+is|to))?\b
    | \b(?:check|chek)\s?out\b | \bto\s+start\s+with\b | \b(?:i|we)\s+(?:just\s+)?(?:remembered|decided|forgot
      |almost\s+forgot)\b | \balmost\s+forgot\b
    | \b(?:will|would)\s+do\b | \bone\s+more\s+thing\b | \ba\s+few\s+(?:more\s+)?things\b | \b(?:get
      |got)\s+my\s+hands\s+on\b
    | \bthat(?:'s|s|\s+is|'ll\s+be|ll\s+be)?\s+(?:all|it|everything)(?:\s+(?:for\s+now|i\s+need|thanks
      |pls))?\b | \bnothing\s+else\b
    | \byou(?:'ve)?\s+(?:showed|shown|sent|mentioned|recommended|listed|suggested)(?:\s+me)?\b | \byou\s+just\s+showed\b
    | \b(?:on|in|from)\s+the\s+list\b | \byour\s+(?:shop|store|site|website)\b
    | \bof\s+(?:each|every)\b | \beach(?:\s+of)?\b | \bapiece\b | \b(?:the\s+)?same\s+(?:quantity|amount|number
      |qty)(?:\s+of)?\b
    | \b(?:don'?t|do\s+not|dont)\s+forget\b | \bnot\s+yet\b
    | \bsee\s+if\b | \bgo\s+on(?:\s+then)?\b | \boh\s+go\s+on\b | \bsame\s+again\b | \bas\s+always\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
