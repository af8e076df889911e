"""Buttons: what each stands for, and what a channel must know of one to draw it. Renderers ask traits, never verbs."""

from dataclasses import dataclass
from enum import StrEnum

MAX_CHOICE_BYTES = 64  # Telegram's limit for callback data, https://core.telegram.org/bots/api#inlinekeyboardbutton


class Verb(StrEnum):
    """What a button does. The values travel through channels and are stored: they are never renamed."""

    # products and the cart
    ADD = "add"
    FOLLOW = "follow"  # what a mail's link leads to
    DEAL = "deal"  # below posts that many people read
    DISMISS = "dismiss"
    OTHERS = "others"
    PICK = "pick"
    GROUP = "group"  # a thing of which it is not said yet which variant
    OPTION = "option"  # a value of one of its options: the option's number, and a variant that has it
    COUNT = "count"
    ADD_SOME = "add_some"
    TAKE_AND_TELL = "take_and_tell"
    TELL_WHEN = "tell_when"
    ALIKE = "alike"
    TELL_NO_MORE = "tell_no_more"
    CLEAR = "clear"
    DROP = "drop"
    UNDO = "undo"
    # finding
    DEPARTMENT = "department"
    DEPARTMENTS = "departments"
    MORE = "more"
    POPULAR = "popular"
    # ordering
    CHECKOUT = "checkout"
    CONFIRM = "confirm"
    CHANGE = "change"
    OTHER = "other"
    STOP = "stop"
    # placed orders
    ORDERS = "orders"
    REORDER = "reorder"
    CHANGE_ORDER = "change_order"
    CANCEL = "cancel"
    CANCEL_YES = "cancel_yes"
    RATE = "rate"
    PLAN = "plan"  # answers what is asked of wishes for placed orders
    RETURN = "return"
    RETURN_CHOICE = "ret"  # what comes back, why, for what: beside it there is room for an id
    CALL_OFF = "call_off"
    # everywhere
    YES = "yes"
    NO = "no"
    INTENT = "intent"
    GO_ON = "go_on"  # the link to the private chat in which something is answered
    CODE_AGAIN = "code_again"
    LINK_CODE = "link_code"
    PRIVACY = "privacy"
    IDEAS_YES = "ideas_yes"
    IDEAS_NO = "ideas_no"
    IDEAS_HERE = "ideas_here"
    HANDOFF_END = "handoff_end"
    HANDOFF_RESOLVE = "handoff_resolve"
    # staff
    INV_LIST = "inv_list"
    INV_LOW = "inv_low"
    INV_FIND = "inv_find"
    INV_SHOW = "inv_show"
    INV_SET = "inv_set"
    INV_RESTOCK = "inv_restock"
    INV_REMOVE = "inv_remove"
    INV_RESTORE = "inv_restore"
    INV_HISTORY = "inv_history"
    INV_UNDO = "inv_undo"
    INV_IMPORT = "inv_import"
    INV_REORDER = "inv_reorder"
    INV_ORDER = "inv_order"
    INV_SNOOZE = "inv_snooze"
    INV_WHY = "inv_why"
    INV_OVERSTOCK = "inv_overstock"
    INV_INCOMING = "inv_incoming"
    INV_SUPPLIERS = "inv_suppliers"
    INV_CALLOFF = "inv_calloff"
    ORD_OPEN = "ord_open"
    ORD_SHOW = "ord_show"
    ORD_SHIP = "ord_ship"
    ORD_PARCEL = "ord_parcel"
    ORD_SLIP = "ord_slip"
    ORD_DELIVER = "ord_deliver"
    ORD_CANCEL = "ord_cancel"
    ORD_RETURNS = "ord_returns"
    ORD_RETURN = "ord_return"
    ANS_OPEN = "ans_open"
    ANS_ANSWER = "ans_answer"
    ANS_UNDO = "ans_undo"
    SEG_SHOW = "seg_show"
    SEG_CSV = "seg_csv"
    CHURN_SHOW = "churn_show"
    CHURN_CSV = "churn_csv"
    CHURN_ADD = "churn_add"
    CHURN_DROP = "churn_drop"
    CHURN_AUDIENCE = "churn_audience"
    CAMP_NEW = "camp_new"
    CAMP_PAGE = "camp_page"
    CAMP_SHOW = "camp_show"
    CAMP_EDIT = "camp_edit"
    CAMP_PREVIEW = "camp_preview"
    CAMP_SAMPLE = "camp_sample"
    CAMP_ASK = "camp_ask"
    CAMP_APPROVE = "camp_approve"
    CAMP_PAUSE = "camp_pause"
    CAMP_RESUME = "camp_resume"
    CAMP_STOP = "camp_stop"
    CAMP_AUTOMATIONS = "camp_automations"
    CAMP_ON = "camp_on"
    CAMP_OFF = "camp_off"
    CAMP_WORDS = "camp_words"
    DATA_SHOW = "data_show"
    DATA_APPROVE = "data_approve"
    DATA_DENY = "data_deny"
    PROMO_LIST = "promo_list"
    PROMO_OVER = "promo_over"
    PROMO_SHOW = "promo_show"
    PROMO_NEW = "promo_new"
    PROMO_EDIT = "promo_edit"
    PROMO_END = "promo_end"
    PROMO_UNDO = "promo_undo"
    # whatever else arrives
    UNKNOWN = "unknown"

    @classmethod
    def _missing_(cls, value: object) -> "Verb":
        return cls.UNKNOWN


