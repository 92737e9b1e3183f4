"""`doctor`: what it says of the sandbox, and that it has tried it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from trainwhy.cli import promised
from trainwhy.cli.screen import Screen
from trainwhy.worker import confine, forking, landlock, promises
from trainwhy.worker.trying import Tried

OLDER = Path(__file__).parent / "older_kernel.py"
FOUND = [
    Tried("udp", "send a UDP datagram", held=True, answer="EPERM"),
    Tried("write_outside", "write a file outside its folder", held=None, answer="the sandbox here is seccomp"),
    Tried("flood", "print without end", held=False, answer="the run ended as finished"),
]


def doctor(*arguments: str, before: tuple[str, ...] = ()) -> tuple[int, str]:
    command = [*before, sys.executable, "-m", "trainwhy", "doctor", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    return run.returncode, run.stdout


def screen(*, plain: bool = False, width: int = 80) -> Screen:
    return Screen(terminal=False, width=width, color=False, unicode=True, keyboard=False, plain=plain, quiet=False)


def test_each_promise_is_one_line_with_what_was_measured() -> None:
    assert promised.lines(screen(), FOUND).splitlines() == [
        promised.HEADING,
        "  held               send a UDP datagram: EPERM",
        "  not promised here  write a file outside its folder: the sandbox here is",
        "                     seccomp",
        "  NOT HELD           print without end: the run ended as finished",
    ]
    assert "  send a UDP datagram: held, EPERM" in promised.lines(screen(plain=True), FOUND).splitlines()
    assert all(len(row) <= 50 for row in promised.lines(screen(width=50), FOUND).splitlines())


def test_programs_get_the_same() -> None:
    assert promised.document(FOUND)["write_outside"] == {
        "title": "write a file outside its folder",
        "held": None,
        "measured": "the sandbox here is seccomp",
    }
    assert not promised.kept(FOUND)
    assert promised.kept(FOUND[:2])


@pytest.mark.skipif(not forking.supported(), reason="nothing is forked here")
def test_a_fork_that_hung_is_seen() -> None:
    fine = {"builds a model": "finished in 0.3 s"}
    assert promised.canary(fine).held is True
    assert promised.canary({"builds a model": "timed_out in 20 s"}).held is False
    assert promised.canary({}).held is False
    assert promised.canary({**fine, "notes": "every run starts a fresh process, because ..."}).held is None


def test_quick_tries_nothing() -> None:
    code, said = doctor("--quick")
    assert code == 0
    assert "promises" not in said


@pytest.mark.tf
@pytest.mark.skipif(landlock.version() == 0, reason="this kernel has no Landlock")
def test_every_promise_is_tried_and_held() -> None:
    code, said = doctor("--json")
    found = json.loads(said)
    assert (code, found["works"]) == (0, True)
    assert confine.is_whole(found["worker"]["sandbox"])
    assert set(found["promises"]) == {*promises.names(), "fork_canary"}
    assert {name for name, one in found["promises"].items() if one["held"] is not True} == set()


@pytest.mark.tf
@pytest.mark.skipif(not forking.supported(), reason="filters need Linux")
def test_a_kernel_without_a_sandbox_is_said_plainly_and_is_no_fault() -> None:
    code, said = doctor(before=(sys.executable, str(OLDER), "landlock,seccomp"))
    words = " ".join(said.split())
    assert code == 0
    assert "not promised here open a TCP connection: the sandbox here is none" in words
    assert "no sandbox on this system: a checked file can read and change whatever its user can" in words
    assert "held outlive its deadline" in words
    assert "NOT HELD" not in words
