"""The memory: whole or not at all, patient with damage, never a reason for a command to fail."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardships import as_nobody, open_to_all, small_disk
from trainwhy import atomic, progress, workspace
from trainwhy.course import Course, fingerprint, load
from trainwhy.errors import NotWritten
from trainwhy.lock import locked
from trainwhy.progress import Prediction, Progress, Record
from trainwhy.progress.document import Damaged, dump, parse
from trainwhy.workspace import Workspace

FIXTURE = Path(__file__).parent / "fixtures" / "course"
SOURCE = str(Path(workspace.__file__).parents[2])


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "work", Course(FIXTURE, load(FIXTURE).chapters))


@pytest.fixture
def path(made: Workspace) -> Path:
    return made.state / "progress.json"


def _attempt(before: Progress) -> Progress:
    return progress.attempted(before, "no-update", "TW101")


# ------------------------------------------------------------------------------------------- what is remembered


def test_the_way_from_new_to_solved() -> None:
    now = progress.moved_to(Progress(), "a")
    assert progress.moved_to(now, "a") is now
    assert now.of("a").state == "new"
    now = progress.predicted(now, "a", "same", 2, day=20_000)
    now = _named(now, "TW101", "TW101", "TW113")
    assert (now.of("a").state, now.of("a").label, now.of("a").repeats) == ("attempted", "TW113", 1)
    now = progress.judged(progress.hint_shown(progress.hint_shown(now, "a"), "a"), "a", right=True)
    now = progress.solved(now, "a", "x = 1\n", day=20_001)
    record = now.of("a")
    assert (record.state, record.attempts, record.hints, record.solved_hints) == ("solved", 4, 2, 2)
    assert (record.label, record.solved_day, record.solved_at) == ("solved", 20_001, now.counter)
    assert record.prediction == Prediction("same", 2, right=True, at=2, day=20_000)
    assert (record.changed_since_solved("x = 1  \r\n"), record.changed_since_solved("x = 2")) == (False, True)
    assert now.counter == 9


def _named(now: Progress, *labels: str) -> Progress:
    for label in labels:
        now = progress.attempted(now, "a", label)
    return now


def test_equal_failures_are_counted_in_a_row() -> None:
    assert _named(Progress(), "TW101", "TW113", "TW113", "TW113").of("a").repeats == 3


def test_hints_shown_after_solving_do_not_count_against_it() -> None:
    now = progress.solved(Progress(), "a", "x")
    now = progress.solved(progress.hint_shown(now, "a"), "a", "y")
    assert (now.of("a").hints, now.of("a").solved_hints, now.of("a").solved) == (1, 0, fingerprint("y"))


def test_nothing_is_judged_where_nothing_was_predicted() -> None:
    assert progress.judged(Progress(), "a", right=True) == Progress()


def test_a_new_exercise_was_never_changed_since_solved() -> None:
    assert not Record().changed_since_solved("x")


# ------------------------------------------------------------------------------------------- load and save


def test_what_is_saved_is_loaded_again(made: Workspace) -> None:
    assert progress.load(made) == (Progress(), ())

    def update(before: Progress) -> Progress:
        now = progress.moved_to(before, "no-update")
        now = progress.predicted(now, "no-update", "same", 3, day=5)
        return progress.solved(now, "gone-since", "x", day=6)

    saved, notes = progress.save(made, update)
    assert notes == ()
    assert progress.load(made) == (saved, ())
    assert saved.of("gone-since").state == "solved"


def test_nothing_new_is_not_written(made: Workspace, path: Path) -> None:
    progress.save(made, lambda before: before)
    assert not path.exists()


def test_the_document_reads_well(made: Workspace, path: Path) -> None:
    progress.save(made, _attempt)
    found = json.loads(path.read_text())
    assert found == {
        "format": 1,
        "counter": 1,
        "current": "",
        "exercises": {"no-update": {"at": 1, "attempts": 1, "label": "TW101", "repeats": 1}},
    }


@pytest.mark.parametrize("change", [lambda b: b"\xef\xbb\xbf" + b, lambda b: b.replace(b"\n", b"\r\n")])
def test_what_editors_do_is_accepted(made: Workspace, path: Path, change) -> None:
    saved, _ = progress.save(made, _attempt)
    path.write_bytes(change(path.read_bytes()))
    assert progress.load(made) == (saved, ())


DAMAGE = [
    (b"", "empty"),
    (b"  \n", "empty"),
    (b'{"counter": 3', "no JSON"),
    (b"\xff\x00\xfe", "no JSON"),
    (b"[1, 2]", "no JSON object"),
    (b"null", "no JSON object"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"a":' * 100_000, "nested too deeply"),
    (b" " * 1_100_000, "larger than 1 MiB"),
    (b'{"counter": ' + b"9" * 5000 + b"}", "no JSON"),
    (b"<<<<<<< HEAD\n{}\n=======\n", "no JSON"),
]


@pytest.mark.parametrize(("data", "why"), DAMAGE, ids=[f"{why} {len(data)}" for data, why in DAMAGE])
def test_a_damaged_file_is_put_aside_and_a_new_one_begun(made: Workspace, path: Path, data: bytes, why: str) -> None:
    path.write_bytes(data)
    found, notes = progress.load(made)
    assert found == Progress()
    assert len(notes) == 1
    assert notes[0].startswith(f"progress.json is damaged ({why}")
    assert "it is kept as progress.json.bad-1" in notes[0]
    assert path.with_name("progress.json.bad-1").read_bytes() == data
    path.write_bytes(b"{")
    saved, notes = progress.save(made, _attempt)
    assert "progress.json.bad-2" in notes[0]
    assert progress.load(made) == (saved, ())


def test_a_damaged_file_that_cannot_be_put_aside_stays(
    made: Workspace,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path.write_bytes(b"{")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    for found, notes in (progress.load(made), progress.save(made, _attempt)):
        assert found.read_only
        assert "cannot be renamed: Permission denied" in notes[0]
    assert path.read_bytes() == b"{"


@pytest.mark.parametrize(
    ("document", "note"),
    [
        ({"counter": "7"}, "counter is '7' and ignored"),
        ({"counter": True}, "counter is True and ignored"),
        ({"counter": -1}, "counter is -1 and ignored"),
        ({"counter": 1e999}, "counter is inf and ignored"),
        ({"current": None}, "current is None and ignored"),
        ({"exercises": []}, "exercises is [] and ignored"),
        ({"exercises": {"a": 3}}, "exercises.a is 3 and ignored"),
        ({"exercises": {"a": {"attempts": "x"}}}, "a.attempts is 'x' and ignored"),
        ({"exercises": {"a": {"prediction": "x"}}}, "a.prediction is 'x' and ignored"),
        ({"exercises": {"a": {"prediction": {"right": 1}}}}, "a.prediction.right is 1 and ignored"),
        ({"exercises": {"a": {"mood": 1}}}, "a.mood is unknown and ignored"),
        ({"mood": 1}, "mood is unknown and ignored"),
        ({"\x1b[2Jred": 1}, "'\\x1b[2Jred' is unknown and ignored"),
        ({"format": "1"}, "format is '1' and ignored"),
        ({"x" * 5000: 1}, "... is unknown and ignored"),
    ],
)
def test_a_wrong_field_costs_itself_and_a_note(
    made: Workspace, path: Path, document: dict[str, object], note: str
) -> None:
    path.write_text(json.dumps({"exercises": {"kept": {"attempts": 2}}, **document}))
    found, notes = progress.load(made)
    assert len(notes) == 1
    assert note in notes[0]
    assert len(notes[0]) < 120
    assert not found.read_only
    if "exercises" not in document:
        assert found.of("kept").attempts == 2
    saved, _ = progress.save(made, _attempt)
    assert progress.load(made) == (saved, ())


def test_a_name_that_stands_twice_is_noted(made: Workspace, path: Path) -> None:
    path.write_text('{"counter": 1, "counter": 5}')
    assert progress.load(made) == (
        Progress(counter=5),
        ("progress.json: a name stands there twice; the last one counts",),
    )


def test_a_newer_document_is_read_and_never_written(made: Workspace, path: Path) -> None:
    path.write_text('{"format": 9, "current": "a", "magic": 1, "exercises": {"a": {"attempts": 1}}}')
    before = path.read_bytes()
    found, notes = progress.load(made)
    assert (found.current, found.of("a").attempts) == ("a", 1)
    assert notes == ("progress is not saved: progress.json was made by a newer trainwhy (format 9; this one knows 1)",)
    after, again = progress.save(made, _attempt)
    assert (after.of("no-update").attempts, again) == (1, notes)
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
@pytest.mark.parametrize("make", ["link", "folder", "pipe", "dangling"])
def test_what_is_no_file_is_neither_read_nor_written(made: Workspace, path: Path, tmp_path: Path, make: str) -> None:
    target = tmp_path / "target.json"
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(target)
        if make == "link":
            target.write_text('{"counter": 3}')
    kind = {"folder": "a folder", "pipe": "a named pipe"}.get(make, "a symbolic link")
    for found, notes in (progress.load(made), progress.save(made, _attempt)):
        assert found.counter in (0, 1)
        assert len(notes) == 1
        assert notes[0].startswith("progress is not saved: ")
        assert notes[0].endswith(f"is {kind}, not a file")
    assert target.exists() is (make == "link")
    assert path.is_symlink() is (kind == "a symbolic link")


def test_an_unreadable_file_is_a_note(made: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text("{}")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    found, notes = progress.load(made)
    assert found.read_only
    assert "unreadable: permission denied" in notes[0]


def test_a_state_folder_that_was_deleted_is_made_again(made: Workspace) -> None:
    (made.state / "workspace.json").unlink()
    made.state.rmdir()
    assert progress.load(made) == (Progress(), ())
    assert progress.save(made, _attempt)[1] == ()


@pytest.mark.parametrize("data", [b"", b'{"counter": 4}'])
def test_when_another_process_holds_the_lock_too_long_the_command_goes_on(
    made: Workspace,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    data: bytes,
) -> None:
    path.write_bytes(data)
    real = locked
    monkeypatch.setattr(progress.store, "locked", lambda place: real(place, wait=0.05))
    with locked(made.state / "progress.lock"):
        found, notes = progress.load(made)
        assert (found.counter, len(notes)) == ((4, 0) if data else (0, 1))
        after, notes = progress.save(made, _attempt)
    assert after.of("no-update").attempts == 1
    assert notes[-1] == "progress is not saved: another trainwhy is writing there"
    assert path.read_bytes() == data


def test_a_count_at_its_limit_stays_readable(made: Workspace, path: Path) -> None:
    path.write_text('{"counter": 9007199254740992, "exercises": {"no-update": {"attempts": 9007199254740992}}}')
    after, notes = progress.save(made, _attempt)
    assert (after.of("no-update").attempts, notes) == (2**53, ())
    assert progress.load(made) == (after, ())


def test_a_full_disk_is_a_note(made: Workspace, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    progress.save(made, _attempt)
    before = path.read_bytes()

    def full(place: Path, _: bytes) -> None:
        raise NotWritten(place, "the disk is full")

    monkeypatch.setattr(atomic, "write", full)
    after, notes = progress.save(made, _attempt)
    assert (after.of("no-update").attempts, notes) == (2, ("progress is not saved: the disk is full",))
    assert path.read_bytes() == before


def test_more_than_can_be_read_back_is_not_written(made: Workspace, path: Path) -> None:
    huge = "x" * 1_100_000
    after, notes = progress.save(made, lambda before: progress.predicted(before, "a", huge, 1))
    assert after.of("a").prediction is not None
    assert notes == ("progress is not saved: it would be larger than 1 MiB",)
    assert not path.exists()


def test_on_a_real_full_disk_the_command_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        made = Workspace(disk)
        progress.save(made, _attempt)
        before = (made.state / "progress.json").read_bytes()
        with pytest.raises(OSError, match="No space left"):
            (disk / "filler").write_bytes(b"x" * 100_000)
        after, notes = progress.save(made, _attempt)
        assert (after.of("no-update").attempts, notes) == (2, ("progress is not saved: the disk is full",))
        assert (made.state / "progress.json").read_bytes() == before


def test_in_a_folder_of_another_user_the_command_goes_on(made: Workspace) -> None:
    progress.save(made, _attempt)
    open_to_all(made.state)

    def attempt() -> str:
        found, notes = progress.load(made)
        after, more = progress.save(made, _attempt)
        return str((found.counter, notes, after.counter, more))

    found = as_nobody(attempt)
    assert found.startswith("(1, (), 2, ('progress is not saved: permission denied")
    assert progress.load(made)[0].counter == 1


# ------------------------------------------------------------------------------------------- real processes

WRITER = """
import sys
from pathlib import Path
from trainwhy import progress
from trainwhy.workspace import Workspace
made = Workspace(Path(sys.argv[1]))
print("go", flush=True)
for _ in range(int(sys.argv[3])):
    _, notes = progress.save(made, lambda before: progress.attempted(before, sys.argv[2]))
    assert not notes, notes
