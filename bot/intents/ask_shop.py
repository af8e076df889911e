"""ask_shop: what the shop answers about itself, by topic: shipping, payment, returns and the like."""

from bot.answering.topics import Topic, topics_of
from bot.answering.unanswered import keep
from bot.finding import departments
from bot.messages import Reply
from bot.phrases import answering as phrases
from bot.shopping.cards import HUMAN
from bot.shopping.code_words import TOPIC, answer_any, offered
from bot.turn import Turn
from domain.products.catalogue import find_category, words
from nlu.rules.said import Saying

NAME = "ask_shop"


def handle(turn: Turn) -> list[Reply]:
    """Answers each topic that the message asks about; what has no answer is kept for staff, and a person offered."""
    topics = topics_of(turn)
    asks_what = not topics and turn.said(Saying.ASKS_WHAT_IS_SOLD) is not None
    named = (find_category(turn.uow, word) for word in words(turn.message.text)) if asks_what else ()
    if category := next(filter(None, named), ""):
        return departments.show(turn, category)  # "what do you have in the paper department"
    told = {TOPIC: answer_any(turn)} if TOPIC in [topic.name for topic in topics] and offered(turn) else {}
    if any(topic.answer is None and topic.name not in told for topic in topics) or not topics:
        keep(turn, turn.message.text, turn.understanding.vector)
    if not topics:
        part = turn.message.text.strip(" .?!") if turn.goes_on else ""
        text = phrases.unknown_words(words=part) if part else phrases.UNKNOWN[_just_offered(turn)]
        return [Reply(text=text, buttons=(HUMAN,))]
    turn.did[-1:] = [f"{NAME}:{topic.name}" for topic in topics]
    return [told.get(topic.name) or _reply(turn, topic) for topic in topics]


def _reply(turn: Turn, topic: Topic) -> Reply:
    if topic.answer is None:
        text = phrases.unknown_topic(topic=topic.name, again=bool(_just_offered(turn)))
        return Reply(text=text, buttons=(HUMAN,))
    return Reply(text=phrases.with_source(text=topic.answer.text, source=topic.answer.source))


def _just_offered(turn: Turn) -> int:
    """1 where the last answer offered a person, as this one does."""
    return int(HUMAN.choice in turn.offered)
