"""E-mail addresses and shipping addresses: what is taken, what is corrected, what stands for them elsewhere."""

import hashlib

import pytest

from domain.errors import BadEmail
from domain.people.addresses import read_address
from domain.people.identity import hash_email, mask_email, masks_apart, normalise_email
from tests.support.factories import HASH_KEY


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("ada@example.com", "ada@example.com"),
        ("  Ada.Lovelace@Example.COM\n", "ada.lovelace@example.com"),
        ("ada+shop@mail.example.co.uk", "ada+shop@mail.example.co.uk"),
        ("o'neil_99@sub-domain.example", "o'neil_99@sub-domain.example"),
        ("a@b.io", "a@b.io"),
    ],
)
def test_an_address_is_trimmed_and_lower_cased(typed: str, normalised: str) -> None:
    assert normalise_email(typed) == normalised


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "ada@example.c",
        "ada@example..com",
        "ada..lovelace@example.com",
        ".ada@example.com",
        "ada.@example.com",
        "ada lovelace@example.com",
        "ada@exam ple.com",
        "ada@@example.com",
        "<ada@example.com>",
        "ada@example.com, bob@example.com",
        "ada@example.com\nbcc: eve@example.com",
        f"{'a' * 65}@example.com",
        f"ada@{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 63}.com",
    ],
)
def test_what_is_no_address_is_refused_without_a_suggestion(typed: str) -> None:
    with pytest.raises(BadEmail) as refused:
        normalise_email(typed)
    assert refused.value.suggestion == ""


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("ada@gmial.com", "ada@gmail.com"),
        ("Ada@GMAIL.CON", "ada@gmail.com"),
        ("ada@gmailcom", "ada@gmail.com"),
        ("ada@hotmial.com", "ada@hotmail.com"),
        ("ada@yahooo.com", "ada@yahoo.com"),
        ("ada@outlok.com", "ada@outlook.com"),
    ],
)
def test_a_mistyped_provider_is_refused_with_the_likely_fix(typed: str, suggestion: str) -> None:
    with pytest.raises(BadEmail) as refused:
        normalise_email(typed)
    assert refused.value.suggestion == suggestion
    assert normalise_email(refused.value.suggestion) == suggestion


@pytest.mark.parametrize("typed", ["@gmial.com", "ada lovelace@gmial.com", "ada@bob@gmial.com", "ada..b@gmial.com"])
def test_a_fix_that_would_be_no_address_either_is_not_suggested(typed: str) -> None:
    with pytest.raises(BadEmail) as refused:
        normalise_email(typed)
    assert refused.value.suggestion == ""


@pytest.mark.parametrize("email", ["ada@gmail.com", "ada@mygmial.com", "ada@gmial.com.au"])
def test_only_the_whole_domain_counts_as_a_typo(email: str) -> None:
    assert normalise_email(email) == email


def test_the_hash_is_the_keyed_one_of_rfc_4231() -> None:
    # Test case 2 of https://www.rfc-editor.org/rfc/rfc4231#section-4.3
    assert (
        hash_email("what do ya want for nothing?", b"Jefe")
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_the_hash_cannot_be_had_without_the_key() -> None:
    email = "ada@example.com"
    assert hash_email(email, HASH_KEY) != hashlib.sha256(email.encode()).hexdigest()
    assert hash_email(email, HASH_KEY) != hash_email(email, HASH_KEY + b"!")


def test_the_same_address_has_the_same_hash_and_another_one_another() -> None:
    assert hash_email(normalise_email(" ADA@example.com"), HASH_KEY) == hash_email("ada@example.com", HASH_KEY)
    assert hash_email("adb@example.com", HASH_KEY) != hash_email("ada@example.com", HASH_KEY)


def test_a_mask_shows_the_first_letters_of_name_and_domain_only() -> None:
    assert mask_email("ada.lovelace@example.com") == "a•••@e•••.com"
    assert mask_email("bob@mail.example.co.uk") == "b•••@m•••.uk"


def test_a_mask_does_not_tell_how_long_the_name_is() -> None:
    assert mask_email("a@example.com") == mask_email("ada.lovelace@example.com")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("12 Main Street, Springfield", "12 Main Street, Springfield"),
        ("  12 High Street \n\n York \n YO1 7HH ", "12 High Street, York YO1 7HH"),
        ("Flat 3; 9 Mill Lane;Bath", "Flat 3, 9 Mill Lane, Bath"),
        ("Hauptstr. 5, 10115 Berlin", "Hauptstr. 5, 10115 Berlin"),
        ("5 Rue Nord, 75001", "5 Rue Nord, 75001"),
    ],
)
def test_number_street_and_town_or_postcode_make_an_address(typed: str, address: str) -> None:
    assert (read_address(typed).text, read_address(typed).ships) == (address, True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "Main Street, Springfield",
        "12 Main Street",
        "12 High",
        "Springfield 12345",
        "home",
        "1 2 3 4 5",
        "12 Main Street, " + "Llanfair " * 40,
    ],
)
def test_too_little_or_too_much_for_a_parcel_is_refused(typed: str) -> None:
    assert not read_address(typed).ships


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("bob@example.con", "bob@example.com"),
        ("bob@shop.cmo", "bob@shop.com"),
        ("bob@example.ogr", "bob@example.org"),
        ("bob@firm.co.ku", "bob@firm.co.uk"),
        ("bob@gmaill.com", "bob@gmail.com"),
        ("bob@outlokk.com", "bob@outlook.com"),
        ("bob@otlook.com", "bob@outlook.com"),
    ],
)
def test_an_ending_or_a_provider_one_slip_away_is_offered(typed: str, suggestion: str) -> None:
    with pytest.raises(BadEmail) as refused:
        normalise_email(typed)
    assert refused.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("Jörg@Müller.de", "jörg@xn--mller-kva.de"),
        ("info@bücher.example", "info@xn--bcher-kva.example"),
        ("INFO@XN--BCHER-KVA.EXAMPLE", "info@xn--bcher-kva.example"),
        ("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"),
        ("ada@mail.com", "ada@mail.com"),
    ],
)
def test_internationalised_addresses_are_taken(typed: str, normalised: str) -> None:
    assert normalise_email(typed) == normalised


@pytest.mark.parametrize("typed", ["jörg@", "jörg@müller", "jö rg@müller.de", "jörg@müller..de", "ü@-ü.de"])
def test_what_is_no_internationalised_address_is_refused(typed: str) -> None:
    with pytest.raises(BadEmail):
        normalise_email(typed)


@pytest.mark.parametrize(
    ("email", "other", "masks"),
    [
        ("andy@example.com", "anna@example.com", ("a•••y@e•••.com", "a•••a@e•••.com")),
        ("ann@example.com", "alan@example.com", ("an•••n@e•••.com", "al•••n@e•••.com")),
        ("bob@gmail.com", "bob@gmx.com", ("b•••b@gmail.com", "b•••b@gmx.com")),
        ("bob@example.com", "bob@example.org", ("b•••b@e•••.com", "b•••b@e•••.org")),
        ("a@example.com", "aa@example.com", ("a•••a@e•••.com", "aa•••a@e•••.com")),
    ],
)
def test_two_masks_tell_two_addresses_apart(email: str, other: str, masks: tuple[str, str]) -> None:
    assert masks_apart(email, other) == masks
