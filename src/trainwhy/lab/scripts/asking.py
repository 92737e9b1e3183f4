"""Questions of a script to its tapes, answered for other variables than those it names, and updates made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.scripts.pending import Pending, key_of

Wanted = Callable[[Any, list[Any]], "list[Any] | None"]  # (tape, asked) -> what to ask for instead


def install(session: Any, wanted: Wanted) -> None:
    """Ask for what is wanted instead, and let the optimizer leave out what was asked for by mistake."""
    pending = Pending(session)
    mistaken: set[Any] = set()

    def gradient(original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(tape, target, sources, *args, **kwargs)
        asked = [] if sources is None else tf.nest.flatten(sources)
        with session.harness_in_control():
            other = wanted(tape, asked)
        mistaken.difference_update(map(key_of, asked))
        if other is None:
            return original(tape, target, sources, *args, **kwargs)
        mistaken.update(map(key_of, asked))
        known = {id(v) for v in asked}
        answer = original(tape, target, [*asked, *(v for v in other if id(v) not in known)], *args, **kwargs)
        found = dict(zip([id(v) for v in (*asked, *(v for v in other if id(v) not in known))], answer, strict=True))
        with session.harness_in_control():
            pending.add((found[id(v)], v) for v in other)
        flat = [found[id(v)] for v in asked]
        return flat[0] if asked and sources is asked[0] else tf.nest.pack_sequence_as(sources, flat)

    def apply(original: Callable[..., Any], optimizer: Any, grads: Any, variables: Any = None, **kwargs: Any) -> Any:
        given = list(variables or ())
        if session.running and (not given or all(key_of(v) in mistaken for v in given)):
            return None
        return original(optimizer, grads, variables, **kwargs)

    def apply_gradients(original: Callable[..., Any], optimizer: Any, pairs: Any, *args: Any, **kwargs: Any) -> Any:
        given = list(pairs)
        if session.running and all(key_of(v) in mistaken for _, v in given):
            return None
        return original(optimizer, given, *args, **kwargs)

    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(keras.optimizers.Optimizer, "apply", apply)
    session.wrap(keras.optimizers.Optimizer, "apply_gradients", apply_gradients)


def watched(session: Any, tape: Any) -> list[Any]:
    """The trainable variables that a tape watched, as Keras knows them where it does."""
    owned = {key_of(v): v for v in session.everything.trainable_variables}
    models = {key_of(v) for v in session.everything.variables} - owned.keys()
    return [owned.get(key_of(v), v) for v in tape.watched_variables() if key_of(v) not in models]
