"""Limits put on a process before it runs a learner's file. Each is skipped where the system does not have it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys

DATA_BYTES = 2 << 30  # RLIMIT_DATA, never RLIMIT_AS: below 2.5 GB of address space TensorFlow dies of a signal
FILE_BYTES = 64 << 20
DIRECTORY_BYTES = 256 << 20  # all files of a run together; watched by the keeper
OPEN_FILES = 256
MORE_PROCESSES = 64
CPU_FACTOR = 3  # processor seconds per second of deadline: the backstop when every parent is gone
ALLOWED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "CUDA_VISIBLE_DEVICES")
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


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
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends (Linux)."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def environment() -> dict[str, str]:
    """Return what a worker may see of the environment: nothing that steers Python, quiet and small TensorFlow."""
    kept = {name: os.environ[name] for name in ALLOWED if name in os.environ}
    kept.update({name: value for name, value in os.environ.items() if name.startswith(("LD_LIBRARY", "TF_FORCE_GPU"))})
    return {
        **kept,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OPENBLAS_NUM_THREADS": "1",  # one thread after import: what makes a fork safe
        "MALLOC_ARENA_MAX": "2",
        "PYTHONSAFEPATH": "1",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "KERAS_BACKEND": "tensorflow",
        "TRAINWHY_WORKER": "1",
    }
