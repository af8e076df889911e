"""Words for the operator: what went wrong, and what to do next."""

import errno

from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.config import BadConfiguration
from bot.terminal.customer import CustomerUnknown
from bot.terminal.health import Unwell
from bot.terminal.processes import BadListener, ChildEnded, DemoRunning, PortTaken
from bot.terminal.refusals import NoHistory, NothingOfThatNumber
from demo.local_slack import LocalSlackFailed
from domain.errors import Away, BadEmail, Busy
from domain.staff.api_access import BadKeyName, KeyNameTaken, KeyUnknown
from nlu.evaluating.evaluation import BadLabels
from nlu.server import NluSetupError
from nlu.supervising import TokenMissing
from storage.errors import (
    BackupDamaged,
    BackupTooNew,
    DatabaseNotEmpty,
    DatabaseOutdated,
    DatabaseUnreachable,
    ImportRefused,
    NotTheOwner,
    RightsMissing,
    SameHashKey,
    ShopRunning,
    WrongHashKey,
)


def explain(error: Exception) -> str | None:
    """One clear message for a failure that an operator can mend; None for a fault of ours."""
    match error:
        case BadConfiguration():
            return str(error)
        case DatabaseUnreachable(reason):
            return f"The database cannot be reached: {_one_line(reason)}{_advice(reason)}"
        case OperationalError():
            return f"The database stopped answering: {_one_line(str(error.orig))}"
        case DatabaseOutdated(current, wanted):
            return f"The tables are at version {current or 'none'}, this code needs {wanted}: run `parley db upgrade`."
        case RightsMissing(lacking):
            return f"The database lacks what the shop acts with ({', '.join(lacking)}): run `parley db upgrade`."
        case NotTheOwner(reason):
            return f"Only the owner of the tables may do this; PARLEY_DATABASE_URL names somebody else ({reason})."
        case BackupDamaged(file, reason):
            return f"{file} cannot be restored: {reason}. Nothing was changed."
        case BackupTooNew(version):
            return f"The backup is of a later version of Parley ({version}). Nothing was changed."
        case DatabaseNotEmpty(table, rows):
            return (
                f"The database is not empty ({table} has {rows:,} rows), so nothing was changed. Restore into a new "
                "one, or say --replace to throw away what is there."
            )
        case BadKeyName(name):
            return f"A key cannot be called “{name}”: small letters, digits and hyphens do, 40 at most."
        case KeyNameTaken(name):
            return f"A key “{name}” holds already. Take another name, or end it: parley api-key revoke {name}"
        case KeyUnknown(name):
            return f"No key “{name}” holds; parley api-key lists them."
        case BadEmail(suggestion):
            return f"That is no e-mail address.{f' Did you mean {suggestion}?' if suggestion else ''}"
        case CustomerUnknown():
            return "The shop keeps nothing under this e-mail address."
        case WrongHashKey():
            return (
                "The database was filled with another key of the e-mail hash; nothing was changed. Set the right "
                "PARLEY_EMAIL_HASH_KEY. To change the key on purpose, see `parley db rotate-key --help`."
            )
        case SameHashKey():
            return "PARLEY_EMAIL_HASH_KEY and PARLEY_EMAIL_HASH_OLD_KEY are the same: there is nothing to rotate."
        case ShopRunning(connections):
            return f"The shop is running ({connections} connections to the database). Stop all its processes first."
        case Away():
            return "The database is away, full, or only reads; nothing was changed. Try again when that is mended."
        case Busy():
            return "Others held the same rows for too long, so nothing was changed. Try again in a moment."
        case ImportRefused(file, bad_rows, total):
            listed = "\n".join(f"  line {row.line}: {row.reason}" for row in bad_rows)
            more = f"\n  … and {total - len(bad_rows)} more" if total > len(bad_rows) else ""
            return f"Nothing of {file} was imported, because {total} row(s) are wrong:\n{listed}{more}"
        case NoHistory(file, reason):
            return f"{file} cannot be learnt from: {reason}."
        case NothingOfThatNumber():
            return f"{error}"
        case Unwell(part, how):
            return f"{part} {how}"
        case DemoRunning(pid):
            return f"`parley demo` already runs here (process {pid}); stop it first, for example with `kill {pid}`."
        case BadListener(why):
            return f"{why[0].upper()}{why[1:]} (web.host and web.port in config.yaml, or --host and --port)."
        case PortTaken(port):
            return (
                f"Port {port} is taken by another program. Stop it (`ss -ltnp | grep {port}` shows which), "
                "or choose another port in config.yaml."
            )
        case ChildEnded(name, log):
            return f"The {name} process ended by itself; its last words are in {log}"
        case NluSetupError() | TokenMissing() | LocalSlackFailed() | BadLabels():
            return f"{error}"
        case ProgrammingError():
            return f"The database refused: {str(error.orig).strip()}"
        case UnicodeDecodeError(reason=reason):
            return f"A file is not UTF-8 ({reason}); save it as UTF-8."
        case OSError(filename=str(file), strerror=str(why)):
            return f"{file}: {why}"
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EIO, strerror=str(why)):
            return f"What is to be written has no place: {why}. Make room, or send the output elsewhere."
        case _:
            return None


# What the driver says where a login is refused, and a connection; https://www.postgresql.org/docs/current/client-authentication-problems.html
_REFUSED = ("password", "role", "pg_hba.conf", "authentication")
_NOWHERE = ("refused", "translate host name", "No such file", "timeout", "timed out", "No route")


def _advice(reason: str) -> str:
    """What to do about a connection that cannot be made, by the driver's words."""
    if 'database "' in reason and "does not exist" in reason:
        return ". Make that database, or name another in PARLEY_DATABASE_URL."
    if any(word in reason for word in _REFUSED):
        return ". Look at the user and the password in PARLEY_DATABASE_URL (or PGUSER and PGPASSWORD)."
    if any(word in reason for word in _NOWHERE):
        return ". Is it running, and are host and port in PARLEY_DATABASE_URL right?"
    return ""


def _one_line(reason: str) -> str:
    lines = (line.strip() for line in reason.splitlines())
    return " ".join(line for line in lines if line and not line.startswith("Is the server running")).rstrip(".")
