"""Programs that run with the rights of another user gain none."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from trainwhy.worker.promises import Broken, Ground

TITLE = "gain rights by executing a program"
NEEDS = ("seccomp",)
HARMLESS = 0b110  # reading and writing files, which Landlock decides about


def attempt(_: Ground) -> str:
    """Ask a program that was executed what it may."""
    said = subprocess.run(["/bin/cat", "/proc/self/status"], capture_output=True, text=True, check=True).stdout
    status = dict(line.split(":\t", 1) for line in said.splitlines() if ":\t" in line)
    if status.get("NoNewPrivs", "0").strip() != "1":
        raise Broken("an executed program may gain rights")
    if int(status["CapEff"], 16) & ~HARMLESS:
        raise Broken(f"an executed program has capabilities {status['CapEff']}")
    if os.getuid() != 0 and _reads_as_root():
        raise Broken("a setuid program ran as root")
    return "no new privileges, no capabilities"


def _reads_as_root() -> bool:
    """Whether a setuid program's process is root's: it says so in /proc while it runs."""
    program = Path("/usr/bin/su")
    if not program.exists():
        return False
    with subprocess.Popen([program, "-c", "true"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        try:
            return Path(f"/proc/{child.pid}").stat().st_uid == 0
        finally:
            child.kill()
