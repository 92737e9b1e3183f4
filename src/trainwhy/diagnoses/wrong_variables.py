"""Gradients or updates go to variables that are not the trained model's.

What happens
    The step names another model's variables (a copy, a teacher), the frozen ones, or none at all, in `tape.gradient` or
    in the pairs for the optimizer.

Why it hurts
    The model that is judged stays as it was, or a part that was frozen on purpose moves.

How it shows
    None of the variables asked for or updated is a trainable variable of the model, or an update moves a frozen one.

Fix
    Use `model.trainable_variables` of the model whose forward pass made the loss, in both places.

Known limits
    Training only some of the model's variables, or two models in turns, is legitimate and stays silent: something of
    the model moves. `model.variables` is harmless where no gradient reaches the frozen ones.

References
    keras.io/guides/transfer_learning, "Freezing layers: understanding the trainable attribute".
"""

from __future__ import annotations

from trainwhy import astray
from trainwhy.reach import WEIGHTS_MOVED
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span, Update
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW109",
    name="wrong-variables",
    level="error",
    why="an update changes the variables it names and no others, whichever model the loss was computed with",
    help="ask for the gradient of `model.trainable_variables`, and update these, of the model that made the loss",
    intervention="use_trainable_variables",
    intervention_words="the trainable variables of the trained model used",
    explains=("TW101", "TW102", "TW107", "TW108", "TW111"),
)

OF_SCRIPT = (WEIGHTS_MOVED, astray.measure, astray.recovered, "the variables asked for that the loss is to train")

BROKEN = """\
import keras
import tensorflow as tf


def train(model, optimizer, data):
    copy = keras.models.clone_model(model)
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, copy.trainable_variables))
"""

FIXED = """\
import tensorflow as tf


def train(model, optimizer, data):
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""


def match(run: Run) -> Match | None:
    """Match when no trainable variable of the model is asked for or updated, or a frozen one is updated."""
    if not run.variables:
        return None
    if run.loop == "script":
        return None if _turned_round(run) else astray.match(run)
    return _frozen(run) or (None if _moved(run) else _elsewhere(run) or _asked(run))


def _turned_round(run: Run) -> bool:
    """Whether pairs are handed over as (variable, gradient): then the order is wrong, and not the variables."""
    pairs = [pair for update in run.updates for pair in update.pairs if pair.present]
    return bool(pairs) and all(pair.variable_kind == "tensor" for pair in pairs)


def _moved(run: Run) -> bool:
    return any(v.trainable and v.moved for v in run.variables)


def _trainable(run: Run) -> set[str]:
    return {v.name for v in run.variables if v.trainable}


def _frozen(run: Run) -> Match | None:
    frozen = {v.name for v in run.variables if not v.trainable and v.moved}
    for update in run.updates:
        named = [p.variable for p in update.pairs if p.present and p.variable in frozen]
        if named:
            evidence = Evidence("frozen variables that an update moved", len(named), 0)
            title = "the update moves variables that are frozen"
            return Match(title, (evidence,), _spans(run, update.line, update.method, "some of these are frozen"))
    return None


def _elsewhere(run: Run) -> Match | None:
    """Match updates that were carried out and yet changed nothing of the model: they went to another one."""
    for update in run.updates:
        pairs = [p for p in update.pairs if p.present and p.variable_kind == "variable"]
        if pairs and not any(p.variable in _trainable(run) for p in pairs):
            return _match_elsewhere(run, update, len(pairs))
        if pairs and not update.error and _must_move(run, update):
            return _match_elsewhere(run, update, len(pairs))
    return None


def _must_move(run: Run, update: Update) -> bool:
    """Tell whether this update, of finite gradients above zero at a rate above zero, would have changed bits."""
    optimizer = next((o for o in run.optimizers if o.name == update.optimizer), None)
    norms = [e.gradient for e in run.epochs if e.gradient is not None]
    counted = optimizer is not None and bool(optimizer.iterations) and optimizer.learning_rate != 0
    return counted and bool(norms) and max(norms) > 0


def _match_elsewhere(run: Run, update: Update, pairs: int) -> Match:
    count = len(_trainable(run))
    return Match(
        title="the update goes to the variables of another model",
        evidence=(Evidence(f"variables of the model that {pairs} pairs of the update moved", 0, count),),
        spans=_spans(run, update.line, update.method, "these are another model's variables"),
    )


def _asked(run: Run) -> Match | None:
    """Match gradient calls that ask for nothing the model trains."""
    calls = [c for c in run.gradient_calls if all(s.kind == "variable" for s in c.sources)]
    asked = [s.name for call in calls for s in call.sources]
    if not calls or any(name in _trainable(run) for name in asked) or not (asked or run.built_at_start):
        return None
    what = "variables that are not the model's to train" if asked else "no variable at all"
    name = f"trainable variables of the model, of {len(calls[0].sources)} that were asked for"
    evidence = Evidence(name, 0, len(_trainable(run)))
    return Match(
        f"the gradient is asked for {what}",
        (evidence,),
        _spans(run, calls[0].line, "gradient", f"asks for {what.removeprefix('variables that are ')}"),
    )


def _spans(run: Run, line: int | None, method: str, label: str) -> tuple[Span, ...]:
    found = call_span(run.source, line, method, label) or line_span(run.source, line, label) if line else None
    return () if found is None else (found,)
