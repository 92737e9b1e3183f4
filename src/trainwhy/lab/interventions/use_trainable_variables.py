"""Repair TW109: gradients are asked for, and updates given to, the trainable variables of the model being trained.

Calls of a copy (a model whose weights have the same shapes) go to the trained model as well: otherwise the loss would
not depend on the variables that are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

from trainwhy.lab.scripts import asking
from trainwhy.lab.scripts.pending import key_of
from trainwhy.lab.tensors import handle_key, is_variable

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the trainable variables of the trained model used"


def install(session: Session) -> None:
    """Redirect sources, updates and calls that go to variables which are not the model's to train."""
    if session.task is None:
        _install_for_script(session)
        return
    latest: list[Any] = []  # gradients of the model's trainable variables, in their order

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        wanted = tf.nest.flatten(sources)
        if not session.running or not all(is_variable(one) for one in wanted):
            return original(tape, target, sources, *args, **kwargs)
        own = session.model.trainable_variables
        if any(one.trainable for one in wanted) and _all_own(session, wanted):
            answer = original(tape, target, wanted, *args, **kwargs)
            latest[:] = answer if len(wanted) == len(own) else []
            return [g if v.trainable else None for g, v in zip(answer, wanted, strict=True)]
        latest[:] = original(tape, target, own, *args, **kwargs)
        return list(latest)

    def apply(original: Any, optimizer: Any, grads: Any, trainable_variables: Any = None, **kwargs: Any) -> Any:
        own, given = session.model.trainable_variables, list(trainable_variables or ())
        if not session.running or (any(one.trainable for one in given) and _all_own(session, given)):
            return original(optimizer, grads, trainable_variables, **kwargs)
        return original(optimizer, list(grads) if len(grads) == len(own) else list(latest), own, **kwargs)

    def apply_gradients(original: Any, optimizer: Any, pairs: Any) -> Any:
        pairs = list(pairs)  # an empty list would fail before it reaches `apply`
        return original(optimizer, pairs or list(zip(latest, session.model.trainable_variables, strict=False)))

    def call(original: Any, model: Any, *args: Any, **kwargs: Any) -> Any:
        foreign = session.running and model is not session.model and _is_copy(model, session.model)
        return original(session.model if foreign else model, *args, **kwargs)

    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(keras.optimizers.Optimizer, "apply", apply)
    session.wrap(keras.optimizers.Optimizer, "apply_gradients", apply_gradients)
    session.wrap(keras.Layer, "__call__", call)


def _all_own(session: Session, variables: list[Any]) -> bool:
    own = {handle_key(variable) for variable in session.model.variables}
    return all(handle_key(variable) in own for variable in variables)


def _is_copy(model: Any, trained: Any) -> bool:
    # A model that is part of the trained one, or holds it, is no copy: it shares variables with it.
    if not isinstance(model, keras.Model) or not model.weights:
        return False
    shared = {handle_key(v) for v in model.weights} & {handle_key(v) for v in trained.weights}
    return not shared and [v.shape for v in model.weights] == [v.shape for v in trained.weights]


def _install_for_script(session: Any) -> None:
    """Ask for what the loss depends on and nobody asked for; leave out what is not trainable."""
    first: dict[frozenset[Any], Any] = {}  # asked set -> the line that asked first

    def wanted(tape: Any, asked: list[Any]) -> list[Any] | None:
        keys = frozenset(map(key_of, asked))
        line = session.line()
        alone = first.setdefault(keys, line) == line
        if any(not getattr(v, "trainable", True) for v in asked):
            return [v for v in asked if getattr(v, "trainable", True)]
        others = [v for v in asking.watched(session, tape) if key_of(v) not in keys]
        return others if others and not (alone and len(session.optimizers) > 1) else None

    asking.install(session, wanted)
