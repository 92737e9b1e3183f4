"""Repair TW136: a number that a step returns is also given to the metric of that name, when nothing else updates it."""

from __future__ import annotations

from typing import Any

import keras

from trainwhy.lab.scripts.probes.logs import shadowed
from trainwhy.lab.session import Session

WORDS = "the metrics updated with what the step returned"


def install(session: Session) -> None:
    """Update them at the end of every batch."""
    mine: set[int] = set()

    def batch_ended(original: Any, callbacks: Any, batch: Any, logs: Any = None) -> Any:
        model = next((c.model for c in callbacks.callbacks if c.model is not None), None)
        if session.running and model is not None:
            with session.harness_in_control():
                mine.update(id(m) for m in model.metrics if m.name in shadowed(model, logs))
                for metric in model.metrics:
                    if id(metric) in mine:
                        metric.update_state(logs[metric.name])
        return original(callbacks, batch, logs)

    session.wrap(keras.callbacks.CallbackList, "on_train_batch_end", batch_ended)
