"""Keeps of an address that was said only what may be one."""

from dataclasses import replace

from domain.people.addresses import Address
from nlu.rules.no_places import is_no_street, is_no_town, numbers_no_place


def sound(said: Address, text: str) -> Address:
    """The same address without its parts that are none, as a sentence or an order's number is; `text` is all of it."""
    if said.street and is_no_street(said.street):
        said = replace(said, street="", name="", place="", postcode="" if said.postcode.isdecimal() else said.postcode)
    if said.place and is_no_town(said.place):
        said = replace(said, place="")
    if said.name and is_no_town(said.name):
        said = replace(said, name="")
    if said.postcode.isdecimal() and not (said.street or said.unit or said.place) and numbers_no_place(text):
        said = replace(said, name="", postcode="")
    return said
