"""CSV for everybody, and the dialect that a French Excel opens."""

import csv
import io

from plancli.exchange.exporters import export
from plancli.exchange.request import make_request
from plancli.exchange.table import escape_formula, plan_columns, unescape_formula
from tests.exchange.made_up import HOSTILE, small
from tests.exchange.test_exporters import exported


def excel() -> bytes:
    plan = small()
    return export(make_request(plan, plan.actions, "plan.yaml", dialect="excel-fr"), "plan.csv")


def test_csv_export_of_a_whole_file() -> None:
    assert exported(small(), ".csv").decode() == (
        "number,orientation,measure,text,pilots,associated,years,priority,orientation_title,measure_title\r\n"
        "1,1,1,Définir la stratégie : - a) les objectifs ; - b) les moyens.,DIHAL,DSJ|DSE,2021,1,"
        "Définir une stratégie,Définir les objectifs\r\n"
        '2,1,1,"=SUM(A1) * <i>modèle</i>, ""10 000 logements"" | _fin_",DSJ|DIHAL,,2021|2022,2,'
        "Définir une stratégie,Définir les objectifs\r\n"
        "4,2,2,Étudier l'opportunité.,DGTrésor,DIHAL,2022,1,Coordonner,Mettre en œuvre\r\n"
    )


def test_csv_export_has_the_columns_of_list_and_then_the_titles() -> None:
    from plancli.output.views.actions import list_view
    from plancli.plan.query import Query

    records = list_view(small(), Query(), small().actions).records
    assert records is not None
    assert (*records.keys, "orientation_title", "measure_title") == plan_columns(small())


def test_excel_fr_has_a_byte_order_mark_semicolons_and_no_formula() -> None:
    file = excel()
    assert file.startswith(b"\xef\xbb\xbfnumber;orientation;")
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    assert rows[1]["text"] == "'" + small().actions[1].text
    assert rows[0]["text"] == small().actions[0].text
    assert file.count(b"\r\n") == file.count(b"\n") == 4


def test_what_is_disarmed_never_begins_as_a_formula_and_can_be_given_back() -> None:
    for text in HOSTILE:
        assert not escape_formula(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert unescape_formula(escape_formula(text)) == text
    assert escape_formula("2021") == "2021"
