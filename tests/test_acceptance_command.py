"""The acceptance table's rows about the command itself: where it runs, what stands around a file, and how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from acceptance_rows import GOOD, NEVER, ROWS, STEP
from test_acceptance import environment, processes

pytestmark = [pytest.mark.tf, pytest.mark.skipif(sys.platform == "win32", reason="processes and pipes")]

COMMAND = [str(Path(sysconfig.get_path("scripts")) / "trainwhy"), "verify"]
ENDLESS = "print('begun', flush=True)\nwhile True:\n    pass\n"
EVIL = "raise SystemExit('the repository was asked')\n"
# What a repository may hold to be asked by whoever starts Python in it.
FORGING = """
import sys
from dataclasses import replace

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "trainwhy.check":
            import trainwhy.judging as judging
            judging.verdict_of = lambda report, *rest: replace(report, verdict="solved", goals=())

sys.meta_path.insert(0, Finder())
"""


def put(folder: Path, text: str) -> Path:
    path = folder / STEP
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def run(work: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=work,
        env={**environment(work / ".."), **variables},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def started(work: Path, tag: Path) -> subprocess.Popen[bytes]:
    """Start a command on an endless file; return once the file runs."""
    put(work, ENDLESS)
    tag.mkdir()
    child = subprocess.Popen([*COMMAND, STEP], cwd=work, env=environment(tag), stderr=subprocess.DEVNULL)
    wait(lambda: files_of_runs(tag), 120)
    time.sleep(0.5)
    return child


def files_of_runs(place: Path) -> list[Path]:
    """The files in the folders of runs, which nobody may list until their owner allows it."""
    for outer in place.glob("trainwhy-run-*"):
        with contextlib.suppress(OSError):
            outer.chmod(0o700)
    return list(place.glob("trainwhy-run-*/*/work/*.py"))


def wait(until: object, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not until():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.02)


# ------------------------------------------------------------------------------------------- what stands around


def test_58_what_lies_around_the_file_has_no_effect(tmp_path: Path) -> None:
    """Libraries' names beside the exercise, start-up files, stored progress and `PYTHON*` variables, all at once."""
    work = tmp_path / "work"
    path = put(work, "import random, json\nprint(random.__file__ == __file__)\n" + NEVER)
    for folder in (work, path.parent):
        for name in ("keras", "random", "json", "numpy", "conftest", "usercustomize"):
            (folder / f"{name}.py").write_text(EVIL)
        (folder / "evil.pth").write_text("import sys; sys.exit('the repository was asked')\n")
    (work / "exercises" / STEP).with_suffix("").mkdir(parents=True)
    (work / "exercises" / STEP).with_suffix("").joinpath("solution.py").write_text(EVIL)
    (work / ".trainwhy").mkdir()
    (work / ".trainwhy" / "progress.json").write_text('{"format": 1, "exercises": {"missing-apply": {"solved": true}}}')
    start = work / "start"
    start.mkdir()
    (start / "sitecustomize.py").write_text(FORGING)
    said = run(work, "--format", "json", STEP, PYTHONPATH=str(start), PYTHONSTARTUP=str(work / "json.py"))
    assert said.returncode == 1, said.stderr
    (result,) = json.loads(said.stdout)["results"]
    assert (result["outcome"], result["verdict"]) == ("finished", "unsolved")
    assert result["output"].startswith("False\n")
    hidden = [note for note in result["notes"] if "hides a library" in note]
    assert len(hidden) == 5
    assert "`02_the_step/random.py` hides a library of the same name; the real one was used" in hidden
    assert "the repository was asked" not in said.stdout + said.stderr


def test_the_forging_of_that_test_works_where_nothing_defends(tmp_path: Path) -> None:
    """Else the test above would prove nothing: the same start-up file, with the defence told it has happened."""
    put(tmp_path, NEVER)
    (tmp_path / "sitecustomize.py").write_text(
        FORGING + "import trainwhy.cli.isolation\ntrainwhy.cli.isolation.ensure = lambda *a: None\n"
    )
    assert run(tmp_path, STEP, PYTHONPATH=str(tmp_path)).returncode == 0


