"""`/parley`: help for staff, and who may do what."""

from bot import channels
from bot.admin import marketing
from bot.admin.parsing import first_word
from bot.admin.replies import actor
from bot.messages import Line, Reply, Row
from bot.phrases import misread, staff_data, staff_roles
from bot.phrases import staff as phrases
from bot.turn import Turn
from bot.values import BadInput
from domain.events import DocsAsked
from domain.outreach.pausing import MARKETING
from domain.records.staff import Role
from domain.staff.data_access import end_all_of
from domain.staff.granting import grant_role, revoke_role

DOCS = "docs"
MOST_LISTED = 25


def parley(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The replies to `/parley TEXT`.

    Raises:
        BadInput, ShopError: nothing was changed.
    """
    word, rest = first_word(text)
    if word == MARKETING:
        return [marketing.answer_marketing(turn, rest)]
    if word == DOCS:
        today = turn.now.astimezone(turn.shop.time_zone).date()
        asked = DocsAsked(day=today, channel=turn.source, user=turn.message.sender_id, asked=turn.message.id)
        turn.uow.record(asked)
        return [Reply(text=phrases.DOCS_COME)]
    if word != "role":
        return [Reply(text=phrases.PARLEY_HELP)]
    word, rest = first_word(rest)
    if word == "grant":
        return [_grant(turn, rest)]
    if word == "revoke":
        return [_revoke(turn, rest)]
    if word not in ("", "list"):
        raise BadInput(misread.unknown(word=word), "grant")
    return [_list(turn)]


def _list(turn: Turn) -> Reply:
    rows: list[Line] = [
        Row(_called(turn, subject), staff_roles.configured(role=role))
        for subject, roles in sorted(turn.shop.staff.items())
        for role in sorted(roles)
    ]
    rows += [
        Row(
            _called(turn, grant.subject), staff_roles.given(role=grant.role, granted_by=_called(turn, grant.granted_by))
        )
        for grant in turn.uow.staff.all()
    ]
    if len(rows) > MOST_LISTED:
        rows = [*rows[:MOST_LISTED], staff_roles.more_roles(count=len(rows) - MOST_LISTED)]
    return Reply(title=staff_roles.ROLES, body=tuple(rows) or (staff_roles.NO_ROLES,))


def _called(turn: Turn, subject: str) -> str:
    """The name that the channel knows, with the id where that alone tells or mentions them; without a name the id."""
    names = turn.message.names
    named = next((one for one in names if one.subject == subject), None)
    if named is None:
        return subject
    if named.is_gone or sum(one.name == named.name for one in names) > 1:
        return staff_roles.called(name=named.name, subject=subject)
    return named.name


def _grant(turn: Turn, text: str) -> Reply:
    subject, role = _read(text, "grant")
    if role in turn.shop.staff.get(subject, ()) or not grant_role(
        turn.uow, subject, role, actor=actor(turn), now=turn.now
    ):
        return Reply(text=staff_roles.had_before(subject=subject, role=role))
    return Reply(text=staff_roles.granted(subject=subject, role=role))


def _revoke(turn: Turn, text: str) -> Reply:
    subject, role = _read(text, "revoke")
    if revoke_role(turn.uow, subject, role, configured=turn.shop.staff, actor=actor(turn), now=turn.now):
        left = _has_role_left(turn, subject)
        ended = [] if left else end_all_of(turn.uow, subject, by=actor(turn), now=turn.now)
        also = [staff_data.ended(request=one) for one in ended]
        return Reply(text="\n".join([staff_roles.revoked(subject=subject, role=role), *also]))
    return Reply(text=staff_roles.never_had(subject=subject, role=role))


def _has_role_left(turn: Turn, subject: str) -> bool:
    """Whether somebody still has a role of their own."""
    return bool(turn.shop.staff.get(subject) or turn.uow.staff.roles_of([subject]))


def _read(text: str, usage: str) -> tuple[str, Role]:
    """A subject and a role; a mention may hold spaces, so the role is the last word."""
    mentioned, _, role = text.rpartition(" ")
    if role.lower() not in list(Role):
        raise BadInput(misread.role(text=role, roles=Role), usage)
    if subject := channels.mentioned(mentioned.strip()):
        return subject, Role(role.lower())
    raise BadInput(misread.who(mentioned=mentioned), usage)
