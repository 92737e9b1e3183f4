"""Seeds of a script: its own stay as they are, and on further seeds every one of them is moved by the same distance.

With distance 0 nothing is touched: a script that sets no seed is given one, so that it can be replayed, and a script
that sets its own gets exactly those.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.session import Session

FIRST = 20_240_501  # what a script that sets no seed begins with


def seed(session: Session, distance: int) -> None:
    """Seed everything, and move the seeds that the script sets itself by `distance`."""
    keras.utils.set_random_seed(FIRST + distance)
    _replace_default_rng(session, distance)
    if not distance:
        return
    moved = _moved(distance)
    for owner, name in (
        (tf.random, "set_seed"),
        (tf.compat.v1, "set_random_seed"),
        (keras.utils, "set_random_seed"),
        (np.random, "seed"),
        (random, "seed"),
    ):
        session.wrap(owner, name, moved)


def _moved(distance: int) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if args and _whole(args[0]):
            args = ((int(args[0]) + distance) % (1 << 32), *args[1:])
        return original(
            *args,
            **{
                k: (int(v) + distance) % (1 << 32) if k in ("seed", "a") and _whole(v) else v for k, v in kwargs.items()
            },
        )

    return wrapper


def _replace_default_rng(session: Session, distance: int) -> None:
    """`default_rng()` without a seed asks the system for one: no replay could have the same data."""
    made = [0]

    def default_rng(original: Callable[..., Any], seed: Any = None) -> Any:
        if seed is None:
            made[0] += 1
            return original([FIRST + distance, made[0]])
        return original(int(seed) + distance if _whole(seed) else seed)

    session.wrap(np.random, "default_rng", default_rng)


def _whole(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)