def test_62_what_is_no_file_is_named_at_once(tmp_path: Path) -> None:
    kinds = {
        "pipe": os.mkfifo,
        "folder": os.mkdir,
        "device": lambda path: Path(path).symlink_to("/dev/zero"),
        "nothing": lambda path: Path(path).symlink_to("nowhere"),
        "two\nlines": lambda path: Path(path).write_bytes(b"\xff\xfe"),
        "a space": lambda path: Path(path).write_bytes(b"#" * 5_000_000),
        "\x1b[2J": lambda path: Path(path).write_text(""),
    }
    for name, make in kinds.items():
        (tmp_path / name / STEP).parent.mkdir(parents=True)
        make(str(tmp_path / name / STEP))
    (tmp_path / "\x1b[2J" / STEP).write_bytes(b"\xff")
    began = time.monotonic()
    paths = [f"{name}/{STEP}" for name in kinds if name != "folder"]
    missing = run(tmp_path, "no \x1b[2J file")
    assert (missing.returncode, "\x1b" in missing.stderr) == (2, False)
    said = run(tmp_path, "--format", "json", *paths)
    text = run(tmp_path, *paths)
    assert time.monotonic() - began < 20, "nothing had to be run"
    assert (said.returncode, text.returncode) == (1, 1)
    found = {result["path"].split("/")[0]: result for result in json.loads(said.stdout)["results"]}
    assert {result["outcome"] for result in found.values()} == {"bad_file"}
    words = {name: result["error"]["message"] for name, result in found.items()}
    assert "a named pipe" in words["pipe"]
    assert "a device" in words["device"]
    assert "missing" in words["nothing"]
    assert "4.77 MiB long; expected at most 256 KiB" in words["a space"]
    assert "\x1b" not in text.stdout + text.stderr + said.stderr
    assert len(text.stdout.splitlines()) == 1 + len(paths)


def test_3_and_43_as_text(tmp_path: Path) -> None:
    """What a person reads: line and caret's column under the learner's own file name; escapes taken out of output."""
    names = {"3": "def train_step(:\n    pass\n", "43": next(row.source for row in ROWS if row.number == 43)}
    for name, text in names.items():
        put(tmp_path / name, text)
    said = run(tmp_path, *(f"{name}/{STEP}" for name in names))
    assert said.returncode == 1
    assert f"3/{STEP}:1:16: SyntaxError: invalid syntax" in said.stdout
    assert f"43/{STEP}: goal not met: held out loss" in said.stdout
    assert "\x1b" not in said.stdout + said.stderr


# ------------------------------------------------------------------------------------------- how it ends


def test_67_a_killed_command_leaves_nothing(tmp_path: Path) -> None:
    child = started(tmp_path / "work", tmp_path / "tag")
    assert processes(tmp_path / "tag")
    child.kill()
    child.wait()
    wait(lambda: not processes(tmp_path / "tag"), 15)  # 1 s on a machine with nothing else to do


def test_68_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    child = started(tmp_path / "work", tmp_path / "tag")
    child.send_signal(signal.SIGINT)
    assert child.wait(timeout=30) == 130
    wait(lambda: not processes(tmp_path / "tag"), 15)
    assert list((tmp_path / "tag").iterdir()) == []


def test_69_a_template_that_dies_is_done_without_and_named(tmp_path: Path) -> None:
    work, tag = tmp_path / "work", tmp_path / "tag"
    put(work, GOOD)
    tag.mkdir()
    options = [*COMMAND, "--format", "json", STEP]
    child = subprocess.Popen(options, cwd=work, env=environment(tag), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    found: list[int] = []

    def template() -> bool:
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                ours = str(tag).encode() in (entry / "environ").read_bytes()
                if ours and b"trainwhy.lab.template" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
        return bool(found)

    wait(template, 60)
    os.kill(found[0], signal.SIGKILL)
    out, err = child.communicate(timeout=300)
    assert child.returncode == 0, err
    (result,) = json.loads(out)["results"]
    assert result["verdict"] == "solved"
    assert any("fresh process" in note for note in result["notes"])
    assert processes(tag) == set()
