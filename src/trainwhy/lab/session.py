"""One run in a worker: what is being trained, where the loop stands, and which methods are wrapped.

Probes and interventions are installed on a session. Each wraps the TensorFlow and Keras methods it needs; closing the
session undoes every wrap in reverse order. Interventions are installed first, so probes see what the learner's code
hands over, not what a repair makes of it.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import Any

import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.patching import Patches, Wrapper
from trainwhy.lab.task import Training
from trainwhy.results import Request

NAMES = 4096  # variables whose names are remembered
GENERATED = "__autograph_generated_file"


class Control:
    """A stretch in which the harness, not the learner, has control. A class: it is entered dozens of times a step."""

    __slots__ = ("_before", "_errors", "_session")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._errors = np.errstate(all="ignore")  # an overflow is evidence, not the learner's warning

    def __enter__(self) -> None:
        self._before, self._session.running = self._session.running, False
        self._errors.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._errors.__exit__(kind, error, trace)
        self._session.running = self._before
        return isinstance(error, Exception) and self._session.swallows(error)


class Session:
    """Mutable state of one run. `step` and `epoch` count from 0; `batch` is what the learner's step was given."""

    def __init__(self, request: Request, task: Training, path: str) -> None:
        self.request = request
        self.task = task
        self.path = path
        self.model: Any = None
        self.optimizer: Any = None
        self.step = 0
        self.epoch = 0
        self.batch: tuple[Any, Any] | None = None
        self.running = False  # True while the learner's code has control
        self.left_raising = False  # the learner's code gave control back with an exception: that is the learner's
        self.recording = 0  # learner tapes that record right now
        self.before_step: list[Callable[[], None]] = []
        self.after_step: list[Callable[[], None]] = []
        self._names: dict[int, tuple[Any, str]] = {}  # the variable is kept, so that its address stays its own
        self.patches = Patches()
        self.first_step_patches = Patches()  # closed after the first step: costly probes live here

    def wrap(self, owner: Any, name: str, wrapper: Wrapper) -> None:
        """Put `wrapper(original, *args, **kwargs)` in place of `owner.name` until the session closes."""
        self.patches.wrap(owner, name, wrapper)

    def replace(self, owner: Any, name: str, value: Any) -> None:
        """Set `owner.name` until the session closes."""
        self.patches.replace(owner, name, value)

    def close(self) -> None:
        """Undo every wrap, last first."""
        self.first_step_patches.close()
        self.patches.close()

    @contextlib.contextmanager
    def learner_in_control(self) -> Iterator[None]:
        """Mark that what happens inside is the learner's doing."""
        self.running = True
        try:
            yield
        except BaseException:
            self.left_raising = True
            raise
        finally:
            self.running = False

    def harness_in_control(self) -> Control:
        """Mark that what happens inside, though the learner's frames are below, is ours."""
        return Control(self)

    def begin_step(self) -> None:
        """Tell probes and interventions that the learner is about to work on `self.batch`."""
        with self.harness_in_control():
            for hook in self.before_step:
                self.run_hook(hook)

    def end_step(self) -> None:
        """Tell probes and interventions that the learner is done with `self.batch`."""
        with self.harness_in_control():
            for hook in self.after_step:
                self.run_hook(hook)
            self.step += 1
            if self.step == 1:
                self.first_step_patches.close()

    def swallows(self, error: Exception) -> bool:
        """Whether an error of the harness's own costs only evidence; in an exercise it is let through."""
        del error
        return False

    def run_hook(self, hook: Callable[[], None]) -> None:
        """Run what a probe wants to do between steps."""
        hook()

    def name_of(self, variable: Any) -> str:
        """Return the path of a variable, told apart from one of the same path in another model."""
        known = self._names.get(id(variable))
        if known is None:
            if len(self._names) >= NAMES:
                self._names.clear()
            known = self._names[id(variable)] = (variable, tensors.name_beside(variable, self.model))
        return known[1]

    # -------------------------------------------------------------------------------- where in the learner's file

    def line(self) -> int | None:
        """The learner's line that led here: the innermost frame of their file, also inside a traced function."""
        generated, frame = False, sys._getframe(1)
        walk: FrameType | None = frame
        while walk is not None:
            name = walk.f_code.co_filename
            if name == self.path:
                return self._traced_line() or walk.f_lineno if generated else walk.f_lineno
            generated = generated or GENERATED in name
            walk = walk.f_back
        return self._traced_line() if generated else None

    def _traced_line(self) -> int | None:
        """Inside autograph the learner's frame is generated code; TensorFlow maps it back."""
        try:
            from tensorflow.python.util import tf_stack
        except ImportError:
            return None
        for entry in reversed(list(tf_stack.extract_stack())):
            if entry.filename == self.path:
                return int(entry.lineno)
        return None

    def called_by_learner(self, depth: int = 2) -> bool:
        """True when the nearest frame outside trainwhy is in the learner's file (or its autograph copy)."""
        frame: FrameType | None = sys._getframe(depth)
        while frame is not None and "/trainwhy/lab/" in frame.f_code.co_filename.replace("\\", "/"):
            frame = frame.f_back
        if frame is None:
            return False
        name = frame.f_code.co_filename
        return name == self.path or GENERATED in name
