"""Landlock: what a process may write, connect to and signal, given up for good. Needs no rights, only Linux 5.13.

Reading and executing are not restricted. Writing is, to the directory of the run: a rule holds for a directory itself,
wherever it is moved to, and never for another one of the same name.
"""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

from trainwhy.worker import kernel

CREATE, ADD, RESTRICT = 444, 445, 446  # the same numbers on every machine
VERSION = 1  # flag of CREATE: ask which version the kernel has
BENEATH = 1  # kind of rule: a file, or a directory and all below it

WRITE_FILE = 1 << 1
REMOVE_DIR = 1 << 4
REMOVE_FILE = 1 << 5
MAKE_CHAR = 1 << 6
MAKE_DIR = 1 << 7
MAKE_REG = 1 << 8
MAKE_SOCK = 1 << 9
MAKE_FIFO = 1 << 10
MAKE_BLOCK = 1 << 11
MAKE_SYM = 1 << 12
REFER = 1 << 13
TRUNCATE = 1 << 14
IOCTL_DEV = 1 << 15
BIND_TCP, CONNECT_TCP = 1 << 0, 1 << 1
ABSTRACT_SOCKETS, SIGNALS = 1 << 0, 1 << 1

FILES = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SOCK | MAKE_FIFO | MAKE_SYM
DEVICES = MAKE_CHAR | MAKE_BLOCK  # nobody makes these, in the directory neither
# What each version of Landlock added to the rights on files.
SINCE = {1: FILES | DEVICES, 2: REFER, 3: TRUNCATE, 5: IOCTL_DEV}
NETWORK_SINCE, SCOPES_SINCE, TRUNCATE_SINCE = 4, 6, 3
KNOWN = 7  # newer versions have more; what this one knows holds there too


def version() -> int:
    """Return the version of Landlock that the kernel has switched on, at most the newest known here; 0 for none."""
    if not kernel.machine():
        return 0
    try:
        return min(kernel.call(CREATE, None, 0, VERSION), KNOWN)
    except OSError:
        return 0


def restrict(directory: Path, known: int = KNOWN) -> int:
    """Give up writing outside `directory`, TCP, and signals to processes outside; return the version that holds.

    It is for this thread and its children only, so there must be no other thread. `known` pretends an older kernel.
    NO_NEW_PRIVS must be set. Raises OSError when the kernel refuses.
    """
    found = min(version(), known)
    if found == 0:
        return 0
    rights = handled(found)
    rules = kernel.call(CREATE, _attributes(found, rights), _size(found), 0)
    try:
        _allow(rules, directory, rights & ~(DEVICES | IOCTL_DEV))
        _allow(rules, Path(os.devnull), rights & (WRITE_FILE | TRUNCATE | IOCTL_DEV))
        kernel.call(RESTRICT, rules, 0)
    finally:
        os.close(rules)
    return found


def handled(found: int) -> int:
    """Return the rights on files that a version can take away."""
    total = 0
    for since, rights in SINCE.items():
        total |= rights if found >= since else 0
    return total


def _attributes(found: int, rights: int) -> ctypes.Array[ctypes.c_char]:
    network = BIND_TCP | CONNECT_TCP if found >= NETWORK_SINCE else 0
    scoped = ABSTRACT_SOCKETS | SIGNALS if found >= SCOPES_SINCE else 0
    return ctypes.create_string_buffer(struct.pack("=QQQ", rights, network, scoped), 24)


def _size(found: int) -> int:
    """The structure grew: an older kernel refuses a longer one."""
    return 8 if found < NETWORK_SINCE else 16 if found < SCOPES_SINCE else 24


def _allow(rules: int, place: Path, rights: int) -> None:
    descriptor = os.open(place, getattr(os, "O_PATH", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        kernel.call(ADD, rules, BENEATH, ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor), 12), 0)
    finally:
        os.close(descriptor)
