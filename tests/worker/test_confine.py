"""The sandbox, by real processes that try what it refuses; on kernels without it the tests of it are skipped."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from trainwhy import running
from trainwhy.cli import promised
from trainwhy.results import Ended, Failure, Measured, Output, Request
from trainwhy.worker import confine, forking, kernel, landlock, process, promises, seccomp, trying
from trainwhy.worker.process import ProcessWorker

OLDER = Path(__file__).parents[1] / "older_kernel.py"
HERE = landlock.version()
needs_landlock = pytest.mark.skipif(HERE == 0, reason="this kernel has no Landlock")
of_the_sandbox = [name for name in promises.names() if promises.load(name).NEEDS]

TRY = """
import json, os, sys, tempfile
from pathlib import Path
from trainwhy.worker import confine, promises
outside, known, names = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(",")
os.setsid()
own = Path(tempfile.mkdtemp(dir=sys.argv[4]))
os.chdir(own)
sandbox = confine.seal(own, known) if known else "none"
said = {}
for name in names:
    try:
        said[name] = ["refused", promises.load(name).attempt(promises.Ground(outside, (os.getppid(),)))]
    except promises.Broken as broken:
        said[name] = ["broken", str(broken)]
print(json.dumps([sandbox, said]))
"""


def outside_of(folder: Path) -> Path:
    place = folder / "outside"
    (place / "folder").mkdir(parents=True)
    (place / "kept").write_bytes(trying.KEPT)
    return place


def tried(folder: Path, known: int, names: list[str], *before: str) -> tuple[str, dict[str, list[str]]]:
    """Try promises in a process of its own that confines itself as on a kernel of version `known`; 0: not at all."""
    command = [*before, sys.executable, "-c", TRY, str(outside_of(folder)), str(known), ",".join(names), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    sandbox, said = json.loads(run.stdout)
    return sandbox, said


# ------------------------------------------------------------------------------------------- what is refused


@needs_landlock
@pytest.mark.parametrize("known", range(1, landlock.KNOWN + 1))
def test_every_version_of_landlock_keeps_every_promise(tmp_path: Path, known: int) -> None:
    if known > HERE:
        pytest.skip("this kernel is older")
    sandbox, said = tried(tmp_path, known, of_the_sandbox)
    assert sandbox == f"landlock({known})+seccomp"
    assert {name: words for name, (state, words) in said.items() if state != "refused"} == {}
    assert trying._touched(tmp_path / "outside") == ""


@pytest.mark.skipif(not kernel.machine(), reason="not Linux on x86_64 or aarch64")
def test_without_a_sandbox_each_attempt_succeeds(tmp_path: Path) -> None:
    """Else the attempts above would prove nothing. What some systems refuse by themselves is left out."""
    by_themselves = {"namespaces", "trace_parents", "memory_of_parents", "privileges", "limits_of_parents"}
    sandbox, said = tried(tmp_path, 0, [name for name in of_the_sandbox if name not in by_themselves])
    assert sandbox == "none"
    assert {name: words for name, (state, words) in said.items() if state == "refused"} == {}
    assert len(said) >= 8


def test_a_process_with_two_threads_is_not_called_confined() -> None:
    """Landlock would hold for one of them only."""
    code = (
        "import threading, tempfile\nfrom pathlib import Path\nfrom trainwhy.worker import confine\n"
        "go = threading.Event(); threading.Thread(target=go.wait, daemon=True).start()\n"
        "print(confine.seal(Path(tempfile.gettempdir())))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "none"


@pytest.mark.skipif(not kernel.machine(), reason="not Linux on x86_64 or aarch64")
@pytest.mark.parametrize(("missing", "left"), [("landlock", "seccomp"), ("landlock,seccomp", "none")])
def test_a_kernel_without_it_is_told_as_it_is(tmp_path: Path, missing: str, left: str) -> None:
    sandbox, _ = tried(tmp_path, landlock.KNOWN, ["udp"], sys.executable, str(OLDER), missing)
    assert sandbox == left
    assert not confine.is_whole(sandbox)


@pytest.mark.skipif(not kernel.machine(), reason="not Linux on x86_64 or aarch64")
def test_without_landlock_the_rest_still_holds(tmp_path: Path) -> None:
    names = ["modes_outside", "trace_parents", "limits_of_parents", "tcp", "udp", "unix_sockets", "namespaces"]
    _, said = tried(tmp_path, landlock.KNOWN, names, sys.executable, str(OLDER), "landlock")
    assert {state for state, _ in said.values()} == {"refused"}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("version", [0, 2, 5, 7])
def test_the_filter_is_one_the_kernel_can_take(machine: str, version: int) -> None:
    """Every branch leads forward to an instruction of the program, and the program has an end."""
    code = seccomp.program(machine, 4242, version)
    steps = [code[place : place + 8] for place in range(0, len(code), 8)]
    assert len(steps) < 4096
    for place, step in enumerate(steps):
        if step[0] in (seccomp.EQUAL, seccomp.AT_LEAST):
            assert place + 1 + max(step[2], step[3]) < len(steps)
    assert steps[-1][0] == seccomp.RETURN


def test_no_call_is_listed_twice() -> None:
    for column in (0, 1):
        numbers = [pair[column] for pair in seccomp.REFUSED.values() if pair[column] is not None]
        asked = {one.numbers[column] for one in seccomp.checked(1, 0)} - {None}
        assert len(numbers) == len(set(numbers))
        assert not asked & set(numbers)


@needs_landlock
def test_the_attributes_grow_with_the_version() -> None:
    sizes = {version: landlock._size(version) for version in range(1, 8)}
    assert sizes == {1: 8, 2: 8, 3: 8, 4: 16, 5: 16, 6: 24, 7: 24}
    assert landlock.handled(1) & (landlock.REFER | landlock.TRUNCATE | landlock.IOCTL_DEV) == 0
    assert landlock.handled(7) == landlock.handled(5) == landlock.handled(3) | landlock.IOCTL_DEV


# ------------------------------------------------------------------------------------------- trying and requiring


@needs_landlock
def test_every_promise_holds_here() -> None:
    found = list(trying.try_all())
    assert {one.name: one.answer for one in found if one.held is not True} == {}
    assert {one.name for one in found} == set(promises.names())
    assert promised.kept(found)
    trying.require()


def test_what_is_promised_on_an_older_kernel() -> None:
    """The limits hold everywhere; what needs Landlock is not promised, and the sandbox is refused when required."""
    if not forking.supported():
        pytest.skip("forked workers need Linux")
    code = (
        "import json\nfrom trainwhy.errors import NoSandbox\nfrom trainwhy.worker import trying\n"
        "print(json.dumps([[one.name, one.held] for one in trying.try_all()]))\n"
        "try:\n    trying.require()\nexcept NoSandbox as no:\n    print(no.exit_code, no)\n"
    )
    command = [sys.executable, str(OLDER), "landlock", sys.executable, "-c", code]
    first, second = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout.splitlines()
    held = dict(json.loads(first))
    assert {name for name, state in held.items() if state is False} == set()
    assert {name for name, state in held.items() if state is None} == {
        name for name in promises.names() if "landlock" in promises.load(name).NEEDS
    }
    assert second.startswith("70 the sandbox that `--require-sandbox` asks for does not hold")


def test_a_promise_that_is_broken_is_called_so(tmp_path: Path) -> None:
    ground = promises.Ground(outside_of(tmp_path), ())
    udp, flood = promises.load("udp"), promises.load("flood")
    said = trying._Said(
        "landlock(7)+seccomp", {"udp": Measured(facts={"held": False}, text="done")}, Ended("finished", 0)
    )
    assert trying._judged("udp", udp, ground, said) == (False, "done")
    silent = trying._Said("none", {}, Ended("crashed", 0.0, Failure("SIGSEGV", "it died")))
    assert trying._judged("udp", udp, ground, silent) == (False, "the run ended as crashed; it died")
    assert trying._judged("flood", flood, ground, silent)[0] is False
    (ground.outside / "kept").write_bytes(b"else")
    assert trying._touched(ground.outside) == "the file outside was changed"
    (ground.outside / "new").touch()
    assert "holds folder, kept, new" in trying._touched(ground.outside)
    assert not promised.kept([trying.Tried("udp", "send", held=False, answer="done")])


def test_the_command_refuses_before_anything_of_the_learners_runs(tmp_path: Path) -> None:
    if not forking.supported():
        pytest.skip("forked workers need Linux")
    program = [sys.executable, "-m", "trainwhy"]
    subprocess.run([*program, "init", "work"], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    file = next((tmp_path / "work").glob("02*/01*.py"))
    mark = tmp_path / "it ran"
    file.write_text(f"open({str(mark)!r}, 'w')\n")
    scripted = ["check", str(file)]
    for command in (["verify", str(file)], ["run", "missing-apply"], scripted):
        run = subprocess.run(
            [sys.executable, str(OLDER), "landlock", *program, *command, "--require-sandbox"],
            cwd=tmp_path / "work", capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert run.returncode == 70
        assert "nothing was run" in " ".join(run.stderr.split())
        assert not mark.exists()


# ------------------------------------------------------------------------------------------- what a run writes into


@pytest.mark.skipif(HERE == 0, reason="nothing is lent where nothing is confined")
@pytest.mark.parametrize("made_away", [False, True])
def test_what_is_lent_to_a_run_comes_back(tmp_path: Path, made_away: bool) -> None:
    left, folder = tmp_path / "left", tmp_path / "run"
    left.mkdir()
    folder.mkdir()
    lent = process._lend(Request("train", "", artifact=str(left)), folder)
    (left / "1.npz").write_text("weights")
    assert (folder / "artifact" / "1.npz").exists()
    if made_away:  # the run may do in its own folder what it likes
        (folder / "artifact").rename(folder / "elsewhere")
        (folder / "artifact").symlink_to("/etc")
    process._take_back(lent)
    process._take_back(lent)
    assert left.is_dir()
    assert not left.is_symlink()
    assert [one.name for one in left.iterdir()] == ([] if made_away else ["1.npz"])


def test_descriptors_are_closed_but_those_that_are_kept() -> None:
    code = (
        "import os\nfrom trainwhy.worker import confine\n"
        "pairs = [os.pipe() for _ in range(4)]\nkept = (pairs[1][0], pairs[3][1])\nconfine.close_others(kept)\n"
        "print(sorted(int(n) for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')) == "
        "sorted({0, 1, 2, *kept}))"
    )
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not list open files")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "True", run.stderr


# ------------------------------------------------------------------------------------------- with TensorFlow

GOOD = """
import tensorflow as tf

