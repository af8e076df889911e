"""What is no address never becomes where an order goes: it is asked where that is."""

import pytest

from tests.support.stage import Customer


@pytest.mark.parametrize(
    "said",
    ["to my cousin, three doors further", "one block north of there", "round the corner from him", "4 streets over"],
)
def test_a_way_is_asked_where_it_leads(bob: Customer, said: str) -> None:
    bob.knows_contact().says("3 linen aprons")
    bob.says(said).hears("Where shall we ship it").hears_no("goes to")
    bob.says("14 Willow Court, Boulder CO 80302").hears("3 × Linen Apron", "To: 14 Willow Court, Boulder CO 80302")


@pytest.mark.parametrize(
    "said", ["has order 8821 been shipped?", "is parcel 55121 on its way?", "did order 7007 leave?"]
)
def test_a_number_of_an_order_is_no_postcode(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("3 linen aprons")
    bob.says(said).hears_no("changed", "CO 8821", "55121,")


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("the postcode is 80204", "To: 12 Main St, Denver CO 80204"),
        ("number 14, not 12", "To: 14 Main St, Denver CO 80203"),
        ("5 Mile Rd, Denver CO 80203", "To: 5 Mile Rd, Denver CO 80203"),
        ("leave it next door if I am out", "leave it next door if I am out"),
    ],
)
def test_what_is_one_is_taken(bob: Customer, said: str, goes: str) -> None:
    bob.knows_contact().says("3 linen aprons")
    bob.says(said).hears(goes)
