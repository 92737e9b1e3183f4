"""Repair TW120: a loss that is given a model's output first and data second is given them the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts import crossing

if TYPE_CHECKING:
    from trainwhy.lab.scripts.session import ScriptSession

WORDS = "the two arguments of the loss swapped"


def install(session: ScriptSession) -> None:
    """Remember what layers make; swap where it stands in the targets' place and not in its own."""
    made: dict[str, None] = {}
    depth = [0]

    def call(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(layer, *args, **kwargs)
        if session.running:
            made.update(dict.fromkeys(key for key in map(tensors.key, tf.nest.flatten(result)) if key))
            while len(made) > 2000:  # noqa: PLR2004 - more than any step makes
                made.pop(next(iter(made)))
        return result

    def loss(put: Any, _name: str, first: Any, second: Any) -> Any:
        wrong = session.running and not depth[0] and tensors.key(first) in made and tensors.key(second) not in made
        depth[0] += wrong
        try:
            return put(second, first) if wrong else put(first, second)
        finally:
            depth[0] -= wrong

    session.wrap(keras.layers.Layer, "__call__", call)
    crossing.watch(session, loss)
