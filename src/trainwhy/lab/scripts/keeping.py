"""Which weights a training reached and kept, and what its optimizer knew then. For the probe and for the repair."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from trainwhy.lab import tensors

LARGEST = 20_000_000  # numbers in weights that are compared
MOST = 24  # states kept, the last ones
OUTSIDE = ("name", "is_legacy_optimizer")  # of an optimizer's settings: what two of the same kind may differ in


@dataclass(frozen=True)
class Kept:
    """Weights at the moment they were kept, by their hashes, and the optimizer that had trained them."""

    line: int | None
    weights: frozenset[str]
    iterations: int
    settings: str
    state: tuple[Any, ...]


class Keeper:
    """Knows which optimizer trains which variables, and every state that was kept."""

    def __init__(self) -> None:
        self.trained_by: dict[str, Any] = {}  # handle of a variable -> optimizer
        self.kept: list[Kept] = []

    def uses(self, optimizer: Any, variables: Sequence[Any]) -> None:
        """Note that an optimizer trains these variables."""
        for variable in variables:
            self.trained_by[tensors.handle_key(variable) or ""] = optimizer

    def keep(self, models: Sequence[Any], line: int | None) -> None:
        """Keep the state of every model that an optimizer has trained."""
        for model in models:
            variables = list(getattr(model, "trainable_variables", ()) or ())
            optimizer = self.trained_by.get(tensors.handle_key(variables[0]) or "") if variables else None
            done = iterations(optimizer)
            if optimizer is not None and done:
                values = tuple(tensors.array(tensors.raw_variable(v)) for v in optimizer.variables)
                self.kept.append(Kept(line, hashes(variables), done, settings(optimizer), values))
        del self.kept[:-MOST]

    def same_weights(self, variables: Sequence[Any]) -> Kept | None:
        """Return the state in which all these variables are that a training reached before."""
        now = hashes(variables)
        return next((one for one in reversed(self.kept) if now and one.weights == now), None)


def hashes(variables: Sequence[Any]) -> frozenset[str]:
    """Name the values of each variable."""
    with tf.init_scope():
        arrays = [tensors.array(tensors.raw_variable(v)) for v in variables]
    if sum(a.size for a in arrays if a is not None) > LARGEST:
        return frozenset()
    return frozenset(hashlib.sha1(a.tobytes(), usedforsecurity=False).hexdigest() for a in arrays if a is not None)


def iterations(optimizer: Any) -> int | None:
    """Return how many updates an optimizer counted; None where it cannot be read."""
    try:
        with tf.init_scope():
            value = tensors.array(tensors.raw_variable(optimizer.iterations))
        return None if value is None else int(value)
    except (AttributeError, TypeError, ValueError, NotImplementedError):
        return None


def settings(optimizer: Any) -> str:
    """Return what an optimizer was made with, as text that can be compared."""
    try:
        with tf.init_scope():  # a rate is a variable, and has no value for whoever builds a graph
            config = optimizer.get_config()
    except Exception:  # an optimizer of the user's own may not say
        return type(optimizer).__name__
    plain = {k: v for k, v in config.items() if k not in OUTSIDE}
    return f"{type(optimizer).__name__} {sorted(plain.items(), key=lambda item: item[0])}"


def remembers(optimizer: Any) -> bool:
    """Tell an optimizer whose next steps depend on its earlier ones."""
    schedule = isinstance(
        getattr(optimizer, "_learning_rate", None), tf.keras.optimizers.schedules.LearningRateSchedule
    )
    return schedule or any(tensors.shape(v) for v in getattr(optimizer, "variables", ()))
