"""Who is at the other end of a socket: the kernel says which process, and this module whether it is to be trusted.

Trusted is a process of the same user and with the same rights, in the same namespaces, that is not part of a run: no
process above it is a template or a keeper, and with `root` none of them is the asking process itself. A learner's file
is always part of a run: what it starts stays below its keeper, and orphans are adopted by the keeper or the background
process. A process that was confined cannot shed that, so it differs in its rights wherever it went.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import select
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

SO_PEERPIDFD = 77  # Linux 6.5; Python has no name for it before 3.14, and some processors another number
RIGHTS = ("Uid", "Gid", "Groups", "CapPrm", "CapEff", "CapBnd", "NoNewPrivs", "Seccomp", "Seccomp_filters")
SPACES = ("mnt", "net", "pid", "user")
RUNNING = (b"trainwhy.lab.template", b"trainwhy.lab.fresh")  # modules whose processes run learners' files
GENERATIONS = 200


def refusal(line: socket.socket, root: int | None = None) -> str:
    """Say why the process at the other end is not to be trusted; empty when it is."""
    try:
        pid, user = credentials(line)
        if user != os.geteuid():
            return f"the process belongs to user {user}"
        with _held(line, pid) as handle:
            words = _untrusted(pid, root)
            # Only while the process lives is its number its own: what was read is about it if it has not ended.
            return "the process has ended" if ended(handle) else words
    except (OSError, ValueError, IndexError):
        return "the process cannot be looked at"


def credentials(line: socket.socket) -> tuple[int, int]:
    """Return the process and the user that connected, or that listened."""
    raw = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("iII"))
    pid, user, _ = struct.unpack("iII", raw)
    if pid <= 0:
        raise ValueError("a process of another namespace")
    return pid, user


def inside_a_run() -> bool:
    """Whether this very process was started by a learner's file."""
    try:
        return any(_runs_learners_files(pid) for pid in lineage(os.getpid()))
    except (OSError, ValueError, IndexError):
        return True


def lineage(pid: int) -> list[int]:
    """Return a process and all above it; raises OSError when one of them ended meanwhile."""
    found: list[int] = []
    while pid > 0 and len(found) < GENERATIONS:
        found.append(pid)
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        pid = int(stat.rpartition(")")[2].split()[1])
    return found


@contextlib.contextmanager
def _held(line: socket.socket, pid: int) -> Iterator[int]:
    """Give a handle of the process that connected, not of a later one with its number."""
    try:
        handle = line.getsockopt(socket.SOL_SOCKET, SO_PEERPIDFD)
    except OSError:  # an older kernel: the number could have changed hands between connecting and now
        handle = os.pidfd_open(pid)
    try:
        if _number(handle) != pid:
            raise ValueError("another process")
        yield handle
    finally:
        os.close(handle)


def _number(handle: int) -> int:
    for row in Path(f"/proc/self/fdinfo/{handle}").read_text(encoding="ascii").splitlines():
        if row.startswith("Pid:"):
            return int(row.split()[1])
    raise OSError("not a handle of a process")


def ended(handle: int) -> bool:
    """Whether a process has ended, reaped or not."""
    watched = select.poll()
    watched.register(handle, select.POLLIN)
    return bool(watched.poll(0))


def _untrusted(pid: int, root: int | None) -> str:
    if _rights(pid) != _rights(os.getpid()):
        return "the process has other rights, or is confined"
    above = lineage(pid)
    if root in above or any(_runs_learners_files(one) for one in above):
        return "the process is part of a run"
    return "" if lineage(pid) == above else "the process changed its parents"


def _rights(pid: int) -> list[object]:
    rows = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    held = dict(row.split(":", 1) for row in rows if ":" in row)
    spaces = [os.readlink(f"/proc/{pid}/ns/{name}") for name in SPACES]  # noqa: PTH115 - a link that is no path
    root = os.stat(f"/proc/{pid}/root")  # noqa: PTH116 - likewise
    return [*(held.get(name, "").split() for name in RIGHTS), *spaces, root.st_dev, root.st_ino]


def _runs_learners_files(pid: int) -> bool:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return any(option == b"-m" and module in RUNNING for option, module in itertools.pairwise(words))
