"""Starting anew without the variables that steer Python: what a repository sets must not decide what is solved.

Whatever Python ran for those variables before this module could do anything; a second process, which never heard of
them, begins clean. Two things remain: a trainwhy that itself comes from `PYTHONPATH` is whoever's set it, and so is the
one that `python -m trainwhy` finds in the current folder. CI uses the command `trainwhy` or `python -I -m trainwhy`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

JUDGING = ("verify", "grade")  # commands whose exit code somebody relies on
STEERING = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONUSERBASE",
    "PYTHONPLATLIBDIR",
    "PYTHONPYCACHEPREFIX",
    "PYTHONINSPECT",
    "PYTHONSTARTUP",
    "PYTHONCASEOK",
    "PYTHONEXECUTABLE",
    "PYTHONOPTIMIZE",
    "PYTHONBREAKPOINT",
)


def ensure(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Start a judging command anew without the variables that steer Python; does not return then."""
    judging = any(word in JUDGING for word in arguments[:3])
    if not judging or sys.flags.ignore_environment or not any(name in environment for name in STEERING):
        return
    if _comes_from(environment.get("PYTHONPATH", "")):
        print("trainwhy: this trainwhy comes from PYTHONPATH: whoever sets it decides what counts", file=sys.stderr)  # noqa: T201 - before anything of the CLI is loaded
        return
    clean = {name: value for name, value in environment.items() if name not in STEERING}
    command = [sys.executable, "-P" if sys.version_info >= (3, 11) else "-I", "-m", "trainwhy", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, clean)  # noqa: S606 - this very command
    sys.exit(subprocess.call(command, env=clean))


def _comes_from(path: str) -> bool:
    package = Path(__file__).resolve().parents[2]
    return any(Path(part).resolve() == package for part in path.split(os.pathsep) if part)
