"""Hunts regular expressions that are worse than linear: finds them in modules, and builds their worst texts."""

import ast
import importlib
import inspect
import random
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]  # the only parse tree of these patterns there is
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

LONGEST = 2000  # characters that are read of a message
# One of each kind that classes tell apart; the last ones end no word and match nearly nothing.
_PROBES = "a0 .-A,'!#@\n_x/+$(:;|<>&=%\"*?\u00e9\t\0"
_SUFFIXES = ("\0", "a!", "\n0")
_TRIES = 6
_MANY = 10  # a shorter repeat of one character costs a constant, which the texts made of whole matches show
_MOST_TEXTS = 150  # of one pattern, by chance but always the same ones
_HARD_STOP = 0.5  # CPU seconds after which a match is given up
_SUSPICIOUS = 0.002  # CPU seconds at LONGEST characters; whatever may take longer is measured closely
_NOISE = 0.012  # CPU seconds at four times LONGEST below which no growth is measured
_LINEAR = 8.0  # four times the text may take four times as long; a quadratic pattern takes sixteen times
_STRAIGHT = 5.0  # the same below LONGEST, where the square of a length weighs less beside the length itself
_TOO_SLOW = 0.1  # CPU seconds at LONGEST characters that no pattern may take, however it grows


class _Stopped(Exception):
    """A match took longer than it may."""


@dataclass(frozen=True, kw_only=True)
class Slow:
    """A pattern that is worse than linear, and the text that shows it: prefix, what is repeated, suffix."""

    pattern: str
    prefix: str
    pump: str
    suffix: str
    seconds: tuple[float, float]


def patterns_of(name: str, path: Path) -> set[re.Pattern[str]]:
    """Every pattern of a module: what its constants, tables and classes hold, and what its functions compile."""
    module = importlib.import_module(name)
    found = {*_held(vars(module), depth=0), *_compiled(module, path)}
    return {pattern for pattern in found if isinstance(pattern.pattern, str)}


def slow(pattern: re.Pattern[str]) -> Slow | None:
    """The first text that takes more than linear time, by any way of matching; None where there is none."""
    return _slow(pattern.pattern, pattern.flags)


@cache
def _slow(source: str, flags: int) -> Slow | None:
    pattern = re.compile(source, flags)
    by_chance, texts = random.Random(repr(source)), sorted(set(_adversarial(source, flags)))
    pairs = sorted(set(_pairs(source, flags)))
    tried = [by_chance.sample(some, min(len(some), _MOST_TEXTS)) for some in (texts, pairs)]
    for prefix, pump, suffix in chain(*tried):
        if not _suspicious(pattern, prefix, pump, suffix):
            continue
        # A busy machine may spoil one measurement, but hardly three.
        for _ in range(3):
            short = _seconds(pattern, prefix, pump, suffix, LONGEST)
            long = _seconds(pattern, prefix, pump, suffix, LONGEST * 4) if short < _HARD_STOP else short
            if long >= _HARD_STOP:
                return Slow(pattern=source, prefix=prefix, pump=pump, suffix=suffix, seconds=(short, long))
            if short <= _TOO_SLOW and (long <= _NOISE or long <= short * _LINEAR):
                break
        else:
            return Slow(pattern=source, prefix=prefix, pump=pump, suffix=suffix, seconds=(short, long))
    return None


