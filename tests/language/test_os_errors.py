"""What the system says is said in the reader's language too."""

import errno
import os

import pytest

from plancli.i18n import OS_ERRORS, os_error_text, use_language


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.EROFS])
def test_common_reasons_are_known(number: int) -> None:
    assert os.strerror(number) in OS_ERRORS


def test_reasons_of_the_system_are_translated() -> None:
    error = OSError(errno.ENOENT, os.strerror(errno.ENOENT), "plan.yaml")
    assert os_error_text(error) == "No such file or directory"
    with use_language("fr"):
        assert os_error_text(error) == "ce fichier ou ce dossier n'existe pas"
        assert os_error_text(OSError("made up")) == "made up"
