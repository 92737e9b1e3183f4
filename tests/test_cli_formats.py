"""`--format` and `--output`: paired in order, several in one run, and nothing of the learner's ever replaced."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from cli_fakes import Desk
from trainwhy import course
from trainwhy import workspace as workspaces
from trainwhy.cli import options, repository, writing
from trainwhy.cli.writing import Wanted
from trainwhy.errors import Usage
from trainwhy.faces.formats import writers

SCHEMAS = Path(__file__).parent / "fixtures" / "schemas"


@pytest.fixture
def made(tmp_path):
    desk = Desk(tmp_path)
    assert desk.run("init").code == 0
    for name in ("pick-one", "write-it"):
        desk.file(name).write_text("# SOLVED\n")
    desk.file("no-update").write_text("# broken\n")
    return desk


# ------------------------------------------------------------------------------------------- pairing


def test_the_formats_are_six_and_the_help_names_them() -> None:
    assert set(writers()) == {"text", "json", "junit", "sarif", "github", "markdown"}
    (option,) = options.Format.__metadata__
    assert set(option.metavar.split("|")) == set(writers())


@pytest.mark.parametrize(
    ("formats", "outputs", "pairs"),
    [
        ([], [], [("text", "-")]),
        ([], ["a"], [("text", "a")]),
        (["json"], [], [("json", "-")]),
        (["junit", "sarif"], ["a", "b"], [("junit", "a"), ("sarif", "b")]),
        (["junit", "sarif", "text"], ["a", "b"], [("junit", "a"), ("sarif", "b"), ("text", "-")]),
        (["text", "junit"], ["-", "b"], [("text", "-"), ("junit", "b")]),
        (["json", "json"], ["a", "b"], [("json", "a"), ("json", "b")]),
    ],
)
def test_formats_and_files_are_paired_in_order(formats, outputs, pairs) -> None:
    assert writing.wanted(formats, outputs) == tuple(Wanted(*pair) for pair in pairs)


@pytest.mark.parametrize(
    ("formats", "outputs", "said"),
    [
        (["yaml"], [], "use github, json, junit, markdown, sarif or text"),
        (["text", "json"], [], "`text` and `json` would go to stdout together"),
        (["text", "json", "sarif"], ["-"], "would go to stdout together"),
        (["text"], ["a", "b"], "2 of `--output` for 1 of `--format`"),
    ],
)
def test_what_cannot_be_paired_is_a_usage_error(formats, outputs, said) -> None:
    with pytest.raises(Usage) as raised:
        writing.wanted(formats, outputs)
    assert said in f"{raised.value.message} {raised.value.hint}"
    assert raised.value.exit_code == 2


# ------------------------------------------------------------------------------------------- writing


def test_six_formats_in_one_run(made) -> None:
    said = made.run(
        "verify", "--format", "text", "--output", "-", "--format", "json", "--output", "out/r.json",
        "--format", "junit", "--output", "out/j.xml", "--format", "sarif", "--output", "out/s.sarif",
        "--format", "github", "--output", "out/g.txt", "--format", "markdown", "--output", "out/m.md",
    )  # fmt: skip
    assert said.code == 1
    assert said.out.startswith("solved 2   unsolved 1")
    out = made.folder / "out"
    assert json.loads((out / "r.json").read_text())["summary"]["unsolved"] == 1
    assert etree.parse(out / "j.xml").getroot().tag == "testsuites"
    run = json.loads((out / "s.sarif").read_text())["runs"][0]
    assert [one["ruleId"] for one in run["results"]] == ["TW101"]
    assert run["invocations"][0]["exitCode"] == 1
    assert (out / "g.txt").read_text().startswith("::error file=trainwhy-course/01_first_steps/02_no_update.py")
    assert (out / "m.md").read_text(encoding="utf-8").startswith("## trainwhy: 2 solved, 1 unsolved\n")
    assert len(made.worker.requests) == 3, "every file is run once, whatever the number of formats"


def test_json_stays_and_may_stand_beside_files(made) -> None:
    said = made.run("verify", "--json", "--format", "junit", "--output", "j.xml")
    assert said.document["summary"]["solved"] == 2
    assert (made.folder / "j.xml").exists()


def test_what_must_not_be_written_is_refused_before_anything_is_run(made) -> None:
    mine = made.file("no-update")
    before = mine.read_bytes()
    (made.folder / "link.py").symlink_to(mine)
    (made.folder / "folder").mkdir()
    for output, said in [
        (os.path.relpath(mine, made.folder), "would replace a file that is to be checked"),
        ("link.py", "would replace a file that is to be checked"),
        ("folder", "is a folder"),
        ("", "is empty"),
    ]:
        answer = made.run("verify", "--format", "json", "--output", output)
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err
    twice = made.run("verify", "--format", "json", "--output", "a", "--format", "sarif", "--output", "./a")
    assert twice.code == 2
    assert mine.read_bytes() == before
    assert made.worker.requests == []


@pytest.mark.skipif(sys.platform == "win32", reason="devices of Unix")
def test_a_device_is_written_to_and_not_replaced(made) -> None:
    pipe = made.folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert made.run("verify", "no-update", "--format", "github", "--output", "pipe").code == 1
        assert os.read(reader, 100_000).startswith(b"::error file=")
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_nothing_to_check_still_makes_whole_documents(made) -> None:
    said = made.run("verify", "--shard", "1/1000", "--format", "junit", "--output", "j.xml", "--format", "sarif")
    assert said.code == 5
    assert "shard 1/1000 holds no exercise file" in said.err
    assert etree.parse(made.folder / "j.xml").getroot()[0].get("tests") == "0"
    assert said.document["runs"][0]["results"] == []


@pytest.mark.parametrize("form", ["junit", "markdown"])
def test_a_document_is_utf8_whatever_the_locale(form, tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "trainwhy", "verify", "02_the_step", "--format", form],
        cwd=_workspace_with_a_bad_file(tmp_path),
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    text = done.stdout.decode("utf-8")
    assert "bad-file" in text or "UTF-8" in text
    if form == "junit":
        etree.fromstring(done.stdout)


def _workspace_with_a_bad_file(folder: Path) -> Path:
    (folder / "hand" / "02_the_step").mkdir(parents=True)
    (folder / "hand" / "02_the_step" / "01_missing_apply.py").write_bytes(b"# \xff\n")
    return folder / "hand"


# ------------------------------------------------------------------------------------------- paths


def test_paths_are_those_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "deep" / "course"
    inner.mkdir(parents=True)
    outside = str(tmp_path.parent / "elsewhere.py")
    assert repository.places(inner, ["a.py", "../b.py", str(inner / "c.py"), outside]) == {
        "a.py": "deep/course/a.py",
        "../b.py": "deep/b.py",
        str(inner / "c.py"): "deep/course/c.py",
        outside: outside,
    }


# ------------------------------------------------------------------------------------------- of real runs


@pytest.mark.tf
@pytest.mark.slow
def test_documents_of_real_runs_are_valid_and_agree(tmp_path: Path) -> None:
    exercises = course.load()
    workspaces.create(tmp_path, exercises)
    solved, broken = exercises.find("missing-apply"), exercises.find("uphill")
    (tmp_path / solved.file).write_text(solved.solution(), encoding="utf-8")
    (tmp_path / broken.file).write_text(broken.starter() + "# begun\n", encoding="utf-8")
    formats = [word for name in ("junit", "sarif", "github", "markdown") for word in ("--format", name)]
    outputs = [word for name in ("j.xml", "s.sarif", "g.txt", "m.md") for word in ("--output", name)]
    command = [sys.executable, "-m", "trainwhy", "verify", solved.file, broken.file, *formats, *outputs, "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 1, done.stderr
    whole = json.loads(done.stdout)
    assert [one["verdict"] for one in whole["results"]] == ["solved", "unsolved"]
    log = json.loads((tmp_path / "s.sarif").read_text())
    jsonschema.Draft7Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))).validate(log)
    (one,) = log["runs"][0]["results"]
    span = next(span for span in whole["results"][1]["findings"][0]["spans"] if span["primary"])
    region = one["locations"][0]["physicalLocation"]["region"]
    assert (one["ruleId"], region["startLine"], region["startColumn"]) == (broken.expects, span["line"], span["column"])
    assert one["properties"]["proof"]["status"] == "proven"
    document = etree.parse(tmp_path / "j.xml")
    for schema in ("junit-4.xsd", "junit-10.xsd"):
        etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(document)
    assert [case[0].get("type") if len(case) else "" for case in document.iter("testcase")] == ["", broken.expects]
    where = f"::error file={broken.file},line={span['line']},endLine={span['end_line']},col={span['column']},"
    assert (tmp_path / "g.txt").read_text(encoding="utf-8").startswith(where)
    summary = (tmp_path / "m.md").read_text(encoding="utf-8")
    assert f"| {len(whole['results'][1]['epochs'])} | " in summary
    assert " yours rises to " in summary
