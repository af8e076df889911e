"""A first story of every intent: the model takes the words for it, and its handler answers."""

import pytest

from bot.intents import INTENTS
from nlu.rasa_client import RasaClient
from tests.support.intents import DATA, complaints
from tests.support.stage import Customer

# What is said, and what is heard of an answer that only this intent gives.
STORIES: dict[str, tuple[str, str]] = {
    "order": ("I'd like to order 2 glass teapots", "Glass Teapot"),
    "add_to_cart": ("add a glass teapot to my cart", "Glass Teapot"),
    "change_quantity": ("make it 3 teapots instead of 1", "3 × Glass Teapot"),
    "remove_from_cart": ("remove the teapot from my cart", "Your cart is empty"),
    "show_cart": ("what is in my cart?", "Your cart is empty"),
    "cancel_order": ("I want to cancel my order", "no orders"),
    "order_status": ("where is my order?", "no orders"),
    "past_orders": ("show my past orders", "no orders"),
    "change_address": ("i need to change my delivery address", "Where shall your parcels go"),
    "note": ("can i add a gift message", "What shall it say?"),
    "change_order": ("can you still add a whisk to my last order?", "no orders"),
    "after_sales": ("the mug I ordered arrived broken", "ticket"),
    "recommend": ("can you recommend something?", "Popular"),
    "price_filter": ("what is available for less than $10?", "Ruled Notebook"),
    "stock_question": ("do you have a glass teapot in stock?", "Glass Teapot"),
    "ask_shop": ("how much is shipping?", "what shipping costs"),
    "ask_fact": ("what is the glass teapot made of?", "All I know is its name"),
    "provide_email": ("my e-mail is bob@example.com", "noted"),
    "provide_address": ("ship it to 12 Main St, Denver CO 80203", "noted"),
    "affirm": ("yes please", "no open question"),
    "deny": ("no", "all right"),
    "help": ("what can you do?", "I am a bot, and I can"),
    "human": ("I want to talk to a human", "person"),
    "greet": ("hello there", "Hello"),
    "thanks": ("thank you very much", "You are welcome"),
    "out_of_scope": ("who won the football match yesterday?", "I cannot help with that"),
    "my_data": ("what data do you keep about me?", "keep"),
    "forget_me": ("please delete all my data", "erase"),
    "verify_email": ("I want to verify my e-mail address", "address"),
    "start_marketing": ("please sign me up for your newsletter", "Which e-mail address"),
    "stop_marketing": ("stop sending me marketing mails", "address"),
}


def test_nothing_of_any_intent_is_forgotten() -> None:
    assert complaints(INTENTS, STORIES, DATA) == []


@pytest.mark.parametrize("intent", sorted(STORIES))
def test_it_is_understood_and_answered(rasa: RasaClient, bob: Customer, intent: str) -> None:
    said, heard = STORIES[intent]
    assert rasa.understand(said).intent == intent
    bob.says(said).hears(heard)
