"""How soon hostile files are ended: the report of each comes within its deadline and one second.

Beside it stands the deadline itself. The last line kills a command and waits until none of its processes is left.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from ratios import Ratio, seconds, trainwhy

from trainwhy import check, course, workspace
from trainwhy.worker.process import ProcessWorker

DEADLINE = 3.0
FLOODED = 4.0  # seconds within which endless printing is ended
ENDLESS = {
    "a loop": "while True:\n    pass\n",
    "a loop that catches everything": "while True:\n    try:\n        1 / 0\n    except BaseException:\n        pass\n",
    "native code that holds the lock": "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')\n",
    "no signal is heard": "import signal, time\nfor s in (2, 15, 1, 14):\n    signal.signal(s, signal.SIG_IGN)\n"
    "time.sleep(60)\n",
    "children everywhere": "import os\nfor _ in range(5):\n    if not os.fork():\n        os.setsid()\n"
    "while True:\n    pass\n",
    "a fork bomb": "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass\n",
}
FLOOD = "while True:\n    print('x' * 1000)\n"


def measure() -> list[Ratio]:
    """Time each endless file alone, in a worker that is warm."""
    exercise = replace(course.load().find("missing-apply"), deadline=DEADLINE)
    with ProcessWorker(bulk=True) as worker:
        took = lambda source: seconds(  # noqa: E731 - one line
            lambda: check.check(exercise, source, worker, path="x.py", shown=False)
        )
        took(exercise.solution())
        made = [
            Ratio(f"ended: {name}", took(source), DEADLINE, limit=1.0, slack=1.0) for name, source in ENDLESS.items()
        ]
        made.append(Ratio("ended: endless printing", took(FLOOD), FLOODED, limit=1.0))
    return [*made, *_killed()]


def _killed() -> list[Ratio]:
    """Kill `trainwhy verify` in the middle of a run."""
    if sys.platform != "linux":
        return []
    with tempfile.TemporaryDirectory() as home:
        place = workspace.create(Path(home) / "course", course.load())
        path = place.path(course.load().find("missing-apply"))
        path.write_text(ENDLESS["a loop"], encoding="utf-8")
        here = {**os.environ, "TMPDIR": home}
        with subprocess.Popen(
            trainwhy("verify", str(path)), env=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as command:
            while not any(map(_runs, _family(home))):
                time.sleep(0.05)
            time.sleep(0.5)
            command.send_signal(signal.SIGKILL)
            gone = seconds(lambda: _until_none(home))
    return [Ratio("a killed command's processes are gone", gone, 1.0, limit=1.0)]


def _until_none(home: str) -> None:
    while _family(home):
        time.sleep(0.01)


def _family(home: str) -> list[int]:
    """Number every process that was started with this folder in its surroundings."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if home.encode() in (entry / "environ").read_bytes() and (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def _runs(pid: int) -> bool:
    """Whether a process stands where a learner's file is run."""
    try:
        return os.readlink(f"/proc/{pid}/cwd").endswith("/work")  # noqa: PTH115 - a name is enough
    except OSError:
        return False
