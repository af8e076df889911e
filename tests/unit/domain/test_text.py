"""Words on one line, and as many as fit."""

from domain.text import one_line, shortened


def test_one_line_keeps_what_people_see() -> None:
    assert one_line(" Crème\tbrûlée\r\n set\u200b \u202e👩\u200d🍳 \x07№ 5 \ud800") == "Crème brûlée set 👩\u200d🍳 № 5"


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    assert (shortened("Party bunting", 13), shortened("Party bunting", 7)) == ("Party bunting", "Party…")
