"""One script in a worker: the door for probes that an exercise has, with lines, names and loops of a whole program."""

from __future__ import annotations

import linecache
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import keras

from trainwhy.lab import tensors
from trainwhy.lab.scripts.files import Files
from trainwhy.lab.scripts.loops import Trees, Turn, values
from trainwhy.lab.scripts.trail import Trail
from trainwhy.lab.session import GENERATED, Session
from trainwhy.results import Request, Script


class Everything:
    """Every variable the script trains or may train, under the names a model has."""

    built = True

    def __init__(self) -> None:
        self.models: list[Any] = []  # in the order in which they were first called or fitted
        self.loose: dict[int, Any] = {}  # variables of no model

    @property
    def variables(self) -> list[Any]:
        """All variables, each once."""
        return self._each("variables", list(self.loose.values()))

    @property
    def trainable_variables(self) -> list[Any]:
        """Those that stand open now."""
        return self._each("trainable_variables", [v for v in self.loose.values() if getattr(v, "trainable", True)])

    def _each(self, which: str, loose: list[Any]) -> list[Any]:
        found: dict[Any, Any] = {}
        for model in self.models:
            for variable in getattr(model, which, None) or ():
                found.setdefault(tensors.handle_key(variable) or id(variable), variable)
        for variable in loose:
            found.setdefault(tensors.handle_key(variable) or id(variable), variable)
        return list(found.values())


class ScriptSession(Session):
    """Mutable state of one observed script; `step` and `epoch` are kept by the clock."""

    def __init__(self, request: Request, script: Script) -> None:
        self._owner = (os.getpid(), threading.get_ident())
        self._flag = False
        super().__init__(request, None, script.path)  # type: ignore[arg-type]  # a script has no task
        self.script = script
        self.files = Files(script.path, request.source)
        self.trees = Trees()
        self.everything = Everything()
        self.model = self.everything
        self.fitting = 0  # calls of fit, evaluate or predict that are on
        self.calling = 0  # calls of tf.function that are on
        self.started: float | None = None  # when the first step began
        self.begun = 0  # steps that began
        self.updated = 0  # times an optimizer of the script was given gradients, while looking
        self.optimizers: list[Any] = []  # that the script made, oldest first
        self.repairs_fit: list[Callable[[dict[str, Any]], None]] = []  # what a repair does to the arguments of `fit`
        self.hears_losses: list[Callable[[dict[str, Any], Any], None]] = []  # told (what a loss was given, its value)
        self.hears_inner_losses: list[
            Callable[[dict[str, Any], Any], None]
        ] = []  # the same, of losses used inside others
        self.trail = Trail()  # of arrays, in a look
        self.raised: BaseException | None = None  # what ended the script
        self.troubles: list[str] = []  # what went wrong inside trainwhy
        self.after_trace: dict[int, list[Callable[[], None]]] = {}  # by graph: what is to be added at its end
        self._named: dict[Any, str] = {}
        self._kept: list[Any] = []  # variables stay, so that their addresses stay theirs
        self.epoch_ended: list[Callable[[dict[str, Any] | None], None]] = []
        self.given: set[Any] = set()  # variables whose values the script set before it trained
        self.layers: list[tuple[int | None, int | None]] = []  # that run now: (line that called, line where made)

    @property
    def running(self) -> bool:  # here it also depends on who asks
        """True while the script has control, in its first process and thread."""
        return self._flag and threading.get_ident() == self._owner[1] and os.getpid() == self._owner[0]

    @running.setter
    def running(self, value: bool) -> None:
        if threading.get_ident() == self._owner[1]:
            self._flag = value

    @property
    def looking(self) -> bool:
        """True in the process that looks at the first steps eagerly."""
        return self.script.look

    def collect_optimizers(self) -> None:
        """Keep hold of every optimizer the script makes: a repair may need the one that is never used."""

        def create(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> None:
            original(optimizer, *args, **kwargs)
            if self.running:
                self.optimizers.append(optimizer)

        self.wrap(keras.optimizers.Optimizer, "__init__", create)

    def swallows(self, error: Exception) -> bool:
        """What goes wrong in the harness is ours, so it costs evidence and never reaches the script."""
        self.troubles.append(_trouble(error))
        return True

    def run_hook(self, hook: Callable[[], None]) -> None:
        """Run what a probe wants to do; when it fails, only its own evidence is lost."""
        with self.harness_in_control():
            hook()

    def end_step(self) -> None:
        """Tell probes that a step is over."""
        super().end_step()
        if self.started is None:
            self.started = time.monotonic()

    def name_of(self, variable: Any) -> str:
        """Return a name that no other variable of this run has."""
        key = tensors.handle_key(variable) or id(variable)
        if key not in self._named:
            base = name = tensors.variable_name(variable)
            taken = set(self._named.values())
            number = 2
            while name in taken:
                name, number = f"{base} ({number})", number + 1
            self._named[key] = name
            self._kept.append(variable)
        return self._named[key]

    # -------------------------------------------------------------------------------- where in the script

    def line(self) -> int | None:
        """The user's line that led here, counted through all files; also inside a traced function."""
        generated = False
        walk: FrameType | None = sys._getframe(1)
        while walk is not None:
            name = walk.f_code.co_filename
            before = self.files.before(name)
            if before is not None:
                plain = walk.f_lineno + before
                return self._traced_line() or plain if generated else plain
            generated = generated or GENERATED in name
            walk = walk.f_back
        return self._traced_line() if generated else None

    def _traced_line(self) -> int | None:
        try:
            from tensorflow.python.util import tf_stack
        except ImportError:
            return None
        for entry in reversed(list(tf_stack.extract_stack())):
            before = self.files.before(entry.filename)
            if before is not None:
                return int(entry.lineno) + before
        return None

    def called_by_learner(self, depth: int = 2) -> bool:
        """True when the nearest frame outside trainwhy is in one of the user's files (or its autograph copy)."""
        frame: FrameType | None = sys._getframe(depth)
        while frame is not None and "/trainwhy/lab/" in frame.f_code.co_filename.replace("\\", "/"):
            frame = frame.f_back
        if frame is None:
            return False
        name = frame.f_code.co_filename
        return self.files.before(name) is not None or GENERATED in name

    def layer_line(self) -> int | None:
        """Where the innermost running layer was made, when no line of the user's stands inside its call."""
        if len(self.layers) < 2 or self.line() != self.layers[0][0]:  # noqa: PLR2004 - a layer inside a model
            return None
        return self.layers[-1][1]

    def turns(self) -> list[Turn]:
        """The turns of the user's loops that led here, outermost first."""
        found: list[Turn] = []
        walk: FrameType | None = sys._getframe(1)
        while walk is not None:
            name = walk.f_code.co_filename
            if self.files.before(name) is not None:
                text = _text_of(name)
                here = self.trees.around(name, walk.f_lineno, text)
                found = [Turn(walk, line, names, values(walk, names)) for line, names in here] + found
            walk = walk.f_back
        return found


def _trouble(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).stem}:{last.lineno} {type(error).__name__}: {error}"[:200]


def _text_of(name: str) -> Callable[[], str]:
    return lambda: "".join(linecache.getlines(name))
