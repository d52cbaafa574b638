"""What the system says is said in the reader's language too."""

import errno
import os

import pytest

from plancli.language import reason, speaking
from plancli.language.reasons import REASONS


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.EROFS])
def test_common_reasons_are_known(number: int) -> None:
    assert os.strerror(number) in REASONS


def test_reason() -> None:
    error = OSError(errno.ENOENT, os.strerror(errno.ENOENT), "plan.yaml")
    assert reason(error) == "No such file or directory"
    with speaking("fr"):
        assert reason(error) == "ce fichier ou ce dossier n'existe pas"
        assert reason(OSError("made up")) == "made up"
