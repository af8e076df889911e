"""What is told apart in what customers say of orders that they have placed: see `nlu/data/aftersale/README.md`."""

from nlu.reading.labels import Labels

TALK, ASK, WHY, IF, FAIL = "talk", "ask", "why", "if", "fail"
RETURN, SWAP, CANCEL, DROP, KEEP = "return", "swap", "cancel", "drop", "keep"
ADDRESS, PAY, YES, NO = "address", "pay", "yes", "no"
ELSE, MAYBE = "else_", "maybe_"  # what is wanted only where something fails, and what is only thought of

THING, ORDER, TARGET, EXCEPTED, COUNT, MEANS, PLACE = "o", "n", "t", "x", "q", "m", "a"

AFTERSALE = Labels(
    acts=(
        TALK, RETURN, SWAP, CANCEL, DROP, KEEP, ADDRESS, PAY, ASK, WHY, IF, FAIL,
        *(ELSE + deed for deed in (RETURN, SWAP, CANCEL, DROP, KEEP)),
        *(MAYBE + deed for deed in (RETURN, SWAP, CANCEL)),
        YES, NO,
    ),
    kinds=(THING, ORDER, TARGET, EXCEPTED, COUNT, MEANS, PLACE),
)  # fmt: skip
