"""Texts: their clauses and marks, their width on a terminal, and what two of them have in common."""

from plancli.text.clauses import Clause, clauses, foldable
from plancli.text.comparison import closest, contains_word, find, fold, nearly, to_nfc
from plancli.text.terminal import (
    BIDI_CONTROLS,
    ascii_symbols,
    capital,
    escape_bidi,
    escape_ci_commands,
    escape_control,
    escape_json_control,
    find_invisible,
    quote_argument,
    transliterate,
    truncate,
    width,
    wrap,
    wrap_clauses,
)

__all__ = [
    "BIDI_CONTROLS",
    "Clause",
    "ascii_symbols",
    "capital",
    "clauses",
    "closest",
    "contains_word",
    "escape_bidi",
    "escape_ci_commands",
    "escape_control",
    "escape_json_control",
    "find",
    "find_invisible",
    "fold",
    "foldable",
    "nearly",
    "quote_argument",
    "to_nfc",
    "transliterate",
    "truncate",
    "width",
    "wrap",
    "wrap_clauses",
]
