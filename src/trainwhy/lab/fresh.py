"""One run in a process of its own, for systems and moments where forking the template is not safe.

Started as `python -m trainwhy.lab.fresh FOLDER`: events leave on standard output, what the learner prints on standard
error. `trainwhy.lab.fresh FOLDER --wait` imports TensorFlow first and begins when a line arrives on standard input.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from trainwhy.lab.one import run_here


def main() -> None:
    """Run the request in the folder named on the command line, then leave without the learner's exit handlers."""
    import trainwhy.lab.jobs
    import trainwhy.lab.probes

    trainwhy.lab.probes.modules()
    folder = Path(sys.argv[1])
    if "--wait" in sys.argv[2:] and not sys.stdin.readline():
        return
    from trainwhy.worker import confine

    confine.limit(float(sys.argv[2]))
    run_here(folder, os.dup(1), os.dup(2))
    os._exit(0)


if __name__ == "__main__":
    main()
