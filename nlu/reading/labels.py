"""The acts that a message is made of and the kinds of spans in them, as the marked messages and the model name them.

The order is the model's: a label that is added needs a new training.
"""

ACTS = (
    "-", "add", "set", "more", "less", "times", "remove", "swap", "keep", "skip", "clear", "undo",
    "stock", "price_of", "prices", "recommend", "fact", "shop",
    "status", "past", "again", "cancel", "keep_order", "change_order", "change_address", "after_sales", "note",
    "email", "address", "yes", "no", "checkout", "show_cart",
    "privacy", "ads_on", "ads_off", "human", "help", "greet", "thanks", "language", "other",
)  # fmt: skip
NOTHING = ACTS[0]  # words that want nothing: reasons, stories, courtesies

PRODUCT, QUANTITY, OLD_QUANTITY, REFERENCE, OLD, WITH = "p", "q", "oq", "r", "o", "w"
BOUND, ORDER_NUMBER, ORDER_TIME, EMAIL, ADDRESS = "b", "n", "t", "e", "a"
KINDS = (
    PRODUCT, QUANTITY, OLD_QUANTITY, REFERENCE, OLD, WITH, BOUND, ORDER_NUMBER, ORDER_TIME, EMAIL, ADDRESS,
)  # fmt: skip
UNREAD = {"f"}  # marked by the writers, and not learned: the words of a question
OUTSIDE = "O"
TAGS = (OUTSIDE, *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
