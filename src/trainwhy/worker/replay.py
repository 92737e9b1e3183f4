"""Recorded runs, played back: most tests of the core need no TensorFlow.

A recording is a file of event lines named by what was asked. `Recorder` writes one while a real worker runs, so every
recording is of a real run; `Replay` answers from them and refuses what was never recorded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from trainwhy import wire
from trainwhy.results import Event, Request
from trainwhy.worker import Worker


def key(request: Request) -> str:
    """Name a recording by everything that decides a run but the machine's paths.

    What a judgement says depends on the trained weights as well, so each file that is judged has a folder of its own.
    """
    exercise = Path(request.exercise).name
    treated = repr(list(zip(request.interventions, request.seeds, strict=True)))
    parts = [request.job, exercise, request.practice, treated, str(request.epochs)]
    parts += [Path(request.name).name, request.source, repr(sorted(request.answers.items()))]
    readable = "-".join(part for part in (request.job, exercise, request.practice, request.intervention) if part)
    return f"{readable}-{request.seed}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:12]}.jsonl"


class Recorder:
    """Passes requests on to a real worker and writes down what it says."""

    def __init__(self, worker: Worker, folder: Path) -> None:
        self._worker = worker
        self._folder = folder

    def run(self, request: Request) -> Iterator[Event]:
        """Yield the real events; the recording is written when the last one is out."""
        lines = []
        for event in self._worker.run(request):
            lines.append(wire.dump_event(event))
            yield event
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / key(request)).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def cancel(self) -> None:
        """Cancel the real runs."""
        self._worker.cancel()

    def close(self) -> None:
        """Close the real worker."""
        self._worker.close()


class Replay:
    """Answers requests from recordings."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(self, request: Request) -> Iterator[Event]:
        """Yield the recorded events; FileNotFoundError names the command that records."""
        path = self._folder / key(request)
        if not path.exists():
            raise FileNotFoundError(f"no recording {path.name}; `python scripts/record_runs` makes them")
        for line in path.read_text(encoding="utf-8").splitlines():
            yield wire.load_event(line)

    def cancel(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        """Nothing to end."""
