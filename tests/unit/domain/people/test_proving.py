"""The codes that prove an e-mail: six digits, the same each time, and nothing without the key."""

import hashlib
import hmac
import struct

from domain.people.proving import code_of

KEY = b"a key for tests, 32 bytes or more"


def by_the_book(proof_id: int) -> str:
    """RFC 4226, section 5.3, written down once more, with SHA-256 and a key of its own."""
    derived = hmac.new(KEY, b"codes that prove an e-mail", hashlib.sha256).digest()
    digest = hmac.new(derived, struct.pack(">Q", proof_id), hashlib.sha256).digest()
    offset = digest[-1] % 16
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return str(number % 2**31 % 1_000_000).zfill(6)


def test_a_code_is_derived_as_the_standard_says() -> None:
    codes = [code_of(number, KEY) for number in range(1, 2000)]
    assert codes == [by_the_book(number) for number in range(1, 2000)]
    assert all(len(code) == 6 and code.isascii() and code.isdigit() for code in codes)
    assert any(code.startswith("0") for code in codes)


def test_codes_of_neighbours_and_other_keys_have_nothing_in_common() -> None:
    codes = {code_of(number, KEY) for number in range(1, 2000)}
    assert len(codes) > 1980
    assert sum(code_of(number, KEY) == code_of(number, b"another key") for number in range(1, 2000)) < 5
