"""The state-file cases S1 to S18 through the real command, by killed processes, a small disk and other users' files.

What each part of the memory does alone is tested in test_progress.py, test_lock.py and test_atomic.py; the table at the
end says where each case is held.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hardships import IS_ROOT, as_nobody, open_to_all, small_disk
from trainwhy import course, progress, workspace
from trainwhy.workspace import Workspace

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals, pipes and users")
KILLS = 150
NAME = "missing-apply"

HOLDER = """
import sys, time
from pathlib import Path
from trainwhy.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "work", course.load())


def path(made: Workspace) -> Path:
    return made.state / "progress.json"


def trainwhy(made: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trainwhy", *(arguments or ("hint", NAME))]
    return subprocess.run(
        command, cwd=made.folder, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


def hints(made: Workspace) -> int:
    return int(json.loads(path(made).read_text())["exercises"][NAME]["hints"])


def helped(made: Workspace, *words: str) -> str:
    """The command did its work, whatever the state was, and said this beside it."""
    said = trainwhy(made)
    assert (said.returncode, bool(said.stdout.strip())) == (0, True), said.stderr
    noted = " ".join(said.stderr.split())
    assert [one for one in words if one not in noted] == [], noted
    return noted


# ------------------------------------------------------------------------------------------- killed


@posix
def test_s1_a_kill_leaves_the_old_document_or_the_new(made: Workspace) -> None:
    """150 writers, each killed at another moment of writing on end."""
    dice, seen = random.Random(1), 0  # noqa: S311 - moments, no secrets
    progress.save(made, lambda before: progress.attempted(before, "a"))
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:
            while True:
                progress.save(made, lambda before: progress.attempted(before, "a"))
        time.sleep(dice.uniform(0.004, 0.024))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found, notes = progress.load(made)
        assert notes == ()
        assert found.of("a").attempts == found.counter >= seen
        seen = found.counter
    assert seen > KILLS / 10, "the writers came to write"


def test_s2_stray_files_go_once_they_are_old(made: Workspace) -> None:
    helped(made)
    old, young = made.state / ".trainwhy-1-a.tmp", made.state / ".trainwhy-2-b.tmp"
    for stray in (old, young):
        stray.write_text("x")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    helped(made)
    assert (old.exists(), young.exists()) == (False, True)


def test_s3_two_terminals_lose_no_update(made: Workspace) -> None:
    command = [sys.executable, "-m", "trainwhy", "hint"]
    both = [
        subprocess.Popen([*command, name], cwd=made.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for name in (NAME, "uphill", NAME)
    ]
    assert [one.communicate()[1] and one.returncode for one in both] == [0, 0, 0]
    found = progress.load(made)[0]
    assert (found.of(NAME).hints, found.of("uphill").hints, found.counter) == (2, 1, 3)


@posix
def test_s15_who_died_holds_no_lock(made: Workspace) -> None:
    lock = str(made.state / "progress.lock")
    child = subprocess.Popen([sys.executable, "-c", HOLDER, lock], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"held"
    assert "another trainwhy is writing there" in helped(made)
    child.kill()
    child.communicate()
    assert "not saved" not in helped(made)
    assert hints(made) == 1


# ------------------------------------------------------------------------------------------- damaged

DEEP = b"[" * 100_000 + b"]" * 100_000
DAMAGED: dict[str, tuple[bytes, str]] = {
    "s4 empty": (b"", "is damaged (empty"),
    "s5 truncated": (b'{"format": 1, "exer', "is damaged (no JSON"),
    "s5 binary": (bytes(range(256)), "is damaged ("),
    "s9 deep": (DEEP, "is damaged ("),
    "s9 large": (b'{"format": 1, "x": "' + b"x" * 10_000_000 + b'"}', "is damaged ("),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_s4_s5_s9_damage_is_put_aside(made: Workspace, name: str) -> None:
    data, words = DAMAGED[name]
    path(made).write_bytes(data)
    helped(made, words, "kept as progress.json.bad-1")
    assert path(made).with_name("progress.json.bad-1").read_bytes() == data
    assert hints(made) == 1
    assert "damaged" not in helped(made)


@pytest.mark.parametrize("value", ["[]", "null", "3", '{"missing-apply": []}', '{"missing-apply": {"hints": "many"}}'])
def test_s6_a_wrong_type_costs_itself(made: Workspace, value: str) -> None:
    path(made).write_text('{"format": 1, "counter": 4, "current": "uphill", "exercises": ' + value + "}")
    helped(made, "progress.json")
    assert (hints(made), json.loads(path(made).read_text())["current"]) == (1, "uphill")


def test_s7_an_exercise_that_is_unknown_is_kept(made: Workspace) -> None:
    path(made).write_text('{"format": 1, "counter": 4, "exercises": {"of-another-course": {"attempts": 3}}}')
    helped(made)
    assert json.loads(path(made).read_text())["exercises"]["of-another-course"]["attempts"] == 3


def test_s8_a_newer_document_is_never_written(made: Workspace) -> None:
    path(made).write_text('{"format": 99, "counter": 4, "exercises": {}}')
    before = path(made).read_bytes()
    helped(made, "newer trainwhy")
    assert path(made).read_bytes() == before


def test_s9_a_name_that_stands_twice_is_noted(made: Workspace) -> None:
    path(made).write_text('{"format": 1, "counter": 1, "counter": 2, "exercises": {}}')
    helped(made, "twice")


@pytest.mark.parametrize("change", ["crlf", "bom", "both"])
def test_s18_what_an_editor_adds_is_accepted(made: Workspace, change: str) -> None:
    helped(made)
    data = path(made).read_bytes()
    data = data.replace(b"\n", b"\r\n") if change != "bom" else data
    path(made).write_bytes(b"\xef\xbb\xbf" + data if change != "crlf" else data)
    noted = trainwhy(made).stderr
    assert "damaged" not in noted
    assert hints(made) == 2


# ------------------------------------------------------------------------------------------- not to be written


def test_s10_on_a_full_disk_the_command_does_its_work(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        made = workspace.create(tmp_path / "work", course.load())
        state = disk / "state"
        made.state.rename(tmp_path / "state")
        made.state.mkdir()
        _mount(state, made, tmp_path)
        helped(made)
        before = path(made).read_bytes()
        with pytest.raises(OSError, match="No space left"):
            (disk / "filler").write_bytes(b"x" * 100_000)
        said = trainwhy(made)
        assert (said.returncode, bool(said.stdout.strip())) == (0, True)
        assert "progress is not saved: the disk is full" in said.stderr
        assert path(made).read_bytes() == before


def _mount(state: Path, made: Workspace, tmp_path: Path) -> None:
    """Put the state folder on the small disk."""
    state.mkdir()
    for one in (tmp_path / "state").iterdir():
        (state / one.name).write_bytes(one.read_bytes())
    made.state.rmdir()
    made.state.symlink_to(state)


@posix
@pytest.mark.parametrize("kind", ["folder", "named pipe", "symbolic link"])
def test_s11_what_is_no_file_is_refused_without_waiting(made: Workspace, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "target.json"
    target.write_text("{}")
    makers: dict[str, Callable[[], object]] = {
        "folder": lambda: path(made).mkdir(),
        "named pipe": lambda: os.mkfifo(path(made)),
        "symbolic link": lambda: path(made).symlink_to(target),
    }
    makers[kind]()
    helped(made, f"is a {kind}, not a file")
    assert target.read_text() == "{}"


@posix
@pytest.mark.skipif(not IS_ROOT, reason="files of another user")
def test_s12_what_belongs_to_root_is_said(made: Workspace) -> None:
    """The command was run with sudo once; now the learner runs it."""
    helped(made)
    before = path(made).read_bytes()
    open_to_all(made.state)
    said = as_nobody(lambda: " ".join(progress.save(made, lambda now: progress.hint_shown(now, NAME))[1]))
    assert said.startswith("progress is not saved: permission denied")
    assert said.endswith("belongs to another user")
    assert path(made).read_bytes() == before


# ------------------------------------------------------------------------------------------- believed or not


def test_s13_order_is_by_a_counter_and_no_clock(made: Workspace) -> None:
    """Nothing in the document is a moment of the clock: a clock that was moved back changes no order."""
    helped(made)
    trainwhy(made, "hint", "uphill")
    found = json.loads(path(made).read_text())
    assert [found["exercises"][name]["at"] for name in (NAME, "uphill")] == [1, 2]
    assert found["counter"] == 2


def test_s14_a_file_that_changed_since_it_was_solved_is_said(made: Workspace) -> None:
    target = made.path(course.load().find(NAME))
    progress.save(made, lambda before: progress.solved(before, NAME, target.read_text()))
    unchanged = trainwhy(made, "list").stdout
    target.write_text("# other\n")
    assert "changed" not in unchanged
    assert "changed since" in trainwhy(made, "list").stdout


def test_s16_all_done_by_an_editor_is_shown_and_counts_for_nothing(made: Workspace) -> None:
    everything = {e.id: {"attempts": 1, "label": "solved", "solved": "0" * 64} for e in course.load().exercises}
    path(made).write_text(json.dumps({"format": 1, "counter": 9, "exercises": everything}))
    before = path(made).read_bytes()
    said = trainwhy(made, "verify", "--format", "json")
    assert said.returncode == 1
    assert {result["verdict"] for result in json.loads(said.stdout)["results"]} == {"not_started"}
    assert path(made).read_bytes() == before


# ------------------------------------------------------------------------------------------- the table

HELD = {
    1: "test_s1_a_kill_leaves_the_old_document_or_the_new",
    2: "test_s2_stray_files_go_once_they_are_old",
    3: "test_s3_two_terminals_lose_no_update",
    4: "test_s4_s5_s9_damage_is_put_aside",
    5: "test_s4_s5_s9_damage_is_put_aside",
    6: "test_s6_a_wrong_type_costs_itself",
    7: "test_s7_an_exercise_that_is_unknown_is_kept",
    8: "test_s8_a_newer_document_is_never_written",
    9: "test_s9_a_name_that_stands_twice_is_noted",
    10: "test_s10_on_a_full_disk_the_command_does_its_work",
    11: "test_s11_what_is_no_file_is_refused_without_waiting",
    12: "test_s12_what_belongs_to_root_is_said",
    13: "test_s13_order_is_by_a_counter_and_no_clock",
    14: "test_s14_a_file_that_changed_since_it_was_solved_is_said",
    15: "test_s15_who_died_holds_no_lock",
    16: "test_s16_all_done_by_an_editor_is_shown_and_counts_for_nothing",
    17: "test_lock.py::test_without_kernel_locks_a_file_stands_for_it",
    18: "test_s18_what_an_editor_adds_is_accepted",
}


def test_every_case_is_held_somewhere() -> None:
    assert list(HELD) == list(range(1, 19))
    for place in HELD.values():
        module, _, name = place.rpartition("::")
        text = (Path(__file__).parent / module).read_text() if module else Path(__file__).read_text()
        assert f"def {name}(" in text
