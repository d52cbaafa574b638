"""What can go wrong, by exit code. A message says what was found, details list it, a hint says what to do."""

from collections.abc import Sequence


class PlanError(Exception):
    """The base of every error that people see as a message and not as a traceback."""

    exit_code: int = 1

    def __init__(self, message: str, hint: str = "", details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = tuple(details)


class PlanErrors(PlanError):
    """More than one error, for a command that goes on with its other files; the gravest exit code counts."""

    def __init__(self, errors: Sequence[PlanError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = tuple(errors)
        self.exit_code = max(error.exit_code for error in errors)


class Invalid(PlanError):
    """The content of a plan file is not a plan, or breaks a rule."""

    exit_code = 1


class Usage(PlanError):
    """The question can't be understood: an unknown value, option or combination."""

    exit_code = 2


class Unavailable(PlanError):
    """A plan, file, folder, revision or extra isn't there, or can't be opened or written."""

    exit_code = 3


def raise_all(errors: Sequence[PlanError]) -> None:
    """Raise the errors of several files, if there are any."""
    if errors:
        raise errors[0] if len(errors) == 1 else PlanErrors(errors)
