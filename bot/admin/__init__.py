"""What staff does from a chat: slash commands and the buttons of their answers. Permission is checked every time."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import slash
from bot.admin import (
    answers,
    campaigns,
    churn,
    dashboard,
    data,
    failures,
    inventory,
    orders,
    promo,
    report,
    roles,
    segment,
    why,
)
from bot.admin.parsing import first_word
from bot.admin.replies import actor
from bot.channels import channel_of
from bot.intents import past_orders
from bot.messages import Choice, Command, IncomingMessage, Reply
from bot.phrases import staff as phrases
from bot.shop import Shop
from bot.turn import Turn
from bot.values import BadInput, clean
from domain.errors import ShopError, StaffError
from domain.outreach.pausing import MARKETING
from domain.records.auditing import Action, Entry
from domain.records.boards import BOARD_READERS, BoardName
from domain.records.sales import ReportName
from domain.records.staff import Role, Staff, roles_held, subjects


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffCommand:
    """A command of staff: who answers it, and who may use some of it."""

    answer: Callable[[Turn, str, frozenset[Role]], list[Reply]]
    may: frozenset[Role]


COMMANDS = {
    "answers": StaffCommand(answer=answers.answer_answers, may=frozenset({Role.ADMIN, Role.SUPPORT})),
    "campaign": StaffCommand(answer=campaigns.answer_campaign, may=frozenset({Role.ADMIN, Role.MARKETING})),
    "churn": StaffCommand(answer=churn.answer_churn, may=frozenset({Role.ADMIN, Role.MARKETING})),
    "dashboard": StaffCommand(answer=dashboard.answer_dashboard, may=frozenset[Role]().union(*BOARD_READERS.values())),
    "data": StaffCommand(answer=data.answer_data, may=frozenset(Role)),
    "inventory": StaffCommand(answer=inventory.answer_inventory, may=frozenset({Role.ADMIN})),
    "orders": StaffCommand(answer=orders.answer_orders, may=frozenset({Role.ADMIN, Role.SUPPORT})),
    "parley": StaffCommand(answer=roles.parley, may=frozenset(Role)),
    "promo": StaffCommand(answer=promo.answer_promo, may=frozenset({Role.ADMIN, Role.MARKETING})),
    "report": StaffCommand(answer=report.answer_report, may=frozenset(Role)),
    "segment": StaffCommand(answer=segment.answer_segment, may=frozenset({Role.ADMIN, Role.MARKETING})),
    "why": StaffCommand(answer=why.answer_why, may=frozenset({Role.ADMIN, Role.MARKETING, Role.SUPPORT})),
}


def commands_of_staff(staff: Staff, shop: Shop, channel: str) -> dict[str, list[str]]:
    """The commands that each of the staff may use in a channel, by their id there; groups have none."""
    known = {*shop.staff, *(grant.subject for grant in staff.all())}
    held = {who: roles_held(shop.staff, staff, [who]) for who in sorted(known)}
    return {
        who.removeprefix(f"{channel}:"): [name for name, command in COMMANDS.items() if command.may & roles]
        for who, roles in held.items()
        if who.startswith(f"{channel}:")
    }


def owns(message: IncomingMessage) -> bool:
    """Whether a message is a command, also one that nobody knows, or a button below the answer to one."""
    there = channel_of(message.chat.channel).knows_people  # elsewhere anybody could fill the audit log
    return message.command is not None or (there and _of_button(message.choice) is not None)


def answer_staff(turn: Turn) -> list[Reply]:
    """The replies to a staff command. Without the role it needs nothing happens, and that is noted."""
    command = turn.message.command or _of_button(turn.message.choice) or Command(name="parley")
    command = Command(
        name=command.name.strip().lower(),
        text=clean(command.text).strip(),
        fields=tuple((name, clean(value)) for name, value in command.fields),
        file=command.file.encode("utf-8", "replace").decode(),
    )
    turn = replace(turn, message=replace(turn.message, command=command))
    known, held = COMMANDS.get(command.name), _held(turn)
    channel = channel_of(turn.source)
    if known is None or not channel.knows_people:
        return [Reply(text=_unknown(turn, command.name, held))]
    if command.name == "orders" and not command.text and not held:
        return past_orders.handle(turn)  # a customer's command of the same name
    if channel.hides_commands and turn.message.chat.public:
        return [Reply(text=phrases.IN_DIRECT_MESSAGES)]  # it was typed, and all would read the answer
    needed = _needed(command)
    if needed and not needed & held:
        return _refused(turn, command, needed)
    try:
        with turn.uow.savepoint():
            return known.answer(turn, command.text, held)
    except BadInput as wrong:
        return [Reply(text=phrases.usage(wrong.usage, wrong.reason))]
    except ShopError as error:
        if not isinstance(error, StaffError):
            raise
        return failures.explain(turn, error)


def _held(turn: Turn) -> frozenset[Role]:
    """The roles of who writes; none where a channel does not know people."""
    if not channel_of(turn.source).knows_people:
        return frozenset()
    who = subjects(turn.source, turn.message.sender_id, turn.message.groups)
    return roles_held(turn.shop.staff, turn.uow.staff, who)


def commands_besides(turn: Turn) -> list[str]:
    """A line about the commands of who asks for help, for staff; nothing of it where others read along."""
    theirs = _commands_of(_held(turn)) if not turn.message.chat.public else []
    return [phrases.staffs_commands_are(names=", ".join(theirs))] if theirs else []


def _commands_of(held: frozenset[Role]) -> list[str]:
    return [f"/{one}" for one, command in COMMANDS.items() if command.may & held]


def _of_button(choice: Choice | None) -> Command | None:
    """The command that a button stands for."""
    if choice is None or not choice.trait.command:
        return None
    name, _, word = choice.trait.command.partition(" ")
    return Command(name=name, text=f"{word} {choice.arg}")


def _needed(command: Command) -> frozenset[Role]:
    """The roles of which one is needed; none for what anybody may."""
    word, _ = first_word(command.text)
    if command.name == "inventory":
        return frozenset({Role.ADMIN})
    if command.name == "orders":
        return frozenset({Role.ADMIN} if word in orders.CHANGES else {Role.ADMIN, Role.SUPPORT})
    if command.name == "answers":
        return frozenset({Role.ADMIN, Role.SUPPORT})
    if command.name == "report" and word == report.REVEAL:
        return frozenset({Role.ADMIN})
    if command.name == "report":
        return report.READERS[ReportName(word)] if word in report.NAMES else COMMANDS["report"].may
    if command.name in ("segment", "churn", "campaign", "promo"):
        return frozenset({Role.ADMIN, Role.MARKETING})
    if command.name == "why":
        return frozenset({Role.ADMIN, Role.MARKETING, Role.SUPPORT})
    if command.name == "dashboard":
        return BOARD_READERS[BoardName(word)] if word in list(BoardName) else COMMANDS["dashboard"].may
    if command.name == "data":
        return frozenset(Role)
    if command.name == "parley" and word == MARKETING:
        return frozenset({Role.ADMIN, Role.MARKETING})
    if command.name == "parley" and word == roles.DOCS:
        return frozenset({Role.ADMIN, Role.FINANCE, Role.MARKETING})
    return frozenset({Role.ADMIN} if word == "role" else ())


def _refused(turn: Turn, command: Command, needed: frozenset[Role]) -> list[Reply]:
    word, _ = first_word(command.text)
    named = (
        *inventory.ACTIONS,
        *answers.ACTIONS,
        *orders.CHANGES,
        *report.NAMES,
        *data.ACTIONS,
        *churn.ACTIONS,
        *campaigns.ACTIONS,
        *promo.ACTIONS,
        report.REVEAL,
        roles.DOCS,
        "open",
        "role",
    )
    known = word if word in named else ""  # never what else was typed
    subject = f"/{command.name} {known}".strip()
    turn.uow.audit.note(Entry(at=turn.now, actor=actor(turn), action=Action.REFUSED, subject=subject))
    admins = any(Role.ADMIN in held for held in turn.shop.staff.values())
    admins = admins or any(grant.role is Role.ADMIN for grant in turn.uow.staff.all())
    return [Reply(text=phrases.refused(needed, actor(turn), admins))]


def _unknown(turn: Turn, name: str, held: frozenset[Role]) -> str:
    """That there is no such command, and which there are for who asks."""
    theirs = _commands_of(held)
    customers = [f"{channel_of(turn.source).slash}{one}" for one in slash.FOR_CUSTOMERS]
    lines = [phrases.no_such_command(name=name[:40]), phrases.commands_are(names=", ".join(customers))]
    if theirs:
        lines.append(phrases.staffs_commands_are(names=", ".join(theirs)))
    return "\n".join(lines)
