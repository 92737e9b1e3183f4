"""How often each `tf.function` of the script is called, and how often it is traced."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import FunctionSeen

MOST = 30


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Count the outermost calls of traced functions."""
    calls: weakref.WeakKeyDictionary[Any, list[int]] = weakref.WeakKeyDictionary()
    kept: list[Any] = []
    session.function_calls = calls  # type: ignore[attr-defined]
    session.functions = kept  # type: ignore[attr-defined]

    def call(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not session.fitting and tf.executing_eagerly():
            if function not in calls:
                calls[function] = [0]
                if len(kept) < MOST:
                    kept.append(function)
            calls[function][0] += 1
        return original(function, *args, **kwargs)

    session.wrap(type(tf.function(lambda: None)), "__call__", call)


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Ask each function how often it was traced."""
    for function in session.functions:  # type: ignore[attr-defined]
        code = getattr(function.python_function, "__code__", None)
        before = session.files.before(code.co_filename) if code else None
        recorder.functions.append(
            FunctionSeen(
                name=str(getattr(function.python_function, "__name__", "function")),
                line=None if code is None or before is None else code.co_firstlineno + before,
                calls=session.function_calls[function][0],  # type: ignore[attr-defined]
                traces=int(function.experimental_get_tracing_count()),
            )
        )
