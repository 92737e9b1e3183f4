"""Repair TW125: the penalties of the models whose weights are asked for join the loss.

A penalty on weights is computed anew and its gradient added; what layers handed to `add_loss` was recorded by the
script's own tape, which is asked about it together with the loss.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf

from trainwhy.lab import tensors

if TYPE_CHECKING:
    from trainwhy.lab.scripts.session import ScriptSession

WORDS = "`model.losses` added to the loss"


def install(session: ScriptSession) -> None:
    """Add to what every tape answers."""

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        wanted = tf.nest.flatten(sources) if session.running and sources is not None else []
        if not wanted or not all(map(tensors.is_variable, wanted)):
            return original(tape, target, sources, *args, **kwargs)
        models = _models(session, wanted)
        targets = [*tf.nest.flatten(target), *_added(models, target)]
        answer = original(tape, targets, sources, *args, **kwargs)
        _tell(models)
        with session.harness_in_control():
            extra = _of_weights(wanted)
            joined = [_sum(a, b) for a, b in zip(tf.nest.flatten(answer), extra, strict=True)]
            return tf.nest.pack_sequence_as(sources, joined)
        return answer

    session.wrap(tf.GradientTape, "gradient", gradient)


def _models(session: ScriptSession, wanted: list[Any]) -> list[Any]:
    handles = {tensors.handle_key(one) for one in wanted}
    models = session.everything.models
    return [m for m in models if any(tensors.handle_key(v) in handles for v in getattr(m, "trainable_variables", ()))]


def _tell(models: list[Any]) -> None:
    """Read `losses` as the script should have done, so that the probe sees that it happened."""
    with tf.GradientTape():
        for model in models:
            _ = model.losses


def _added(models: list[Any], target: Any) -> list[Any]:
    layers = {id(layer): layer for model in models for layer in getattr(model, "_flatten_layers", lambda: ())()}
    values = [value for layer in layers.values() for value in getattr(layer, "_losses", None) or ()]
    symbolic = tensors.is_symbolic(tf.nest.flatten(target)[0])
    return [value for value in values if isinstance(value, tf.Tensor) and tensors.is_symbolic(value) == symbolic]


def _of_weights(wanted: list[Any]) -> list[Any]:
    regular = [one for one in wanted if getattr(one, "regularizer", None) is not None]
    if not regular:
        return [None] * len(wanted)
    with tf.GradientTape() as tape:
        penalty = tf.add_n([tf.cast(one.regularizer(one), tf.float32) for one in regular])
    return list(tape.gradient(penalty, wanted))


def _sum(left: Any, right: Any) -> Any:
    if left is None or right is None:
        return right if left is None else left
    return tf.convert_to_tensor(left) + tf.convert_to_tensor(right)
