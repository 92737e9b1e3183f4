"""Execute a command as an older kernel would: `python older_kernel.py landlock[,seccomp] COMMAND...`.

The calls of those names answer ENOSYS, for the command and all it starts: a real kernel says so, nothing is pretended
inside trainwhy. Linux on x86_64 and aarch64.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

NUMBERS = {"landlock": (444, 445, 446), "seccomp": ({"x86_64": 317, "aarch64": 277}.get(platform.machine(), 317),)}
LOAD, EQUAL, RETURN, ALLOW, NO_SUCH_CALL = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000 | 38


def forget(names: list[str]) -> None:
    """Make this process' kernel older."""
    step = struct.Struct("=HBBI")
    steps = [step.pack(LOAD, 0, 0, 0)]
    for number in (number for name in names for number in NUMBERS[name]):
        steps += [step.pack(EQUAL, 0, 1, number), step.pack(RETURN, 0, 0, NO_SUCH_CALL)]
    code = b"".join([*steps, step.pack(RETURN, 0, 0, ALLOW)])
    buffer = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", len(code) // 8, ctypes.addressof(buffer)), 16)
    libc = ctypes.CDLL(None, use_errno=True)
    none = ctypes.c_ulong(0)
    if libc.prctl(38, ctypes.c_ulong(1), none, none, none) or libc.prctl(22, ctypes.c_ulong(2), program, none, none):
        raise OSError(ctypes.get_errno(), "no filter")


if __name__ == "__main__":
    forget(sys.argv[1].split(","))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - the command that was asked for