def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""


def request(source: str) -> Request:
    return Request("train", "", practice="regression", source=source, name="step.py", deadline=60.0)


@pytest.mark.tf
@needs_landlock
@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("open({outside!r}, 'w')", "its own working directory only"),
        ("import os\nos.kill(os.getppid(), 9)", "signal or look into no process but its own"),
        ("open(f'/proc/{{__import__(\"os\").getppid()}}/mem', 'r+b')", "no process but its own"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 9))", "a checked file has no network"),
        ("import shutil\nopen('a', 'w').close()\nshutil.copy('a', 'b')", "`shutil.copyfile` copies without them"),
    ],
)
def test_a_learner_is_told_what_was_refused(worker: ProcessWorker, tmp_path: Path, source: str, hint: str) -> None:
    kept = outside_of(tmp_path) / "kept"
    gathered = running.gather(worker, request(source.format(outside=str(kept))))
    assert gathered.started is not None
    assert gathered.started.sandbox == f"landlock({HERE})+seccomp"
    assert gathered.ended.failure is not None
    assert gathered.ended.failure.type == "PermissionError"
    assert hint in gathered.ended.failure.hint
    assert trying._touched(kept.parent) == ""


@pytest.mark.tf
@needs_landlock
def test_warm_workers_write_in_their_own_run_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs at a time: each was confined before it knew which folder it would get."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = "import os, time\nprint(os.getcwd(), flush=True)\nopen('mine', 'w').close()\ntime.sleep(50)"
    with ProcessWorker(ready=2) as worker:
        own = _directories_ahead(tmp_path, 2)
        first = worker.run(request(source))
        place = next(Path(event.text.strip()) for event in first if isinstance(event, Output))
        assert place.parent.stat().st_ino in own
        second = running.gather(worker, request(f"open({str(place)!r} + '/yours', 'w')"))
        assert second.ended.failure is not None
        assert second.ended.failure.type == "PermissionError"
        while not (place / "mine").exists():
            time.sleep(0.05)
        assert sorted(one.name for one in place.iterdir()) == ["mine", "step.py"]
        first.close()  # type: ignore[attr-defined]  # a generator has close
        assert not place.exists()
    assert list(tmp_path.iterdir()) == []


