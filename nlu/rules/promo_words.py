"""How customers speak of discount codes: the patterns of `promo_codes`."""

import re

from nlu.rules.patterns import rule

NOUN = (
    r"(?<!link )(?<!zip )(?<!post )(?<!area )(?<!door )(?<!gate )(?<!item )(?<!bar )(?<!qr )(?<!dress )(?<!product )"
    r"(?<!tracking )(?<!country )(?<!verification )(?<!confirmation )(?<!security )(?<!gift )(?<!article )"
    r"\b(?:(?:discount|promo|promotion|promotional|coupon|voucher|offer|sale|referral|welcome)[ -]?codes?"
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
    r"(?:work|working|worked|applied|apply|accepted|valid|go through|going through|taken|count)\b",
    re.IGNORECASE,
)
OF_OTHERS = rule(
    r"\b(?:friend|sister|brother|mom|mum|wife|husband|neighbou?r|colleague|he|she|they|somebody|someone|everyone)\b"
    r"(?:\S{0,3} ){1,3}?(?:used|uses|had|has|got|gets|paid|ordered)\b",
    re.IGNORECASE,
)
LATER = rule(r"\b(?:later|next time|next order|some ?day|another time|tomorrow|maybe)\b", re.IGNORECASE)
MINE = rule(
    rf"\b(?:i|i'?ve|ive|we|we'?ve|use|apply|redeem|enter|add|have|got|here'?s|try) (?:also )?(?:have |got |have got )?"
    rf"(?:a|an|my|the|this|that|some|another) (?:\S{{1,16}} )?{NOUN}",
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
    r"|which|can i get|could i get|can we get|do i get|get|give me|running|looking for|want|show me|list)"
)
ASKS_ANY = rule(rf"\b{ANY}\b[^.!?\n]{{0,40}}?\b(?:{PRICES_OFF}|codes|(?<=any )code)\b", re.IGNORECASE)
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
    r"|ive|i'?d|would|like|want|to|please|pls|the|my|a|an|this|that|and|also|plus|then|by|via|here'?s|heres|can|could|you"
    r"|u|we|me|discount|promo|coupon|voucher|promotional|promotion|offer|code|codes|coupons|vouchers|in|on)\b[\s:\"'“‘(*`=-]{0,4}){1,9}[\"'“‘(*`]?\Z",
    re.IGNORECASE,
)
TAIL = rule(
    r"[\"'”’)*`]?(?:\s+(?:on|to|for|in|with|at) (?:it|this|that|them|me|my|the|all)"
    r"(?: (?:order|cart|basket|checkout|card))?\b)?(?:[\s,]{1,3}(?:please|pls|thanks|thank you|too|as well"
    r"|applied)\b){0,2}",
    re.IGNORECASE,
)
COMES_FROM = rule(r"\s*(?:in|from|off|via|by|through)\b[^\d@]{0,60}\Z", re.IGNORECASE)  # where somebody has a code
FILLERS = frozenset(
    "hi hey hello please pls thanks thank you can could would i you it to for me my the a an order on in this that and "
    "ok okay yes so also take use apply there code need applied accept try well now just got have is its be like want "
    "what about cart basket with too as off if do sir madam team guys does still count work works valid good changed "
    "mind actually never nevermind sorry no thx n".split()
)
WORD = rule(r"[a-z']+|\d+|[^\W\d_]+", re.IGNORECASE)
