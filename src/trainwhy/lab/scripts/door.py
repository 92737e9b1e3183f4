"""Observation inside the user's own process, for code that cannot be run as a script: a cell, a service, a test."""

from __future__ import annotations

import linecache
import os
from dataclasses import replace
from typing import Any

import keras

from trainwhy.lab.probes import calls, leaves, ops, tape, updates
from trainwhy.lab.scripts import clock as clocks
from trainwhy.lab.scripts import freeze, probes
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.results import Request, Run, Script


class Door:
    """Watches everything from `open` to `close`; `run` is what was seen."""

    def __init__(self, filename: str) -> None:
        source = "".join(linecache.getlines(filename))
        script = Script(path=filename, folder=os.path.dirname(filename))  # noqa: PTH120 - as frames name it
        request = Request(job="script", exercise="", source=source, name=filename, script=script)
        self._session, self._recorder = ScriptSession(request, script), ScriptRecorder()
        self._clock: clocks.Clock | None = None
        self.run: Run | None = None

    def open(self) -> None:
        """Wrap what is watched; nothing of it draws a random number or changes a training."""
        for probe in (tape, updates, calls, ops, leaves, *probes.modules()):
            probes.start(probe, self._session, self._recorder)
        self._clock = clocks.install(self._session)
        self._session.running = True

    def close(self) -> Run:
        """Put every method back and freeze what was seen; a second call gives the same."""
        if self.run is None and self._clock is not None:
            self._session.running = False
            self._session.close()
            run = freeze.run(self._session, self._recorder, self._clock, stopped="", seconds=0.0)
            self.run = replace(run, look=run.seen)  # here one process has to do both
        return self.run or Run(seed=0)


class Explain(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """A Keras callback that watches from the moment it is made, and explains when `fit` is over."""

    def __init__(self, *, show: bool = True) -> None:
        super().__init__()
        from trainwhy import library

        self.observation = library.observe(depth=2)
        self.show = show
        self.observation.__enter__()

    def on_train_end(self, logs: Any = None) -> None:
        """Stop watching and print the explanation."""
        del logs
        self.observation.__exit__(None, None, None)
        if self.show:
            print(self.observation.explain())  # noqa: T201 - this is what the callback is for
