"""`watch` and the questions of `next` behind a pseudo-terminal, with a worker that trains nothing."""

import re
import signal
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("pexpect")
if sys.platform == "win32":
    pytest.skip("no pseudo-terminals here", allow_module_level=True)

from terminal import Terminal

from cli_fakes import Desk

FAKE = str(Path(__file__).with_name("fake_trainwhy.py"))
KEYS = "h hint    r run again    n next    l list    q quit"


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    assert desk.run("init").code == 0
    desk.file("no-update").write_text("# broken\n")
    return desk


@pytest.fixture
def watch(desk, monkeypatch):
    with Terminal([FAKE, "watch", "no-update"], desk.folder) as terminal:
        terminal.wait("what will the loss do")
        terminal.type("s2")
        terminal.wait(KEYS)
        yield terminal


def test_the_first_run_comes_by_itself_and_a_save_starts_the_next(desk, watch):
    assert "TW101" in watch.screen
    assert 'You predicted "stays the same"' in watch.screen
    desk.file("no-update").write_text("# SOLVED\n")
    watch.wait("Solved", 5)
    watch.wait(KEYS, times=2)
    assert "run 2" in watch.screen
    watch.type("q")
    assert watch.ended() == 0
    assert watch.raw.count("You predicted") == 1


def test_a_save_during_a_run_cancels_it_and_starts_the_newest(desk, watch):
    desk.file("no-update").write_text("# ENDLESS\n")
    watch.wait("run 2")
    desk.file("no-update").write_text("# SOLVED\n")
    watch.wait("run 3")
    watch.wait("Solved")
    assert watch.screen.count("TW101") == 1  # nothing of the cancelled run is shown


def test_keys_are_live_while_a_run_is_on(desk, watch):
    desk.file("no-update").write_text("# ENDLESS\n")
    watch.wait("run 2")
    watch.type("h")
    watch.wait("A question that sends the eye to the right place.")
    watch.type("l")
    watch.wait("2.1  write-it")
    watch.type("n")
    watch.wait("is not solved yet")
    watch.type("q")
    assert watch.ended() == 0
    assert watch.echoes()


def test_r_runs_again_and_n_goes_on_once_it_is_solved(desk, watch):
    watch.type("r")
    watch.wait("TW101", times=2)
    desk.file("no-update").write_text("# SOLVED\n")
    watch.wait(KEYS, times=3)
    watch.type("n")
    watch.wait("2.1 Write it")
    watch.wait("what will the loss do", times=2)
    assert desk.progress()["current"] == "write-it"


def test_a_deleted_file_is_said_and_its_return_is_run(desk, watch):
    desk.file("no-update").unlink()
    watch.wait("is gone")
    desk.file("no-update").write_text("# SOLVED\n")
    watch.wait("Solved")


def test_a_save_by_renaming_is_one_run(desk, watch):
    other = desk.file("no-update").with_suffix(".swp")
    other.write_text("# SOLVED\n")
    other.replace(desk.file("no-update"))
    watch.wait("Solved")
    time.sleep(0.6)
    watch.read()
    assert "run 3" not in watch.screen


def test_a_file_that_cannot_be_read_is_a_message_and_the_watch_goes_on(desk, watch):
    desk.file("no-update").write_bytes(b"\xff\xfe\x00")
    watch.wait("02_no_update.py is")
    desk.file("no-update").write_text("# SOLVED\n")
    watch.wait("Solved")


@pytest.mark.parametrize("endless", [False, True])
def test_ctrl_c_ends_with_130_and_gives_the_terminal_back(desk, watch, endless):
    if endless:
        desk.file("no-update").write_text("# ENDLESS\n")
        watch.wait("run 2")
    watch.type("\x03")
    assert watch.ended() == 130
    assert watch.echoes()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_end_gives_the_terminal_back(watch, number):
    watch.process.kill(number)
    assert watch.ended() == 130
    assert watch.echoes()


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(desk):
    # A shell with job control, because a process without one is never stopped.
    script = f"set -m; {sys.executable} {FAKE} watch no-update; echo STOPPED; fg >/dev/null; echo ENDED $?"
    with Terminal(["-c", script], desk.folder, program="bash") as terminal:
        terminal.wait("what will the loss do")
        terminal.type("s2")
        terminal.wait(KEYS)
        assert not terminal.echoes()
        terminal.type("\x1a")
        terminal.wait("STOPPED")
        # `fg` follows at once, so the everyday mode is seen only for a moment; that it continues is what counts.
        terminal.type("h")
        terminal.wait("A question that sends the eye to the right place.")
        assert not terminal.echoes()
        terminal.type("q")
        terminal.wait("ENDED 0")
        assert terminal.echoes()


def test_a_fault_of_ours_ends_with_70_and_gives_the_terminal_back(desk, watch):
    desk.file("no-update").write_text("# CRASH-OURS\n")
    assert watch.ended() == 70
    assert "not a fault in your code" in watch.screen
    assert watch.echoes()


def test_the_questions_of_a_question_file_are_asked_in_watch_too(desk):
    with Terminal([FAKE, "watch", "pick-one"], desk.folder) as terminal:
        terminal.wait("Which of the two is larger?")
        terminal.type("b")
        terminal.wait(KEYS)
        assert 'answer = "second"' in desk.file("pick-one").read_text()
        terminal.type("r")
        terminal.wait("Enter keeps")
        terminal.type("c")
        terminal.wait(KEYS, times=2)
        assert 'answer = "same"' in desk.file("pick-one").read_text()


def test_next_asks_before_it_makes_a_workspace(tmp_path):
    with Terminal([FAKE, "next"], tmp_path) as terminal:
        terminal.wait("[Y/n]")
        assert not (tmp_path / "trainwhy-course").exists()
        terminal.type("y")
        terminal.wait("Which of the two is larger?")
        terminal.type("\x03")
        assert terminal.ended() == 130
        assert terminal.echoes()
        assert (tmp_path / "trainwhy-course").exists()


@pytest.mark.parametrize("width", [50, 80, 140])
def test_no_line_is_wider_than_the_terminal(desk, width):
    with Terminal([FAKE, "next", "no-update"], desk.folder, width=width) as terminal:
        terminal.wait("what will the loss do")
        terminal.type("s2")
        terminal.ended()
        lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)", "", terminal.raw).splitlines()
        # A path is never broken, wherever it stands.
        wide = [line for line in lines if len(line.split("\r")[-1]) > width and "/" not in line]
        assert wide == []


def test_no_color_means_no_escape_sequence_at_all(desk):
    with Terminal([FAKE, "next", "no-update"], desk.folder, NO_COLOR="1") as terminal:
        terminal.wait("what will the loss do")
        terminal.type("s2")
        terminal.ended()
        assert "\x1b" not in terminal.raw


def test_in_ci_nothing_is_asked_and_nothing_moves(desk):
    with Terminal([FAKE, "next", "no-update"], desk.folder, CI="true") as terminal:
        assert terminal.ended() == 1
        assert "what will the loss do" not in terminal.screen
        assert "\r" not in terminal.raw.replace("\r\n", "")
