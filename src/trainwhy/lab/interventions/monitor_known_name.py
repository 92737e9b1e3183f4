"""Repair TW419: a callback that waits for a name which is never logged waits for the most similar one that is."""

from __future__ import annotations

import difflib
from typing import Any

import keras

from trainwhy.lab.session import Session

WORDS = "the most similar logged name monitored"


def install(session: Session) -> None:
    """Correct the name when the first epoch ends."""

    def epoch_ended(original: Any, callbacks: Any, epoch: Any, logs: Any = None) -> Any:
        names = list(logs or {})
        for callback in callbacks.callbacks if session.running else ():
            wanted = getattr(callback, "monitor", None)
            if isinstance(wanted, str) and names and wanted not in names:
                callback.monitor = (difflib.get_close_matches(wanted, names, 1, 0.4) or names)[0]
        return original(callbacks, epoch, logs)

    session.wrap(keras.callbacks.CallbackList, "on_epoch_end", epoch_ended)
