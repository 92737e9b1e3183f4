"""What is put on a process before it runs a learner's file: a sandbox, limits, and nothing open that is not its own.

Each is skipped where the system does not have it; what `seal` returns says what holds.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from trainwhy.worker import kernel, landlock, seccomp

DATA_BYTES = 2 << 30  # RLIMIT_DATA, never RLIMIT_AS: below 2.5 GB of address space TensorFlow dies of a signal
FILE_BYTES = 64 << 20
DIRECTORY_BYTES = 256 << 20  # all files of a run together; watched by the keeper, as is
DIRECTORY_ENTRIES = 20_000  # how many there are
OPEN_FILES = 256
MORE_PROCESSES = 64
CPU_FACTOR = 9  # processor seconds per second of deadline, for up to three seeds: the backstop without any parent
ALLOWED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "CUDA_VISIBLE_DEVICES")
FAMILIES = ("LD_LIBRARY", "TF_FORCE_GPU")  # variables that begin so are kept too
SET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OPENBLAS_NUM_THREADS": "1",  # one thread after import: what makes a fork safe
    "MALLOC_ARENA_MAX": "2",
    "PYTHONSAFEPATH": "1",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "KERAS_BACKEND": "tensorflow",
    "TRAINWHY_WORKER": "1",
}
NONE = "none"
HOLDS = "TRAINWHY_SANDBOX"  # variable in a worker's environment: what holds there
NAMES = frozenset((*ALLOWED, *SET, HOLDS))  # what a worker's environment may hold, beside the families


def seal(directory: Path, known: int = landlock.KNOWN) -> str:
    """Confine this process, and all it will start, to writing in `directory`; for good.

    Returns what holds, as `landlock(7)+seccomp`, or `none`. Only a process of one thread can be confined whole.
    `known` pretends a kernel whose Landlock is older.
    """
    if not kernel.machine() or kernel.threads() != 1:
        return NONE
    held = []
    with contextlib.suppress(OSError):
        kernel.drop_capabilities(kernel.READING if os.geteuid() == 0 and not _readable_by_anyone() else 0)
    with contextlib.suppress(OSError):
        kernel.control(kernel.PR_SET_NO_NEW_PRIVS, 1)
        version = 0
        with contextlib.suppress(OSError):
            version = landlock.restrict(directory, known)
        held += [f"landlock({version})"] if version else []
        held += ["seccomp"] if seccomp.restrict(version) else []
    return "+".join(held) or NONE


def _readable_by_anyone() -> bool:
    """Whether root reads all that Python imports without the rights that make it root.

    Elsewhere, as where root works on another user's closed folders, a worker keeps the right to read what root may.
    """
    roots = [Path(name) for name in sys.path if name]
    for place in {place for path in roots for place in (path, *path.parents)}:
        with contextlib.suppress(OSError):
            found = place.stat()
            if found.st_uid != 0 and found.st_mode & 0o005 != 0o005:  # noqa: PLR2004 - others may read and enter
                return False
    return True


def is_whole(sandbox: str) -> bool:
    """Whether a sandbox, by the name that `seal` gave it, keeps a file from changing anything but its own directory."""
    return sandbox.startswith("landlock(") and sandbox.endswith("+seccomp")


def close_others(kept: Iterable[int]) -> None:
    """Close every descriptor but the standard ones and `kept`."""
    low = 3
    for descriptor in sorted({one for one in kept if one >= low}):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, _most_descriptors())


def _most_descriptors() -> int:
    with contextlib.suppress(OSError, ValueError):
        return max(map(int, os.listdir("/proc/self/fd"))) + 1  # noqa: PTH208 - names are enough
    return OPEN_FILES


def limit(deadline: float) -> None:
    """Put resource limits on this process and all it starts."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    cpu = max(int(deadline * CPU_FACTOR), 10)
    wanted = {
        "RLIMIT_DATA": (DATA_BYTES, DATA_BYTES),
        "RLIMIT_FSIZE": (FILE_BYTES, FILE_BYTES),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_CPU": (cpu, cpu + 1),
        "RLIMIT_NOFILE": (OPEN_FILES, OPEN_FILES),
        "RLIMIT_NPROC": (_threads_of_user() + MORE_PROCESSES,) * 2,
    }
    for name, (soft, hard) in wanted.items():
        number = getattr(resource, name, None)
        if number is not None:
            with contextlib.suppress(ValueError, OSError):  # a lower limit is in force already
                resource.setrlimit(number, (soft, hard))
    signal.signal(getattr(signal, "SIGXFSZ", signal.SIGTERM), signal.SIG_IGN)  # a too large file is an OSError


def _threads_of_user() -> int:
    """Count this user's threads: the process limit is held against all of them."""
    total = 0
    with contextlib.suppress(OSError):
        for pid in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 - names are enough
            with contextlib.suppress(OSError):
                if os.stat(f"/proc/{pid}").st_uid == os.getuid():  # noqa: PTH116 - one call, no object
                    total += len(os.listdir(f"/proc/{pid}/task"))  # noqa: PTH208
    return total or 1024


def die_with_parent(parent: int) -> None:
    """Ask the kernel to end this process when its parent ends (Linux); leave at once if it already has."""
    _prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends (Linux)."""
    _prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    with contextlib.suppress(OSError, AttributeError):
        kernel.control(option, value)


def environment() -> dict[str, str]:
    """Return what a worker may see of the environment: nothing that steers Python, quiet and small TensorFlow."""
    kept = {name: value for name, value in os.environ.items() if name in ALLOWED or name.startswith(FAMILIES)}
    return {**kept, **SET}
