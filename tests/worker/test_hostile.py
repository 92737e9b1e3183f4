# ruff: noqa: E501 - a hostile program is one row of the table
"""Files that do what they should not, through the real worker: the outcome, the time, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from trainwhy import running
from trainwhy.results import Request, Started
from trainwhy.running import Gathered
from trainwhy.worker import Cancelled, channel, forking
from trainwhy.worker.process import ProcessWorker

pytestmark = pytest.mark.tf


GOOD = """
import tensorflow as tf

def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""


@dataclass(frozen=True)
class Row:
    name: str
    source: str
    outcome: str
    type: str = ""
    deadline: float = 20.0


ROWS = [
    Row("correct", GOOD, "finished"),
    Row("syntax", "def train_step(:\n", "raised", "SyntaxError"),
    Row("missing import", "import nothing_of_the_kind\n", "raised", "ModuleNotFoundError"),
    Row("missing function", "x = 1\n", "raised", "MissingFunction"),
    Row("empty", "", "raised", "MissingFunction"),
    Row("only comments", "# nothing\n", "raised", "MissingFunction"),
    Row("wrong signature", "def train_step(a, b):\n    pass\n", "raised", "WrongSignature"),
    Row("returns nothing", GOOD.replace("    return loss\n", ""), "raised", "NothingReturned"),
    Row("loop at import", "while True:\n    pass\n", "timed_out", "TimedOut", 2.0),
    Row(
        "loop that swallows",
        "while True:\n    try:\n        1 / 0\n    except BaseException:\n        pass\n",
        "timed_out",
        "TimedOut",
        2.0,
    ),
    Row("holds the GIL", "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')\n", "timed_out", "TimedOut", 2.0),
    Row(
        "ignores signals",
        "import signal, time\nfor s in (2, 15, 1, 14):\n    signal.signal(s, signal.SIG_IGN)\ntime.sleep(60)\n",
        "timed_out",
        "TimedOut",
        2.0,
    ),
    Row("input", "input()\n", "raised", "EOFError"),
    Row("endless printing", "while True:\n    print('x' * 1000)\n", "flooded", "Flooded"),
    Row("one endless line", "import sys\nwhile True:\n    sys.stdout.write('x' * 100000)\n", "flooded", "Flooded"),
    Row("memory bomb", "x = []\nwhile True:\n    x.append(bytearray(10**8))\n", "out_of_memory", "MemoryError"),
    Row("os._exit", "import os\nos._exit(0)\n", "no_evidence", "NoEvidence"),
    Row("sys.exit", "import sys\nsys.exit(0)\n", "raised", "SystemExit"),
    Row(
        "sys.exit in the step",
        "import sys\ndef train_step(model, optimizer, x, y):\n    sys.exit(0)\n",
        "raised",
        "SystemExit",
    ),
    Row("own BaseException", "class Odd(BaseException):\n    pass\nraise Odd\n", "raised", "Odd"),
    Row(
        "unprintable",
        "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\nraise Odd\n",
        "raised",
        "Odd",
    ),
    Row("segfault", "import ctypes\nctypes.string_at(0)\n", "crashed", "SIGSEGV"),
    Row("abort", "import os\nos.abort()\n", "crashed", "SIGABRT"),
    Row("kills its group", "import os\nos.killpg(0, 9)\n", "crashed", "SIGKILL"),
    Row("interrupts itself", "raise KeyboardInterrupt\n", "raised", "KeyboardInterrupt"),
    Row(
        "deletes itself",
        "import os, shutil\nshutil.rmtree(os.path.dirname(os.path.abspath(__file__)))\n" + GOOD,
        "finished",
    ),
    Row("changes directory", "import os\nos.chdir('/')\n" + GOOD, "finished"),
    Row(
        "daemon child", "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(300)\n" + GOOD, "finished"
    ),
    Row(
        "lingering thread",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(300,)).start()\n" + GOOD,
        "finished",
    ),
    Row("not UTF-8 out", "import os\nos.write(1, b'\\xff\\xfe')\n" + GOOD, "finished"),
    Row("closes its streams", "import os\nos.close(1)\nos.close(2)\n" + GOOD, "finished"),
    Row("closes everything", "import os\nos.closerange(3, 4096)\n" + GOOD, "no_evidence"),
    Row(
        "too large a file",
        "f = open('big', 'wb')\nfor _ in range(200):\n    f.write(b'x' * 10**6)\nf.flush()\n",
        "raised",
        "OSError",
    ),
    Row("deep recursion", "def f():\n    return f()\nf()\n", "raised", "RecursionError"),
    Row("nested too deeply", "x = " + "(" * 3000 + ")" * 3000 + "\n", "raised"),
    Row(
        "forged events",
        'import os\nfor fd in range(3, 120):\n    try:\n        os.write(fd, b\'{"v":1,"event":"Ended","outcome":"finished","seconds":0}\\n\')\n    except OSError:\n        pass\nos._exit(0)\n',
        "no_evidence",
    ),
]


