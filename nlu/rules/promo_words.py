"""How customers speak of discount codes: the patterns of `promo_codes`."""

import re

from nlu.rules.patterns import rule

OF_ELSE = (  # what has codes of its own
    r"(?<!link )(?<!zip )(?<!post )(?<!area )(?<!door )(?<!gate )(?<!item )(?<!bar )(?<!qr )(?<!dress )(?<!product )"
    r"(?<!tracking )(?<!country )(?<!verification )(?<!confirmation )(?<!security )(?<!gift )(?<!article )"
    r"(?<!zip-)(?<!postal )(?<!post-)(?<!pin )(?<!access )(?<!entry )(?<!buzzer )(?<!colour )(?<!color )(?<!error )"
)
NOUN = (
    rf"{OF_ELSE}\b(?:(?:discount|promo|promotion|promotional|coupon|voucher|offer|sale|referral|welcome)[ -]?codes?"
    r"|codes?|coupons?|vouchers?|promos?)\b"
)
WRITTEN_CODE = r"[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9])){2,29}"
WRITTEN = rule(rf"(?<![\w@./#-]){WRITTEN_CODE}(?: \d{{1,3}})?(?![\w@-]|\.\w)")
BEHIND = rule(
    rf"{NOUN}(?P<sure>\s*(?::|=|is|are|called|named|that says|reads))?[\s\"'“”‘’(*`]{{1,4}}"
    rf"(?P<code>{WRITTEN_CODE}(?: \d{{1,3}}(?!\s*(?:x\b|×|\w)))?)(?![\w@-])",
    re.IGNORECASE,
)
BEFORE = rule(rf"(?P<code>{WRITTEN_CODE})[\"'“”‘’)*`]?\s+{NOUN}", re.IGNORECASE)
USED = rule(
    rf"\b(?:use|using|apply|applying|redeem|enter|try)\s+(?:(?:my|the|this)\s+)?(?P<code>{WRITTEN_CODE})(?![\w@-])",
    re.IGNORECASE,
)
NOT_IT = rule(  # before a code
    r"(?<!why )(?<!if )\b(?:no|not|without|minus|except|instead of)\s+(?:(?:the|my|that|this|code|voucher|coupon"
    r"|promo|discount)\s+){0,3}"
    r"[\"'“‘(*`]?\Z",
    re.IGNORECASE,
)
NO_CODES = frozenset(
    "for from the and that this was not here please pls thanks with works work working does doesn doesnt valid right "
    "now "
    "can could you your have has there will would what which where when how why who are any all off out into today "
    "expired available discount coupon voucher promo code codes from mine yes still also then but only just using use "
    "again anymore anywhere somewhere yet too i'm its it's get got apply applied entered use used off before after or "
    "order cart basket checkout field box email mail friend sent says said gave given dont don't didn't isn't wont "
    "won't doesn't first new another one some free shipping section thing things stuff needed required".split()
)
REMOVES = rule(
    r"\b(?:(?:please )?(?:remove|delete|drop|scrap|ditch|forget|skip|undo|cancel|lose|clear)\b"
    r"|take (?:\S{1,24} ){0,4}?(?:off|out|away|back)\b|leave (?:\S{1,24} ){0,3}?(?:out|off)\b"
    r"|get rid of\b"
    r"|without\b|(?:don'?t|do not|not|never|no need to|rather not) (?:want to |need to |wanna )?"
    r"(?:use|apply|add|take|enter|redeem|want|need|have)\b|no (?:more )?(?:discounts?|codes?|coupons?|vouchers?)\b)",
    re.IGNORECASE,
)
REQUESTS = rule(
    r"\b(?:can|could|may|might|would|will|shall|should) (?:i|we|you|u|ya) (?:\S{1,12} ){0,3}?"
    r"(?:use|apply|add|redeem|enter|try|put|take|get|have|include|accept|honou?r)\b|\bplease\b|\bpls\b",
    re.IGNORECASE,
)
ASKS = rule(
    r"\A\W{0,3}(?:(?:hi|hey|hello|ok|okay|and|so|but|um|btw|quick question)\b\W{1,3}){0,3}"
    r"(?:does|do|did|is|isn'?t|are|was|will|would|can|could|what|what'?s|whats|when|how|how'?s|until|till|which|why|who"
    r"|where|has|have|any idea|i wonder|wondering|tell me about|i'?d like to know)\b",
    re.IGNORECASE,
)
ASKS_WHICH = rule(
    r"\A\W{0,3}(?:(?:hi|hey|hello|ok|okay|and|so|but|um|btw)\b\W{1,3}){0,3}"
    r"(?:until|till|when|what|what'?s|whats|which|how|why|where|who)\b",
    re.IGNORECASE,
)
TAKES_OFF = rule(  # what a code does, and none to be taken off
    r"\b(?:does|do|did|will|would|can|could|should)\s+(?!(?:you|u|ya|i|we|someone|somebody|anybody)\b)\S{1,30}\s+"
    r"(?:(?:still|also|even|really|actually|then)\s+){0,2}(?:take|knock|cut|bring)\b",
    re.IGNORECASE,
)
FAILS = rule(
    r"\b(?:does ?n[o']?t|did ?n[o']?t|not|won'?t|is ?n'?t|wasn'?t|never) (?:\S{1,12} )?"
    r"(?:work|working|worked|applied|apply|accepted|valid|go through|going through|taken|count"
    r"|counted|show(?:ing|n)?|appear(?:ing)?|visible|there|deducted|included)\b"
    r"|\b(?:is|was|be|looks|seems|sounds) (?:\w{1,10} ){0,2}"
    r"(?:fake|bogus|dead|expired|void|invalid|useless|worthless|made up|out of date|no good"
    r"|a (?:scam|hoax|joke|lie))\b",
    re.IGNORECASE,
)
OF_OTHERS = rule(
    r"\b(?:friend|sister|brother|mom|mum|wife|husband|neighbou?r|colleague|he|she|they|somebody|someone|everyone)\b"
    r"(?:\S{0,3} ){1,3}?(?:used|uses|had|has|got|gets|paid|ordered|told|tells|says|said|claims|claimed|thinks)\b"
    r"|\bi(?:'ve| have)? (?:heard|read|was told)\b",
    re.IGNORECASE,
)
LATER = rule(r"\b(?:later|next time|next order|some ?day|another time|tomorrow|maybe)\b", re.IGNORECASE)
SAVED = rule(  # for another order: "… but I keep it for my next order"
    r"\b(?:save|saving|keep|keeping|hold|holding|spare|reserve|leave|use|using) (?:on to )?"
    r"(?:it|that|this|that one|this one|the (?:code|voucher|coupon))\b[^.!?\n]{0,30}?"
    r"\b(?:later|next (?:time|order|month|week|purchase)|another (?:time|order|day)|some ?day|tomorrow|christmas"
    r"|(?:a|the) (?:future|rainy) (?:order|day))\b",
    re.IGNORECASE,
)
ALSO_USED = rule(rf"(?:\s{{0,2}},\s{{0,2}}(?:and |or |then )?|\s(?:and|or|then)\s)(?P<code>{WRITTEN_CODE})(?![\w@-])")
MINE = rule(
    r"\b(?:i|i'?ve|ive|we|we'?ve|use|apply|redeem|enter|add|have|got|here'?s|try) (?:also )?"
    r"(?:have |got |have got |had |did have |(?:should|must|might) (?:still )?have |was (?:given|sent) |received )?"
    rf"(?:a|an|my|the|this|that|some|another) (?:\S{{1,16}} )?{NOUN}",
    re.IGNORECASE,
)
THE_ONE = rf"(?:the|my|that|this|our|these|those) (?:\S{{1,12}} )?(?:{NOUN}|discounts?\b)"
ASKS_STATE = rule(  # of a code that is there
    rf"\b(?:did|does|has|have|is|are|was|were|got) {THE_ONE}[^.!?\n]{{0,30}}?"
    r"\b(?:(?:go|goes|gone|going|went) through|through|work(?:ed|ing)?|appl(?:y|ied)|in|on|off|counted|included|taken"
    r"|active|there|accepted|count(?:s|ing)?|registered|deducted|subtracted|added|used)\b"
    r"|\b(?:how much|what)\b[^.!?\n]{0,40}?\b(?:sav(?:e|es|ed|ing|ings)|off|less|discount|worth|bring|brings|gives?)\b"
    r"|\b(?:is|are|was|were) (?:(?:the|my|that|those) )?\d{1,2} ?(?:%|percent)(?: off| discount)?(?: (?:already"
    r"|still|now))?"
    r" (?:included|in|applied|off|on|counted|deducted|subtracted|there)\b"
    r"|\b(?:what|how much|how big)(?:'?s| is) (?:my|the|our) (?:\S{1,12} )?discount\b(?! codes?)",
    re.IGNORECASE,
)
NAMES_THE_ONE = rule(rf"\b{THE_ONE}|\d ?(?:%|percent)", re.IGNORECASE)
KEEPS = rule(
    rf"\W{{0,3}}(?:(?:please|pls|but|just|still|can you|could you)\s+){{0,3}}(?:keep|leave) {THE_ONE}"
    r"(?: (?:on|in|there|applied|active|as it is|though|please|pls|too|for it|for this|for that)){0,3}"
    r"(?:,? if (?:it|that)(?:'?s| is)? ?(?:still )?(?:works?|working|counts?|applies|valid|ok|okay|fine|good|possible"
    r"|holds?|goes)(?: (?:then|now|for it|for that|though))?)?\W{0,3}",
    re.IGNORECASE,
)
HAS_NONE = rule(
    r"\b(?:(?:don'?t|do not|didn'?t|did not|haven'?t|have not) (?:have|got|get|own)|haven'?t|have no|got no|never had)"
    rf" (?:(?:a|any|such a|an) )?(?:\S{{1,12}} )?{NOUN}"
    rf"|\bneed (?:a|an|any) (?:\S{{1,12}} )?{NOUN}[^.!?\n]{{0,30}}\?"
    rf"|\bis (?:a|an|any) (?:\S{{1,12}} )?{NOUN} (?:needed|required|necessary|a must)\b"
    rf"|\b(?:can|could|may|does|do|will|would|is) (?:i|we|one|it|this|that|my order"
    rf"|the order)\b[^.!?\n]{{0,30}}? without (?:(?:a|any|an) )?(?:\S{{1,12}} )?{NOUN}",
    re.IGNORECASE,
)
_IT = r"(?:it|that|this|these|them|they|those|one|both)"
SAYS_MORE = rule(  # of a code that is named elsewhere, in a clause of its own
    r"\W{0,3}(?:(?:and|so|but|or|then|just|please)\s+){0,2}(?:"
    rf"(?:(?:what|how much|how|when|until when) )?(?:does|do|did|will|would|is|are|can|could|should|has) "
    rf"(?:{_IT}|i|we)\b"
    r"(?: (?:still|even|really|actually|do|give|save|work|count|apply|take|help|good|valid|ok|okay|fine|mean|anything"
    r"|something|off|worth|need|use|run|out|end|expire|any|much|with|without|now|here|today|me|us|be|used|for"
    rf"|a problem|together|to|{_IT})){{1,8}}"
    r"|(?:can|could|may) (?:i|we) (?:still |also |just |even ){0,2}(?:buy|order|pay|shop|check ?out|go on|continue)"
    rf"(?: (?:it|anyway|normally|here|something|things|without|without {_IT}|with you)){{0,2}}"
    r"|(?:(?:i|we)(?:'?ll| will|'?d)?\s+|let'?s\s+|let me\s+|rather\s+|can (?:i|you)\s+){0,3}"
    rf"(?:keep|save|use|take|leave|need|spend) {_IT} (?:for )?"
    r"(?:later|(?:the |my |an? )?(?:another|next|other|different|bigger|future) (?:one|order|time|day|purchase))"
    r"|(?:(?:i|we)(?:'?ll| will|'?d)?\s+|just\s+|happy to\s+){0,3}(?:pay(?:ing)?\s+)?(?:the\s+|at\s+|for\s+)?"
    r"(?:full|normal|regular|whole) (?:price|amount)"
    r")(?:\s+(?:then|though|please|pls|thanks))?\W{0,4}",
    re.IGNORECASE,
)
PRICES_OFF = (
    r"(?:discounts?(?! store)|promo(?:tion)?s?(?:[ -]codes?)?|coupons?|vouchers?|discount codes?|money off|price cuts?)"
)
SALES = (
    r"(?:(?<!you )offers?|(?<!the )deals?(?! with)|bargains?|(?<!for )sales?(?! (?:tax|price|rep|person|assistant)))"
)
ANY = (
    r"(?:any|have|do you do|you do|do you offer|you offer|got|is there|are there|there is|there are|what|what'?s|whats"
    r"|which|can i get|could i get|can we get|do i get|get|give me|running|looking for|want|show me|list|gimme)"
)
ASKS_ANY = rule(
    rf"\b{ANY}\b[^.!?\n]{{0,40}}?\b(?:{PRICES_OFF}|codes|(?<=any )code)\b"
    rf"|\b(?:there is|there'?s|is there|was there|heard (?:of|about)) (?:a|an|some) (?:\S{{1,12}} )?{NOUN}"
    rf"|\b{ANY}\b[^.!?\n]{{0,20}}?\b\d{{1,2}} ?(?:%|percent) (?:off|discount)\b",
    re.IGNORECASE,
)
ASKS_SALE = rule(
    rf"\b{ANY}\b[^.!?\n]{{0,40}}?\b(?:special )?{SALES}\b|\b(?:what|whats|what'?s|anything|something) (?:is )?on "
    r"(?:sale|offer)\b",
    re.IGNORECASE,
)
BARE_ASK = rule(
    rf"\W{{0,3}}(?:{PRICES_OFF}|(?:any )?(?:special )?(?:offers?|deals?|sales?))"
    r"(?: (?:today|now|right now|please|pls))?\W{0,4}",
    re.IGNORECASE,
)
TALKS_OF_CODES = rule(r"(?<!gift )\b(?:discounts?|codes?|coupons?|vouchers?|promos?|promotions?)\b", re.IGNORECASE)
ASKS_THEM = rule(r"\?|\b(?:you|u|ya|there|any)\b", re.IGNORECASE)
NAMES_CODES = rule(rf"{NOUN}|\bdiscounts?\b", re.IGNORECASE)
HOW = rule(r"\b(?:how|where) (?:do|can|would|should|to|does)\b", re.IGNORECASE)
PIECES = rule(
    r"[,;!?\n]{1,3}|\.(?=\s|\Z)|\b(?:and|plus|also|then|but)\b(?=.)|\s(?=(?:with|without|using|by|via) "
    r"(?:the |my |a |this )?"
    rf"(?:\S{{1,12}} )?{NOUN})",
    re.IGNORECASE,
)
ORDERS = rule(
    r"\d|@|\b(?:get|order|buy|need|want|like|have|send|ship|add|take|one|two|three|four|five|six|a|an|make|change)\b",
    re.IGNORECASE,
)
LEAD = rule(
    r"(?:\b(?:with|using|use|apply|redeem|enter|try|add|put|take|took|has|have|got|get|it'?s|its|is|was|sent|i|i'?ve"
    r"|ive|i'?d|would|like|want|to|please|pls|the|my|a|an|this|that|and|also|plus|then|by|via|here'?s|heres|can"
    r"|could|you|u|we|me|discount|promo|coupon|voucher|promotional|promotion|offer|code|codes|coupons|vouchers|in"
    r"|on)\b[\s:\"'“‘(*`=-]{0,4}){1,9}[\"'“‘(*`]?\Z",
    re.IGNORECASE,
)
TAIL = rule(
    r"[\"'”’)*`]?(?:\s+(?:on|to|for|in|with|at) (?:it|this|that|them|me|my|the|all)"
    r"(?: (?:order|cart|basket|checkout|card|one|time|purchase))?\b)?(?:[\s,]{1,3}(?:please|pls|thanks|thank you|too"
    r"|as well|applied)\b){0,2}",
    re.IGNORECASE,
)
COMES_FROM = rule(r"\s*(?:in|from|off|via|by|through)\b[^\d@]{0,60}\Z", re.IGNORECASE)  # where somebody has a code
FILLERS = frozenset(
    "hi hey hello please pls thanks thank you can could would i you it to for me my the a an order on in this that and "
    "ok okay yes so also take use apply there code need applied accept try well now just got have is its be like want "
    "what about cart basket with too as off if do sir madam team guys does still count work works valid good changed "
    "mind actually never nevermind sorry no thx n hiya heya oh um hm hmm lol haha cheers bye ta even "
    "really anyway".split()
)
WORD = rule(r"[a-z']+|\d+|[^\W\d_]+", re.IGNORECASE)
