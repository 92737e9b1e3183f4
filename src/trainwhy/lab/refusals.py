"""What the sandbox refused a learner's program, said in one sentence: which rule it met, and what to do instead."""

from __future__ import annotations

import os
import traceback

from trainwhy.worker import confine

OFFLINE = "a checked file has no network, sockets are refused; take the data from arguments or from files"
ELSEWHERE = "a checked file can write in its own working directory only; write to a relative path"
ATTRIBUTES = "a checked file cannot change modes, owners or times of files; `shutil.copyfile` copies without them"
OTHERS = "a checked file can signal or look into no process but its own; leave the others alone"
REFUSED = "the sandbox refuses this to a checked file: it writes in its own working directory and has no network"
NETWORK = ("gaierror", "URLError", "ConnectionError", "ConnectTimeout", "MaxRetryError", "NewConnectionError")
NETWORK_FILES = ("socket.py", "ssl.py", "http/client.py", "urllib/request.py")
CHANGES = ("chmod", "chown", "utime", "copymode", "copystat", "setxattr", "copy2", "copytree", "shutil.copy(")
PROCESSES = ("kill", "prlimit", "setpriority", "ptrace", "/proc/")
DEEP = 8  # exceptions that led to this one


def hint(error: BaseException) -> str:
    """Say which rule of the sandbox an exception met; nothing where there is no sandbox, or it met none."""
    if os.environ.get(confine.HOLDS, confine.NONE) == confine.NONE:
        return ""
    one: BaseException | None = error
    for _ in range(DEEP):
        if one is None:
            return ""
        found = _met(one)
        if found:
            return found
        one = one.__cause__ or one.__context__
    return ""


def _met(error: BaseException) -> str:
    if type(error).__name__ in NETWORK:
        return OFFLINE
    if not isinstance(error, PermissionError):
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    if last is not None and last.filename.replace("\\", "/").endswith(NETWORK_FILES):
        return OFFLINE
    line = (last.line or "") if last is not None else ""
    for words, said in (
        ("socket", OFFLINE),
        *((one, ATTRIBUTES) for one in CHANGES),
        *((one, OTHERS) for one in PROCESSES),
    ):
        if words in line or words in str(error.filename or ""):
            return said
    return ELSEWHERE if error.filename is not None else REFUSED
