"""One run in a process of its own, for systems and moments where forking the template is not safe.

Started as `python -m trainwhy.lab.fresh FOLDER DEADLINE [free]`: events leave on standard output, what the learner
prints on standard error.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from trainwhy.lab.importing import import_everything
from trainwhy.lab.one import run_here
from trainwhy.worker import confine


def main() -> None:
    """Run the request in the folder named on the command line, then leave without the learner's exit handlers."""
    folder, sandbox = Path(sys.argv[1]), confine.NONE
    confined = sys.argv[3:] != ["free"]
    if confined:  # before the import, which may start threads: only what has one thread can be confined
        tempfile.tempdir = str(folder)
        sandbox = confine.seal(folder)
    import_everything()
    if confined:
        confine.limit(float(sys.argv[2]))
    run_here(folder, os.dup(1), os.dup(2), sandbox)
    os._exit(0)


if __name__ == "__main__":
    main()
