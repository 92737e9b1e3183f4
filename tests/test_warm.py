"""The template in the background: real processes and real sockets, with a template that has nothing to load."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import cli_fakes
import hardships
from trainwhy.cli import tools
from trainwhy.errors import NoTensorFlow
from trainwhy.results import Ended, Epoch, EpochEnded, Event, Output, Request, Script, Started
from trainwhy.worker import forking
from trainwhy.worker.process import Once, ProcessWorker
from trainwhy.worker.warm import door, key, peers, place, settings
from trainwhy.worker.warm.settings import Settings

pytestmark = pytest.mark.skipif(not forking.supported(), reason="forked workers need Linux")

HERE = Path(__file__).parent
FAKE = (str(HERE / "fake_template.py"),)
LONG = 30.0  # seconds; only a failing test waits this long

ROW = "from trainwhy.results import *\nemit(EpochEnded(Epoch({0}, {0}.5, {{}}, 4, 4, 1.0)))\n"


@pytest.fixture
def rest(tmp_path: Path) -> Iterator[Settings]:
    """Settings of the test's own; what was started with them is gone afterwards."""
    chosen = Settings(tmp_path / "background", idle=LONG, template=FAKE)
    yield chosen
    for pid in processes(chosen):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert until(lambda: not processes(chosen)), "the background process outlived its test"


def processes(chosen: Settings) -> list[int]:
    """Background processes that were started with these settings."""
    mark = [door.MODULE.encode(), os.fsencode(chosen.folder)]
    return [pid for pid in everyone() if words_of(pid)[2:4] == mark]


def everyone() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def words_of(pid: int) -> list[bytes]:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return []


def until(true: Callable[[], object], seconds: float = LONG) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def alive(pid: int) -> bool:
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def asked(source: str, deadline: float = LONG) -> Request:
    return Request(job="train", exercise="", practice="regression", source=source, deadline=deadline)


def free(source: str) -> Request:
    """A script of the user's own, which no sandbox keeps from anything."""
    return replace(asked(source), script=Script(path="/script.py", folder="/", confined=False))


def said(worker: ProcessWorker, source: str, ask: Callable[[str], Request] = asked) -> str:
    """What a run prints; it must end well."""
    events = list(worker.run(ask(source)))
    ended = events[-1]
    assert isinstance(ended, Ended)
    assert ended.outcome == "finished", ended
    return ended.output


def number(chosen: Settings) -> int:
    told = door.status(chosen)
    assert told is not None
    return int(told["pid"])


# ------------------------------------------------------------------------------------------- one for all


def test_the_second_command_finds_what_the_first_one_started(rest: Settings) -> None:
    with ProcessWorker(warm=rest) as first:
        assert said(first, "print('first')") == "first\n"
    before = number(rest)
    with ProcessWorker(warm=rest) as second:
        assert said(second, "print('second')") == "second\n"
        assert second.notes == []
    told = door.status(rest)
    assert told is not None
    assert (told["pid"], told["runs"], told["commands"]) == (before, 2, 0)


def test_commands_that_start_at_once_start_one_process(rest: Settings) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom trainwhy.worker.process import ProcessWorker\n"
        "from trainwhy.worker.warm import door, settings\n"
        f"chosen = settings.Settings(Path({str(rest.folder)!r}), 30.0, {rest.template!r})\n"
        "with ProcessWorker(warm=chosen) as worker:\n"
        "    worker.warm()\n    print(door.status(chosen)['pid'], worker.notes)\n"
    )
    several = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    heard = {one.communicate(timeout=60)[0] for one in several}
    assert heard == {f"{number(rest)} []\n"}
    assert len(processes(rest)) == 1