def _suspicious(pattern: re.Pattern[str], prefix: str, pump: str, suffix: str) -> bool:
    """Whether a text is worth the long measurements: shorter ones let most go for little."""
    least = _seconds(pattern, prefix, pump, suffix, LONGEST // 8)
    if least <= _SUSPICIOUS / 128 or least >= _HARD_STOP:
        return least >= _HARD_STOP
    more = _seconds(pattern, prefix, pump, suffix, LONGEST // 2)
    return more > _SUSPICIOUS / 8 and (more > _TOO_SLOW / 2 or more > least * _STRAIGHT)


def _seconds(pattern: re.Pattern[str], prefix: str, pump: str, suffix: str, length: int) -> float:
    """CPU seconds of the slower of two: matching the whole text, and finding the pattern all through it."""
    text = prefix + pump * max(1, (length - len(prefix) - len(suffix)) // len(pump)) + suffix
    whole = timed(lambda: pattern.fullmatch(text))
    return whole if whole >= _HARD_STOP else max(whole, timed(lambda: sum(1 for _ in pattern.finditer(text))))


def timed(work: Callable[[], object], *, stop: float = _HARD_STOP) -> float:
    """CPU seconds that `work` takes, or `stop` where it took longer and was given up."""
    with _hard_stop(stop):
        started = time.thread_time()
        work()
        return time.thread_time() - started
    return stop


@contextmanager
def _hard_stop(seconds: float) -> Iterator[None]:
    """Ends what takes more CPU time than that. Python's engine looks for signals while it matches."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise _Stopped

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except _Stopped:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


# --- finding patterns -------------------------------------------------------------------------------------------------


def _held(value: object, *, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 6:
        return
    elif isinstance(value, dict):
        for part in (*value.keys(), *value.values()):
            yield from _held(part, depth=depth + 1)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from _held(part, depth=depth + 1)
    elif inspect.isclass(value):
        for part in vars(value).values():
            yield from _held(part, depth=depth + 3)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _held(getattr(value, field.name, None), depth=depth + 1)


class _AnyText(str):
    """Stands for a local name in a pattern that a function builds."""

    __slots__ = ()

    def __getattr__(self, name: str) -> "_AnyText":
        return self

    def __call__(self, *args: object, **kwargs: object) -> "_AnyText":
        return self


class _Locals(dict[str, object]):
    def __init__(self, module: ModuleType) -> None:
        super().__init__()
        self.module = module

    def __missing__(self, name: str) -> object:
        if name in vars(self.module) or name in vars(importlib.import_module("builtins")):
            raise KeyError(name)
        return _AnyText("x")


def _compiled(module: ModuleType, path: Path) -> Iterator[re.Pattern[str]]:
    """The patterns that functions hand to `re`; what a module compiles as a whole is held by it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for call in ast.walk(function):
            if not (isinstance(call, ast.Call) and _is_of_re(call.func) and call.args):
                continue
            flags = next((word.value for word in call.keywords if word.arg == "flags"), None)
            if flags is None and isinstance(call.args[-1], ast.Attribute | ast.BinOp) and len(call.args) > 1:
                flags = call.args[-1]
            source = _evaluated(call.args[0], module)
            if isinstance(source, re.Pattern):
                yield source
            else:
                yield re.compile(str(source), _flags(flags, module))


def _is_of_re(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
    )


def _evaluated(expression: ast.expr, module: ModuleType) -> object:
    code = compile(ast.Expression(body=expression), module.__name__, "eval")
    return eval(code, vars(module), _Locals(module))


def _flags(expression: ast.expr | None, module: ModuleType) -> int:
    value = _evaluated(expression, module) if expression is not None else 0
    return int(value) if isinstance(value, int) else 0


# --- building texts ---------------------------------------------------------------------------------------------------


def _adversarial(source: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """Prefix, what is repeated, suffix: for each repeat of the pattern, and for the pattern as a whole."""
    tree = parser.parse(source, flags & ~re.TEMPLATE if hasattr(re, "TEMPLATE") else flags)
    choose = random.Random(repr(source))
    pumps: set[str] = set()
    for before, body in _repeats(list(tree), []):
        prefixes = {"", _sample(before, choose, least=True), _sample(before, choose, least=False)}
        bodies = {_sample(body, choose, least=True)} | {_sample(body, choose, least=False) for _ in range(_TRIES)}
        bodies |= set(_characters(body))
        pumps |= bodies
        for prefix in prefixes:
            for pump in bodies - {""}:
                for suffix in _SUFFIXES:
                    yield prefix[-60:], pump, suffix
                    if prefix:
                        yield "", prefix + pump, suffix
    for _ in range(_TRIES * 3):
        whole = _sample(list(tree), choose, least=False)
        cut = choose.randint(1, max(1, len(whole)))
        if whole:
            yield "", whole[:cut], "\0"
            yield "", whole[cut:] or whole, "\0"
            yield "", whole, "a" * (LONGEST // 2)


def _pairs(source: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """Two alternatives of a repeat in a row, over and over: "what about" is one of them, or "what" and "about" are."""
    choose = random.Random(repr(source))
    for before, body in _repeats(list(parser.parse(source, flags)), []):
        ways = [_sample(way, choose, least=True) for way in _alternatives(body)]
        prefix = _sample(before, choose, least=True)[-60:]
        yield from ((prefix, one + other, "\0") for one in ways for other in ways if one + other)


def _alternatives(body: list[Any]) -> Iterator[list[Any]]:
    """The ways of a body that is nothing but a choice."""
    if len(body) != 1:
        return
    code, value = body[0]
    if code is op.SUBPATTERN:
        yield from _alternatives(list(value[3]))
    elif code is op.BRANCH:
        yield from map(list, value[1])


def _repeats(tree: list[Any], before: list[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Every repeat without a close bound, with what stands before it."""
    for index, (code, value) in enumerate(tree):
        here = [*before, *tree[:index]]
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, body = value
            if most >= _MANY or (most > 2 and not _is_character(list(body))):
                yield here, list(body)
            yield from _repeats(list(body), here)
        elif code is op.SUBPATTERN:
            yield from _repeats(list(value[3]), here)
        elif code is op.ATOMIC_GROUP:
            yield from _repeats(list(value), here)
        elif code is op.BRANCH:
            for branch in value[1]:
                yield from _repeats(list(branch), here)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from _repeats(list(value[1]), here)


def _is_character(body: list[Any]) -> bool:
    return len(body) == 1 and body[0][0] in (op.IN, op.ANY, op.LITERAL, op.NOT_LITERAL)


def _characters(body: list[Any]) -> Iterator[str]:
    """The single characters that the body of a repeat may be."""
    for code, value in body:
        if code is op.IN:
            yield from (character for character in _PROBES if _in(character, value))
        elif code is op.ANY:
            yield from "a 0.\"'!"
        elif code is op.NOT_LITERAL:
            yield from (character for character in "a 0" if ord(character) != value)


def _sample(tree: Iterable[Any], choose: random.Random, *, least: bool) -> str:
    """A text that the tree matches, look-arounds aside: the shortest, or one by chance."""
    return "".join(_one(code, value, choose, least) for code, value in tree)


def _one(code: Any, value: Any, choose: random.Random, least: bool) -> str:
    if code is op.LITERAL:
        return chr(value)
    if code is op.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if code is op.ANY:
        return "a" if least else choose.choice("a 0.")
    if code is op.IN:
        fitting = [character for character in _PROBES if _in(character, value)] or [_any_of(value)]
        return fitting[0] if least else choose.choice(fitting[:4])
    if code is op.BRANCH:
        return _sample(value[1][0] if least else choose.choice(value[1]), choose, least=least)
    if code is op.SUBPATTERN:
        return _sample(value[3], choose, least=least)
    if code is op.ATOMIC_GROUP:
        return _sample(value, choose, least=least)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        low, high, body = value
        times = low if least else choose.randint(low, min(high, low + 1))
        return "".join(_sample(body, choose, least=least) for _ in range(times))
    return ""


def _any_of(items: list[Any]) -> str:
    for code, value in items:
        if code is op.LITERAL:
            return chr(value)
        if code is op.RANGE:
            return chr(value[0])
    return "a"


_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _in(character: str, items: list[Any]) -> bool:
    negated = False
    for code, value in items:
        if code is op.NEGATE:
            negated = True
        elif (
            (code is op.LITERAL and ord(character) == value)
            or (code is op.RANGE and value[0] <= ord(character) <= value[1])
            or (code is op.CATEGORY and re.match(_CATEGORIES[value], character))
        ):
            return not negated
    return negated
