"""Whether the learner's step changed the data it was given. Tensors cannot be changed in place; arrays can."""

from __future__ import annotations

import numpy as np

from trainwhy.lab.recorder import Recorder
from trainwhy.lab.session import Session
from trainwhy.lab.task import Array


def install(session: Session, recorder: Recorder) -> None:
    """Compare each batch of arrays before and after the step."""
    kept: list[tuple[str, Array, Array]] = []

    def before() -> None:
        kept.clear()
        for name, values in zip(("x", "y"), session.batch or (), strict=False):
            if isinstance(values, np.ndarray):
                kept.append((name, values, values.copy()))

    def after() -> None:
        for name, values, copy in kept:
            if not np.array_equal(values, copy, equal_nan=True):
                recorder.inputs_changed.add(name)

    session.before_step.append(before)
    session.after_step.append(after)