def test_several_runs_at_once_are_kept_apart(rest: Settings) -> None:
    with ProcessWorker(warm=rest) as one, ProcessWorker(warm=rest) as other:
        heard: dict[int, str] = {}

        def run(worker: ProcessWorker, mark: int) -> None:
            heard[mark] = said(worker, f"import time\ntime.sleep(0.2)\nprint({mark})")

        threads = [threading.Thread(target=run, args=((one, other)[mark % 2], mark)) for mark in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert heard == {mark: f"{mark}\n" for mark in range(6)}


def test_a_run_knows_no_socket_but_its_own_pipes(rest: Settings) -> None:
    """With the template's own line a learner's file could take the orders of other commands."""
    source = (
        "for name in os.listdir('/proc/self/fd'):\n    try:\n        print(os.readlink(f'/proc/self/fd/{name}'))\n"
        "    except OSError:\n        pass\n"
    )
    with ProcessWorker(warm=rest) as worker:
        for request in (asked(source), free(source)):
            *_, ended = worker.run(request)
            assert isinstance(ended, Ended)
            assert "pipe:" in ended.output
            assert "socket:" not in ended.output


def test_a_run_takes_over_umask_limits_and_variables_of_its_command(
    rest: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (
        "import resource\nprint(oct(os.umask(0)), os.environ['LANG'], os.environ.get('LC_ALL'),"
        " resource.getrlimit(resource.RLIMIT_STACK)[0])"
    )
    with ProcessWorker(warm=rest) as worker:
        said(worker, source)
    stack = resource.getrlimit(resource.RLIMIT_STACK)
    before = os.umask(0o027)
    monkeypatch.setenv("LANG", "second")
    monkeypatch.delenv("LC_ALL", raising=False)
    resource.setrlimit(resource.RLIMIT_STACK, (4 << 20, stack[1]))
    try:
        pid = number(rest)
        with ProcessWorker(warm=rest) as worker:
            assert said(worker, source) == f"0o27 second None {4 << 20}\n"
        assert number(rest) == pid
    finally:
        os.umask(before)
        resource.setrlimit(resource.RLIMIT_STACK, stack)


# ------------------------------------------------------------------------------------------- its life


def test_it_ends_when_nobody_asks(rest: Settings) -> None:
    short = replace(rest, idle=1.0)
    with ProcessWorker(warm=short) as worker:
        said(worker, "import time\ntime.sleep(1.5)")  # longer than that, and somebody is there
        (pid,) = processes(short)
        template = (door.status(short) or {})["template"]
    assert until(lambda: not alive(pid))
    assert until(lambda: not alive(template))
    assert [path.name for path in short.folder.iterdir()] == [place.LOCK]


def test_it_lets_go_of_terminal_folder_and_streams(rest: Settings) -> None:
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
        pid = number(rest)
        assert Path(f"/proc/{pid}/cwd").readlink() == Path("/")
        assert {Path(f"/proc/{pid}/fd/{stream}").readlink() for stream in range(3)} == {Path(os.devnull)}
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        parent, session, terminal = stat[1], stat[3], stat[4]
        assert parent != str(os.getpid())
        assert session not in (str(os.getsid(0)), str(pid)), "not ours, and not one that could take a terminal"
        assert terminal == "0"


def test_a_command_in_a_pipe_ends_while_it_stays(rest: Settings) -> None:
    code = (
        "from pathlib import Path\nfrom trainwhy.worker.process import ProcessWorker\n"
        "from trainwhy.worker.warm.settings import Settings\n"
        f"with ProcessWorker(warm=Settings(Path({str(rest.folder)!r}), 30.0, {rest.template!r})) as worker:\n"
        "    worker.warm()\n    print('done')\n"
    )
    line = f'{sys.executable} -c "$CODE" 2>&1 | cat'
    run = subprocess.run(
        ["sh", "-c", line], env={**os.environ, "CODE": code}, capture_output=True, text=True, timeout=LONG, check=True
    )
    assert run.stdout == "done\n"
    assert len(processes(rest)) == 1


def test_a_killed_command_takes_its_run_along(rest: Settings, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\nfrom trainwhy.results import Request\n"
        "from trainwhy.worker.process import ProcessWorker\nfrom trainwhy.worker.warm.settings import Settings\n"
        f"worker = ProcessWorker(warm=Settings(Path({str(rest.folder)!r}), 30.0, {rest.template!r}))\n"
        "source = 'import time\\nprint(*pids, flush=True)\\nif os.fork() == 0:\\n    os.setsid()\\ntime.sleep(60)'\n"
        "for event in worker.run(Request('train', '', practice='regression', source=source, deadline=60)):\n"
        "    print(getattr(event, 'text', ''), end='', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=tmp_path) as command:
        assert command.stdout is not None
        pids = [int(word) for word in command.stdout.readline().split()]
        pid = number(rest)
        command.kill()
    assert until(lambda: not any(map(alive, pids)))
    assert number(rest) == pid, "it serves the next one"


def test_a_killed_one_leaves_nothing_and_is_replaced(rest: Settings) -> None:
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
    told = door.status(rest) or {}
    os.kill(told["pid"], signal.SIGKILL)
    assert until(lambda: not alive(told["template"]))
    assert (rest.folder / place.socket_name()).exists(), "its name is still there"
    with ProcessWorker(warm=rest) as worker:
        assert said(worker, "print('again')") == "again\n"
        assert worker.notes == []
    assert number(rest) != told["pid"]


@pytest.mark.parametrize("victim", ["pid", "template"])
def test_a_run_that_is_cut_off_is_repeated_and_told_once(rest: Settings, victim: str, tmp_path: Path) -> None:
    mark = tmp_path / "second"
    source = (
        f"import time\nfirst = not os.path.exists({str(mark)!r})\n{ROW.format(1)}print('x' * 10, flush=True)\n"
        f"if first:\n    time.sleep(60)\n{ROW.format(2)}"
    )
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
        told = door.status(rest) or {}
        events: list[Event] = []
        for event in worker.run(asked(source)):
            events.append(event)
            if isinstance(event, EpochEnded) and event.epoch.epoch == 1:
                mark.touch()
                os.kill(told[victim], signal.SIGKILL)
        assert [event.epoch.epoch for event in events if isinstance(event, EpochEnded)] == [1, 2]
        assert sum(isinstance(event, Started) for event in events) == 1
        assert "".join(event.text for event in events if isinstance(event, Output)) == "x" * 10 + "\n"
        ended = events[-1]
        assert isinstance(ended, Ended)
        assert ended.outcome == "finished"
        assert len(ended.notes) == 1
        assert ended.notes[0].endswith("this command went on with processes of its own")
        assert said(worker, "print('next')") == "next\n"


def test_what_was_heard_is_not_said_again() -> None:
    once = Once()
    row = [EpochEnded(Epoch(number, 1.0, {}, 4, 4, 1.0)) for number in (1, 2)]
    start = Started("2", "3")
    assert list(once.of(iter([start, Output("abc"), row[0]]))) == [start, Output("abc"), row[0]]
    again = [start, Output("a"), Output("bcd"), row[0], row[1], Output("e")]
    assert list(once.of(iter(again))) == [Output("d"), row[1], Output("e")]


def test_one_that_does_not_answer_is_left_alone(rest: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
    pid = number(rest)
    monkeypatch.setattr(door, "ANSWER", 0.3)
    os.kill(pid, signal.SIGSTOP)
    try:
        with ProcessWorker(warm=rest) as worker:
            assert worker.notes == ["no background process: it does not answer"]
            assert said(worker, "print('own')") == "own\n"
        assert door.stop(rest) == pid, "and can be stopped all the same"
        assert until(lambda: not alive(pid))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def test_without_its_name_in_the_folder_it_ends(rest: Settings) -> None:
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
    pid = number(rest)
    (rest.folder / place.socket_name()).unlink()
    assert until(lambda: not alive(pid))


def test_a_folder_that_cannot_be_made_is_no_news(rest: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with ProcessWorker(warm=replace(rest, folder=tmp_path / "file" / "background")) as worker:
        assert worker.notes == []
        assert said(worker, "print('own')") == "own\n"


@pytest.mark.parametrize("missing", ["tensorflow", "keras"])
def test_a_missing_library_is_said_as_without_it(rest: Settings, missing: str) -> None:
    broken = replace(
        rest, template=("-c", f"import time\ntime.sleep(0.5)\nraise SystemExit(\"No module named '{missing}'\")")
    )
    with ProcessWorker(warm=broken) as worker, pytest.raises(NoTensorFlow, match=missing):
        list(worker.run(asked("")))
    assert until(lambda: not processes(broken))


def test_one_that_cannot_fork_leaves_every_run_to_a_fresh_process(
    rest: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_no = "import json, socket, sys, time\nline = socket.socket(fileno=int(sys.argv[1]))\n"
    said_no += (
        "line.send(json.dumps({'ready': False, 'refused': 'the template has 7 threads'}).encode())\nline.recv(1)\n"
    )
    fresh: list[object] = []
    monkeypatch.setattr(forking, "private", lambda *_: pytest.fail("another template could not fork either"))
    with ProcessWorker(warm=replace(rest, template=("-c", said_no))) as worker:
        monkeypatch.setattr(worker, "_events", lambda *given: iter(fresh.append(given[1]) or ()))
        list(worker.run(asked("")))
    assert fresh == [None]
    assert worker.notes == ["every run starts a fresh process, because the template cannot fork"]


# ------------------------------------------------------------------------------------------- versions


def test_another_version_replaces_it_and_who_is_served_is_served_to_the_end(
    rest: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ProcessWorker(warm=rest) as old:
        old.warm()
        before = number(rest)
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "7")
        with ProcessWorker(warm=rest) as new:
            assert said(new, "print(os.environ['CUDA_VISIBLE_DEVICES'])") == "7\n"
            assert new.notes == []
        assert number(rest) != before
        assert said(old, "print(os.environ.get('CUDA_VISIBLE_DEVICES'))") == "None\n"
    assert until(lambda: not alive(before))
    assert len(processes(rest)) == 1


def test_one_that_can_never_fit_is_started_once_and_left(rest: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key, "of", lambda _: "no process started from here has this key")
    with ProcessWorker(warm=rest) as worker:
        assert worker.notes == ["no background process: it loads something else than this command would"]
    assert until(lambda: not processes(rest))


def test_a_library_of_the_folder_one_works_in_is_not_what_is_loaded(
    rest: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = key.of(rest)
    (tmp_path / "keras.py").write_text("")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path[1:]])
    assert key.of(rest) == first
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(sys, "path", [sys.path[0], str(tmp_path), *sys.path[1:]])
    assert key.of(rest) == first


def test_the_key_changes_with_package_library_and_process(
    rest: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = key.of(rest)
    assert key.of(rest) == first
    monkeypatch.setenv("PATH", os.environ["PATH"] + ":/elsewhere")
    monkeypatch.setenv("UNRELATED", "1")
    assert key.of(rest) == first, "runs take these over"
    seen = {first}
    (tmp_path / "part.py").write_text("x = 1\n")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "tensorflow.py").write_text("")
    monkeypatch.setattr(key.trainwhy, "__file__", str(tmp_path / "__init__.py"))
    seen.add(key.of(rest))
    os.utime(tmp_path / "part.py", (1, 1))
    seen.add(key.of(rest))
    monkeypatch.setattr(key.trainwhy, "__version__", "99")
    seen.add(key.of(rest))
    monkeypatch.setattr(sys, "path", [sys.path[0], str(tmp_path / "lib"), *sys.path[1:]])
    seen.add(key.of(rest))
    (tmp_path / "lib" / "tensorflow-9.dist-info").mkdir()
    seen.add(key.of(rest))
    monkeypatch.setattr(os, "getpriority", lambda *_: 19)
    seen.add(key.of(rest))
    monkeypatch.setenv("LD_LIBRARY_PATH", "/cuda")
    seen.add(key.of(rest))
    assert len(seen) == 8


# ------------------------------------------------------------------------------------------- who may


def raw(chosen: Settings) -> dict[str, Any]:
    """Connect without any of the door's checks, and give what is said first."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
        line.settimeout(10)
        line.connect(str(chosen.folder / place.socket_name()))
        return dict(json.loads(line.recv(4096) or b"{}"))


# What a learner's file would write, in a process without trainwhy's help.
REACH = """
import json, socket
def reach():
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line.settimeout(10)
    line.connect({path!r})
    return json.loads(line.recv(4096) or b"{{}}")
"""


def reach(chosen: Settings) -> str:
    return REACH.format(path=str(chosen.folder / place.socket_name()))


def test_another_user_is_refused(rest: Settings) -> None:
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
    pid = number(rest)
    assert hardships.as_nobody(lambda: str(raw(rest))).startswith("raised PermissionError")
    hardships.open_to_all(rest.folder)
    (rest.folder / place.socket_name()).chmod(0o666)
    assert hardships.as_nobody(lambda: str(raw(rest))) == "{'refused': 'the process belongs to user 65534'}"
    rest.folder.chmod(0o700)
    assert number(rest) == pid


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_a_folder_that_others_may_enter_is_not_used_and_said(rest: Settings, mode: int) -> None:
    rest.folder.mkdir()
    rest.folder.chmod(mode)
    with ProcessWorker(warm=rest) as worker:
        (note,) = worker.notes
        assert note.startswith(f"no background process: {rest.folder} is open to other users (mode {mode:04o}")
        assert said(worker, "print('own')") == "own\n"
    assert not processes(rest)
    assert list(rest.folder.iterdir()) == []


def test_a_folder_that_is_a_link_or_anothers_is_not_used(rest: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    rest.folder.symlink_to(elsewhere)
    with pytest.raises(place.Unsafe), place.opened(rest.folder):
        pass
    rest.folder.unlink()
    rest.folder.write_text("")
    with pytest.raises(place.Unsafe), place.opened(rest.folder):
        pass
    if not hardships.IS_ROOT:
        pytest.skip("giving a folder away needs root")
    os.chown(elsewhere, 65534, 65534)
    with pytest.raises(place.Unsafe, match="belongs to user 65534"), place.opened(elsewhere):
        pass


RUNS = {
    "the run": "print(reach())",
    "its child": "if (child := os.fork()) == 0:\n    print(reach(), flush=True)\n    os._exit(0)\nos.waitpid(child, 0)",
    "an orphan in a session of its own": (
        "import time\nread, write = os.pipe()\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        time.sleep(0.2)\n        os.write(write, str(reach()).encode())\n    os._exit(0)\n"
        "print(os.read(read, 1000).decode())"
    ),
    "another program": (
        "import subprocess, sys\nsubprocess.run([sys.executable, '-c', {program!r}], stdout=1, check=True)"
    ),
}


@pytest.mark.parametrize("shared", [True, False], ids=["in the background", "of one command"])
@pytest.mark.parametrize("how", RUNS)
def test_a_run_is_refused_however_it_comes(rest: Settings, how: str, shared: bool) -> None:
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
        pid = number(rest)
        program = reach(rest) + "print(reach())"
        source = (
            reach(rest) + RUNS[how].format(program=program) if how == "another program" else reach(rest) + RUNS[how]
        )
        heard = said(worker, source, free) if shared else _by_a_private_template(source)
        assert heard.strip() == "{'refused': 'the process is part of a run'}"
        assert number(rest) == pid


def _by_a_private_template(source: str) -> str:
    """Run a source below a process that calls itself the template, as one that a command starts does."""
    code = f"import os\nsource = {source!r}\nif os.fork() == 0:\n    exec(source)\n    os._exit(0)\nos.wait()\n"
    command = [sys.executable, "-c", "import ctypes; ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)\n" + code]
    run = subprocess.run(
        [*command, "-m", "trainwhy.lab.template"], capture_output=True, text=True, timeout=LONG, check=True
    )
    return run.stdout


def test_a_confined_process_is_refused_wherever_it_went(rest: Settings) -> None:
    """What a sandbox put on a process stays with it, even out of reach of its keeper."""
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
    code = "import ctypes\nctypes.CDLL(None).prctl(38, 1, 0, 0, 0)\n" + reach(rest) + "print(reach())"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=LONG, check=True)
    assert run.stdout == "{'refused': 'the process has other rights, or is confined'}\n"


def test_an_older_kernel_names_the_process_by_its_number(rest: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "SO_PEERPIDFD", 9999)
    with ProcessWorker(warm=rest) as worker:
        assert said(worker, "print('old')") == "old\n"
    assert number(rest)


def test_a_process_that_ended_is_refused(rest: Settings) -> None:
    """Whoever connects and leaves the line to somebody else is not there to be looked at."""
    place_of_test = rest.folder
    place_of_test.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(place_of_test / "s"))
        listener.listen()
        code = f"import socket\nsocket.socket(1, 5).connect({str(place_of_test / 's')!r})"
        subprocess.run([sys.executable, "-c", code], check=True, timeout=LONG)
        line, _ = listener.accept()
        with line:
            assert peers.refusal(line) in ("the process has ended", "the process cannot be looked at")


def test_a_run_that_poses_as_the_background_process_is_not_believed(rest: Settings) -> None:
    rest.folder.mkdir(mode=0o700)
    path = rest.folder / place.socket_name()
    code = (
        f"import socket\nline = socket.socket(1, 5)\nline.bind({str(path)!r})\nline.listen()\nprint(1, flush=True)\n"
        "import time\ntime.sleep(60)"
    )
    poser = subprocess.Popen(
        [sys.executable, "-c", code, "-m", "trainwhy.lab.template"], stdout=subprocess.PIPE, text=True
    )
    with poser:
        assert poser.stdout is not None
        poser.stdout.readline()
        with ProcessWorker(warm=rest) as worker:
            assert worker.notes == ["no background process: somebody else answers: the process is part of a run"]
            assert said(worker, "print('own')") == "own\n"
        poser.kill()


def test_a_command_inside_of_a_run_starts_processes_of_its_own(rest: Settings) -> None:
    code = (
        "from pathlib import Path\nfrom trainwhy.worker.warm import door\n"
        "from trainwhy.worker.warm.settings import Settings\n"
        f"print(door.template(Settings(Path({str(rest.folder)!r})), []))\n"
    )
    command = [sys.executable, "-c", code, "-m", "trainwhy.lab.template"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=LONG, check=True)
    assert run.stdout == "None\n"
    assert not rest.folder.exists()


def test_a_flood_of_connections_costs_nobody_but_the_run(rest: Settings) -> None:
    source = (
        "import socket\nkept = []\nfor _ in range(200):\n    line = socket.socket(1, 5)\n    line.settimeout(5)\n"
        f"    try:\n        line.connect({str(rest.folder / place.socket_name())!r})\n"
        "    except OSError:\n        pass\n"
        "    kept.append(line)\nprint(len(kept))\n"
    )
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
        pid = number(rest)
        assert said(worker, source, free) == "200\n"
        assert until(lambda: len(list(Path(f"/proc/{pid}/fd").iterdir())) < 20), "no line of the flood is kept"
    with ProcessWorker(warm=rest) as worker:
        assert said(worker, "print('still')") == "still\n"
        assert worker.notes == []
    assert number(rest) == pid


def test_silent_and_confused_lines_are_dropped(rest: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
        for words in (b"", b"[1]", b"\xff", b"{}", b'{"want": "runs"}'):
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
                line.settimeout(10)
                line.connect(str(rest.folder / place.socket_name()))
                if words in (b"{}", b'{"want": "runs"}'):
                    continue  # another protocol would replace it
                assert b"hello" in line.recv(100)
                line.send(words)
                assert line.recv(100) == b""
        assert said(worker, "print('on')") == "on\n"


def test_an_orphan_of_a_killed_keeper_is_ended(rest: Settings, tmp_path: Path) -> None:
    source = (
        "import signal, time\nif os.fork() == 0:\n    os.setsid()\n"
        f"    open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n    time.sleep(60)\n"
        f"while not os.path.exists({str(tmp_path / 'pid')!r}):\n    time.sleep(0.01)\ntime.sleep(0.1)\n"
        "os.kill(pids[1], signal.SIGKILL)\ntime.sleep(60)\n"
    )
    with ProcessWorker(warm=rest) as worker:
        *_, ended = worker.run(free(source))
        assert isinstance(ended, Ended)
        assert ended.outcome == "internal"
        assert until(lambda: not alive(int((tmp_path / "pid").read_text())))


# ------------------------------------------------------------------------------------------- settings and doctor


def test_when_it_is_off() -> None:
    assert settings.why_off({}) == ""
    assert settings.why_off({"CI": "true"}) == "CI is set"
    assert settings.why_off({"TRAINWHY_WARM": "0"}) == "TRAINWHY_WARM is 0"
    assert settings.why_off({"TRAINWHY_WARM": "off"}) == "TRAINWHY_WARM is off"
    assert settings.why_off({"TRAINWHY_WARM": "1"}) == ""
    assert settings.why_off({"TRAINWHY_WORKER": "1"})
    assert settings.chosen({"CI": "1"}) is None


def test_where_it_is_met_and_how_long_it_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.found({"XDG_RUNTIME_DIR": str(tmp_path)}).folder == tmp_path / "trainwhy"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    at_home = tmp_path / "cache" / "trainwhy" / "background"
    assert settings.found({}).folder == at_home
    assert settings.found({"XDG_RUNTIME_DIR": str(tmp_path / "gone")}).folder == at_home
    assert settings.found({"TRAINWHY_RUNTIME": "/somewhere"}).folder == Path("/somewhere")
    assert settings.found({}).idle == 600.0
    assert settings.found({"TRAINWHY_WARM_SECONDS": "90"}).idle == 90.0
    assert settings.found({"TRAINWHY_WARM_SECONDS": "soon"}).idle == 600.0


def test_a_long_path_is_no_hindrance(rest: Settings) -> None:
    deep = replace(rest, folder=rest.folder / ("long" * 30) / "background")
    try:
        with ProcessWorker(warm=deep) as worker:
            assert said(worker, "print('deep')") == "deep\n"
            assert worker.notes == []
    finally:
        assert door.stop(deep) is not None


def test_no_warm_keeps_the_tools_of_tests_and_changes_the_real_ones() -> None:
    screen = cli_fakes.Screen()
    given = cli_fakes.FakeWorker()
    assert tools.Tools(screen, worker=lambda: given).cold().worker() is given
    real = tools.Tools(screen).cold()
    assert real.worker.keywords == {"warm": False}  # type: ignore[attr-defined]
    assert real.script.keywords == {"warm": False}  # type: ignore[attr-defined]


def test_doctor_shows_and_stops_it(rest: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINWHY_RUNTIME", str(rest.folder))
    monkeypatch.delenv("CI", raising=False)
    desk = cli_fakes.Desk(tmp_path)

    def shown() -> dict[str, Any]:
        return dict(desk.run("doctor", "--quick", "--json").document["background"])

    assert shown() == {"used": "no: TRAINWHY_WARM is 0", "folder": str(rest.folder), "runs": "no"}
    assert not rest.folder.exists(), "looking makes nothing"
    assert desk.run("doctor", "--stop").out == "no background process is running\n"
    with ProcessWorker(warm=rest) as worker:
        worker.warm()
        said(worker, "")
        pid, found = number(rest), shown()
        assert found["pid"] == pid
        assert found["runs"] == f"yes, process {pid}; `trainwhy doctor --stop` ends it"
        assert found["memory"].endswith(" MiB")
        assert (found["runs so far"], found["commands now"], found["TensorFlow"]) == (1, 1, "loaded")
        assert desk.run("doctor", "--stop").out == f"the background process {pid} was ended\n"
        assert not alive(pid)
        assert said(worker, "print('on')") == "on\n", "a command that was served goes on by itself"
    assert desk.run("doctor", "--stop", "--json").document == {"schema": 1, "stopped": False, "pid": None}
    rest.folder.chmod(0o755)
    stopped = desk.run("doctor", "--stop")
    assert stopped.code == 2
    assert "is open to other users" in stopped.err
    monkeypatch.setenv("TRAINWHY_WARM", "1")
    assert "is open to other users" in shown()["used"]


# ------------------------------------------------------------------------------------------- the real thing

STEP = """
import tensorflow as tf

def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    return loss
"""
CONNECTS = """
import socket
answers = set()
for _ in range(100):
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
            line.settimeout(5)
            line.connect({path!r})
            answers.add(line.recv(4096).decode())
    except OSError:
        pass
raise RuntimeError(str(answers))
"""
KILLS = """
import os
for name in filter(str.isdigit, os.listdir("/proc")):
    try:
        words = open(f"/proc/{{name}}/cmdline").read()
        if {folder!r} in words and "background" in words:
            os.kill(int(name), 9)
    except OSError:
        pass
raise RuntimeError("still here")
"""
CONFIGURES = """
import numpy as np
import tensorflow as tf

tf.config.threading.set_inter_op_parallelism_threads(1)
print(oct(__import__("os").umask(0o022)))
x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile("sgd", "mse")
model.fit(x, x @ np.ones((3, 1), "float32"), epochs=2, verbose=0)
"""


@pytest.fixture
def real(tmp_path: Path) -> Iterator[tuple[Path, Settings, dict[str, str]]]:
    """A workspace, and the environment of somebody who works in it."""
    chosen = Settings(tmp_path / "background")
    environment = {**os.environ, "TRAINWHY_RUNTIME": str(chosen.folder)}
    for name in ("CI", "TRAINWHY_WARM"):
        environment.pop(name, None)
    subprocess.run([sys.executable, "-m", "trainwhy", "init", "work"], cwd=tmp_path, check=True, capture_output=True)
    yield tmp_path / "work", chosen, environment
    door.stop(chosen)
    assert until(lambda: not processes(chosen))


@pytest.mark.tf
def test_real_commands_in_a_row(real: tuple[Path, Settings, dict[str, str]]) -> None:
    folder, chosen, environment = real
    file = folder / "02_the_step" / "01_missing_apply.py"

    def run(source: str) -> tuple[int, Any]:
        file.write_text(source)
        command = [sys.executable, "-m", "trainwhy", "run", "missing-apply", "--json"]
        ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=300, check=False)
        (result,) = json.loads(ended.stdout)["results"]
        result.pop("seconds")
        return ended.returncode, result

    first = run(STEP)
    pid = number(chosen)
    assert run(STEP) == first
    assert number(chosen) == pid
    assert [finding["code"] for finding in first[1]["findings"]] == ["TW101"]
    code, result = run(CONNECTS.format(path=str(chosen.folder / place.socket_name())))
    assert (code, number(chosen)) == (3, pid)
    assert "RuntimeError" in result["error"]["type"]
    for word in ("hello", "welcome", "pid"):
        assert word not in result["error"]["message"]
    code, result = run(KILLS.format(folder=str(chosen.folder)))
    assert (code, result["error"]["message"]) == (3, "still here")
    assert run(STEP) == first


@pytest.mark.tf
def test_a_real_script_may_still_configure_tensorflow(real: tuple[Path, Settings, dict[str, str]]) -> None:
    folder, chosen, environment = real
    (folder / "script.py").write_text(CONFIGURES)
    command = f"umask 027; {sys.executable} -m trainwhy check script.py --no-proof | cat"
    with ProcessWorker(warm=chosen) as worker:
        worker.warm()
        time.sleep(2.0)  # workers that ran operations are ready, and must not be the ones
        ended = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=True
        )
    assert ended.stdout.startswith("0o27\n"), ended.stdout
    assert "RuntimeError" not in ended.stdout
    assert (door.status(chosen) or {})["runs"] > 0
