"""Why the system refused a file, in the reader's language."""

from plancli.language.speech import _, marked

REASONS = (
    marked("No such file or directory"),
    marked("Permission denied"),
    marked("Operation not permitted"),
    marked("Is a directory"),
    marked("Not a directory"),
    marked("File exists"),
    marked("File name too long"),
    marked("No space left on device"),
    marked("Read-only file system"),
    marked("Input/output error"),
    marked("Invalid argument"),
    marked("Device or resource busy"),
    marked("Too many open files"),
    marked("Too many levels of symbolic links"),
)
"""What systems say in English, whatever the locale; a reason that isn't here is given as it comes."""


def reason(error: OSError) -> str:
    """Give the reason of an error of the system."""
    return _(error.strerror or str(error))
