"""One initializer drew the same numbers for several layers.

What happens
    A Keras initializer fixes its seed when it is made. The same instance, given to several layers of one shape (or
    several instances with one seed), fills them with the very same numbers.

Why it hurts
    Layers beside each other (branches, experts, members of an ensemble) begin as copies: given the same inputs they
    get the same gradients and stay copies. Layers on top of each other are no random start.

How it shows
    Two trained kernels held bit for bit the same random numbers before the first step.

Fix
    Give every layer an instance of its own, a name (`"he_normal"`), or `initializer.clone()` with no fixed seed.

Known limits
    One variable used twice (tied weights) is one kernel, and is no copy. Copies of whole models that are not trained
    together (target networks, averages) get no gradient and stay unmarked.

References
    keras.io/api/layers/initializers, "initializers are stateless".
"""

from __future__ import annotations

from trainwhy import beginnings
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import WeightSeen
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW423",
    name="initializer-shared",
    level="error",
    why="an initializer fixes its seed when it is made, so it fills every kernel of one shape with the same numbers",
    help='give each layer its own instance or a name such as `"he_normal"`, each with a seed of its own',
    intervention="shuffle_copies",
    intervention_words="the copied kernels drawn anew",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 4)).astype("float32")
y = np.abs(x[:, :1])
initializer = keras.initializers.HeNormal()
data = keras.Input((4,))
left = keras.layers.Dense(8, activation="relu", kernel_initializer=initializer)(data)
right = keras.layers.Dense(8, activation="relu", kernel_initializer=initializer)(data)
model = keras.Model(data, keras.layers.Dense(1)(keras.layers.Average()([left, right])))
model.compile(keras.optimizers.Adam(0.02), "mse")
model.fit(x, y, epochs=4, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace("initializer = keras.initializers.HeNormal()", 'initializer = "he_normal"')
TITLE = 80  # characters
MEASURE = "kernels that began as copies"


def match(run: Run) -> Match | None:
    """Match when trained kernels began with the very same random numbers."""
    known = {w.name: w for w in beginnings.kernels(run)}
    copies = [w for w in known.values() if w.twin in known]
    if not copies or not measure(run):
        return None
    first, copy = known[copies[0].twin], copies[0]
    evidence = (
        Evidence("kernels that begin as a copy of another", len(copies), 0),
        Evidence("numbers that are the same in both", _size(copy)),
    )
    found = [_drawn(run, first, copy)]
    found += [beginnings.made_span(run, one.lines, one.kind, label) for one, label in _marked(first, copies)]
    title = f"`{copy.name}` begins with the same random numbers as `{first.name}`"
    return Match(
        title if len(title) <= TITLE else "several kernels begin with the same random numbers",
        evidence,
        beginnings.spans(*found),
    )


def _drawn(run: Run, first: WeightSeen, copy: WeightSeen) -> Span | None:
    """Mark the one initializer that filled both, where it was made on a line of its own."""
    line = first.drawn_line
    same = line is not None and line == copy.drawn_line
    return line_span(run.source, line or 0, "fills all of them with the same numbers") if same else None


def _marked(first: WeightSeen, copies: list[WeightSeen]) -> list[tuple[WeightSeen, str]]:
    return [
        (copies[0], "begins as a copy of another kernel"),
        (first, "began with these numbers"),
        *((w, "begins as a copy, too") for w in copies[1:3]),
    ]


def _size(weight: WeightSeen) -> int:
    count = 1
    for size in weight.shape:
        count *= size or 1
    return count


def measure(run: Run) -> float:
    """Count the trained kernels that began as copies."""
    seen = run.seen.weights if run.seen else ()
    if not any(w.start for w in seen):
        seen = run.look.weights if run.look else ()
    names = {w.name for w in beginnings.kernels(run)}
    return float(sum(w.twin in names for w in seen if w.name in names))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether no kernel begins as a copy any more."""
    return measure(baseline) > 0 == measure(repaired)
