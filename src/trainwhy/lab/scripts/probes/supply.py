"""How much data there is where a script asks for more: batches of a dataset, and who ended a `fit` early."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Note the length of each dataset that is drawn from by hand, and whether `fit` was told to stop."""

    def create(original: Callable[..., Any], dataset: Any) -> Any:
        if session.running and session.called_by_learner() and tf.executing_eagerly():
            with session.harness_in_control():
                recorder.facts.update(holds=int(dataset.cardinality()), holds_line=session.line())
        return original(dataset)

    def fit(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        outermost = session.running and session.fitting <= 1
        result = original(model, *args, **kwargs)
        if outermost:
            place = max(len(recorder.fits) - 1, 0)
            recorder.facts[f"fit_{place}_told_to_stop"] = bool(getattr(model, "stop_training", False))
        return result

    session.wrap(tf.data.Dataset, "__iter__", create)
    session.wrap(keras.Model, "fit", fit)
