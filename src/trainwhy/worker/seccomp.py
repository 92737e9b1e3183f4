"""Seccomp: system calls that no training needs answer EPERM, which Python raises as PermissionError.

The list closes what Landlock leaves open: networks that are not TCP, changing modes and owners of files, looking into
or slowing down other processes, and corners of the kernel with a long record of holes.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from trainwhy.worker import kernel

SECCOMP = {"x86_64": 317, "aarch64": 277}
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000  # the third set of numbers that an x86_64 kernel may answer to
SET_FILTER, ALL_THREADS = 1, 1
EPERM, ENOSYS = 1, 38

# Every call as (number on x86_64, number on aarch64); None where a machine does not have it.
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "pidfd_getfd": (438, 438),
    "migrate_pages": (256, 238), "move_pages": (279, 239),
    # namespaces and mounts
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "move_mount": (429, 429), "open_tree": (428, 428), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467), "open_by_handle_at": (304, 265), "fanotify_init": (300, 262),
    # corners of the kernel
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280),
    "perf_event_open": (298, 241), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "userfaultfd": (323, 282), "lookup_dcookie": (212, 18),
    # the machine
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89),
    "quotactl": (179, 60), "quotactl_fd": (443, 443), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "clock_adjtime": (305, 266), "adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162),
    "syslog": (103, 116), "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None), "vhangup": (153, 58),
    # every network, and sockets of other programs; a pair of one's own is allowed below
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    # modes, owners, times and attributes of files, which Landlock does not look at
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None),
    "futimesat": (261, None), "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "setxattrat": (463, 463), "removexattrat": (466, 466), "file_setattr": (469, 469),
    # memory and messages shared by name with whatever else runs
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
    "semtimedop": (220, 192), "semctl": (66, 191), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Only:
    """A call that passes while the bits of one argument under `mask` are, or are not, one of some values."""

    name: str
    numbers: tuple[int | None, int | None]
    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    allowed: bool = True  # else these values are refused


NEW_NAMESPACES = 0x7E020000
OPEN = 0o1003  # how a file is opened, and O_TRUNC
EMPTIED_UNWRITTEN = 0o1000  # O_TRUNC without asking to write


def checked(pid: int, landlock: int) -> tuple[Only, ...]:
    """Return the calls whose arguments decide, for a worker `pid` under a version of Landlock."""
    always = (
        Only("clone", (56, 220), 0, (0,), NEW_NAMESPACES),
        Only("socketpair", (53, 199), 0, (1,)),
        Only("socketpair", (53, 199), 1, (1, 5), 0xF),  # a datagram socket could still be sent through, by address
        Only("prlimit64", (302, 261), 0, (0, pid)),
        Only("setpriority", (141, 140), 0, (0,)),
        Only("setpriority", (141, 140), 1, (0, pid)),
        Only("sched_setscheduler", (144, 119), 0, (0, pid)),
        Only("sched_setparam", (142, 118), 0, (0, pid)),
        Only("sched_setattr", (314, 274), 0, (0, pid)),
        Only("ioprio_set", (251, 30), 0, (1,)),
        Only("ioprio_set", (251, 30), 1, (0, pid)),
        Only("prctl", (157, 167), 0, (kernel.PR_SET_PDEATHSIG,), allowed=False),
        Only("ioctl", (16, 29), 1, (0x5412, 0x541C), allowed=False),  # TIOCSTI, TIOCLINUX: typing into a terminal
    )
    return always + (_signals(pid) if landlock < 6 else ()) + (_emptying() if landlock < 3 else ())  # noqa: PLR2004 - versions


def _signals(pid: int) -> tuple[Only, ...]:
    """Without Landlock's scope a worker may signal itself and its own group, and nobody else."""
    own = (pid,)
    return (
        Only("kill", (62, 129), 0, (pid, 0, -pid & 0xFFFFFFFF)),
        Only("tgkill", (234, 131), 0, own),
        Only("tkill", (200, 130), 0, own),
        Only("rt_sigqueueinfo", (129, 138), 0, own),
        Only("rt_tgsigqueueinfo", (297, 240), 0, own),
        Only("pidfd_send_signal", (424, 424), 0, ()),
        Only("fcntl", (72, 25), 1, (8, 10, 15), allowed=False),  # F_SETOWN, F_SETSIG, F_SETOWN_EX
        Only("ioctl", (16, 29), 1, (0x8901, 0x8902), allowed=False),  # FIOSETOWN, SIOCSPGRP
    )


def _emptying() -> tuple[Only, ...]:
    """Before Landlock could tell, a file was emptied by its name, or by opening it to read."""
    return (
        Only("truncate", (76, 45), 0, (), allowed=True),
        Only("open", (2, None), 1, (EMPTIED_UNWRITTEN,), OPEN, allowed=False),
        Only("openat", (257, 56), 2, (EMPTIED_UNWRITTEN,), OPEN, allowed=False),
        Only("openat2", (437, 437), 0, (), allowed=True),
    )


def restrict(landlock: int) -> bool:
    """Refuse the calls of the list, for this process and all it starts; whether the filter holds.

    NO_NEW_PRIVS must be set. Raises OSError when the kernel refuses a filter.
    """
    machine = kernel.machine()
    if not machine:
        return False
    code = program(machine, os.getpid(), landlock)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("=HxxxxxxQ", len(code) // 8, ctypes.addressof(buffer))
    kernel.call(SECCOMP[machine], SET_FILTER, ALL_THREADS, ctypes.create_string_buffer(header, 16))
    return True


# ------------------------------------------------------------------------------------------- the filter's program

LOAD, AND, RETURN = 0x20, 0x54, 0x06
EQUAL, AT_LEAST = 0x15, 0x35
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets of what the kernel tells of a call


def program(machine: str, pid: int, landlock: int) -> bytes:
    """Assemble the filter: 8 bytes an instruction, every branch forward."""
    column = 0 if machine == "x86_64" else 1
    steps = [
        *(_step(LOAD, ARCHITECTURE), _step(EQUAL, AUDIT[machine], 1, 0), _step(RETURN, ERRNO | EPERM)),
        _step(LOAD, NUMBER),
    ]
    if machine == "x86_64":
        steps += [_step(AT_LEAST, X32, 0, 1), _step(RETURN, ERRNO | EPERM)]
    for numbers in REFUSED.values():
        if (number := numbers[column]) is not None:
            steps += [_step(EQUAL, number, 0, 1), _step(RETURN, ERRNO | EPERM)]
    steps += [
        _step(EQUAL, 435, 0, 1),
        _step(RETURN, ERRNO | ENOSYS),
    ]  # clone3 hides its flags; libraries go on to clone
    rules = checked(pid, landlock)
    for number in dict.fromkeys(rule.numbers[column] for rule in rules):
        if number is not None:
            block = [step for rule in rules if rule.numbers[column] == number for step in _tests(rule)]
            block.append(_step(RETURN, ALLOW))
            steps += [_step(EQUAL, number, 0, len(block)), *block]
    return b"".join([*steps, _step(RETURN, ALLOW)])


def _tests(rule: Only) -> Iterator[bytes]:
    """Refuse the call unless its argument is one of the values, or if it is; else go on."""
    yield _step(LOAD, ARGUMENTS + 8 * rule.argument)  # the lower half: all of these are 32 bits wide
    yield _step(AND, rule.mask)
    count = len(rule.values)
    for place, value in enumerate(rule.values):
        left = count - place - 1
        yield _step(EQUAL, value, left + 1 if rule.allowed else left, 0 if left or rule.allowed else 1)
    yield _step(RETURN, ERRNO | EPERM)


def _step(code: int, k: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, k)
