"""The story shop of tests/conversations, for tests that go through a real process."""

from tests.conversations.conftest import rasa, shop

__all__ = ["rasa", "shop"]
