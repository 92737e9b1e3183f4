"""A run makes no namespaces and mounts nothing: both would open corners of the kernel that need rights otherwise."""

from __future__ import annotations

from trainwhy.worker import kernel, seccomp
from trainwhy.worker.promises import Ground, all_refused

TITLE = "make namespaces or mount"
NEEDS = ("seccomp",)
NEW_USER = 0x10000000
KERNEL = ("unshare", "setns", "mount", "bpf", "keyctl", "perf_event_open", "io_uring_setup", "userfaultfd")


def attempt(_: Ground) -> str:
    """Make calls with arguments that do nothing where they are allowed."""
    column = 0 if kernel.machine() == "x86_64" else 1

    def called(name: str) -> int:
        return kernel.call(seccomp.REFUSED[name][column] or 0, NEW_USER if name == "unshare" else -1, 0, 0, 0, 0)

    return all_refused(*((name, lambda name=name: called(name)) for name in KERNEL))
