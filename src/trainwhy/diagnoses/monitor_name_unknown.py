"""A callback waits for a number that is never logged.

What happens
    `EarlyStopping`, `ReduceLROnPlateau` or `ModelCheckpoint(save_best_only=True)` monitors a name that `fit` does not
    log: a short form (`val_acc`), another spelling, or a validation number without validation data.

Why it hurts
    The callback raises at the end of the first epoch, or warns and never does what it is there for.

How it shows
    The name was in the logs of none of the epochs.

Fix
    Monitor one of the logged names, as they stand in `history.history`; hand over validation data for those with
    `val_`.

Known limits
    Callbacks of one's own are not looked at, nor validation that comes only every few epochs.

References
    keras.io/api/callbacks/early_stopping.
"""

from __future__ import annotations

from trainwhy.crashes import fact, line_of, number
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.sources import line_span, name_span

DIAGNOSIS = Diagnosis(
    code="TW419",
    name="monitor-name-unknown",
    level="error",
    why="a callback compares the number of that name from epoch to epoch; a name that is not logged never has one",
    help="monitor a name that `fit` logs, as in `history.history`; `val_` names need validation data",
    intervention="monitor_known_name",
    intervention_words="the most similar logged name monitored",
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
y = (x[:, :1] > 0).astype("float32")
model = tf.keras.Sequential([tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
stop = tf.keras.callbacks.EarlyStopping(monitor="val_acc", patience=2)
model.fit(x, y, validation_split=0.2, epochs=4, callbacks=[stop], verbose=0)
"""

FIXED = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
y = (x[:, :1] > 0).astype("float32")
model = tf.keras.Sequential([tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
stop = tf.keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=2)
model.fit(x, y, validation_split=0.2, epochs=4, callbacks=[stop], verbose=0)
"""

MEASURE = "epochs without the monitored number"
EPOCHS = 1


def match(run: Run) -> Match | None:
    """Match when a callback's name was in no epoch's logs."""
    name, epochs = fact(run, "monitor"), number(run, "monitor_epochs")
    if not isinstance(name, str) or not epochs:
        return None
    kind, names = str(fact(run, "monitor_kind")), str(fact(run, "monitor_names"))
    evidence = (
        Evidence(f"of {int(epochs)} epochs, that logged `{name}`", 0, int(epochs)),
        Evidence("names that are logged", names),
    )
    line = line_of(run, "monitor_line")
    span = line_span(run.source, line, "waits for a name that is not logged") if line else None
    if span is not None and line is not None:
        span = name_span(run.source, line, "monitor", "waits for a name that is not logged") or span
    return Match(f"`{kind}` monitors `{name}`, which is never logged"[:80], evidence, (span,) if span else ())


def measure(run: Run) -> float:
    """Return in how many epochs the number was missing."""
    return number(run, "monitor_epochs")


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the number is there in every epoch."""
    return measure(baseline) > 0 == measure(repaired) and repaired.error is None and len(repaired.epochs) > 0
