"""The language is chosen as gettext chooses it."""

import pytest

from plancli.i18n import language_from_env


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "fr_CA"}, "fr"),
        ({"LANG": "fr-BE"}, "fr"),
        ({"LANG": "FR_fr.utf8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8@euro"}, "fr"),
        ({"LANG": "fr_FR@euro"}, "fr"),
        ({"LANG": "fro_FR"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "fr_FR", "LANG": "en_GB"}, "fr"),
        ({"LC_ALL": "en_US", "LC_MESSAGES": "fr_FR", "LANG": "fr_FR"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "fr_FR"}, "en"),
        ({"LC_ALL": "", "LANG": "fr_FR"}, "fr"),
        ({"LANGUAGE": "fr", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LANGUAGE": "fr"}, "fr"),
        ({"LANGUAGE": "fr", "LANG": "C.UTF-8"}, "en"),
        ({"LANGUAGE": "fr", "LC_ALL": "C.utf8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANGUAGE": "fr:en", "LANG": "de_DE.UTF-8"}, "fr"),
        ({"LANGUAGE": "fr_CA:en", "LC_MESSAGES": "en_CA.UTF-8"}, "fr"),
        ({"LANGUAGE": "de:fr:en", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LANGUAGE": "en:fr", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANGUAGE": "de", "LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANGUAGE": "fr", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "fr", "LC_ALL": "POSIX"}, "en"),
        ({"LANGUAGE": "fr", "LC_ALL": "en_GB", "LANG": "C"}, "fr"),
        ({"PLANCLI_LANG": "fr", "LANGUAGE": "en", "LC_ALL": "C"}, "fr"),
        ({"PLANCLI_LANG": "en", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"PLANCLI_LANG": "tlh", "LANG": "fr_FR.UTF-8"}, "fr"),
        ({"PLANCLI_LANG": "fr:en", "LANG": "C.UTF-8"}, "fr"),
        ({"PLANCLI_LANG": "fr_CA", "LC_ALL": "POSIX"}, "fr"),
        ({"PLANCLI_LANG": "C.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"PLANCLI_LANG": "", "LANG": "fr_FR.UTF-8"}, "fr"),
    ],
)
def test_language_from_the_environment(environment: dict[str, str], language: str) -> None:
    assert language_from_env(environment) == language
