"""Steps and epochs of a script that nobody prepared.

A step is one trip from weights to new weights: from the first gradient that is asked for until the next outermost tape
opens, a traced function that trains returns, or Keras ends its batch. Epochs are the turns of the loop around the
steps, or Keras' own. When enough was seen, the clock ends the script with `Enough`, which no `except Exception` meets.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.scripts.loops import Turn, values
from trainwhy.lab.scripts.session import ScriptSession

LOOK_STEPS = 3  # of each fit, and of a loop of the script's own
LOOK_ALL = 24  # steps of a look, whatever the script does


class Enough(BaseException):
    """Enough was seen; carries which limit was met."""


class NextPlease(BaseException):
    """A look saw enough of this fit; the script goes on behind it."""


class Clock:
    """Counts steps and epochs, and knows when to stop."""

    def __init__(self, session: ScriptSession) -> None:
        self.session = session
        self.open = False
        self.asked = False
        self.trained: weakref.WeakSet[Any] = weakref.WeakSet()  # tf.functions that ask a tape for gradients
        self.inside: list[Any] = []  # tf.functions being called, outermost first
        self.turns: tuple[Any, ...] = ()
        self.last: list[Turn] = []
        self.own_steps = 0  # of loops of the script's own
        self.fit_steps = 0

    # ------------------------------------------------------------------------------------------ steps

    def begin(self) -> None:
        """A step begins: nothing has moved yet."""
        if self.open:
            return
        self._count_epoch()
        self.open = True
        self.session.begun += 1
        self.session.begin_step()

    def close(self) -> None:
        """The step is over; leave the script when enough was seen."""
        if not self.open:
            return
        self.open = self.asked = False
        self.session.end_step()
        if self.session.fitting:
            self.fit_steps += 1
        else:
            self.own_steps += 1
        self._limit()

    def _limit(self) -> None:
        script, session = self.session.script, self.session
        if session.looking:
            if session.fitting and self.fit_steps >= LOOK_STEPS:
                raise NextPlease
            if self._looked_enough() or session.step >= LOOK_ALL:
                raise Enough("look")
        if script.steps is not None and session.step >= script.steps:
            raise Enough("steps")
        if script.epochs is not None and session.epoch >= script.epochs:
            raise Enough("epochs")
        if script.seconds is not None and time.monotonic() - (session.started or time.monotonic()) > script.seconds:
            raise Enough("seconds")

    def _looked_enough(self) -> bool:
        """Some steps, and where the script has an optimizer, some updates: they may come after many gradients."""
        waiting = self.session.optimizers and self.session.updated < LOOK_STEPS
        return self.own_steps >= LOOK_STEPS and not waiting

    # ------------------------------------------------------------------------------------------ epochs

    def _count_epoch(self) -> None:
        """A loop of the script's own: the turns of every loop but the innermost name the epoch."""
        if self.session.fitting:
            return
        found = self.session.turns()
        outer = found[:-1] if len(found) > 1 else found
        key = tuple((turn.line, turn.values) for turn in outer)
        if self.last and key != self.turns:
            self.end_epoch(None)
        self.turns, self.last = key, outer

    def end_epoch(self, logs: dict[str, Any] | None) -> None:
        """An epoch is over."""
        for hook in self.session.epoch_ended:
            with self.session.harness_in_control():
                hook(logs)
        self.session.epoch += 1
        limit = self.session.script.epochs
        if limit is not None and self.session.epoch >= limit and not self.session.looking:
            raise Enough("epochs")

    def empty_epochs(self) -> int:
        """Turns of the outer loop after the last step: epochs in which nothing was trained."""
        if not self.last:
            return 0
        turn = self.last[-1]
        now = values(turn.frame, turn.names)
        pairs = [(a, b) for a, b in zip(turn.values, now, strict=False) if type(a) is int and type(b) is int]
        return max((b - a for a, b in pairs if b > a), default=0) if len(self.turns) else 0


def install(session: ScriptSession) -> Clock:
    """Watch tapes, traced functions and Keras' own loop. Comes after the probes, so that it stands around them."""
    clock = Clock(session)
    _watch_tapes(session, clock)
    _watch_functions(session, clock)
    _watch_keras(session, clock)
    return clock


def _watch_tapes(session: ScriptSession, clock: Clock) -> None:
    def enter(original: Callable[..., Any], tape: Any) -> Any:
        idle = not session.recording and not session.fitting and not session.calling
        if session.running and idle and clock.asked:
            clock.close()
        return original(tape)

    def gradient(original: Callable[..., Any], tape: Any, target: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            clock.trained.update(clock.inside)
            clock.begin()
            clock.asked = True
        return original(tape, target, *args, **kwargs)

    session.wrap(tf.GradientTape, "__enter__", enter)
    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(tf.GradientTape, "jacobian", gradient)


def _watch_functions(session: ScriptSession, clock: Clock) -> None:
    kind = type(tf.function(lambda: None))

    def call(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        outermost = session.running and not session.fitting and not clock.inside and tf.executing_eagerly()
        if outermost and function in clock.trained:
            clock.close()
            clock.begin()
        if session.running:
            clock.inside.append(function)
            session.calling += 1
        try:
            return original(function, *args, **kwargs)
        finally:
            if clock.inside and clock.inside[-1] is function:
                clock.inside.pop()
                session.calling -= 1
            if outermost and function in clock.trained:
                clock.asked = True  # the step ends where the next begins: what follows it belongs to it

    session.wrap(kind, "__call__", call)


def _watch_keras(session: ScriptSession, clock: Clock) -> None:  # noqa: C901 - five wraps, each a few lines
    def whole(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(model, *args, **kwargs)
        if not session.fitting:
            clock.close()
            clock.fit_steps = 0
        session.fitting += 1
        try:
            return original(model, *args, **kwargs)
        except NextPlease:
            clock.open = clock.asked = False
            return getattr(model, "history", None)
        finally:
            session.fitting -= 1

    def step_of_batch(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running or session.fitting:
            return original(model, *args, **kwargs)
        clock.close()
        clock.begin()
        session.fitting += 1
        try:
            return original(model, *args, **kwargs)
        finally:
            session.fitting -= 1
            clock.asked = True

    def batch_ended(original: Callable[..., Any], callbacks: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(callbacks, *args, **kwargs)
        if session.running:
            clock.begin()
            clock.close()
        return result

    def epoch_ended(original: Callable[..., Any], callbacks: Any, epoch: Any, logs: Any = None) -> Any:
        result = original(callbacks, epoch, logs)
        if session.running:
            clock.end_epoch(dict(logs or {}))
        return result

    session.wrap(keras.Model, "fit", whole)
    session.wrap(keras.Model, "evaluate", whole)
    session.wrap(keras.Model, "predict", whole)
    session.wrap(keras.Model, "train_on_batch", step_of_batch)
    session.wrap(keras.callbacks.CallbackList, "on_train_batch_end", batch_ended)
    session.wrap(keras.callbacks.CallbackList, "on_epoch_end", epoch_ended)
