"""Reports built by hand, as real ones would be, for every face to show."""

from __future__ import annotations

from trainwhy.results import (
    Answer,
    Epoch,
    Evidence,
    Failure,
    Finding,
    Frame,
    Goal,
    Proof,
    Report,
    Row,
    Span,
    Table,
    Versions,
)

NAN, INF = float("nan"), float("inf")
VERSIONS = Versions("0.1.0", "2.21.0", "3.15.1", "3.11.7")

STEP = '''"""One step of training: forward, loss, gradient, update."""

import keras
import tensorflow as tf


mse = keras.losses.MeanSquaredError()


def train_step(model, optimizer, x, y):
    """Improve the model a little on one batch."""
    with tf.GradientTape() as tape:
        predictions = model(x, training=True)
        loss = mse(y, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    # TODO: the step ends here; what is missing?
    return loss
'''

BEGUN = """def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = mse(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
"""

SALES = """import tensorflow as tf


class Sales(tf.keras.Model):
    def loss_of(self, batch):
        y = batch["price"]
        x = tf.stack([batch["area"], batch["rooms"], batch["year"], batch["distance_to_the_station"]], axis=1)
        x = (x - self.mean) / self.deviation
        pred = self.net(x)
        return tf.reduce_mean(tf.square(y - pred))
"""

HEALTHY = tuple(
    Epoch(at, loss, {}, 4, 4, gradient, loss + 0.1)
    for at, loss, gradient in [
        (1, 3.9121, 8.312), (2, 1.2039, 4.02), (3, 0.51602, 2.11), (4, 0.31811, 1.2), (5, 0.25133, 0.744),
    ]
)  # fmt: skip


def _stuck(at: int) -> Epoch:
    return Epoch(at, 7.8542, {}, 0, 4, 8.3121, 7.8542)


def never_applied() -> Report:
    """The first exercise as it is given: nothing moves."""
    finding = Finding(
        code="TW101",
        name="gradients-never-applied",
        level="error",
        title="the gradients are computed and thrown away",
        spans=(Span(15, 5, 15, 14, "4 of 4 are finite; nothing uses them after this line"),),
        evidence=(
            Evidence("variables moved", 0, 4),
            Evidence("steps", 4096),
            Evidence("`optimizer.iterations` after the run", 0, 4096),
        ),
        why="a gradient is a direction; a weight changes when the optimizer gets it",
        help="Give the gradients to the optimizer, each with its variable.",
        broken=BEGUN + "    return loss\n",
        fixed=BEGUN + "    optimizer.apply_gradients(zip(gradients, model.trainable_variables))\n    return loss\n",
        proof=Proof(
            "proven",
            "these gradients applied",
            seeds=(0, 1, 2),
            start=(7.8542, 8.1133, 6.912),
            baseline=(7.8542, 8.1133, 6.912),
            repaired=(0.25133, 0.312, 0.1987),
            placebo=(7.8542, 8.1133, 6.912),
            placebo_name="an extra forward pass",
        ),
    )
    return Report(
        "02_the_step/01_loss_that_never_moves.py", "missing-apply", "finished", "unsolved", 1.3124,
        title="The loss that never moves", source=STEP, start_loss=7.8542,
        epochs=tuple(_stuck(at) for at in range(1, 6)),
        reference=HEALTHY, findings=(finding,),
        goals=(
            Goal("loss on fresh rows", 7.9, 0.9113, "<=", met=False, words="the model predicts as before training"),
        ),
        seeds=(0, 1, 2), sandbox="landlock+seccomp", versions=VERSIONS, trend="same",
    )  # fmt: skip


def solved() -> Report:
    """The same exercise, done."""
    return Report(
        "02_the_step/01_loss_that_never_moves.py", "missing-apply", "finished", "solved", 1.2,
        title="The loss that never moves", source=STEP, start_loss=7.8542, epochs=HEALTHY, reference=HEALTHY,
        goals=(Goal("loss on fresh rows", 0.26, 0.9113, "<=", met=True),), seeds=(0, 1),
        sandbox="landlock+seccomp", versions=VERSIONS, trend="falls",
    )  # fmt: skip


def broadcast() -> Report:
    """A script of one's own: several marks, a long source line, metrics with long names, a likely proof."""
    finding = Finding(
        code="TW118",
        name="targets-broadcast",
        level="error",
        title="targets of shape `(64,)` meet predictions of shape `(64, 1)` and become `(64, 64)`",
        spans=(
            Span(10, 41, 10, 49, "shape `(64, 64)`: every target against every prediction"),
            Span(6, 9, 6, 10, "shape `(64,)`", primary=False),
            Span(7, 76, 7, 99, "the widest column, and the reason why this line is long", primary=False),
            Span(9, 9, 9, 13, "shape `(64, 1)`", primary=False),
        ),
        evidence=(
            Evidence("differences for 64 rows", 4096, 64),
            Evidence("spread of the predictions", 0.1132, "2.6, that of the targets"),
        ),
        why="subtraction stretches `(64,)` along rows, so the best answer is the mean of `y` for everyone",
        help="Give both the same shape.",
        broken='y = batch["price"]\n',
        fixed='y = batch["price"][:, None]\n',
        proof=Proof(
            "likely", "targets shaped `(64, 1)`", "R²", (0, 1, 2), (), (0.07, 0.068, 0.071), (0.96, 0.95, 0.31),
            (0.07, 0.069, 0.07), "an extra forward pass", "one of 3 seeds did not recover",
        ),
    )  # fmt: skip
    names = {"mean_absolute_error": 12.345, "accuracy": 0.5471}
    epochs = tuple(
        Epoch(at, loss, names, 3, 12, gradient, loss)
        for at, loss, gradient in [(1, 12345.6, 1234.5), (2, 413.25, 1.5e7), (3, INF, INF), (4, NAN, None)]
    )
    return Report(
        "C:\\data\\train_sales.py", None, "finished", "unsolved", 12.3, source=SALES, start_loss=20000.0,
        epochs=epochs, findings=(finding,), versions=VERSIONS, trend="nan", seeds=(0, 1),
        notes=("a built-in Keras loss aligns these shapes by itself; a hand-written one does not",),
    )  # fmt: skip


