"""The real command line with a worker that trains nothing, for pseudo-terminal tests that take no seconds.

A file with the word ENDLESS trains until it is cancelled.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from cli_fakes import Desk, FakeWorker, fake_check
from trainwhy.cli import ending
from trainwhy.cli.tools import real_key


def check(exercise, source, worker, **more):
    stop = "ENDLESS" in source
    WORKER.endless = stop
    return fake_check(exercise, source, worker, **more)


WORKER = FakeWorker()
desk = Desk(Path.cwd(), WORKER, check)
tools = replace(desk.tools(), key=real_key, sight=lambda seen: seen)
sys.exit(ending.run(sys.argv[1:], tools))
