"""The command line: parse, call, choose a face, exit code. `main` is the console script.

Rooms: `app` (the Typer application), `commands/` (one module per command, found by walking the folder), `screen` (what
the terminal can show), `here` (workspace, progress and current exercise), `engine` (the door to the worker), `sitting`
(one checked run, shown while it happens), `questions` and `asking` (what the learner is asked), `keys` (single keys).
Nothing here imports TensorFlow, and `--help`, `list` and `hint` import nothing heavy.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; every way out ends here."""
    if arguments is None and any(name.startswith("PYTHON") for name in os.environ):
        from trainwhy.cli import isolation

        isolation.ensure(sys.argv[1:], os.environ)
    from trainwhy.cli import ending

    try:
        code = ending.run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has what it wanted. Point stdout elsewhere, or Python complains while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
