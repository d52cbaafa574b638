"""Tables and spreadsheets to import."""

import io
import zipfile
from collections.abc import Callable

from fuzz import properties
from fuzz.nasty.plans import SIZE, counted, filled

HEADINGS = "Numéro,Texte,Pilotes,Associées,Années,Priorité,Mesure,Orientation\n"
TABLES: dict[str, Callable[[], str]] = {
    "commas": lambda: filled(","),
    "semicolons in lines": lambda: filled(";;;;;;;;;\n"),
    "tabs": lambda: filled("\t"),
    "bars": lambda: filled("|"),
    "double quotes": lambda: filled('"'),
    "a quote that is never closed": lambda: HEADINGS + '"' + filled("a,\n"),
    "line breaks": lambda: filled("\n"),
    "one cell": lambda: filled("a"),
    "headings again and again": lambda: filled(HEADINGS),
    "a heading in many columns": lambda: filled("Numéro,") + "\n" + filled("1,", 1000),
    "rows": lambda: HEADINGS + counted(lambda n: f"{n},Définir {n}.,DIHAL,DHUP,2021,1,1,1\n"),
    "rows that can't be read": lambda: HEADINGS + filled("x,y\n"),
    "rows of one number": lambda: HEADINGS + counted(lambda n: "1,Définir.,DIHAL,DHUP,2021,1,1,1\n"),
    "rows of many measures": lambda: HEADINGS + counted(lambda n: f"{n},Définir.,DIHAL,DHUP,2021,1,{n},{n}\n"),
    "one row of many codes": lambda: HEADINGS + f'1,Définir.,"{counted(lambda n: f"A{n}, ")}",DHUP,2021,1,1,1\n',
    "one row of many labels": lambda: (
        HEADINGS + f'1,Définir.,"{filled("Pilote : A Associée : B ")}",,2021,1,1,1\n'
    ),
    "one row of spaces": lambda: HEADINGS + f'1,Définir.,"A{filled(" ")}-",,2021,1,1,1\n',
    "one row of dashes": lambda: HEADINGS + f'1,Définir.,"A{filled(" - ")}",,"{filled("-")}",1,1,1\n',
    "one row of digits": lambda: HEADINGS + f'1,Définir.,A,,"{filled("2021 ")}","{filled("1")}",1,1\n',
    "one row of a large number": lambda: HEADINGS + f"{filled('9')},Définir.,A,,2021,1,1,1\n",
    "one row of years": lambda: HEADINGS + f'1,Définir.,A,,"1-{filled("9")}",1,1,1\n',
    "a text on many lines": lambda: HEADINGS + f'1,"{filled("a" + chr(10))}",A,,2021,1,1,1\n',
    "a title of stars": lambda: filled("*") + "\n" + HEADINGS + "1,Définir.,A,,2021,1,1,1\n",
    "a title of hashes": lambda: filled("# ") + "\n" + HEADINGS + "1,Définir.,A,,2021,1,1,1\n",
    "cells that stand alone": lambda: HEADINGS + filled("x\n"),
    "combining characters": lambda: HEADINGS + f"1,a{filled(chr(0x301) + chr(0x323))},A,,2021,1,1,1\n",
    "combining characters in headings": lambda: f"a{filled(chr(0x301) + chr(0x323))},b\n" + HEADINGS,
}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
SPREADSHEETS: dict[str, Callable[[], bytes]] = {
    "a zip of spaces": lambda: book(SHEET.format(" " * 900_000_000)),
    "a zip of 16 MB of rows": lambda: book(SHEET.format('<row r="1"/>' * 1_200_000)),
    "one cell of 15 MB": lambda: book(
        SHEET.format(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"😀a" * 3_000_000}</t></is></c></row>')
    ),
    "one text in 100,000 cells": lambda: book(
        SHEET.format("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))),
        f"<sst xmlns='{MAIN}'><si><t>{'a' * 100_000}</t></si></sst>",
    ),
    "elements inside each other": lambda: book(SHEET.format("<row>" * 1_000_000)),
    "an XLS of ones": lambda: OLE + b"\1" * SIZE,
    "an XLS of noughts": lambda: OLE + b"\0" * SIZE,
}


def book(sheet: str, strings: str = "") -> bytes:
    """Make an XLSX of one sheet, packed as small as can be."""

    def change(text: str) -> str:
        return sheet if "<worksheet" in text else strings or text

    made = io.BytesIO()
    source = io.BytesIO(properties.workbook("A", change))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    return made.getvalue()
