"""What speaks of trouble and tells of none of one's own is told from complaints."""

import pytest

from nlu.rules.untroubled import Untroubled, agrees_one_day, untroubled


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("luckily nothing was damaged in transit", Untroubled.WELL),
        ("none of the bowls was chipped, thanks", Untroubled.WELL),
        ("so happy that it all came in one piece this time", Untroubled.WELL),
        ("I haven't had any problems so far", Untroubled.WELL),
        ("somebody changed my order?", Untroubled.ASKS_WHO),
        ("my neighbour's kettle arrived cracked, she told me", Untroubled.NOT_OWN),
        ("a colleague of mine ordered the lamp and it never came", Untroubled.NOT_OWN),
        ("does the kettle usually leak?", Untroubled.NOT_OWN),
        ("were there any complaints about the lamp?", Untroubled.NOT_OWN),
        ("imagine the bowl came broken", Untroubled.NOT_OWN),
        ("they say the post loses a lot of parcels", Untroubled.NOT_OWN),
        ("774411", Untroubled.NO_WORDS),
        ("this is Eve, /parley 12", Untroubled.NO_WORDS),
    ],
)
def test_no_trouble_of_ones_own(said: str, why: Untroubled) -> None:
    assert untroubled(said) is why


@pytest.mark.parametrize(
    "said",
    [
        "the box was fine but one bowl is chipped",
        "it's not just scratched, it is broken",
        "no cracks, the lid smells",
        "happy with the bowls. the kettle leaks",
        "the kettle I ordered for my sister arrived broken",
        "my sister got the kettle I sent her and the lid is missing",
        "no answer about my missing bowl",
        "nothing works on this lamp",
        "is it normal that my kettle leaks?",
        "why is there a bowl missing?",
        "they said it would arrive monday and it is late",
        "if I may, my bowl came broken",
        "would you believe it, the kettle is cracked",
        "I read your page, my bowl still leaks",
        "have a broken bowl here, what now?",
        "someone stole my parcel",
    ],
)
def test_a_complaint_stays_one(said: str) -> None:
    assert untroubled(said) is None


def test_a_yes_may_hang_on_what_never_comes() -> None:
    assert agrees_one_day("yes, when the moon turns green")
    assert not agrees_one_day("yes, it came broken")
