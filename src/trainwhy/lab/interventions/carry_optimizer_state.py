"""Repair TW424: an optimizer that begins with weights reached before is given what the one before it knew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.keeping import Keeper, iterations, settings

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the optimizer's state restored with the weights"


def install(session: Session) -> None:
    """Keep states as the probe does; before the first update of a new optimizer, put the fitting one in place."""
    from trainwhy.lab.scripts.probes.resumes import variables_of, watch_keeping

    keeper = Keeper()
    begun: list[Any] = []

    def apply(original: Any, optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not any(one is optimizer for one in begun):
            begun.append(optimizer)
            with session.harness_in_control():
                variables = variables_of(session, optimizer, args, kwargs)  # type: ignore[arg-type]  # of a script
                _carry(keeper, optimizer, variables)
                keeper.uses(optimizer, variables)
        return original(optimizer, *args, **kwargs)

    watch_keeping(session, keeper, lambda *_: None)  # type: ignore[arg-type]  # of a script
    session.wrap(keras.optimizers.Optimizer, "apply", apply)


def _carry(keeper: Keeper, optimizer: Any, variables: list[Any]) -> None:
    kept = keeper.same_weights(variables) if iterations(optimizer) == 0 else None
    if kept is None or kept.settings != settings(optimizer):
        return
    with tf.init_scope():
        if not optimizer.built:
            optimizer.build(variables)
        for variable, values in zip(optimizer.variables, kept.state, strict=False):
            if values is not None and tensors.shape(variable) == values.shape:
                variable.assign(values)
