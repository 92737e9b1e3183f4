"""Repair TW111: every gradient goes to the variable whose gradient it is.

The tape's answers are remembered with their variables, so a pair is recognised by the tensor itself. Tensors that were
recomputed on the way (clipped, scaled) are recognised by their direction, which only a value can show: inside a traced
function they stay where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.tensors import array, cosine, is_variable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.lab.session import Session

WORDS = "each gradient given to its own variable"
SAME_DIRECTION = 0.99

Known = list[tuple[Any, Any]]  # (gradient, its variable) of the latest answer of the tape


def install(session: Session) -> None:
    """Remember what the tape answered and put the pairs right just before the optimizer uses them."""
    known: Known = []

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        if session.running:
            known[:] = list(zip(tf.nest.flatten(answer), tf.nest.flatten(sources), strict=True))
        return answer

    def apply(original: Any, optimizer: Any, grads: Any, trainable_variables: Any = None, **kwargs: Any) -> Any:
        if trainable_variables is None:
            return original(optimizer, grads, **kwargs)
        pairs = [_mended(known, left, right) for left, right in zip(grads, trainable_variables, strict=False)]
        return original(optimizer, [pair[0] for pair in pairs], [pair[1] for pair in pairs], **kwargs)

    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(keras.optimizers.Optimizer, "apply", apply)


def _mended(known: Sequence[tuple[Any, Any]], left: Any, right: Any) -> tuple[Any, Any]:
    gradient, variable = (right, left) if is_variable(left) and not is_variable(right) else (left, right)
    owner = _owner(known, gradient, variable)
    return gradient, variable if owner is None else owner


def _owner(known: Sequence[tuple[Any, Any]], gradient: Any, variable: Any) -> Any:
    """Return the variable whose gradient this is; the one it came with wins where the tape gave one tensor to two."""
    owners = [owner for one, owner in known if one is gradient and gradient is not None]
    if any(owner is variable for owner in owners):
        return variable
    return owners[0] if owners else _by_direction(known, gradient)


def _by_direction(known: Sequence[tuple[Any, Any]], gradient: Any) -> Any:
    mine = array(gradient) if isinstance(gradient, (tf.Tensor, np.ndarray)) else None
    if mine is None:
        return None
    for one, owner in known:
        theirs = array(one)
        if theirs is not None and (cosine(mine, theirs) or 0.0) > SAME_DIRECTION and theirs.shape == mine.shape:
            return owner
    return None
