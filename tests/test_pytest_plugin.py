"""The pytest plugin, as pytest loads it: by its entry point, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from lxml import etree

from trainwhy import course as courses
from trainwhy import workspace as workspaces

STEP = "02_the_step"


@pytest.fixture(scope="module")
def entry_point(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A folder that declares the entry point of pyproject.toml, where the package is not installed with it."""
    if any(one.name == "trainwhy" for one in metadata.entry_points(group="pytest11")):
        return None
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    declared = text.partition("[project.entry-points.pytest11]\n")[2].partition("\n\n")[0]
    assert declared.startswith("trainwhy = ")
    folder = tmp_path_factory.mktemp("installed") / "trainwhy_plugin-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: trainwhy-plugin\nVersion: 0\n")
    (folder / "entry_points.txt").write_text(f"[pytest11]\n{declared}\n".replace('"', ""))
    return folder.parent


@pytest.fixture(scope="module")
def run(entry_point: Path | None):
    def one(folder: Path, *arguments: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        paths = [str(entry_point)] if entry_point else []
        paths += [os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else []
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        environment |= {"PYTHONPATH": os.pathsep.join(paths), "NO_COLOR": "1", "COLUMNS": "120", "PYTHONUTF8": "1"}
        spared = ["no:cacheprovider", "no:hypothesispytest"]
        command = [sys.executable, "-m", "pytest", *(word for name in spared for word in ("-p", name)), *arguments]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=timeout, check=False
        )

    return one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a workspace `course` in it."""
    workspaces.create(tmp_path / "course", courses.load())
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / "course" / courses.load().find(name).file).write_text(text, encoding="utf-8")


def collected(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in done.stdout.splitlines() if "::" in line]


# ------------------------------------------------------------------------------------------- off


def test_it_does_nothing_until_it_is_asked_to(run, folder) -> None:
    done = run(folder, "course")
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, done.stdout


def test_off_it_imports_nothing_but_itself(folder, run) -> None:
    (folder / "test_loaded.py").write_text(
        "import sys\n\n\ndef test_loaded():\n"
        "    ours = sorted(name for name in sys.modules if name.split('.')[0] == 'trainwhy')\n"
        "    assert ours == ['trainwhy', 'trainwhy.pytest_plugin']\n"
        "    assert 'tensorflow' not in sys.modules\n"
    )
    done = run(folder, "test_loaded.py")
    assert done.returncode == 0, done.stdout


# ------------------------------------------------------------------------------------------- collecting


def test_every_exercise_is_an_item_named_by_its_id(run, folder) -> None:
    found = collected(run(folder, "--trainwhy", "--collect-only", "-q", "course"))
    assert found == [f"course/{one.file}::{one.id}" for one in courses.load().exercises]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("missing or uphill", ["missing-apply", "uphill"]),
        ("write", ["write-the-step"]),  # its kind, and part of its name
    ],
)
def test_k_chooses_by_name_and_kind(run, folder, words, ids) -> None:
    found = collected(run(folder, "--trainwhy", "--collect-only", "-q", f"course/{STEP}", "-k", words))
    assert [one.rpartition("::")[2] for one in found] == ids


def test_a_file_is_never_imported_by_pytest_even_when_it_is_named(run, folder) -> None:
    mark = folder / "imported"
    write(folder, "missing-apply", f"open({str(mark)!r}, 'w')\n\n\ndef test_forged():\n    pass\n")
    for arguments in ([f"course/{STEP}/01_missing_apply.py"], ["-o", "python_files=*.py", f"course/{STEP}"]):
        done = run(folder, "--trainwhy", "--collect-only", "-q", *arguments)
        assert f"course/{STEP}/01_missing_apply.py::missing-apply" in collected(done)
        assert "test_forged" not in done.stdout
    assert not mark.exists()


def test_a_checkout_without_the_state_of_the_workspace_is_collected_too(run, folder) -> None:
    shutil.rmtree(folder / "course" / ".trainwhy")
    found = collected(run(folder, "--trainwhy", "--collect-only", "-q", f"course/{STEP}/01_missing_apply.py"))
    assert found == [f"course/{STEP}/01_missing_apply.py::missing-apply"]


def test_other_tests_are_collected_as_ever(run, folder) -> None:
    (folder / "test_own.py").write_text("def test_own():\n    pass\n")
    found = collected(run(folder, "--trainwhy", "--collect-only", "-q"))
    assert "test_own.py::test_own" in found
    assert len(found) == 1 + len(courses.load().exercises)


def test_an_item_points_at_the_learners_function(run, folder) -> None:
    (folder / "conftest.py").write_text(
        "import json\n\n\ndef pytest_collection_modifyitems(items):\n"
        "    print('LOCATIONS', json.dumps([item.location for item in items]))\n"
    )
    done = run(folder, "--trainwhy", "--collect-only", "-q", "-s", f"course/{STEP}/01_missing_apply.py")
    said = next(line for line in done.stdout.splitlines() if line.startswith("LOCATIONS "))
    ((path, line, name),) = json.loads(said.partition(" ")[2])
    source = (folder / path).read_text().split("\n")
    assert path == os.path.join("course", STEP, "01_missing_apply.py")  # noqa: PTH118 - as pytest writes it
    assert source[line].startswith("def train_step(")
    assert name == "2.1 The loss that never moves"


# ------------------------------------------------------------------------------------------- verdicts without a run


def test_what_was_not_started_is_skipped_or_fails_when_that_is_asked(run, folder) -> None:
    done = run(folder, "--trainwhy", "-rs", f"course/{STEP}")
    assert done.returncode == 0, done.stdout
    assert "8 skipped" in done.stdout
    assert f"course/{STEP}/01_missing_apply.py" in done.stdout.replace(os.sep, "/")
    strict = run(folder, "--trainwhy", "--trainwhy-strict", f"course/{STEP}")
    assert strict.returncode == 1
    assert "8 failed" in strict.stdout


def test_a_file_that_cannot_be_read_fails_with_the_line_of_verify(run, folder) -> None:
    (folder / "course" / STEP / "01_missing_apply.py").write_bytes(b"\xff\xfe")
    done = run(folder, "--trainwhy", f"course/{STEP}/01_missing_apply.py")
    assert done.returncode == 1
    assert f"course/{STEP}/01_missing_apply.py: BadFile: " in done.stdout
    assert "Traceback" not in done.stdout


def test_a_fault_of_ours_is_an_error_and_no_failure(run, folder) -> None:
    write(folder, "missing-apply", "x = 1\n")
    (folder / "conftest.py").write_text(
        "from trainwhy.errors import NoTensorFlow\nfrom trainwhy.pytest_plugin import items\n\n\n"
        "def broken(*_, **__):\n    raise NoTensorFlow('it is gone')\n\n\n"
        "items.verifying.one = broken\n"
    )
    done = run(folder, "--trainwhy", f"course/{STEP}/01_missing_apply.py")
    assert "1 error" in done.stdout
    assert "failed" not in done.stdout
    assert "TensorFlow does not import here: it is gone" in done.stdout


# ------------------------------------------------------------------------------------------- verdicts of real runs


@pytest.mark.tf
@pytest.mark.slow
def test_real_verdicts_in_two_processes_and_as_junit(run, folder) -> None:
    course = courses.load()
    write(folder, "missing-apply", course.find("missing-apply").solution())
    mistake = next(one for one in course.find("loss-outside-tape").mistakes() if one.name == "second_tape.py")
    write(folder, "loss-outside-tape", mistake.read_text(encoding="utf-8"))
    done = run(folder, "--trainwhy", "-n", "2", "--junitxml", "out.xml", f"course/{STEP}", timeout=500)
    assert done.returncode == 1, done.stdout
    assert "1 failed, 1 passed, 6 skipped" in done.stdout
    assert f"course/{STEP}/02_loss_outside_tape.py:9:9: TW102 forward-outside-tape: " in done.stdout
    assert "the same run with the whole step recorded" in done.stdout
    assert "Traceback" not in done.stdout
    assert "trainwhy: sandbox: " in done.stdout
    cases = {one.get("name"): one for one in etree.parse(folder / "out.xml").iter("testcase")}
    assert [inner.tag for inner in cases["loss-outside-tape"] if inner.tag != "properties"] == ["failure"]
    assert "TW102" in cases["loss-outside-tape"].find("failure").get("message")
    assert [one.get("value") for one in cases["missing-apply"].iter("property") if one.get("name") == "verdict"] == [
        "solved"
    ]