"""


def _writer(made: Workspace, name: str, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(made.folder), name, str(times)]
    return subprocess.Popen(command, env={"PYTHONPATH": SOURCE}, stdout=subprocess.PIPE, text=True)


def test_two_terminals_lose_no_update(made: Workspace) -> None:
    writers = [_writer(made, name, 60) for name in ("a", "b")]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    found, notes = progress.load(made)
    assert (found.of("a").attempts, found.of("b").attempts, found.counter, notes) == (60, 60, 120, ())


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_kill_in_the_middle_costs_at_most_the_last_event(made: Workspace) -> None:
    seen = 0
    for attempt in range(8):
        writer = _writer(made, "a", 100_000)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.03 + 0.0041 * attempt)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        found, notes = progress.load(made)
        assert notes == ()
        assert found.of("a").attempts == found.counter >= seen
        seen = found.counter
    assert seen > 0
    assert progress.save(made, _attempt)[1] == ()


# ------------------------------------------------------------------------------------------- any bytes at all

_NAMES = st.sampled_from(
    ["format", "counter", "current", "exercises", "a", "attempts", "prediction", "right", "answer", "at", "\ud800"],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(document=st.dictionaries(_NAMES, JSON, max_size=5))
def test_any_document_is_understood_as_far_as_possible_and_survives_a_round_trip(document: dict[str, object]) -> None:
    found, notes = parse(json.dumps(document).encode())
    assert all(note.isprintable() for note in notes)
    if not found.read_only:
        assert parse(dump(found)) == (found, ())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=60), at=st.integers(0, 120))
def test_any_damage_ends_in_a_progress_or_in_damaged(data: bytes, at: int) -> None:
    whole = dump(progress.predicted(Progress(), "a", "same", 2))
    try:
        parse(whole[:at] + data + whole[at:])
    except Damaged as damage:
        assert str(damage)  # noqa: PT017 - some damage is harmless
