"""NumPy arrays behind what a script hands to models and losses, watched for being changed in place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.scripts.session import ScriptSession

MOST = 8  # arrays watched
ELEMENTS = 8_000_000
FEWEST = 8  # changed elements that a likeness is computed over


class Root:
    """One array that owns its memory, as it was when it was last looked at."""

    def __init__(self, array: Any, names: set[str]) -> None:
        self.array = array
        self.first = array.copy()
        self.copy = array.copy()
        self.names = names
        self.drifts = 0
        self.share = 0.0


def watch(session: ScriptSession, roots: dict[int, Root]) -> None:
    """Fill `roots` with the arrays behind what layers, losses, traced functions and Keras' trainer are given."""

    def arguments(original: Callable[..., Any], owner: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.fitting <= 1:
            with session.harness_in_control():
                for value in (*args, *kwargs.values()):
                    note(session, roots, value)
        return original(owner, *args, **kwargs)

    def first(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if session.running and args and isinstance(args[0], np.ndarray):
            with session.harness_in_control():
                note(session, roots, args[0])
        return original(*args, **kwargs)

    for owner, name in ((keras.layers.Layer, "__call__"), (keras.losses.Loss, "__call__")):
        session.wrap(owner, name, arguments)
    for name in ("fit", "train_on_batch"):
        session.wrap(keras.Model, name, arguments)
    session.wrap(type(tf.function(lambda: None)), "__call__", arguments)
    for name in ("constant", "convert_to_tensor"):
        session.wrap(tf, name, first)


def note(session: ScriptSession, roots: dict[int, Root], value: Any) -> None:
    """Keep the array behind a view that is a part of it."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fiu" or len(roots) >= MOST:
        return
    root = owner_of(value)
    if id(root) in roots or root.size < 2 * value.size or root.size > ELEMENTS or root.ndim != value.ndim:
        return
    roots[id(root)] = Root(root, names_of(session, root))


def owner_of(array: Any) -> Any:
    """Return the array that owns the memory of a view."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def names_of(session: ScriptSession, root: Any) -> set[str]:
    """Return the names that the user's frames have for an array or parts of it."""
    found: set[str] = set()
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if session.files.before(frame.f_code.co_filename) is not None:
            known = {**frame.f_globals, **frame.f_locals}
            found |= {n for n, v in known.items() if isinstance(v, np.ndarray) and owner_of(v) is root}
        frame = frame.f_back
    return found


def compare(root: Root) -> None:
    """Count a change in which the new values follow from the old ones; another order or other data are none."""
    before, now = root.copy, root.array
    changed = before != now
    if not np.any(changed):
        return
    root.copy = now.copy()
    if np.array_equal(np.sort(before, axis=None), np.sort(now, axis=None)) or changed.sum() < FEWEST:
        return
    old, new = before[changed].astype(np.float64), now[changed].astype(np.float64)
    if old.std() > 0 and new.std() > 0 and np.corrcoef(old, new)[0, 1] > 0.5:  # noqa: PLR2004 - more alike than not
        root.drifts += 1
        root.share = max(root.share, float(changed.mean()))
