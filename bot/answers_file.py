"""Reads `answers.yaml`, what the shop answers; every fault is named with its line."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import yaml

from domain.records.answers import Answer

LONGEST_ANSWER = 800  # characters; it must fit on a phone
LONGEST_SHORT = 90
LONGEST_QUESTION = 200
MOST_QUESTIONS = 40
MOST_TOPICS = 200
TOPIC = re.compile(r"[a-z][a-z0-9_]{1,39}")
_LINK = re.compile(r"https?://[^\s<>\"]{3,300}")
_FIELDS = ("answer", "asked", "source", "short")


class BadAnswers(Exception):
    """The file cannot be used; `problems` holds all that is wrong, each with its line."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_answers(file: Path) -> tuple[Answer, ...]:
    """The answers of a file, in its order.

    Raises:
        BadAnswers: with everything that is wrong with it.
    """
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except FileNotFoundError as exc:
        raise BadAnswers(("the file does not exist; leave shop.answers empty for none",)) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise BadAnswers((f"it cannot be read: {exc}",)) from exc
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise BadAnswers((f"{line}it is no YAML: {getattr(exc, 'problem', None) or exc}",)) from exc
    if root is None:
        return ()
    if not isinstance(root, yaml.MappingNode):
        raise BadAnswers(("line 1: a topic and a colon come first, such as “payment:”",))
    problems: list[str] = []
    answers: list[Answer] = []
    for key, value in root.value:
        found = list(_problems(key, value))
        topic = str(key.value)
        if any(topic == answer.topic for answer in answers):
            found.append(_at(key, f"{topic} is there already"))
        problems += found
        if not found:
            answers.append(_answer(topic, value))
    if len(root.value) > MOST_TOPICS:
        problems.append(f"there are {len(root.value)} topics; {MOST_TOPICS} are the most")
    if problems:
        raise BadAnswers(tuple(problems))
    return tuple(answers)


def _at(node: yaml.Node, problem: str) -> str:
    return f"line {node.start_mark.line + 1}: {problem}"


def _problems(key: yaml.Node, value: yaml.Node) -> Iterator[str]:
    topic = key.value if isinstance(key, yaml.ScalarNode) else ""
    if not TOPIC.fullmatch(topic):
        yield _at(key, f"“{topic[:40]}” is no topic's name: small letters, digits and _, such as gift_note")
    if not isinstance(value, yaml.MappingNode):
        yield _at(value, f"{topic}: “answer:” with the answer belongs below it")
        return
    fields = {name.value: (name, node) for name, node in value.value if isinstance(name, yaml.ScalarNode)}
    for name, (node, _) in fields.items():
        if name not in _FIELDS:
            near = get_close_matches(name, _FIELDS, 1)
            yield _at(node, f"{topic}: {name} is no field{f'; perhaps {near[0]} is meant' if near else ''}")
    if "answer" not in fields:
        yield _at(key, f"{topic}: the answer is missing")
    for name, longest in (("answer", LONGEST_ANSWER), ("short", LONGEST_SHORT)):
        if name in fields:
            yield from _of_text(topic, name, fields[name][1], longest)
    if "source" in fields:
        node = fields["source"][1]
        if not isinstance(node, yaml.ScalarNode) or not _LINK.fullmatch(node.value):
            yield _at(node, f"{topic}: source is no link that begins with https://")
    if "asked" in fields:
        yield from _of_questions(topic, fields["asked"][1])


def _of_text(topic: str, name: str, node: yaml.Node, longest: int) -> Iterator[str]:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        yield _at(node, f"{topic}: {name} is no text")
    elif len(node.value.strip()) > longest:
        yield _at(node, f"{topic}: {name} has {len(node.value.strip())} characters; {longest} are the most")


def _of_questions(topic: str, node: yaml.Node) -> Iterator[str]:
    if not isinstance(node, yaml.SequenceNode):
        yield _at(node, f"{topic}: asked is no list; write it as [one way, another]")
        return
    if len(node.value) > MOST_QUESTIONS:
        yield _at(node, f"{topic}: {MOST_QUESTIONS} ways to ask are the most")
    for one in node.value:
        if not isinstance(one, yaml.ScalarNode) or not 0 < len(one.value.strip()) <= LONGEST_QUESTION:
            yield _at(one, f"{topic}: a way to ask is a text of at most {LONGEST_QUESTION} characters")


def _answer(topic: str, value: yaml.Node) -> Answer:
    fields = {name.value: node for name, node in value.value}
    text = {name: fields[name].value.strip() for name in ("answer", "source", "short") if name in fields}
    asked = tuple(one.value.strip() for one in fields["asked"].value) if "asked" in fields else ()
    return Answer(
        topic=topic,
        text=text["answer"],
        questions=asked,
        source=text.get("source", ""),
        short=text.get("short", ""),
    )
