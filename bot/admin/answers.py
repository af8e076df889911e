"""`/answers`: what was asked and not answered, and what the shop answers; staff answers once, and the bot knows it."""

from collections.abc import Callable, Mapping

from bot.admin.parsing import first_word, read_page
from bot.admin.replies import actor, button
from bot.messages import Button, Command, Field, Form, Reply, Row, Verb
from bot.phrases import labels, misread
from bot.phrases import staff as phrases
from bot.phrases import staff_answers as wording
from bot.phrases.staff import PAGE
from bot.turn import Turn
from bot.values import BadInput
from domain.answering import answers_of
from domain.numbers import plain_number
from domain.records.answers import Answer, Asked
from domain.records.auditing import Entry
from domain.records.staff import Role
from domain.staff import answering

LONGEST_ANSWER = 800
OWN = "asked_"  # the topics that come of questions, by their number


def answer_answers(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The replies to `/answers TEXT`.

    Raises:
        BadInput, ShopError: nothing was changed.
    """
    word, rest = first_word(text)
    if word in ("", "open"):
        return [waiting(turn, rest)]
    action = ACTIONS.get(word)
    if action is None:
        lead = f"{misread.unknown(word=word)}\n" if word != "help" else ""
        return [Reply(text=lead + wording.HELP)]
    return [action(turn, rest)]


def waiting(turn: Turn, text: str = "") -> Reply:
    """A page of the questions that wait for an answer, most asked first."""
    _, number = read_page(text, "answers")
    shown, total = turn.uow.questions.open(PAGE, (number - 1) * PAGE)
    if not shown:
        return Reply(text=wording.NOTHING_WAITS if number == 1 else phrases.NO_SUCH_PAGE)
    more = button(labels.MORE, Verb.ANS_OPEN, str(number + 1)) if total > number * PAGE else ()
    first = button(wording.answer_label(number=shown[0].number), Verb.ANS_ANSWER, str(shown[0].number))
    return Reply(
        title=wording.WAITING, body=(*(question_row(asked) for asked in shown), wording.HOW), buttons=first + more
    )


def question_row(asked: Asked) -> Row:
    """One question with its number, its product and how often it was asked."""
    return Row(
        wording.question(number=asked.number, text=asked.text, about=asked.product_id), wording.times(count=asked.times)
    )


def topics(turn: Turn, text: str) -> Reply:
    """Everything that the shop answers."""
    known = answers_of(turn.shop.answers, turn.uow)
    rows = [Row(topic, one.text) for topic, one in sorted(known.items())]
    rows += [Row(wording.of_product(one.product_id), one.text) for one in turn.uow.answers.given() if one.product_id]
    return Reply(title=wording.TOPICS, body=tuple(rows)) if rows else Reply(text=wording.NO_TOPICS)


def answer(turn: Turn, text: str) -> Reply:
    """Answers the questions of a number; without words it answers with the form."""
    word, words = first_word(text)
    number = plain_number(word.removeprefix("#"))
    asked = turn.uow.questions.get(number) if number is not None else None
    if asked is None:
        raise BadInput(wording.NO_SUCH_QUESTION, "answers")
    filled = _filled(turn)
    said = _checked(filled.get("answer", "") or words) if filled or words else ""
    if not said:
        return Reply(
            title=wording.question(number=asked.number, text=asked.text, about=asked.product_id),
            text=phrases.usage("answers", wording.WHAT_TO_ANSWER),
            form=_form(wording.answer_label(number=asked.number), "", f"answer {asked.number}"),
        )
    new = Answer(
        topic=f"{OWN}{asked.number}", text=said, questions=asked.wordings or (asked.text,), product_id=asked.product_id
    )
    entry = answering.say(turn.uow, new, actor=actor(turn), now=turn.now, number=asked.number)
    return _written(asked.text, said, entry)


def change(turn: Turn, text: str) -> Reply:
    """Says what the shop answers to a topic, whatever its file says; without words it answers with the form."""
    topic, words = first_word(text)
    known = answers_of(turn.shop.answers, turn.uow).get(topic)
    if not topic or not wording.is_topic(topic):
        raise BadInput(wording.WHICH_TOPIC, "answers")
    filled = _filled(turn)
    said = _checked(filled.get("answer", "") or words) if filled or words else ""
    if not said:
        before = known.text if known else ""
        return Reply(
            title=topic,
            text=phrases.usage("answers", wording.WHAT_TO_ANSWER),
            form=_form(topic, before, f"set {topic}"),
        )
    new = Answer(topic=topic, text=said, questions=known.questions if known else ())
    entry = answering.say(turn.uow, new, actor=actor(turn), now=turn.now, before=known.text if known else "")
    return _written(topic, said, entry)


def remove(turn: Turn, text: str) -> Reply:
    """Takes an answer back: the bot does not know it any more."""
    topic, product_id = first_word(text)
    known = answers_of(turn.shop.answers, turn.uow).get(topic)
    if product_id:
        known = next((one for one in turn.uow.answers.given() if one.key == (topic, product_id)), None)
    if known is None:
        raise BadInput(wording.WHICH_TOPIC, "answers")
    blank = Answer(topic=topic, text="", product_id=product_id)
    entry = answering.say(turn.uow, blank, actor=actor(turn), now=turn.now, before=known.text)
    return _written(topic, "", entry)


def drop(turn: Turn, text: str) -> Reply:
    """Closes a question that needs no answer."""
    number = plain_number(text.removeprefix("#"))
    asked = turn.uow.questions.get(number) if number is not None else None
    if asked is None:
        raise BadInput(wording.NO_SUCH_QUESTION, "answers")
    entry = answering.drop(turn.uow, asked.number, actor=actor(turn), now=turn.now)
    return Reply(text=wording.dropped(text=asked.text), buttons=_undo(entry))


def undo(turn: Turn, text: str) -> Reply:
    """Takes back the change of that number."""
    number = plain_number(text.removeprefix("#"))
    if number is None:
        raise BadInput(misread.change(text=text), "answers")
    entry = answering.take_back(turn.uow, number, actor=actor(turn), now=turn.now)
    return Reply(text=wording.undone(text=entry.changed_to["text"]))


def _written(what: str, said: str, entry: Entry | None) -> Reply:
    if entry is None:
        return Reply(text=wording.AS_BEFORE)
    return Reply(
        title=what, body=(wording.changed(before=entry.changed_from.get("text", ""), after=said),), buttons=_undo(entry)
    )


def _undo(entry: Entry) -> tuple[Button, ...]:
    return button(labels.UNDO, Verb.ANS_UNDO, str(entry.entry_id))


def _form(title: str, value: str, command: str) -> Form:
    field = Field(name="answer", label=wording.ANSWER, value=value, hint=wording.ANSWER_HINT, multiline=True)
    return Form(title=title[:24], fields=(field,), command=Command(name="answers", text=command))


def _filled(turn: Turn) -> Mapping[str, str]:
    return dict(turn.message.command.fields) if turn.message.command else {}


def _checked(said: str) -> str:
    if len(said.strip()) > LONGEST_ANSWER:
        raise BadInput(wording.too_long(longest=LONGEST_ANSWER), "answers")
    return said.strip()


ACTIONS: dict[str, Callable[[Turn, str], Reply]] = {
    "list": topics,
    "answer": answer,
    "set": change,
    "remove": remove,
    "drop": drop,
    "undo": undo,
}
