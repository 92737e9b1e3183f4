"""Repair TW135: the learner's tape watches the plain tensors that the learner's function holds.

When the tape starts, every float tensor in the variables of the calling function, alone or in a list, tuple or
dictionary, is watched. NumPy arrays have no place on a tape and stay as they are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import tensorflow as tf

from trainwhy.lab.interventions import weights_as_variables
from trainwhy.lab.session import GENERATED, Session

WORDS = "the plain tensors watched by the tape"


def install(session: Session) -> None:
    """Watch more when a tape is entered by the learner."""
    if session.task is None:  # a whole script makes its own weights
        weights_as_variables.install(session)
        return

    def entered(original: Any, tape: Any) -> Any:
        result = original(tape)
        if session.running:
            for tensor in _tensors(_frame(session.path)):
                tape.watch(tensor)
        return result

    session.wrap(tf.GradientTape, "__enter__", entered)


def _frame(path: str) -> FrameType | None:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != path and GENERATED not in frame.f_code.co_filename:
        frame = frame.f_back
    return frame


def _tensors(frame: FrameType | None) -> Iterator[Any]:
    if frame is None:
        return
    for value in (*frame.f_locals.values(), *frame.f_globals.values()):
        parts = tf.nest.flatten(value) if isinstance(value, (list, tuple, dict)) else [value]
        yield from (part for part in parts if isinstance(part, tf.Tensor) and part.dtype.is_floating)
