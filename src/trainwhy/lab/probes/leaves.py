"""Tensors whose value the learner's first step takes out of TensorFlow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.recorder import CALLS, Recorder
from trainwhy.lab.session import Session
from trainwhy.results import Leave

WAYS = ("numpy", "__array__", "__float__", "__int__", "__index__", "__bool__", "tolist", "item")


def install(session: Session, recorder: Recorder) -> None:
    """Watch the ways out of an eager tensor during the first step."""

    def watch(how: str) -> Callable[..., Any]:
        def wrapper(original: Callable[..., Any], tensor: Any, *args: Any, **kwargs: Any) -> Any:
            if session.running and len(recorder.leaves) < CALLS:
                name = tensors.key(tensor)
                if name:
                    recorder.leaves.append(Leave(name, session.line(), how, session.recording > 0))
            with session.harness_in_control():  # one way out may use another: record the learner's only
                return original(tensor, *args, **kwargs)

        return wrapper

    for how in WAYS:
        owner = next((kind for kind in eager_classes() if how in vars(kind)), None)
        if owner is not None:
            session.first_step_patches.wrap(owner, how, watch(how))


def eager_classes() -> list[type]:
    """Return the Python classes an eager tensor inherits from, nearest first, that can be patched."""
    return [kind for kind in type(tf.constant(0.0)).__mro__ if kind.__module__.startswith("tensorflow")]
