"""What is said of who may do what."""

ROLES = "Roles"
NO_ROLES = "Nobody has a role."


def called(*, name: str, subject: str) -> str:
    """Somebody whom the name alone does not tell or mention: others have it too, or they are gone from there."""
    return f"{name} ({subject})"


def configured(*, role: str) -> str:
    """A role that the shop's configuration gives."""
    return f"{role}, config.yaml"


def given(*, role: str, granted_by: str) -> str:
    """A role that an admin gave."""
    return f"{role}, given by {granted_by}"


def more_roles(*, count: int) -> str:
    """Below a list that is cut."""
    return f"… and {count} more"


def granted(*, subject: str, role: str) -> str:
    """They have it from now on."""
    return f"{subject} is {role} now. /parley role revoke {subject} {role} takes it back."


def had_before(*, subject: str, role: str) -> str:
    """There was nothing to give."""
    return f"{subject} is {role} already. Nothing was changed."


def revoked(*, subject: str, role: str) -> str:
    """They have it no longer."""
    return f"{subject} is no longer {role}. /parley role grant {subject} {role} gives it again."


def never_had(*, subject: str, role: str) -> str:
    """There was nothing to take back."""
    return f"{subject} is not {role}. Nothing was changed."
