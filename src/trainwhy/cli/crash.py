"""What happens when trainwhy itself fails: a short message and a file with the traceback."""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

import trainwhy


def log_folder() -> Path:
    """Where traces of our own failures go (XDG state folder; `TRAINWHY_HOME` overrides it)."""
    home = os.environ.get("TRAINWHY_HOME")
    if home:
        return Path(home) / "log"
    import platformdirs

    return Path(platformdirs.user_log_path("trainwhy"))


def write_log(error: BaseException, arguments: list[str]) -> Path | None:
    """Write the traceback to a file of its own; `None` where no folder can be written to."""
    import platform

    text = "\n".join(
        [
            f"trainwhy {trainwhy.__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"arguments: {arguments!r}",
            "",
            "".join(traceback.format_exception(error)),
        ],
    )
    name = f"trainwhy-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    for folder in (log_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        return folder / name
    return None


def report(error: BaseException, arguments: list[str]) -> None:
    """Say on stderr that the fault is ours, and where the details are."""
    place = write_log(error, arguments)
    lines = ["trainwhy could not finish; this is not a fault in your code.", f"  {type(error).__name__}: {error}"]
    if place is not None:
        lines.append(f"  details: {place}")
    lines.append("  Please report it with that file. `trainwhy doctor` shows what works here.")
    print("\n".join(lines), file=sys.stderr)  # noqa: T201 - the last words of a failed command