def _directories_ahead(home: Path, count: int) -> set[int]:
    """Wait until workers are kept ready; the directories that are to become their runs'."""
    deadline = time.monotonic() + 120.0
    while time.monotonic() < deadline:
        found = [one.stat().st_ino for one in home.glob("trainwhy-*/run-*")]
        if len(found) == count:
            return set(found)
        time.sleep(0.1)
    raise AssertionError("no worker was made ready")


@pytest.mark.tf
@needs_landlock
def test_numbers_are_the_same_to_the_last_bit_with_and_without(worker: ProcessWorker) -> None:
    confined = running.gather(worker, request(GOOD))
    code = (
        "import sys\nfrom trainwhy import running\nfrom trainwhy.results import Request\n"
        "from trainwhy.worker.process import ProcessWorker\n"
        "with ProcessWorker() as worker:\n"
        "    found = running.gather(worker, Request('train', '', practice='regression', source=sys.argv[1]))\n"
        "print(found.started.sandbox, *(epoch.loss.hex() for epoch in found.run.epochs))\nprint(found.ended.notes)"
    )
    command = [sys.executable, str(OLDER), "landlock,seccomp", sys.executable, "-c", code, GOOD]
    said, notes = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True).stdout.splitlines()
    assert confined.run is not None
    assert said.split() == ["none", *(epoch.loss.hex() for epoch in confined.run.epochs)]
    assert "can read and change whatever its user can" in notes
    assert confined.ended.notes == ()