def request(row: Row) -> Request:
    return Request(
        job="train", exercise="", practice="regression", source=row.source, name="02/step.py", deadline=row.deadline
    )


@pytest.fixture(scope="module", autouse=True)
def _tag(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Everything started here carries this folder in its environment, so that strays can be told from others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("tag")))
        patch.setattr(tempfile, "tempdir", None)
        yield


@pytest.fixture(scope="module")
def worker(_tag: None) -> Iterator[ProcessWorker]:
    with ProcessWorker() as running_worker:
        yield running_worker


def processes() -> set[str]:
    """Worker processes that were started by this module and are still there."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes()
            except OSError:
                continue
            if os.environ["TMPDIR"].encode() in environment:
                found.add(entry.name)
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_outcome_time_and_nothing_left(row: Row, worker: ProcessWorker) -> None:
    worker.warm()
    before, began = processes(), time.monotonic()
    gathered = running.gather(worker, request(row))
    seconds = time.monotonic() - began
    assert gathered.ended.outcome == row.outcome, gathered.ended
    if row.type:
        assert gathered.ended.failure is not None
        assert gathered.ended.failure.type == row.type
    assert seconds <= row.deadline + 1.0
    assert processes() - before == set()
    assert "\x1b" not in gathered.ended.output


def test_a_fork_bomb_ends_and_the_next_run_passes(worker: ProcessWorker) -> None:
    bomb = "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass\n"
    before = processes()
    gathered = running.gather(worker, request(Row("bomb", bomb, "timed_out", deadline=2.0)))
    assert gathered.ended.outcome == "timed_out"
    assert processes() - before == set()
    assert running.gather(worker, request(Row("next", GOOD, "finished"))).ended.outcome == "finished"


def test_the_last_line_before_a_timeout_is_named(worker: ProcessWorker) -> None:
    source = "def train_step(model, optimizer, x, y):\n    a = 1\n    while a:\n        a += 1\n"
    failure = running.gather(worker, request(Row("loop", source, "timed_out", deadline=2.0))).ended.failure
    assert failure is not None
    assert failure.line in (3, 4)
    assert "train_step" in failure.hint


def test_frames_are_the_learners_only(worker: ProcessWorker) -> None:
    source = "def helper(y):\n    return y.nope\n\ndef train_step(model, optimizer, x, y):\n    return helper(y)\n"
    failure = running.gather(worker, request(Row("frames", source, "raised"))).ended.failure
    assert failure is not None
    assert [(f.line, f.function) for f in failure.frames] == [(5, "train_step"), (2, "helper")]


def test_prints_reach_the_listener_without_control_sequences(worker: ProcessWorker) -> None:
    source = "print('\\x1b[2J\\x1b]0;title\\x07\\x1b]52;c;Zm9v\\x07[bold]hi[/foo] \\u202egnp')\n" + GOOD
    gathered = running.gather(worker, request(Row("escapes", source, "finished")))
    assert gathered.ended.output == "[bold]hi[/foo] gnp\n"


def test_output_is_capped(worker: ProcessWorker) -> None:
    source = "print('x' * 1_000_000)\n" + GOOD
    ended = running.gather(worker, request(Row("much", source, "finished"))).ended
    assert len(ended.output) == 256 * 1024
    assert ended.output_dropped == 1_000_001 - 256 * 1024


def test_closing_the_iterator_cancels_the_run(worker: ProcessWorker) -> None:
    events = worker.run(request(Row("loop", "while True:\n    pass\n", "timed_out")))
    assert isinstance(next(events), Started)
    before = time.monotonic()
    events.close()  # type: ignore[attr-defined]  # a generator has close
    assert time.monotonic() - before < 1.0


def test_cancelling_from_another_place_raises_cancelled(worker: ProcessWorker) -> None:
    events = worker.run(request(Row("loop", "while True:\n    pass\n", "timed_out")))
    next(events)
    worker.cancel()
    with pytest.raises(Cancelled):
        next(events)


def test_a_fresh_process_gives_the_same_numbers(worker: ProcessWorker) -> None:
    with ProcessWorker(fork=False) as fresh:
        one = running.gather(fresh, request(Row("good", GOOD, "finished"))).run
    two = running.gather(worker, request(Row("good", GOOD, "finished"))).run
    assert one is not None
    assert two is not None
    assert [e.loss for e in one.epochs] == [e.loss for e in two.epochs]


def test_a_fresh_process_meets_its_deadline_too() -> None:
    with ProcessWorker(fork=False) as fresh:
        ended = running.gather(fresh, request(Row("loop", "while True:\n    pass\n", "", deadline=2.0))).ended
    assert ended.outcome == "timed_out"
    assert ended.seconds < 4.0


@pytest.mark.skipif(not forking.supported(), reason="forked workers need Linux")
def test_a_refused_fork_falls_back_to_a_fresh_process_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> channel.Channel:
        raise channel.Refused("the template has 7 threads")

    with ProcessWorker() as running_worker:
        monkeypatch.setattr(forking.Template, "start", refuse)
        gathered = running.gather(running_worker, request(Row("good", GOOD, "finished")))
    assert gathered.ended.outcome == "finished"
    assert any("7 threads" in note for note in gathered.ended.notes)


FIT = """
import keras, numpy as np

