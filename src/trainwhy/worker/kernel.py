"""System calls that Python has no name for. Linux only; elsewhere `supported` says no."""

from __future__ import annotations

import ctypes
import os
import platform
import sys

PR_SET_PDEATHSIG = 1
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
CAPSET = {"x86_64": 126, "aarch64": 91}
CAPABILITIES_V3 = 0x20080522
READING = (1 << 1) | (1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: modes do not bind whoever has them
LAST_CAPABILITY = 63


def machine() -> str:
    """Name the instruction set this process runs on, or nothing where its system calls are not known here."""
    known = sys.platform == "linux" and sys.maxsize > 2**32
    return platform.machine() if known and platform.machine() in CAPSET else ""


def call(number: int, *arguments: object) -> int:
    """Make a system call by number; raise OSError with its errno when it fails."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    given = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    result: int = libc.syscall(ctypes.c_long(number), *given)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def control(option: int, value: int) -> None:
    """Call prctl with one argument; raise OSError when it fails or there is none."""
    if sys.platform != "linux":
        raise OSError(0, "this system has no prctl")
    zero = ctypes.c_ulong(0)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def threads() -> int:
    """Count the threads of this process; 0 where the system does not tell."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - only the count
    except OSError:
        return 0


def drop_capabilities(kept: int = 0) -> None:
    """Give up what root may do beyond `kept`, for this process and whatever it executes."""
    for number in range(LAST_CAPABILITY + 1):
        if not kept >> number & 1:
            try:
                control(PR_CAPBSET_DROP, number)
            except OSError:  # not root, or the kernel knows no more of them
                break
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_V3, 0)
    data = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)
    call(CAPSET[platform.machine()], ctypes.byref(header), ctypes.byref(data))
