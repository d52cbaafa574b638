"""The translations of one language: compiled by the build, or read from their source in a checkout."""

import os
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from plancli.language.typography import typeset

FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")


class Catalogue:
    """The sentences of one language, each with its typography; a sentence nobody translated stays English."""

    def __init__(self, translations: NullTranslations) -> None:
        translations.add_fallback(_Unknown())
        self._translations = translations
        self._sentences = {("", ""): ""}  # gettext keeps the head of the file under ""

    def sentence(self, message: str, context: str = "") -> str:
        """Give the translation of a sentence, in its context if it has one."""
        known = self._sentences.get((context, message))
        if known is None:
            find = self._translations
            translation = find.pgettext(context, message) if context else find.gettext(message)
            known = self._sentences[context, message] = self._typeset(translation, message)
        return known

    def form(self, one: str, many: str, count: int) -> str:
        """Give the translation for a count, with its placeholders."""
        english = one if count == 1 else many
        return self._typeset(self._translations.ngettext(one, many, count), english)

    def number(self, count: int) -> str:
        """Give a number with its thousands set apart."""
        return typeset(f"{count:,}".replace(",", " "))

    @staticmethod
    def _typeset(translation: str, english: str) -> str:
        return typeset(translation) if translation else english


class _Unknown(NullTranslations):
    """Gives nothing for a sentence that no catalogue has; by itself gettext would give the English."""

    def gettext(self, message: str) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


@cache
def catalogue(language: str) -> Catalogue:
    """Read the catalogue of a language.

    A wheel carries the compiled file only. In a checkout the source stands beside it, and goes before a compiled
    file that is older or was never made: an editable install speaks the translations that are pulled.
    """
    source = os.path.join(FOLDER, language, "LC_MESSAGES", "plancli.po")
    compiled = source.removesuffix(".po") + ".mo"
    if os.path.exists(compiled) and _modified(compiled) >= _modified(source):
        with open(compiled, "rb") as file:
            return Catalogue(GNUTranslations(file))
    if os.path.exists(source):
        from plancli.language.source import compile_source

        with open(source, encoding="utf-8") as text:
            return Catalogue(GNUTranslations(BytesIO(compile_source(text.read()))))
    return Catalogue(NullTranslations())


def _modified(path: str) -> float:
    try:
        return os.stat(path).st_mtime
    except OSError:
        return 0.0