@pytest.mark.tf
@needs_landlock
def test_a_fresh_process_is_confined_too(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with ProcessWorker(fork=False) as fresh:
        gathered = running.gather(fresh, request(f"open({str(mark)!r}, 'w')"))
    assert gathered.started is not None
    assert confine.is_whole(gathered.started.sandbox)
    assert gathered.ended.failure is not None
    assert gathered.ended.failure.type == "PermissionError"
    assert not mark.exists()


@pytest.mark.tf
def test_a_worker_that_needs_a_sandbox_runs_nothing_without(tmp_path: Path) -> None:
    """Should the kernel change its mind between the trial and the run, nothing of the learner's runs either."""
    if not forking.supported():
        pytest.skip("forked workers need Linux")
    mark = tmp_path / "mark"
    code = (
        "import sys\nfrom trainwhy import running\nfrom trainwhy.results import Request\n"
        "from trainwhy.worker.process import ProcessWorker\n"
        "with ProcessWorker(require_sandbox=True) as worker:\n"
        "    found = running.gather(worker, Request('train', '', practice='regression', source=sys.argv[1]))\n"
        "print(found.ended.outcome, found.ended.failure.type)"
    )
    source = f"open({str(mark)!r}, 'w')"
    command = [sys.executable, str(OLDER), "landlock", sys.executable, "-c", code, source]
    run = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    assert run.stdout.split() == ["internal", "NoSandbox"]
    assert not mark.exists()