def train_step(model, optimizer, x, y):
    small = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    small.compile(optimizer="sgd", loss="mse")
    small.fit(np.asarray(x), np.asarray(y), epochs=1, verbose=0)
    return 0.0
"""


@pytest.mark.skipif(not forking.supported(), reason="forked workers need Linux")
def test_canary_fit_works_in_a_forked_worker(worker: ProcessWorker) -> None:
    """After any op in the template every forked `fit` hangs; each TensorFlow release is asked anew."""
    row = Row("fit", FIT, "finished", deadline=20.0)
    gathered: Gathered = running.gather(worker, Request(**{**_fields(request(row)), "epochs": 1}))
    assert gathered.ended.outcome == "finished", gathered.ended
    assert gathered.ended.notes == ()


def _fields(value: Request) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


@pytest.mark.skipif(not forking.supported(), reason="pipes and /proc")
def test_killing_the_caller_ends_the_whole_tree() -> None:
    """A CLI that is killed leaves no worker behind."""
    code = (
        "import sys\nfrom trainwhy.worker.process import ProcessWorker\nfrom trainwhy.results import Request\n"
        "w = ProcessWorker()\n"
        "for e in w.run(Request(job='train', exercise='', practice='regression', source='while True: pass')):\n"
        "    print(type(e).__name__, flush=True)\n"
    )
    before = processes()
    caller = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=dict(os.environ))
    assert caller.stdout is not None
    assert caller.stdout.readline().strip() == b"Started"
    assert processes() - before
    caller.kill()
    caller.wait()
    caller.stdout.close()
    deadline = time.monotonic() + 3.0
    while processes() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes() - before == set()


@pytest.mark.skipif(not forking.supported(), reason="forked workers need Linux")
def test_a_run_that_makes_more_files_than_it_may_is_ended_and_they_go(worker: ProcessWorker) -> None:
    many = "import itertools\nfor name in itertools.count():\n    open(str(name), 'w').close()\n"
    deep = "import os, time\nfor _ in range(2500):\n    os.mkdir('d')\n    os.chdir('d')\ntime.sleep(300)\n"
    home = Path(os.environ["TMPDIR"])
    before = set(home.glob("trainwhy-run-*"))  # a caller that was killed leaves its own
    for source in (many, deep):
        ended = running.gather(worker, request(Row("files", source, "flooded", deadline=120.0))).ended
        assert ended.outcome == "flooded"
        assert ended.failure is not None
        assert "more than 256 MiB of files, or more than 20,000" in ended.failure.message
    assert set(home.glob("trainwhy-run-*")) == before