class Style(StrEnum):
    """How much a button asks to be pressed."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trait:
    """What a channel must know of a verb.

    Attributes:
        style: how its button is drawn.
        lasting: its button means the same whenever it is pressed, and stays when another one was.
        newest: only the newest card with such a button counts.
        answers: it answers a question, and counts as long as that is open.
        private: it leads into a private chat, wherever its button stands.
        command: the staff's command it stands for: "inventory show".
    """

    style: Style = Style.PLAIN
    lasting: bool = False
    newest: bool = False
    answers: bool = False
    private: bool = False
    command: str = ""

    @property
    def alone(self) -> bool:
        """Whether the answer is for nobody but who pressed it."""
        return self.private or bool(self.command)


_COMMANDS = {
    "inv": "inventory",
    "ord": "orders",
    "ans": "answers",
    "seg": "segment",
    "churn": "churn",
    "camp": "campaign",
    "data": "data",
    "promo": "promo",
}
# What a button says in more than one word.
_WORDS = {"on": "automations on", "off": "automations off", "words": "automations edit"}
_PLAIN = Trait()
_SAME_EVER = (
    *(Verb.ADD_SOME, Verb.TELL_WHEN, Verb.ALIKE, Verb.TELL_NO_MORE),
    *(Verb.ADD, Verb.GROUP, Verb.OPTION, Verb.DISMISS, Verb.DEPARTMENT, Verb.DEPARTMENTS, Verb.POPULAR),
    *(Verb.ORDERS, Verb.REORDER, Verb.CHANGE_ORDER, Verb.CANCEL, Verb.RATE, Verb.INTENT, Verb.PRIVACY),
    *(Verb.RETURN, Verb.CALL_OFF),
)
# Each of a list's lines has some.
_OF_LINES = (Verb.INV_ORDER, Verb.INV_SNOOZE, Verb.INV_WHY, Verb.INV_CALLOFF, Verb.CHURN_ADD, Verb.CHURN_DROP)
_ANSWERS = (
    Verb.PLAN,
    Verb.YES,
    Verb.NO,
    Verb.RETURN_CHOICE,
    Verb.PICK,
    Verb.COUNT,
    Verb.TAKE_AND_TELL,
    Verb.CHANGE,
    Verb.OTHER,
    Verb.STOP,
    Verb.DROP,
)
_TRAITS = {
    **dict.fromkeys(_SAME_EVER, Trait(lasting=True)),
    **dict.fromkeys(_ANSWERS, Trait(answers=True)),
    Verb.DEAL: Trait(lasting=True, private=True),
    Verb.GO_ON: Trait(private=True),
    Verb.CHECKOUT: Trait(style=Style.PRIMARY, newest=True),
    **dict.fromkeys((Verb.UNDO, Verb.CLEAR), Trait(newest=True)),
    Verb.CONFIRM: Trait(style=Style.PRIMARY, newest=True, answers=True),
    Verb.CANCEL_YES: Trait(style=Style.DANGER, answers=True),
    **{
        verb: Trait(command=f"{_COMMANDS[family]} {_WORDS.get(word, word)}", lasting=verb in _OF_LINES)
        for verb in Verb
        for family, _, word in [verb.partition("_")]
        if family in _COMMANDS
    },
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a button means: a verb and what it is about, together at most 64 bytes of UTF-8."""

    verb: Verb
    arg: str = ""

    @property
    def trait(self) -> Trait:
        """What a channel must know of it."""
        return _TRAITS.get(self.verb, _PLAIN)

    @property
    def fits(self) -> bool:
        """Whether it is short enough for a button."""
        return len(f"{self.verb}:{self.arg}".encode()) <= MAX_CHOICE_BYTES

    def encode(self) -> str:
        """The form that travels through a channel."""
        encoded = f"{self.verb}:{self.arg}"
        if not self.fits:
            raise ValueError(f"the choice {encoded!r} is longer than {MAX_CHOICE_BYTES} bytes")
        return encoded

    @staticmethod
    def decode(encoded: str) -> "Choice":
        """Undoes `encode`; anything decodes to some choice, what no button says to one that is unknown."""
        verb, _, arg = encoded.partition(":")
        return Choice(verb=Verb(verb), arg=arg)


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """A button below a reply; its label also works when it is typed."""

    label: str
    choice: Choice

    @property
    def trait(self) -> Trait:
        """What a channel must know of it to draw it."""
        return self.choice.trait
