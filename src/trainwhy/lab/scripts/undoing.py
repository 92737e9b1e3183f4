"""What repairs of a loss have in common: to reach the values behind an activation."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.makers import Makers

NORMALIZED = frozenset({"Softmax", "Sigmoid"})
BOUNDED = NORMALIZED | {"Relu", "Relu6", "Tanh", "Softsign", "Softplus", "Exp", "Elu", "Selu"}


def behind(makers: Makers, tensor: Any, types: frozenset[str]) -> Any:
    """Return what went into the activation that made a tensor, in the tensor's own shape; None when there is none."""
    maker = makers.behind(tensor)
    if maker is None or maker.type not in types or not maker.inputs or maker.inputs[0] is None:
        return None
    value = maker.inputs[0]
    same = tensors.shape(value) == tensors.shape(tensor)
    return tf.cast(value if same else tf.reshape(value, tf.shape(tensor)), tensor.dtype)


def made_by(makers: Makers, tensor: Any, types: frozenset[str]) -> bool:
    """Tell whether one of these operations made a tensor."""
    maker = makers.behind(tensor)
    return maker is not None and maker.type in types


def width(tensor: Any) -> int:
    """Return how many outputs one row has."""
    shape = tensors.shape(tensor)
    return int(shape[-1] or 1) if len(shape) > 1 else 1


def squashed(logits: Any, *, single: bool) -> Any:
    """Turn logits into probabilities."""
    return tf.sigmoid(logits) if single else tf.nn.softmax(logits)
