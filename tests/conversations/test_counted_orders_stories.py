"""A number before what is ordered is never lost, whatever stands around it: addresses, words that nobody knows."""

import re

import pytest

from tests.support.stage import Stage

FORMS = (
    "order {n} dotty lunch bags to 7 Oak Rd, Denver CO 80203, new@example.com",
    "order {n} fox lunch bags, 7 Oak Rd, Denver CO 80203, new@example.com",
    "ship {n} ruled notebooks to 9 Elm Ct, Aurora CO 80012",
    "{n} glass teapots to 12 Main St, Denver CO 80203",
    "{n} dotty lunch bag to 7 Oak Rd, Denver CO 80203, NEW@example.com",
    "{n} x fern greeting cards, 77 Hill Rd, Denver CO 80203, ann@example.com",
    "deliver {n} wooden recipe boxes to 5 Lake Dr, Golden CO 80401 please, ann@example.com",
    "could you ship {n} fern greeting cards over to 81 Bay Rd, Denver CO 80203? mail is ann@example.com",
    "my email is ann@example.com, order {n} seaside lunch bags to 5 Lake Dr, Golden CO 80401",
)
NUMBERS = (2, 3, 7, 12, 36, 55, 155)


@pytest.mark.parametrize("form", FORMS)
def test_the_number_is_what_is_ordered_or_asked_about(shop: Stage, form: str) -> None:
    lost = []
    for number in NUMBERS:
        customer = shop.customer(f"customer {number}").says(form.format(n=number))
        if not re.search(rf"\b{number} ×", customer.heard):
            lost.append((number, customer.heard))
    assert lost == []
