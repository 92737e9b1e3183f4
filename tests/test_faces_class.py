"""The faces of a class: CSV, JSON, Parquet, and what is said on the screen."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest

from trainwhy import grades
from trainwhy.faces import class_csv, class_json, class_parquet, class_report, plain, terminal
from trainwhy.faces.style import Style
from trainwhy.grades import Alike, Exercise, Row

EXERCISES = [Exercise("no-update", "1.2", "No update"), Exercise("write-it", "2.1", "Write it")]


def row(person, exercise="no-update", verdict="unsolved", **more):
    return Row(person=person, exercise=exercise, number="1.2", verdict=verdict, **more)


ROWS = [
    row("ann", verdict="solved"),
    row("ann", "write-it", "missing"),
    row("bob", code="TW101", name="gradients-never-applied", line=7, message="thrown away", seconds=1.5),
    row("bob", "write-it", code="", name="ValueError", message="\x1b[31mred\nnext"),
    row("cem", code="TW101", name="gradients-never-applied"),
    row("cem", "write-it", "flaky", code="TW101", name="gradients-never-applied"),
    Row(person="dia", verdict="unreadable", name="BadSubmission", message="a damaged archive"),
]
CLASS = grades.report(ROWS, EXERCISES, seconds=12.3, judged=4)


def cells(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_counts():
    assert CLASS.counts["solved"] == 1
    assert [(one.person, one.counts["solved"], one.tried, one.problem) for one in CLASS.people] == [
        ("ann", 1, 1, ""),
        ("bob", 0, 2, ""),
        ("cem", 0, 2, ""),
        ("dia", 0, 0, "a damaged archive"),
    ]
    assert [(one.exercise.id, one.counts["solved"], one.tried) for one in CLASS.exercises] == [
        ("no-update", 1, 3),
        ("write-it", 0, 2),
    ]
    assert [(one.code, one.name, one.files, one.exercises) for one in CLASS.common] == [
        ("TW101", "gradients-never-applied", 3, ("no-update", "write-it")),
        ("", "ValueError", 1, ("write-it",)),
    ]


def test_csv_holds_every_row_in_the_columns_that_are_documented():
    found = cells(class_csv.table(CLASS))
    assert [one["person"] for one in found] == ["ann", "ann", "bob", "bob", "cem", "cem", "dia"]
    assert list(found[0]) == [name for name, _ in grades.COLUMNS]
    assert (found[2]["line"], found[0]["line"], found[2]["seconds"]) == ("7", "", "1.5")
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert [name for name, _ in grades.COLUMNS if f"| `{name}` |" not in readme] == []
    assert all(meaning for _, meaning in grades.COLUMNS)


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/C calc'!A0", "\t=1", "\r=1", " =1", '=HYPERLINK("http://x")']
)
def test_no_cell_is_a_formula(name):
    text = class_csv.table(grades.report([row(name, message=name)], EXERCISES))
    (found,) = cells(text)
    for value in (found["person"], found["message"]):
        assert not value.startswith(class_csv.FORMULA)
        assert value == f"'{name.strip()}"


def test_a_name_may_hold_anything():
    name = 'a,"b"\nc\x1b[2J\u202e\udcff;'
    report = grades.report([row(name)], EXERCISES)
    (found,) = cells(class_csv.table(report))
    assert found["person"] == 'a,"b" c\\x1b[2J\\u202e\\udcff;'
    assert class_csv.table(report).encode()
    assert json.loads(class_json.document(report))["rows"][0]["person"].startswith('a,"b"\nc')
    assert pq.read_table(io.BytesIO(class_parquet.table(report))).to_pylist()[0]["person"].startswith('a,"b"')
    for face in (terminal, plain):
        said = "".join(face.table(Style(), one) for one in class_report.tables(report))
        assert "\x1b" not in said
        assert 'a,"b" c\\x1b' in said


def test_json_holds_rows_and_counts():
    found = json.loads(class_json.document(CLASS))
    assert (found["schema"], found["kind"], found["judged_now"]) == (1, "class", 4)
    assert found["summary"]["solved"] == 1
    assert found["rows"][2]["line"] == 7
    assert found["rows"][0]["line"] is None
    assert found["common"][0]["exercises"] == ["no-update", "write-it"]
    assert found["similar"] is None
    assert class_json.document(CLASS).isascii()


@pytest.mark.parametrize("alike", [None, [Alike("no-update", ("ann", "bob"), 0.9)]])
def test_json_fits_its_schema(alike):
    found = json.loads(class_json.document(grades.report(ROWS, EXERCISES, alike=alike)))
    jsonschema.Draft202012Validator(class_json.schema()).validate(found)


def test_the_schema_describes_every_column_of_a_row():
    jsonschema.Draft202012Validator.check_schema(class_json.schema())
    rows = class_json.schema()["properties"]["rows"]["items"]["properties"]
    assert tuple((name, one["description"]) for name, one in rows.items()) == grades.COLUMNS
    assert rows["verdict"]["enum"] == list(grades.VERDICTS)


def test_parquet_holds_types():
    table = pq.read_table(io.BytesIO(class_parquet.table(CLASS)))
    assert table.column_names == [name for name, _ in grades.COLUMNS]
    assert {name: str(table.schema.field(name).type) for name in ("person", "line", "seconds", "files_alike")} == {
        "person": "string",
        "line": "int32",
        "seconds": "double",
        "files_alike": "int32",
    }
    assert table.to_pylist()[2]["line"] == 7


@pytest.mark.parametrize("width", [40, 80, 140])
def test_the_screen_shows_every_part_and_stays_inside(width):
    style = Style(width=width)
    said = "".join(terminal.table(style, one) for one in class_report.tables(CLASS))
    assert all(len(line) <= width for line in said.splitlines())
    words = " ".join(said.split())
    for part in ("No update", "TW101 gradients-never-applied", "1.2, 2.1", "bob", "a damaged archive"):
        assert part in words


def test_plain_reads_as_sentences():
    said = "".join(plain.table(Style(), one) for one in class_report.tables(CLASS))
    assert "Person bob, solved 0, tried 2, not started 0, missing 0." in said


def test_alike_is_a_hint_and_only_where_it_was_asked_for():
    assert not any("Alike" in one.title for one in class_report.tables(CLASS))
    asked = grades.report(ROWS, EXERCISES, alike=[Alike("no-update", ("bob", "cem"), 0.934)])
    (table,) = [one for one in class_report.tables(asked) if "Alike" in one.title]
    assert table.rows[0].cells == ("1.2", "bob and cem", "93 %")
    assert class_report.HINT.startswith("A hint to look, and nothing more")
    for word in ("cheat", "copied", "plagiar", "fraud"):
        assert word not in class_report.HINT.lower() + table.title.lower()
    (none,) = [one for one in class_report.tables(grades.report(ROWS, EXERCISES, alike=[])) if "Alike" in one.title]
    assert "no two files" in none.rows[0].cells[0]
