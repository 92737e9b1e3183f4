"""An optimizer is given an argument that no longer exists.

What happens
    `decay=`, `lr=` or another argument of earlier releases is handed to an optimizer. Keras 3 ignores `decay` with a
    warning and refuses the others.

Why it hurts
    What the argument was for does not happen: the learning rate stays where it is for the whole training.

How it shows
    The optimizer was made with a keyword that is none of its arguments; its learning rate at the end is that of the
    start.

Fix
    Hand a schedule as `learning_rate`: `InverseTimeDecay(rate, 1, decay)` does what `decay` did. Write
    `learning_rate` for `lr`.

Known limits
    `decay=0` changes nothing and is not reported.

References
    keras.io/api/optimizers/learning_rate_schedules.
"""

from __future__ import annotations

import math

from trainwhy.crashes import fact, line_of, number
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.sources import line_span, name_span

DIAGNOSIS = Diagnosis(
    code="TW405",
    name="removed-optimizer-argument",
    level="error",
    why="Keras 3 has no such argument: it is dropped, and what it was for does not happen",
    help=(
        "hand a schedule as `learning_rate`, such as `InverseTimeDecay(rate, 1, decay)`; write `learning_rate` for `lr`"
    ),
    intervention="decay_as_schedule",
    intervention_words="the argument turned into what replaced it",
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
y = x[:, :1]
model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.1, decay=0.05)
model.compile(optimizer, "mse")
model.fit(x, y, epochs=2, batch_size=30, verbose=0)
"""

FIXED = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
y = x[:, :1]
model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD(tf.keras.optimizers.schedules.InverseTimeDecay(0.1, 1, 0.05))
model.compile(optimizer, "mse")
model.fit(x, y, epochs=2, batch_size=30, verbose=0)
"""

MEASURE = "learning rate at the end"


def match(run: Run) -> Match | None:
    """Match when an optimizer was made with a keyword that it does not know."""
    name = fact(run, "argument")
    line = line_of(run, "argument_line")
    value = fact(run, "argument_value")
    if not isinstance(name, str) or line is None or value == 0:
        return None
    refused = run.error is not None and run.error.line == line
    title = f"`{name}` is no argument of optimizers any more and is {'refused' if refused else 'ignored'}"
    evidence = [Evidence(f"`{name}` that was asked for", number(run, "argument_value"), 0)]
    rates = {step.learning_rate for step in (run.seen.steps if run.seen else ()) if step.learning_rate is not None}
    if rates:
        evidence.append(Evidence("different learning rates in all steps", len(rates)))
    label = "not known any more"
    span = name_span(run.source, line, name, label) or line_span(run.source, line, label)
    return Match(title, tuple(evidence), (span,) if span else ())


def measure(run: Run) -> float:
    """Return the learning rate that the optimizer had at the end."""
    rates = [o.learning_rate for o in run.optimizers if o.learning_rate is not None]
    return min(rates, default=math.nan)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the script runs, or the learning rate falls now."""
    if baseline.error is not None:
        return repaired.error is None and repaired.steps > 0
    return measure(repaired) < measure(baseline)