CRASH = """import tensorflow as tf


def forward(model, x):
    return model(tf.reshape(x, (-1, 7)))


def train_step(model, optimizer, x, y):
    print("step")
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((y - forward(model, x)) ** 2)
    return loss
"""


def crash() -> Report:
    """An exception inside the step, after something was printed."""
    error = Failure(
        "InvalidArgumentError",
        "{{function_node __wrapped__Reshape_device_CPU}} Input to reshape is a tensor with 96 values, but the requested"
        " shape requires a multiple of 7\n  [Op:Reshape]",
        5,
        None,
        (
            Frame(11, "train_step", "loss = tf.reduce_mean((y - forward(model, x)) ** 2)"),
            Frame(5, "forward", "return model(tf.reshape(x, (-1, 7)))"),
        ),
        "96 values do not divide into rows of 7; print `x.shape` before the reshape.",
    )
    return Report(
        "02_the_step/05_uphill.py", "uphill", "raised", "unsolved", 0.4, source=CRASH, error=error,
        output="step\n" * 60, output_dropped=12345, versions=VERSIONS, sandbox="landlock+seccomp",
    )  # fmt: skip


def question() -> Report:
    """A question file with one right and one wrong answer, and what was measured."""
    return Report(
        "01_what_training_does/01_why_weights_move.py", "why-weights-move", "finished", "unsolved", 0.9,
        title="Why weights move",
        answers=(
            Answer("answer", "What does training change?", "weights", right=True, expected="weights",
                   reason="the weights differ, everything else is bit for bit the same"),
            Answer("confidence", "Which of the four fingerprints differ after the run?", "data", right=False,
                   expected="weights",
                   reason="the array has the same hash before and after, so the data was read, not edited"),
        ),
        tables=(experiment(),), versions=VERSIONS, sandbox="none",
    )  # fmt: skip


def experiment() -> Table:
    """A table that was measured live."""
    return Table(
        "What differs after 20 steps",
        ("fingerprint", "before", "after", "equal"),
        (
            Row(("input data", "9f3a…", "9f3a…", "yes")),
            Row(("parameter count", "4,097", "4,097", "yes")),
            Row(("layers", "dense, dense_1", "dense, dense_1", "yes")),
            Row(("weights", "0.113", "-1.27", "no")),
        ),
    )


EVIL = (
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07link\x1b]8;;\x07 [/foo] [bold]not bold[/bold] "
    "\u202egnp.exe \u200b\x9b2J \ud800"
)


def hostile() -> Report:
    """Everything that can be chosen by someone else, chosen badly."""
    finding = Finding(
        "TW104", "numpy-inside-tape", "warning", f"title {EVIL}",
        (Span(2, 6, 2, 10, f"label {EVIL}"), Span(99, 1, 99, 2, "no such line"), Span(1, 500, 1, 600, "past the end")),
        (Evidence(f"name {EVIL}", EVIL, NAN),), f"why {EVIL}", f"help {EVIL}",
        broken=f"x = 1\n{EVIL}", fixed="x = 2\n",
    )  # fmt: skip
    source = f"\tname = '{EVIL}'\n\tä = '漢字' + name  # [/foo]\r\n"
    return Report(
        f"dir/{EVIL}.py", None, "raised", "unsolved", INF, source=source,
        error=Failure(f"Er[/foo]ror{EVIL}", f"message {EVIL}\nsecond [red]line[/red]", 2, 2,
                      (Frame(2, f"f{EVIL}", EVIL),), f"hint {EVIL}"),
        findings=(finding,), goals=(Goal(EVIL, NAN, INF, ">=", met=False, words=EVIL),),
        answers=(Answer(EVIL, EVIL, EVIL, right=False, expected=EVIL, reason=EVIL),),
        tables=(Table(EVIL, (EVIL, "b"), (Row((EVIL, "2")),)),), output=f"{EVIL}\n" * 2, notes=(EVIL,),
        versions=VERSIONS,
    )  # fmt: skip


def ours() -> Report:
    """A fault of trainwhy."""
    return Report(
        "02_the_step/02_other.py", "loss-outside-tape", "internal", None, 0.1,
        error=Failure("EOFError", "the worker's channel closed early"), versions=VERSIONS,
    )  # fmt: skip


def untouched() -> Report:
    """A starter that nobody changed."""
    return Report(
        "02_the_step/03_numpy_in_the_tape.py", "numpy-in-the-tape", "finished", "not_started", 0.5,
        findings=never_applied().findings, versions=VERSIONS, sandbox="landlock+seccomp",
    )  # fmt: skip


ALL = {
    "never_applied": never_applied,
    "solved": solved,
    "broadcast": broadcast,
    "crash": crash,
    "question": question,
    "hostile": hostile,
    "ours": ours,
}
