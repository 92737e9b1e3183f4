"""Repair TW129: numbers become tensors before a traced function gets them, and one function is wrapped only once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.scripts.session import ScriptSession

WORDS = "numbers passed as tensors to one traced function"


def install(session: ScriptSession) -> None:
    """Change the arguments of outermost calls, and send calls of the same function to the one that was made first."""
    first: dict[Any, Any] = {}

    def call(original: Any, function: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running or not tf.executing_eagerly() or session.fitting:
            return original(function, *args, **kwargs)
        known = first.setdefault(_same(function), function)
        given = tf.nest.map_structure(_tensor, (args, kwargs))
        return original(known, *given[0], **given[1])

    session.wrap(type(tf.function(lambda: None)), "__call__", call)


def _same(function: Any) -> Any:
    code = getattr(function.python_function, "__code__", None)
    if code is None:
        return id(function)
    cells = getattr(function.python_function, "__closure__", None) or ()
    return code, tuple(id(cell.cell_contents) for cell in cells)


def _tensor(value: Any) -> Any:
    number = isinstance(value, (int, float, np.generic)) and not isinstance(value, (bool, np.bool_))
    return tf.constant(value) if number else value
